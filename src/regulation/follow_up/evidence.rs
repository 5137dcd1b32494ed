//! What in the register shows a claim.

use serde::Serialize;

use crate::election::{Date, Money};
use crate::law::follow_up::Support;
use crate::record::Language;

use super::words::level_in_words;

/// What in the register shows a claim, as data; [`in_words`](Evidence::in_words) says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "shows")]
#[non_exhaustive]
pub enum Evidence {
    /// It is held up.
    #[serde(rename_all = "kebab-case")]
    HeldUp {
        /// Since when.
        since: Date,
        /// Why.
        cause: String,
    },
    /// The last day of its delivery has passed.
    #[serde(rename_all = "kebab-case")]
    Overdue {
        /// That day.
        deliver_by: Date,
        /// The day of the register.
        as_of: Date,
    },
    /// It was voted in another edition and has not begun.
    #[serde(rename_all = "kebab-case")]
    Waiting {
        /// That edition.
        edition: String,
        /// The day of the register.
        as_of: Date,
        /// What it costs.
        cost: Money,
        /// What it received.
        received: Money,
    },
    /// Its cost changed.
    #[serde(rename_all = "kebab-case")]
    CostChanged {
        /// When.
        on: Date,
        /// What it was believed to cost.
        from: Money,
        /// What it costs.
        to: Money,
        /// Why.
        cause: String,
    },
    /// The city owes a part of its cost only.
    #[serde(rename_all = "kebab-case")]
    Grant {
        /// What it costs as far as is known.
        cost: Money,
        /// What the city owes of that.
        owed: Money,
    },
    /// It was given money since the vote.
    #[serde(rename_all = "kebab-case")]
    ToppedUp {
        /// How much in all.
        amount: Money,
    },
    /// It costs more beyond the vote than the regulation pays.
    #[serde(rename_all = "kebab-case")]
    Capped {
        /// By how much it is dearer.
        wanted: Money,
        /// The most that the regulation pays.
        most: Money,
    },
    /// It is less closely accompanied than it needs.
    LessSupport(Support),
}

impl Evidence {
    /// The evidence in words.
    #[must_use]
    pub fn in_words(&self, language: Language) -> String {
        match language {
            Language::French => self.in_french(),
            Language::English => self.in_english(),
        }
    }

    fn in_french(&self) -> String {
        match self {
            Evidence::HeldUp { since, cause } => {
                format!("en souffrance depuis le {since} : {cause}")
            }
            Evidence::Overdue { deliver_by, as_of } => {
                format!("à livrer au plus tard le {deliver_by}, et non livré au {as_of}")
            }
            Evidence::Waiting {
                edition,
                as_of,
                cost,
                received,
            } => format!(
                "voté à l’édition {edition}, et non commencé au {as_of} : coût {cost}, reçu {received}"
            ),
            Evidence::CostChanged {
                on,
                from,
                to,
                cause,
            } => {
                format!("coût passé de {from} à {to} le {on} : {cause}")
            }
            Evidence::Grant { cost, owed } => {
                format!("sur un coût de {cost}, la ville doit {owed}")
            }
            Evidence::ToppedUp { amount } => format!("a reçu {amount} depuis le vote"),
            Evidence::Capped { wanted, most } => {
                format!("surcoût de {wanted}, dont le règlement paie au plus {most}")
            }
            Evidence::LessSupport(support) => format!(
                "accompagnement nécessaire : {} ; donné : {}",
                level_in_words(support.needed, Language::French),
                level_in_words(support.given, Language::French)
            ),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Evidence::HeldUp { since, cause } => format!("held up since {since}: {cause}"),
            Evidence::Overdue { deliver_by, as_of } => {
                format!("to be delivered by {deliver_by}, and not delivered on {as_of}")
            }
            Evidence::Waiting {
                edition,
                as_of,
                cost,
                received,
            } => format!(
                "voted in edition {edition}, and not begun on {as_of}: cost {cost}, received {received}"
            ),
            Evidence::CostChanged {
                on,
                from,
                to,
                cause,
            } => {
                format!("cost changed from {from} to {to} on {on}: {cause}")
            }
            Evidence::Grant { cost, owed } => format!("of a cost of {cost} the city owes {owed}"),
            Evidence::ToppedUp { amount } => format!("received {amount} since the vote"),
            Evidence::Capped { wanted, most } => {
                format!("dearer by {wanted}, of which the regulation pays at most {most}")
            }
            Evidence::LessSupport(support) => format!(
                "accompaniment needed: {}; given: {}",
                level_in_words(support.needed, Language::English),
                level_in_words(support.given, Language::English)
            ),
        }
    }
}
