//! A project that is followed: what was voted, what it costs now, how far it is.

use std::cmp::Ordering;

use serde::Serialize;

use crate::election::{Date, Money, ProjectStatus};

use super::event::{FollowUpEvent, Happening};

/// A project that was voted, and what became of it.
///
/// ```
/// use quartier::law::follow_up::{Register, State};
/// let register: Register = toml::from_str(r#"
///     as-of = "2020-12-31"
///     [[project]]
///     id = "bench"
///     edition = "2018"
///     voted = "60000"
///     awarded = "60000"
///     event = [
///         { what = "started", on = "2019-02-01" },
///         { what = "cost-changed", on = "2019-05-01", from = "60000", to = "63000", cause = "the soil" },
///         { what = "topped-up", on = "2019-06-01", amount = "3000" },
///     ]
/// "#)?;
/// let bench = &register.projects[0];
/// assert_eq!(bench.state(), State::Running { since: "2019-02-01".parse()? });
/// assert_eq!((bench.cost(), bench.received()), (63_000.into(), 63_000.into()));
/// assert_eq!(bench.status()[1].reason, "the soil");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Followed {
    /// The project's id in its edition.
    pub id: String,
    /// The edition in which it was voted.
    pub edition: String,
    /// What it was said to cost when it was voted.
    pub voted: Money,
    /// What it was awarded then; less than `voted` where others pay a part or it waits for money.
    pub awarded: Money,
    /// What the city owed of `voted` by the rates of the project's edition; `None` where it owed all of it. For a candidate
    /// of the edition at hand the regulation's own rates say it.
    pub grant: Option<Money>,
    /// The last day on which its delivery is in time.
    pub deliver_by: Option<Date>,
    /// How closely it should be and is accompanied.
    pub support: Option<Support>,
    /// What happened since, in the order of the days.
    pub events: Vec<FollowUpEvent>,
}

/// How closely a project should be accompanied (*accompagnement à la hauteur de chaque projet*), and how closely it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Support {
    /// What it needs.
    pub needed: SupportLevel,
    /// What it is given.
    pub given: SupportLevel,
}

/// A level of accompaniment, from none to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupportLevel {
    /// Nobody: its holders manage alone.
    None,
    /// Somebody answers their questions.
    Light,
    /// Somebody meets them regularly.
    Regular,
    /// Somebody carries it with them.
    Close,
}

/// How far a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum State<'a> {
    /// Nothing happened yet.
    Waiting,
    /// Work goes on.
    Running {
        /// When it began.
        since: Date,
    },
    /// It does not get on.
    Stalled {
        /// Since when.
        since: Date,
        /// Why.
        cause: &'a str,
        /// How much money would get it going, less what it was given since.
        missing: Money,
    },
    /// It is finished.
    Delivered {
        /// When.
        on: Date,
    },
    /// It is given up.
    Abandoned {
        /// When.
        on: Date,
        /// Why.
        cause: &'a str,
    },
}

impl State<'_> {
    /// Is it finished or given up?
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self, State::Delivered { .. } | State::Abandoned { .. })
    }
}

impl Followed {
    /// How far it is after everything that happened. Linear in its events.
    #[must_use]
    pub fn state(&self) -> State<'_> {
        let mut started = None;
        let mut state = State::Waiting;
        for FollowUpEvent { what, on, .. } in &self.events {
            let on = *on;
            state = match (what, state) {
                (Happening::Started, state) => {
                    started = Some(on);
                    match state {
                        State::Waiting => State::Running { since: on },
                        other => other,
                    }
                }
                (Happening::Stalled { cause, missing }, _) => State::Stalled {
                    since: on,
                    cause,
                    missing: *missing,
                },
                (Happening::Resumed, _) => {
                    started.map_or(State::Waiting, |since| State::Running { since })
                }
                (Happening::Delivered, _) => State::Delivered { on },
                (Happening::Abandoned { cause }, _) => State::Abandoned { on, cause },
                (
                    Happening::ToppedUp { amount },
                    State::Stalled {
                        since,
                        cause,
                        missing,
                    },
                ) => State::Stalled {
                    since,
                    cause,
                    missing: less(missing, *amount),
                },
                (
                    Happening::ToppedUp { .. }
                    | Happening::GaveBack { .. }
                    | Happening::CostChanged { .. },
                    state,
                ) => state,
            };
        }
        state
    }

    /// What it costs as far as is known: the last change, else what was voted.
    #[must_use]
    pub fn cost(&self) -> Money {
        let mut changes = self.events.iter().rev();
        changes
            .find_map(|event| match event.what {
                Happening::CostChanged { to, .. } => Some(to),
                _ => None,
            })
            .unwrap_or(self.voted)
    }

    /// What the city owes of a cost of this project: all of it, or the same share as of what was voted where the register
    /// says what was owed of that, rounded down to a whole granularity. Of the very cost that was voted it is what the register says,
    /// which may be finer; of a higher one it is not less, and of a lower one not more.
    ///
    /// ```
    /// use quartier::election::Money;
    /// use quartier::law::follow_up::Register;
    /// let register: Register = toml::from_str(r#"
    ///     as-of = "2020-12-31"
    ///     [[project]]
    ///     id = "hall"
    ///     edition = "2018"
    ///     voted = "60000"
    ///     grant = "40000"
    ///     awarded = "40000"
    /// "#)?;
    /// let owed = register.projects[0].owed(Money::from(70_000), Money::from(1));
    /// assert_eq!(owed, Money::from(46_666));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn owed(&self, cost: Money, granularity: Money) -> Money {
        let Some(grant) = self.grant.filter(|&grant| grant != self.voted) else {
            return cost;
        };
        let exact = (cost.to_ratio() * &grant.to_ratio()).checked_div(&self.voted.to_ratio());
        let owed = exact.and_then(|exact| Money::floor_to(&exact, granularity));
        let owed = owed.unwrap_or(cost);
        // The project's own edition may have had finer amounts than `granularity`.
        match cost.cmp(&self.voted) {
            Ordering::Less => owed.min(grant),
            Ordering::Equal => grant,
            Ordering::Greater => owed.max(grant),
        }
    }

    /// What it was given in all: awarded and topped up.
    #[must_use]
    pub fn received(&self) -> Money {
        let added = self.topped_up();
        self.awarded.checked_add(added).unwrap_or(Money::MAX)
    }

    /// What it gave back after its delivery.
    #[must_use]
    pub fn gave_back(&self) -> Money {
        let amounts = self.events.iter().map(|event| match event.what {
            Happening::GaveBack { amount } => amount,
            _ => Money::ZERO,
        });
        Money::checked_sum(amounts).unwrap_or(Money::MAX)
    }

    /// What it was given after the vote.
    #[must_use]
    pub fn topped_up(&self) -> Money {
        let amounts = self.events.iter().map(|event| match event.what {
            Happening::ToppedUp { amount } => amount,
            _ => Money::ZERO,
        });
        Money::checked_sum(amounts).unwrap_or(Money::MAX)
    }

    /// Its events in the form in which an election keeps them, to be published with the project.
    #[must_use]
    pub fn status(&self) -> Vec<ProjectStatus> {
        let events = self.events.iter();
        events
            .map(|event| ProjectStatus {
                what: event.what.code().to_owned(),
                on: Some(event.on),
                reason: event.what.cause().unwrap_or_default().to_owned(),
            })
            .collect()
    }
}

/// What is left of an amount, and nothing where more was taken.
fn less(amount: Money, taken: Money) -> Money {
    let left = amount.checked_sub(taken).unwrap_or_default();
    left.max(Money::ZERO)
}
