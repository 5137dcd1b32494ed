//! What people decided about single votes.

use serde::{Deserialize, Serialize};

/// Something that somebody decided about one vote, such as after a report of anomalies: the library judges no
/// voter, it applies what was ruled and keeps it with the result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Ruling {
    /// The name of the source.
    pub source: String,
    /// The line of the vote in it.
    pub line: u64,
    /// What becomes of the vote.
    pub verdict: Ruled,
    /// Who decided.
    pub by: String,
    /// Why.
    pub justification: String,
}

/// What somebody may rule about a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ruled {
    /// It is void.
    Void,
    /// The voter may not vote.
    Ineligible,
}

impl Ruling {
    /// A ruling about the vote at a line of a source.
    #[must_use]
    pub fn new(
        source: impl Into<String>,
        line: u64,
        verdict: Ruled,
        by: impl Into<String>,
        justification: impl Into<String>,
    ) -> Ruling {
        Ruling {
            source: source.into(),
            line,
            verdict,
            by: by.into(),
            justification: justification.into(),
        }
    }
}
