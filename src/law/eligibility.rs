//! Eligibility: who may take part.

use crate::election::{Money, ProposerKind};

use super::appeal::Appeal;
use super::reader::{Faulty, Reader};
use super::selector::proposer_kind;
use super::value::Value;

/// Who may take part. Each condition passes, fails or is unknown; what is unknown never passes silently.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Eligibility {
    /// The kinds of proposers that are admitted; `None` for any.
    pub proposers: Option<Vec<ProposerKind>>,
    /// How many months delivery may take; `None` for any.
    pub delivery_months_at_most: Option<u32>,
    /// From which event those months are counted, in words.
    pub delivery_from: Option<String>,
    /// What somebody must have attested: `general-interest`, `feasible`, …
    pub attested: Vec<String>,
    /// The least that a project may cost.
    pub cost_at_least: Option<Money>,
    /// The most that a project may cost.
    pub cost_at_most: Option<Money>,
    /// How long a refusal may be appealed against, where the regulation says so.
    pub appeal: Option<Appeal>,
    /// What happens where nobody has said.
    pub on_unknown: OnUnknown,
}

/// What happens to a project of which a condition is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnUnknown {
    /// Nothing is counted until somebody has said.
    Refuse,
    /// The project does not take part, with the reason `unknown-eligibility`.
    Exclude,
}

impl Eligibility {
    pub(super) fn read(reader: Reader<'_>) -> Option<Eligibility> {
        let proposers = read_proposers(&reader);
        let months = read_months(&reader);
        let attested = reader
            .require(
                "attested",
                &["a list such as [\"general-interest\"], or []"],
            )
            .and_then(|value| reader.texts("attested", value, &["what must be attested"]));
        let eligibility = Eligibility {
            delivery_from: reader
                .optional_text("delivery-from", &["the event, such as \"vote\""])
                .map(str::to_owned),
            cost_at_least: reader.optional_money("cost-at-least"),
            cost_at_most: reader.optional_money("cost-at-most"),
            appeal: Appeal::read(&reader),
            on_unknown: OnUnknown::Refuse,
            proposers: None,
            delivery_months_at_most: None,
            attested: Vec::new(),
        };
        let on_unknown = reader.choice(
            "on-unknown",
            &[
                ("refuse", OnUnknown::Refuse),
                ("exclude", OnUnknown::Exclude),
            ],
        );
        reader.close();
        Some(Eligibility {
            proposers: proposers.ok()?,
            delivery_months_at_most: months.ok()?,
            attested: attested?.into_iter().map(str::to_owned).collect(),
            on_unknown: on_unknown?,
            ..eligibility
        })
    }
}

/// The kinds that are admitted; `None` for any.
fn read_proposers(reader: &Reader<'_>) -> Result<Option<Vec<ProposerKind>>, Faulty> {
    const ALLOWED: &[&str] = &["\"any\"", "a list such as [\"resident\", \"collective\"]"];
    match reader.require("proposer", ALLOWED).ok_or(Faulty)? {
        Value::Text(text) if text == "any" => Ok(None),
        Value::Text(text) => {
            reader.bad_value("proposer", text, ALLOWED);
            Err(Faulty)
        }
        value => {
            let kinds = reader.texts("proposer", value, ALLOWED).ok_or(Faulty)?;
            Ok(Some(kinds.into_iter().map(proposer_kind).collect()))
        }
    }
}

/// How many months; `None` for any.
fn read_months(reader: &Reader<'_>) -> Result<Option<u32>, Faulty> {
    const ALLOWED: &[&str] = &["a whole number of months, such as 24", "\"any\""];
    match reader
        .require("delivery-months-at-most", ALLOWED)
        .ok_or(Faulty)?
    {
        Value::Text(text) if text == "any" => Ok(None),
        value @ Value::Integer(_) => reader
            .as_number("delivery-months-at-most", value, 1)
            .map(Some)
            .ok_or(Faulty),
        value => {
            reader.wrong_type("delivery-months-at-most", value, ALLOWED);
            Err(Faulty)
        }
    }
}
