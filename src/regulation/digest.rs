//! Fingerprints of what an edition was computed from: what is published names exactly its inputs.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::election::Election;
use crate::law::follow_up::{Followed, Register};
use crate::law::{Document, Value};

use super::inputs::Inputs;

/// A SHA-256, written in 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentDigest([u8; 32]);

/// What an edition was computed from: the same digests mean the same result, on any machine. What voters say of
/// themselves is in none of them, so where a turnout or purses by quartier read the voters' areas, these are published apart.
///
/// **Regulation.** SHA-256 of the line `quartier-regulation/1` and the line of its JSON form, keys in the order of their
/// bytes, without blanks; each line ends with a line feed. So the order of keys, comments and whether it was TOML or JSON change
/// nothing, and any choice does; the order of lists (pots, stages, claims) counts, because it decides.
///
/// **Decisions.** The same with `quartier-decisions/1` and the JSON list of the decisions in their order.
///
/// **Register.** The same with `quartier-register/1`, its day and its projects by edition and id.
///
/// **Election.** [`Election::digest`]: projects, areas, money and ballots, in whatever order and format they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Digests {
    /// Of the regulation.
    pub regulation: ContentDigest,
    /// Of the decisions.
    pub decisions: ContentDigest,
    /// Of the register of follow-up, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<ContentDigest>,
    /// Of the election.
    pub election: ContentDigest,
}

impl ContentDigest {
    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Of a regulation's document.
    pub(super) fn of_document(document: &Document) -> ContentDigest {
        let keys = document.keys().iter().map(|(key, value)| {
            let value = in_order(value);
            (key.clone(), value)
        });
        let mut keys: Vec<(String, Value)> = keys.collect();
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        of_json("quartier-regulation/1", &Document::new(keys))
    }
}

impl Digests {
    pub(super) fn of(
        regulation: ContentDigest,
        inputs: &Inputs<'_>,
        election: &Election,
    ) -> Digests {
        Digests {
            regulation,
            decisions: of_json("quartier-decisions/1", inputs.decisions),
            register: inputs.register.map(of_register),
            election: ContentDigest(*election.digest().bytes()),
        }
    }
}

/// Of a register, in whatever order its projects were written.
fn of_register(register: &Register) -> ContentDigest {
    let mut projects: Vec<&Followed> = register.projects.iter().collect();
    projects.sort_by(|one, other| (&one.edition, &one.id).cmp(&(&other.edition, &other.id)));
    of_json("quartier-register/1", &(register.as_of, projects))
}

/// The same value with the keys of its tables in order.
fn in_order(value: &Value) -> Value {
    match value {
        Value::Table(keys) => {
            let mut keys: Vec<(String, Value)> = keys
                .iter()
                .map(|(key, value)| (key.clone(), in_order(value)))
                .collect();
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Table(keys)
        }
        Value::List(list) => Value::List(list.iter().map(in_order).collect()),
        other => other.clone(),
    }
}

fn of_json<T: Serialize + ?Sized>(name: &str, value: &T) -> ContentDigest {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update(b"\n");
    // Documents and decisions have string keys and no floats, so they always have a JSON form.
    hasher.update(serde_json::to_vec(value).unwrap_or_default());
    hasher.update(b"\n");
    ContentDigest(hasher.finalize().into())
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ContentDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
