//! Decisions: what people settled and a count must obey, never compute.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::about::{About, DecisionKind};
use super::decision_check::{DecisionFaults, check_all};
use crate::election::Money;

/// Something that people decided and that no program can compute: an exclusion, a drawn lot, more money.
///
/// A count takes decisions as input, obeys them and prints them in its record, with who decided and why.
/// Read from a file, decisions come in a [`DecisionFile`], which checks them.
///
/// ```
/// use quartier::record::{About, Decision, DecisionKind};
/// let decision = Decision::new(
///     DecisionKind::Exclude,
///     About::Project("2150".into()),
///     "district office",
///     "the site was sold after the vote",
/// )
/// .source("minutes of 3 July, item 4");
/// decision.check(1)?;
/// # Ok::<(), quartier::record::DecisionFaults>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Decision {
    /// What kind of thing was decided.
    pub kind: DecisionKind,
    /// What it was decided about.
    pub about: About,
    /// What was decided, where the kind needs more than its name.
    #[serde(skip_serializing_if = "DecisionValue::is_none")]
    pub value: DecisionValue,
    /// Who decided.
    pub by: String,
    /// Why.
    pub justification: String,
    /// The document it is taken from, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The value of a decision.
///
/// In a file: absent, text, an amount as text (`"1115627"`), a list of ids, `true` or `false`, or the table
/// `{ opening = "4600000", added = "1115627" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum DecisionValue {
    /// Nothing beyond the kind of decision.
    #[default]
    None,
    /// A text, such as the id of a substitute.
    Text(String),
    /// An amount of money, in major units.
    Amount(Money),
    /// Money that arrived after the count had begun: the published budget is the sum of both, the count
    /// opened with `opening`, and was continued when `added` arrived.
    Added {
        /// The money that the count opened with.
        opening: Money,
        /// The money that arrived later.
        added: Money,
    },
    /// Projects in an order, first one first.
    Order(Vec<String>),
    /// Yes or no.
    Flag(bool),
}

impl DecisionValue {
    fn is_none(&self) -> bool {
        *self == DecisionValue::None
    }
}

impl Decision {
    /// A decision without value and source.
    #[must_use]
    pub fn new(
        kind: DecisionKind,
        about: About,
        by: impl Into<String>,
        justification: impl Into<String>,
    ) -> Decision {
        let (by, justification) = (by.into(), justification.into());
        Decision {
            kind,
            about,
            value: DecisionValue::None,
            by,
            justification,
            source: None,
        }
    }

    /// The same decision with a value.
    #[must_use]
    pub fn value(mut self, value: DecisionValue) -> Decision {
        self.value = value;
        self
    }

    /// The same decision with the document it is taken from.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Decision {
        self.source = Some(source.into());
        self
    }
}

/// A file of decisions, as [`serde`] reads it from TOML or JSON: a list named `decision`.
///
/// Reading is complete only with [`checked`](Self::checked), which is the only way to the decisions, so
/// that none is used before it was checked.
///
/// ```
/// use quartier::record::{DecisionFile, DecisionKind};
/// let file: DecisionFile = toml::from_str(r#"
///     [[decision]]
///     kind = "lot"
///     about = "stage:vote"
///     value = ["9", "3"]
///     by = "city council"
///     justification = "drawn in public on 3 June"
/// "#)?;
/// let decisions = file.checked()?;
/// assert_eq!(decisions[0].kind, DecisionKind::Lot);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFile {
    #[serde(default)]
    decision: Vec<Decision>,
}

impl DecisionFile {
    /// A file of these decisions, for writing.
    #[must_use]
    pub fn new(decisions: Vec<Decision>) -> DecisionFile {
        DecisionFile {
            decision: decisions,
        }
    }

    /// The decisions, in the order of the file.
    ///
    /// # Errors
    /// Every fault that [`check_all`] finds.
    pub fn checked(self) -> Result<Vec<Decision>, DecisionFaults> {
        check_all(&self.decision)?;
        Ok(self.decision)
    }
}

/// A decision as it is written: who and why may be missing here, so that [`check_all`] can report it
/// together with everything else.
#[derive(Deserialize)]
#[serde(rename = "decision", deny_unknown_fields)]
struct Written {
    kind: DecisionKind,
    about: About,
    #[serde(default)]
    value: WrittenValue,
    #[serde(default)]
    by: String,
    #[serde(default)]
    justification: String,
    source: Option<String>,
}

#[derive(Default)]
struct WrittenValue(DecisionValue);

impl From<Written> for Decision {
    fn from(written: Written) -> Decision {
        let Written {
            kind,
            about,
            value: WrittenValue(value),
            by,
            justification,
            source,
        } = written;
        let value = match (kind, value) {
            // What is not an amount stays text; the check says so, with the number of the decision.
            (DecisionKind::ExtraMoney | DecisionKind::Award, DecisionValue::Text(text)) => text
                .parse()
                .map_or(DecisionValue::Text(text), DecisionValue::Amount),
            (_, value) => value,
        };
        Decision {
            kind,
            about,
            value,
            by,
            justification,
            source,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename = "value", deny_unknown_fields)]
struct WrittenAdded {
    opening: Money,
    added: Money,
}

impl<'de> Deserialize<'de> for WrittenValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenValue, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(WrittenValue)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = DecisionValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text in quotes (amounts too, such as \"1115627\"), a list of ids in quotes, true or false, or { opening = \"..\", added = \"..\" }")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DecisionValue, E> {
        Ok(DecisionValue::Text(text.to_owned()))
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<DecisionValue, E> {
        Ok(DecisionValue::Flag(flag))
    }

    fn visit_unit<E: de::Error>(self) -> Result<DecisionValue, E> {
        Ok(DecisionValue::None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<DecisionValue, A::Error> {
        let mut order = Vec::new();
        while let Some(id) = list.next_element()? {
            order.push(id);
        }
        Ok(DecisionValue::Order(order))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DecisionValue, A::Error> {
        let WrittenAdded { opening, added } =
            WrittenAdded::deserialize(MapAccessDeserializer::new(map))?;
        Ok(DecisionValue::Added { opening, added })
    }
}
