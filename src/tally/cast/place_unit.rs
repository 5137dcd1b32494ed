//! What the number of a place counts.

use std::fmt;

use serde::Serialize;

/// What the number of a place counts in a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlaceUnit {
    /// Lines of a file.
    #[default]
    Line,
    /// Records: elements of a JSON array, or rows of the votes of an election.
    Record,
}

impl fmt::Display for PlaceUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PlaceUnit::Line => "line",
            PlaceUnit::Record => "record",
        })
    }
}
