//! Pots: where money is kept.

use crate::election::Money;

use super::fault::FaultKind;
use super::reader::{AMOUNT, Reader, SHARE};
use super::selector::{Selector, Territory};
use super::share::Share;
use super::split_key::SplitKey;
use super::value::Value;

/// A pot, or one pot for each area: a source of money. Every euro that a project receives comes from one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pot {
    /// Its id. A pot for each area is a family: its members are called `id/area`.
    pub id: String,
    /// The pot that it is a part of; `None` for a part of the envelope.
    pub parent: Option<String>,
    /// Who answers for it, in words.
    pub owner: Option<String>,
    /// How much it holds.
    pub amount: PotAmount,
    /// No more than this, whatever the amount says.
    pub at_most: Option<Money>,
    /// At least this, whatever the amount says.
    pub at_least: Option<Money>,
    /// The areas of a family; `None` for every area that has no parts.
    pub areas: Option<Vec<String>>,
    /// Which projects it may pay for. A member of a family pays for those of its own area only.
    pub holds: Selector,
}

/// How much a pot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PotAmount {
    /// One pot with this.
    One(Total),
    /// One pot for each area, each with the same fixed amount.
    EachArea(Money),
    /// One pot for each area: a total, split by a key by largest remainder.
    Split {
        /// What is split.
        total: Total,
        /// In which proportion.
        by: SplitKey,
    },
}

/// A total.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Total {
    /// This.
    Fixed(Money),
    /// This share of the parent, rounded down to the granularity.
    Share(Share),
    /// What the parent's other parts leave.
    Residual,
}

impl Pot {
    /// Is there one pot for each area?
    #[must_use]
    pub fn is_family(&self) -> bool {
        !matches!(self.amount, PotAmount::One(_))
    }

    /// Does it take what others leave?
    #[must_use]
    pub fn is_residual(&self) -> bool {
        matches!(
            self.amount,
            PotAmount::One(Total::Residual)
                | PotAmount::Split {
                    total: Total::Residual,
                    ..
                }
        )
    }

    pub(super) fn read(reader: Reader<'_>) -> Option<Pot> {
        let id = reader.text("id", &["an id, such as \"city\""]);
        let holds = Selector::read(&reader, "holds");
        let amount = read_amount(&reader, holds.as_ref());
        let text = |key| reader.optional_text(key, &["a text"]).map(str::to_owned);
        let (parent, owner) = (text("parent"), text("owner"));
        let (at_most, at_least) = (
            reader.optional_money("at-most"),
            reader.optional_money("at-least"),
        );
        let areas = reader
            .value("areas")
            .and_then(|value| reader.texts("areas", value, &["a list of areas"]));
        let areas: Option<Vec<String>> =
            areas.map(|areas| areas.into_iter().map(str::to_owned).collect());
        if areas.is_some() && matches!(amount, Some(PotAmount::One(_))) {
            let why = "one pot has no areas: use `each-area` or `split`";
            reader.fault("areas", FaultKind::Contradiction, &[], why);
        }
        if at_least > at_most && at_most.is_some() {
            let why = "the least is above the most";
            reader.fault("at-least", FaultKind::Contradiction, &[], why);
        }
        if id.is_some_and(|id| id == "envelope" || id == "contingency" || id.contains('/')) {
            let why =
                "`envelope` and `contingency` are pots already, and `/` separates family and area";
            reader.fault("id", FaultKind::BadValue, &["another id"], why);
        }
        reader.close();
        Some(Pot {
            id: id?.to_owned(),
            parent,
            owner,
            amount: amount?,
            at_most,
            at_least,
            areas,
            holds: holds?,
        })
    }
}

const TOTAL: &[&str] = &[AMOUNT, SHARE, "\"residual\""];

/// One of `amount`, `each-area` and `split`.
fn read_amount(reader: &Reader<'_>, holds: Option<&Selector>) -> Option<PotAmount> {
    let given: Vec<&'static str> = ["amount", "each-area", "split"]
        .into_iter()
        .filter(|&key| reader.has(key))
        .collect();
    match given.as_slice() {
        ["amount"] => {
            let value = reader.value("amount")?;
            read_total(reader, "amount", value).map(PotAmount::One)
        }
        ["each-area"] => reader.money("each-area").map(PotAmount::EachArea),
        ["split"] => {
            let table = reader.table("split", &["{ amount = \"800000\", by = \"population\" }"])?;
            let total = table
                .require("amount", TOTAL)
                .and_then(|value| read_total(&table, "amount", value));
            let by = SplitKey::read(&table, "by");
            table.close();
            Some(PotAmount::Split {
                total: total?,
                by: by?,
            })
        }
        [] => {
            // Local projects are usually paid from a pot of their area.
            let local = holds.is_some_and(|holds| holds.territory == Territory::Local);
            let key = if local { "each-area" } else { "amount" };
            let allowed = [
                "amount = \"80000\", \"30%\" or \"residual\"",
                "each-area = \"80000\"",
                "split = { amount = \"800000\", by = \"population\" }",
            ];
            reader.fault(key, FaultKind::MissingChoice, &allowed, "how much it holds");
            None
        }
        [first, others @ ..] => {
            let why = format!("the amount is said by `{first}` already");
            for other in others {
                reader.fault(other, FaultKind::Contradiction, &[], &why);
            }
            None
        }
    }
}

fn read_total(reader: &Reader<'_>, key: &'static str, value: &Value) -> Option<Total> {
    match value {
        Value::Text(text) if text == "residual" => Some(Total::Residual),
        Value::Text(text) if text.ends_with('%') => reader.as_share(key, text).map(Total::Share),
        Value::Text(text) => {
            let amount = text.parse().ok();
            if amount.is_none() {
                reader.bad_value(key, text, TOTAL);
            }
            amount.map(Total::Fixed)
        }
        other => {
            reader.wrong_type(key, other, TOTAL);
            None
        }
    }
}
