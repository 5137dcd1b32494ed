//! Why a project was not funded.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::election::Money;
use crate::exact::Ratio;

/// Why a project was not funded: every project without money has exactly one.
///
/// [`code`](Self::code) is the short name for programs, `Display` the sentence for people. In JSON the code
/// stands beside the figures: `{"code":"misfit","short-by":"5000"}`.
///
/// ```
/// use quartier::record::Reason;
/// let reason = Reason::Misfit { short_by: 5_000.into() };
/// assert_eq!(reason.code(), "misfit");
/// assert_eq!(reason.to_string(), "It costs 5000 more than was left when its turn came.");
/// assert_eq!(serde_json::to_string(&reason)?, r#"{"code":"misfit","short-by":"5000"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum Reason {
    /// Not enough support, in the units of the rule's score.
    BelowThreshold {
        /// What it got.
        score: Ratio,
        /// The least that was needed.
        needed: Ratio,
    },
    /// Supported in too few areas.
    TooFewAreas {
        /// In how many areas enough voters support it.
        areas: u32,
        /// The least that was needed.
        needed: u32,
        /// How many voters of an area are enough.
        voters: u64,
    },
    /// Too expensive for what was left.
    Misfit {
        /// How much money was missing.
        short_by: Money,
    },
    /// The rule stops at the first project that does not fit, and that was an earlier one, or this one.
    PotStopped {
        /// The project at which the rule stopped.
        at: String,
        /// How much money that one was missing.
        short_by: Money,
    },
    /// Those who support it had too little money left of their share.
    PursesShort {
        /// How much was missing, rounded up to a power of ten that is at most a ten-thousandth of the cost (and at
        /// least 0.01): 700 000 to tens.
        short_by: Money,
    },
    /// Nobody gains from it, as the rule counts what voters gain.
    NoUtility,
    /// No pot of the regulation pays for a project like this.
    NoPot,
    /// A ceiling of the regulation left no room.
    LimitReached {
        /// The limit, as the regulation names it.
        limit: String,
    },
    /// Only so many projects of a group can win.
    Exclusive {
        /// The group.
        group: String,
        /// The project that won instead.
        with: String,
    },
    /// It makes sense only together with a project that was not funded.
    RequirementMissing {
        /// That project.
        requires: String,
    },
    /// It does not meet a condition for taking part.
    Ineligible {
        /// The condition, as the regulation names it.
        condition: String,
        /// What was found.
        found: String,
    },
    /// Nobody has said whether it meets a condition for taking part.
    UnknownEligibility {
        /// The condition, as the regulation names it.
        condition: String,
    },
    /// Excluded by a recorded decision.
    Excluded {
        /// Who decided.
        by: String,
        /// Why.
        justification: String,
    },
    /// Taken back, by a recorded decision.
    Withdrawn {
        /// Who decided.
        by: String,
        /// Why.
        justification: String,
    },
    /// Nobody chose it, so that it has no rank.
    NotRanked,
    /// It had won, and gave its place to a project that the regulation guarantees.
    Displaced {
        /// That project.
        by: String,
    },
    /// It had won in an earlier run, and not in the run with the money that came later.
    LostByRerun,
    /// Another project was put in its place by a recorded decision.
    Substituted {
        /// That project.
        by: String,
    },
    /// People choose in its stage, and did not choose it.
    NotChosen,
    /// The count ended before its turn came.
    NotReached,
}

