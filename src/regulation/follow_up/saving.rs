//! What was saved in execution.

use serde::Serialize;

use crate::election::{Date, Money};
use crate::law::follow_up::{Followed, Register, State};

use super::claim::above;
use super::owed::Owed;

/// Money that a delivered project received and does not need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Saving {
    /// The project's id in its edition.
    pub project: String,
    /// The edition in which it was voted.
    pub edition: String,
    /// How much.
    pub amount: Money,
    /// When it was delivered.
    pub on: Date,
}

/// What delivered projects received beyond what the city owes of their cost ([`Followed::owed`]) and have not given back, the
/// earliest first, then by edition and id. Where a regulation is applied to an election, its own rates say what is owed for
/// the election's candidates, and rounding is to its granularity instead of a ten-thousandth.
///
/// **Once only.** When a saving has been used, the committee writes `gave-back` with the amount: what a project gave back is
/// taken off, so the same money does not come in again in the next edition.
///
/// Only a delivered project has saved anything: the cost of others may still change. What an abandoned project spent
/// before is not in the register, so what it gives back is people's decision and not computed. O(e + p log p) for p
/// projects with e events.
///
/// ```
/// use quartier::law::{Document, follow_up::Register};
/// use quartier::regulation::follow_up::savings;
/// let register = Register::read(&toml::from_str::<Document>(r#"
///     as-of = "2020-12-31"
///     [[project]]
///     id = "bench"
///     edition = "2018"
///     voted = "60000"
///     awarded = "60000"
///     event = [
///         { what = "cost-changed", on = "2020-03-01", from = "60000", to = "52000.50", cause = "the offers" },
///         { what = "delivered", on = "2020-06-21" },
///     ]
/// "#)?)?;
/// assert_eq!(savings(&register)[0].amount.to_string(), "7999.5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn savings(register: &Register) -> Vec<Saving> {
    let smallest = Money::from_ten_thousandths(1).unwrap_or_default();
    savings_by(register, |_, project| Owed::of_followed(project, smallest))
}

/// The same, where something says what the city owes of each project: of its place in the register, and the project.
pub(in crate::regulation) fn savings_by<'a>(
    register: &'a Register,
    owed: impl Fn(usize, &'a Followed) -> Owed<'a>,
) -> Vec<Saving> {
    let projects = register.projects.iter().enumerate();
    let mut savings: Vec<Saving> = projects
        .filter_map(|(place, project)| {
            let State::Delivered { on } = project.state() else {
                return None;
            };
            let owed = owed(place, project).of(project.cost());
            let amount = above(project.received(), owed);
            let amount = above(amount, project.gave_back());
            (!amount.is_zero()).then(|| Saving {
                project: project.id.clone(),
                edition: project.edition.clone(),
                amount,
                on,
            })
        })
        .collect();
    savings.sort_by(|a, b| (a.on, &a.edition, &a.project).cmp(&(b.on, &b.edition, &b.project)));
    savings
}
