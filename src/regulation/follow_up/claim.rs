//! Claims that come from the register.

use serde::Serialize;

use crate::election::{Date, Money};
use crate::law::follow_up::{Followed, Happening, Register, State};
use crate::law::{ClaimKind, Law, Share};

use super::evidence::Evidence;
use super::owed::{Owed, known_cost, known_debt};

/// A claim on leftovers by a project of the register.
///
/// One project may claim under several kinds, and then it asks for the same money: what it is paid under one is taken
/// off the others with [`less`](RegisterClaim::less). See [`claims`] for an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct RegisterClaim {
    /// The project's id in its edition.
    pub project: String,
    /// The edition in which it was voted.
    pub edition: String,
    /// The kind, as the regulation writes it.
    pub claim: &'static str,
    /// How much is missing; zero where money does not help or no more may be paid, so that it is reported only.
    pub missing: Money,
    /// Since when, where there is such a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// What in the register shows it.
    pub evidence: Vec<Evidence>,
}

impl RegisterClaim {
    /// The same claim after so much was paid to the project, whatever for.
    #[must_use]
    pub fn less(mut self, paid: Money) -> RegisterClaim {
        self.missing = above(self.missing, paid);
        self
    }
}

/// The claims of one kind that the register shows, the oldest first, then by edition and id.
///
/// * `stalled`: projects that are held up, asking for what the committee says is missing, less what they were given
///   since, as far as the city owes it; and projects that are neither delivered nor given up after the last day of their delivery. That day is
///   the register's, or for projects of the law's own edition the one of its calendar.
/// * `backlog`: projects of other editions than the law's that have neither begun nor are held up, asking for what
///   the city owes of their cost beyond what they received.
/// * `cost-overrun`: projects that cost more than was voted, unless they are given up, asking for what the city owes more
///   by that and at most for the regulation's share of what it owed when they were voted, rounded down to its
///   granularity; what they were given since the vote is taken off both.
/// * `lacking-support`: projects that are less closely accompanied than they need, asking for nothing: staff is not
///   paid from leftovers.
///
/// **What the city owes** of a cost is all of it, or the share that the register's `grant` says
/// ([`Followed::owed`]). Where a regulation is applied to an election, its own rates say it for the election's candidates.
///
/// ```
/// use quartier::law::{ClaimKind, Document, follow_up::Register};
/// use quartier::regulation::{Regulation, follow_up::claims};
/// let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
/// let regulation = Regulation::read(&toml::from_str::<Document>(text)?)?;
/// let register: Register = toml::from_str(r#"
///     as-of = "2018-06-30"
///     [[project]]
///     id = "tower"
///     edition = "2016"
///     voted = "80000"
///     awarded = "80000"
///     event = [{ what = "cost-changed", on = "2017-05-01", from = "80000", to = "92000", cause = "the soil" }]
/// "#)?;
/// // It is 12 000 dearer, and the regulation pays at most a tenth of what was voted.
/// let kind = ClaimKind::CostOverrun { at_most: "10%".parse().map_err(|()| "no share")? };
/// let claim = claims(&register, &kind, regulation.law()).remove(0);
/// assert_eq!(claim.missing, 8_000.into());
/// assert_eq!(claim.less(3_000.into()).missing, 5_000.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Other kinds come from the count and have none here. O(e + p log p) for p projects with e events.
#[must_use]
pub fn claims(register: &Register, kind: &ClaimKind, law: &Law) -> Vec<RegisterClaim> {
    let granularity = law.envelope.granularity;
    claims_by(register, kind, law, |_, project| {
        Owed::of_followed(project, granularity)
    })
}

/// The same, where something says what the city owes of each project: of its place in the register, and the project.
pub(in crate::regulation) fn claims_by<'a>(
    register: &'a Register,
    kind: &ClaimKind,
    law: &Law,
    owed: impl Fn(usize, &'a Followed) -> Owed<'a>,
) -> Vec<RegisterClaim> {
    let projects = register.projects.iter().enumerate();
    let mut claims: Vec<RegisterClaim> = projects
        .filter_map(|(place, project)| {
            let owed = owed(place, project);
            let found = match kind {
                ClaimKind::Stalled => stalled(project, register.as_of, law, owed),
                ClaimKind::Backlog => backlog(project, register.as_of, law, owed),
                ClaimKind::CostOverrun { at_most } => overrun(project, at_most, law, owed),
                ClaimKind::LackingSupport => lacking(project),
                _ => None,
            };
            let (missing, since, evidence) = found?;
            Some(RegisterClaim {
                project: project.id.clone(),
                edition: project.edition.clone(),
                claim: kind.code(),
                missing,
                since,
                evidence,
            })
        })
        .collect();
    // Without a day it comes last.
    claims.sort_by(|a, b| {
        let key = |claim: &RegisterClaim| (claim.since.is_none(), claim.since);
        let id = |claim: &RegisterClaim| (claim.edition.clone(), claim.project.clone());
        key(a).cmp(&key(b)).then_with(|| id(a).cmp(&id(b)))
    });
    claims
}