impl Reason {
    /// The short name that programs use; it never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Reason::BelowThreshold { .. } => "below-threshold",
            Reason::TooFewAreas { .. } => "too-few-areas",
            Reason::Misfit { .. } => "misfit",
            Reason::PotStopped { .. } => "pot-stopped",
            Reason::PursesShort { .. } => "purses-short",
            Reason::NoUtility => "no-utility",
            Reason::NoPot => "no-pot",
            Reason::LimitReached { .. } => "limit-reached",
            Reason::Exclusive { .. } => "exclusive",
            Reason::RequirementMissing { .. } => "requirement-missing",
            Reason::Ineligible { .. } => "ineligible",
            Reason::UnknownEligibility { .. } => "unknown-eligibility",
            Reason::Excluded { .. } => "excluded",
            Reason::Withdrawn { .. } => "withdrawn",
            Reason::NotRanked => "not-ranked",
            Reason::Displaced { .. } => "displaced",
            Reason::LostByRerun => "lost-by-rerun",
            Reason::Substituted { .. } => "substituted",
            Reason::NotChosen => "not-chosen",
            Reason::NotReached => "not-reached",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::BelowThreshold { score, needed } => {
                write!(
                    f,
                    "Its support of {score} is below the {needed} that the rules ask for."
                )
            }
            Reason::TooFewAreas {
                areas,
                needed,
                voters,
            } => too_few_areas(f, *areas, *needed, *voters),
            Reason::Misfit { short_by } => misfit(f, *short_by),
            Reason::PotStopped { at, short_by } => pot_stopped(f, at, *short_by),
            Reason::PursesShort { short_by } => purses_short(f, *short_by),
            Reason::NoUtility => f.write_str("No voter gains from it."),
            Reason::NoPot => f.write_str("No pot of the rules pays for a project like this."),
            Reason::LimitReached { limit } => {
                say(f, "Funding it would go beyond a limit of the rules", limit)
            }
            Reason::Exclusive { group, with } => write!(
                f,
                "The group {group} has no place left beside project {with}, which won."
            ),
            Reason::RequirementMissing { requires } => {
                write!(f, "It needs project {requires}, which was not funded.")
            }
            Reason::Ineligible { condition, found } => say(
                f,
                &format!("It does not meet the condition {condition}"),
                found,
            ),
            Reason::UnknownEligibility { condition } => write!(
                f,
                "Nobody has confirmed that it meets the condition {condition}."
            ),
            Reason::Excluded { by, justification } => decided(f, "excluded", by, justification),
            Reason::Withdrawn { by, justification } => decided(f, "withdrawn", by, justification),
            Reason::NotRanked => f.write_str("Nobody voted for it."),
            Reason::Displaced { by } => {
                write!(
                    f,
                    "Its place went to project {by}, which the rules guarantee a place."
                )
            }
            Reason::LostByRerun => {
                f.write_str("It won at first, but not when more money was counted out again.")
            }
            Reason::Substituted { by } => {
                write!(
                    f,
                    "By a recorded decision, project {by} was put in its place."
                )
            }
            Reason::NotChosen => f.write_str("Those who decide did not choose it."),
            Reason::NotReached => f.write_str("The count ended before its turn came."),
        }
    }
}

fn too_few_areas(f: &mut fmt::Formatter<'_>, areas: u32, needed: u32, voters: u64) -> fmt::Result {
    write!(
        f,
        "It has enough support (voters: {voters}) in {areas} of the areas, below the {needed} that the rules ask for."
    )
}

fn misfit(f: &mut fmt::Formatter<'_>, short_by: Money) -> fmt::Result {
    write!(
        f,
        "It costs {short_by} more than was left when its turn came."
    )
}

fn purses_short(f: &mut fmt::Formatter<'_>, short_by: Money) -> fmt::Result {
    write!(
        f,
        "Those who support it had {short_by} too little left of their share of the money."
    )
}

fn pot_stopped(f: &mut fmt::Formatter<'_>, at: &str, short_by: Money) -> fmt::Result {
    write!(
        f,
        "Funding stopped at project {at}, for which {short_by} was missing: \
         the rules fund nothing after the first project that does not fit."
    )
}

fn decided(f: &mut fmt::Formatter<'_>, what: &str, by: &str, why: &str) -> fmt::Result {
    say(f, &format!("It was {what} by {by}"), why)
}

/// People's texts end with a full stop or not; a sentence ends with one.
fn say(f: &mut fmt::Formatter<'_>, sentence: &str, text: &str) -> fmt::Result {
    write!(f, "{sentence}: {}.", text.trim().trim_end_matches('.'))
}
