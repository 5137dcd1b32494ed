//! Claims on leftovers: who may ask for money that was not used.

use crate::election::Money;

use super::fault::FaultKind;
use super::reader::Reader;
use super::share::Share;
use super::value::Value;

/// A kind of claim on leftovers, with how it is paid. Claims are served in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// Which projects claim.
    pub kind: ClaimKind,
    /// How they are paid.
    pub pay: Pay,
}

/// The readings of *projet en souffrance*, and one more use of leftovers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimKind {
    /// Projects that came to their turn when their own pots could not pay them in full, and whose pots still
    /// cover at least this share of their cost.
    AlmostFunded {
        /// The least share that must be covered.
        min_covered: Share,
    },
    /// The next projects in rank, whatever their own pots hold.
    NextOnList,
    /// Projects of the area that has received least; areas without a winner come first.
    UnderServed {
        /// Least of what.
        measure: Measure,
    },
    /// Projects that were voted and turned out dearer: from the register.
    CostOverrun {
        /// The most that is paid, as a share of the voted cost.
        at_most: Share,
    },
    /// Projects that do not get on: from the register.
    Stalled,
    /// Projects of earlier editions that wait: from the register.
    Backlog,
    /// Projects that lack accompaniment. Staff is operating cost: they are reported and never paid.
    LackingSupport,
}

/// What an area has received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// How many of its projects won.
    Winners,
    /// Money.
    Amount,
    /// Money by the number of inhabitants.
    AmountPerInhabitant,
    /// Winners by candidates.
    SuccessRate,
}

/// How a claim is paid; never more than what is missing.
///
/// A project of this edition that has no money yet is awarded what its own pots hold for it and, on top, what its claim is
/// paid. Under [`Full`](Pay::Full) that is its cost. Under the others it may be less: then the project is funded **in
/// part**, and whether it can live with that is for people to see.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pay {
    /// In full or not at all.
    Full,
    /// As far as the money goes, if that is at least this share of what is missing.
    Partial(Share),
    /// All claims of the kind share the leftovers in proportion to what they miss ([`ration`](crate::budget::ration)), in
    /// the order in which they would be served.
    ///
    /// Where a project of this edition would get no whole granule, they come one after another in that order instead, and
    /// whoever would leave anybody without one, itself included, is left out, so it is not funded even in part. Those
    /// who were left out share what remains once all others have what they miss. In the end less than a granule is left, or
    /// nobody can take one.
    ProRata,
    /// What is missing, but at most this much for each claim; that much or nothing. A claim that was paid before under the
    /// same kind has only the rest of it.
    Capped(Money),
}

/// How a kind is written.
#[derive(Clone, Copy)]
enum Word {
    AlmostFunded,
    NextOnList,
    UnderServed,
    CostOverrun,
    Stalled,
    Backlog,
    LackingSupport,
}

const KINDS: &[(&str, Word)] = &[
    ("almost-funded", Word::AlmostFunded),
    ("next-on-list", Word::NextOnList),
    ("under-served", Word::UnderServed),
    ("cost-overrun", Word::CostOverrun),
    ("stalled", Word::Stalled),
    ("backlog", Word::Backlog),
    ("lacking-support", Word::LackingSupport),
];
const MEASURES: &[(&str, Measure)] = &[
    ("winners", Measure::Winners),
    ("amount", Measure::Amount),
    ("amount-per-inhabitant", Measure::AmountPerInhabitant),
    ("success-rate", Measure::SuccessRate),
];

impl ClaimKind {
    /// How it is written.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            ClaimKind::AlmostFunded { .. } => "almost-funded",
            ClaimKind::NextOnList => "next-on-list",
            ClaimKind::UnderServed { .. } => "under-served",
            ClaimKind::CostOverrun { .. } => "cost-overrun",
            ClaimKind::Stalled => "stalled",
            ClaimKind::Backlog => "backlog",
            ClaimKind::LackingSupport => "lacking-support",
        }
    }

    /// Do its claims come from the follow-up register rather than from this edition's count?
    #[must_use]
    pub const fn is_from_register(&self) -> bool {
        matches!(
            self,
            ClaimKind::CostOverrun { .. }
                | ClaimKind::Stalled
                | ClaimKind::Backlog
                | ClaimKind::LackingSupport
        )
    }
}

impl Claim {
    pub(super) fn read(reader: Reader<'_>) -> Option<Claim> {
        let word = reader.choice("kind", KINDS);
        let Some(word) = word else {
            // Which other keys belong here depends on the kind: none of them is unknown, and whether it is paid
            // is asked only once the kind is known.
            for key in ["min-covered", "measure", "at-most", "pay"] {
                reader.value(key);
            }
            reader.close();
            return None;
        };
        let kind = match word {
            Word::AlmostFunded => reader
                .share("min-covered")
                .map(|min_covered| ClaimKind::AlmostFunded { min_covered }),
            Word::UnderServed => reader
                .choice("measure", MEASURES)
                .map(|measure| ClaimKind::UnderServed { measure }),
            Word::CostOverrun => reader
                .share("at-most")
                .map(|at_most| ClaimKind::CostOverrun { at_most }),
            Word::NextOnList => Some(ClaimKind::NextOnList),
            Word::Stalled => Some(ClaimKind::Stalled),
            Word::Backlog => Some(ClaimKind::Backlog),
            Word::LackingSupport => Some(ClaimKind::LackingSupport),
        };
        let pay = if matches!(word, Word::LackingSupport) {
            if reader.has("pay") {
                let why = "it is reported only: accompaniment is operating cost";
                reader.fault("pay", FaultKind::Contradiction, &[], why);
            }
            Some(Pay::Full)
        } else {
            read_pay(&reader)
        };
        reader.close();
        Some(Claim {
            kind: kind?,
            pay: pay?,
        })
    }
}

fn read_pay(reader: &Reader<'_>) -> Option<Pay> {
    const ALLOWED: &[&str] = &[
        "\"full\"",
        "{ partial = \"50%\" }",
        "\"pro-rata\"",
        "{ capped = \"5000\" }",
    ];
    match reader.require("pay", ALLOWED)? {
        Value::Text(text) if text == "full" => Some(Pay::Full),
        Value::Text(text) if text == "pro-rata" => Some(Pay::ProRata),
        Value::Text(text) => {
            reader.bad_value("pay", text, ALLOWED);
            None
        }
        value => {
            let table = reader.as_table("pay", value, ALLOWED)?;
            let pay = if table.has("capped") {
                read_cap(&table)
            } else {
                table.share("partial").map(Pay::Partial)
            };
            table.close();
            pay
        }
    }
}

fn read_cap(table: &Reader<'_>) -> Option<Pay> {
    const ABOVE_ZERO: &[&str] = &["an amount above zero, such as \"5000\""];
    let both = table.has("partial");
    if both {
        let why = "a claim is paid in one way: choose `capped` or `partial`";
        table.fault("partial", FaultKind::Contradiction, &[], why);
    }
    let cap = table.money("capped");
    if cap.is_some_and(Money::is_zero) {
        table.fault("capped", FaultKind::BadValue, ABOVE_ZERO, "nothing is paid");
        return None;
    }
    cap.filter(|_| !both).map(Pay::Capped)
}