/// How much is missing, since when, and what shows it.
type Found = (Money, Option<Date>, Vec<Evidence>);

fn stalled(project: &Followed, as_of: Date, law: &Law, owed: Owed<'_>) -> Option<Found> {
    let state = project.state();
    if state.is_over() {
        return None;
    }
    let (mut missing, mut since, mut evidence) = (Money::ZERO, None, Vec::new());
    if let State::Stalled {
        since: day,
        cause,
        missing: stated,
    } = state
    {
        missing = stated.min(above(known_debt(project, owed), project.received()));
        since = Some(day);
        evidence.push(Evidence::HeldUp {
            since: day,
            cause: cause.to_owned(),
        });
        evidence.extend(grant(known_cost(project, owed), owed));
    }
    if let Some(deliver_by) = deadline(project, law).filter(|&day| as_of > day) {
        since = Some(since.map_or(deliver_by, |since| since.min(deliver_by)));
        evidence.push(Evidence::Overdue { deliver_by, as_of });
    }
    since.map(|since| (missing, Some(since), evidence))
}

/// The last day on which its delivery is in time.
fn deadline(project: &Followed, law: &Law) -> Option<Date> {
    let own = || {
        let delivery = law.calendar.as_ref()?.delivery.as_ref()?;
        (project.edition == law.edition).then_some(delivery.by)
    };
    project.deliver_by.or_else(own)
}

fn backlog(project: &Followed, as_of: Date, law: &Law, owed: Owed<'_>) -> Option<Found> {
    if project.edition == law.edition || project.state() != State::Waiting {
        return None;
    }
    let (cost, received) = (project.cost(), project.received());
    let mut evidence = vec![Evidence::Waiting {
        edition: project.edition.clone(),
        as_of,
        cost,
        received,
    }];
    evidence.extend(grant(cost, owed));
    Some((above(owed.of(cost), received), None, evidence))
}

/// What shows that the city owes a part of a cost only, if it does.
fn grant(cost: Money, owed: Owed<'_>) -> Option<Evidence> {
    let owed = owed.of(cost);
    (owed != cost).then_some(Evidence::Grant { cost, owed })
}

fn overrun(project: &Followed, at_most: &Share, law: &Law, owed: Owed<'_>) -> Option<Found> {
    let cost = project.cost();
    if cost <= project.voted || matches!(project.state(), State::Abandoned { .. }) {
        return None;
    }
    let mut evidence = Vec::new();
    let mut since = None;
    for event in &project.events {
        if let Happening::CostChanged { from, to, cause } = &event.what {
            // It claims since it last went above what was voted.
            since = if *to <= project.voted {
                None
            } else {
                since.or(Some(event.on))
            };
            evidence.push(Evidence::CostChanged {
                on: event.on,
                from: *from,
                to: *to,
                cause: cause.clone(),
            });
        }
    }
    let paid = project.topped_up();
    if !paid.is_zero() {
        evidence.push(Evidence::ToppedUp { amount: paid });
    }
    evidence.extend(grant(cost, owed));
    let then = owed.of(project.voted);
    let wanted = above(owed.of(cost), then);
    let most = at_most
        .floor_of(then, law.envelope.granularity)
        .unwrap_or_default();
    if wanted > most {
        evidence.push(Evidence::Capped { wanted, most });
    }
    Some((above(wanted.min(most), paid), since, evidence))
}

fn lacking(project: &Followed) -> Option<Found> {
    let support = project.support?;
    if support.given >= support.needed || project.state().is_over() {
        return None;
    }
    let evidence = Evidence::LessSupport(support);
    Some((Money::ZERO, None, vec![evidence]))
}

/// By how much an amount is above another; zero if it is not.
pub(in crate::regulation) fn above(amount: Money, other: Money) -> Money {
    let difference = amount.checked_sub(other).unwrap_or_default();
    difference.max(Money::ZERO)
}
