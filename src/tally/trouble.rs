//! What is wrong with a vote, where, for people to read.

use std::fmt;

use serde::Serialize;

use super::cast::PlaceUnit;
use super::reason::VoidReason;
use super::register::RegisterRow;

/// Why a vote, or a mark on it, does not count, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct VoteTrouble {
    /// The name of the source.
    pub source: String,
    /// The line in it, or the number of the record, as `unit` says.
    pub line: u64,
    /// What `line` counts.
    #[serde(skip_serializing_if = "is_line")]
    pub unit: PlaceUnit,
    /// The column of the mark, in characters; 0 where the vote as a whole is meant.
    pub column: u64,
    /// What is wrong.
    pub reason: VoidReason,
    /// The value, and what was expected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// Tables are what is meant where nothing is said.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_line(unit: &PlaceUnit) -> bool {
    *unit == PlaceUnit::Line
}

impl RegisterRow<'_> {
    /// What is wrong with the vote: its place and reason. `None` for a vote that counts as it was cast, is blank, or is
    /// set aside for the voter's other vote.
    ///
    /// A ballot that counts with a mark dropped or cut off has trouble as well. The column is exact where the text
    /// of the vote has no quotes around it.
    #[must_use]
    pub fn trouble(self) -> Option<VoteTrouble> {
        let (reason, known) = self.fault()?;
        let column = match known {
            Some((offset, _)) if self.place().column > 0 => {
                self.place().column.saturating_add(offset)
            }
            _ => 0,
        };
        Some(VoteTrouble {
            source: self.source().to_owned(),
            line: self.place().line,
            unit: self.unit(),
            column,
            reason,
            detail: known
                .map(|(_, detail)| detail.to_owned())
                .unwrap_or_default(),
        })
    }
}

impl fmt::Display for VoteTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.source, self.unit, self.line)?;
        if self.column > 0 {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.reason)?;
        if self.detail.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", self.detail)
    }
}
