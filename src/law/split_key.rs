//! Split keys: in which proportion areas share money.

use crate::election::Area;
use crate::exact::Ratio;

use super::fault::FaultKind;
use super::reader::{Reader, SHARE};
use super::share::Share;
use super::value::Value;

/// In which proportion areas share money.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SplitKey {
    /// The same for each.
    Equal,
    /// In proportion to a number about the area, such as `population`.
    By(String),
    /// In proportion to one number divided by another, such as population by income.
    Ratio {
        /// The number above.
        of: String,
        /// The number below.
        over: String,
    },
    /// A weighted mix of keys; the weights add up to 100%.
    Mix(Vec<(Share, SplitKey)>),
}

const ALLOWED: &[&str] = &[
    "\"equal\"",
    "the name of a number about areas, such as \"population\"",
    "{ ratio = [\"population\", \"income\"] }",
    "{ mix = [ { share = \"40%\", by = \"equal\" }, { share = \"60%\", by = \"population\" } ] }",
];

impl SplitKey {
    /// The weights of areas under this key, in their order; they need not add up to anything.
    ///
    /// # Errors
    /// The area that lacks a number, and its name; or the name alone where all weights are zero.
    pub fn weights(&self, areas: &[&Area]) -> Result<Vec<Ratio>, (Option<String>, String)> {
        match self {
            SplitKey::Equal => Ok(vec![Ratio::ONE; areas.len()]),
            SplitKey::By(name) => areas.iter().map(|area| number(area, name)).collect(),
            SplitKey::Ratio { of, over } => areas
                .iter()
                .map(|area| {
                    let below = number(area, over)?;
                    number(area, of)?
                        .checked_div(&below)
                        .ok_or_else(|| (Some(area.id.clone()), over.clone()))
                })
                .collect(),
            SplitKey::Mix(parts) => {
                let mut sums = vec![Ratio::ZERO; areas.len()];
                for (share, key) in parts {
                    let weights = key.weights(areas)?;
                    let total = weights.iter().fold(Ratio::ZERO, |sum, weight| sum + weight);
                    for (sum, weight) in sums.iter_mut().zip(&weights) {
                        let part = weight
                            .checked_div(&total)
                            .ok_or_else(|| (None, key.name()))?;
                        *sum += &(part * share.ratio());
                    }
                }
                Ok(sums)
            }
        }
    }

    /// What it is called in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            SplitKey::Equal => "equal".to_owned(),
            SplitKey::By(name) => name.clone(),
            SplitKey::Ratio { of, over } => format!("{of}/{over}"),
            SplitKey::Mix(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(share, key)| format!("{share} {}", key.name()))
                    .collect();
                parts.join(" + ")
            }
        }
    }

    pub(super) fn read(reader: &Reader<'_>, key: &'static str) -> Option<SplitKey> {
        let value = reader.require(key, ALLOWED)?;
        SplitKey::of(reader, key, value)
    }

    pub(super) fn of(reader: &Reader<'_>, key: &str, value: &Value) -> Option<SplitKey> {
        match value {
            Value::Text(text) if text == "equal" => Some(SplitKey::Equal),
            Value::Text(text) if !text.trim().is_empty() => Some(SplitKey::By(text.clone())),
            Value::Table(keys) => {
                let table = Reader::new(reader.at(key), keys, reader.sink());
                let found = if table.has("mix") {
                    read_mix(&table)
                } else {
                    read_ratio(&table)
                };
                table.close();
                found
            }
            other => {
                reader.wrong_type(key, other, ALLOWED);
                None
            }
        }
    }
}

fn read_ratio(table: &Reader<'_>) -> Option<SplitKey> {
    const PAIR: &[&str] = &["a list of two names, such as [\"population\", \"income\"]"];
    let value = table.require("ratio", PAIR)?;
    let names = table.texts("ratio", value, PAIR)?;
    if let [of, over] = names.as_slice() {
        return Some(SplitKey::Ratio {
            of: (*of).to_owned(),
            over: (*over).to_owned(),
        });
    }
    table.bad_value("ratio", &names.join(", "), PAIR);
    None
}

fn read_mix(table: &Reader<'_>) -> Option<SplitKey> {
    let value = table.value("mix")?;
    let parts = table.tables("mix", value)?;
    let mut mix = Vec::new();
    for part in parts {
        let part = part?;
        let share = part.text("share", &[SHARE]);
        let share = share.and_then(|text| part.as_share("share", text));
        let by = part
            .require("by", ALLOWED)
            .and_then(|value| SplitKey::of(&part, "by", value));
        part.close();
        mix.push((share?, by?));
    }
    let sum = mix
        .iter()
        .fold(Ratio::ZERO, |sum, (share, _)| sum + share.ratio());
    if sum != Ratio::ONE {
        let why = format!("the shares add up to {}%", sum.mul_int(100));
        table.fault(
            "mix",
            FaultKind::Contradiction,
            &["shares of 100% together"],
            &why,
        );
        return None;
    }
    Some(SplitKey::Mix(mix))
}

/// A number about an area that may weigh: known and not negative.
fn number(area: &Area, name: &str) -> Result<Ratio, (Option<String>, String)> {
    area.attributes
        .get(name)
        .filter(|value| !value.is_negative())
        .cloned()
        .ok_or_else(|| (Some(area.id.clone()), name.to_owned()))
}
