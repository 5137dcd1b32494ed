//! What happens to a ballot that breaks the rules.

use std::fmt;
use std::str::FromStr;

/// What happens to a mark that is wrong: an unknown project, a project named twice, points out of range, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkPolicy {
    /// The whole ballot is void.
    Void,
    /// The mark is dropped and the rest of the ballot counts; of a project named twice the first mark stays.
    DropLine,
}

/// What happens to a ballot that holds more than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExcessPolicy {
    /// It is void.
    Void,
    /// It is cut: the first mark that goes beyond a bound falls, and all after it do. Where the bound is one of
    /// a part (a theme, other quartiers), only the marks of that part fall.
    Truncate,
}

/// What happens to ballots that break the rules. Cities differ, so there is no default.
///
/// | text | a wrong mark | too much on the ballot |
/// |---|---|---|
/// | `void` | voids the ballot | voids the ballot |
/// | `truncate` | voids the ballot | is cut off |
/// | `drop-line` | is dropped | voids the ballot |
/// | `drop-line;truncate` | is dropped | is cut off |
///
/// Too little on a ballot (fewer projects than required) always voids it, as do projects that share a rank where they may not: nothing can be cut or
/// dropped to mend it. So does a ballot of which nothing is left.
///
/// ```
/// use quartier::tally::{ExcessPolicy, Invalid, MarkPolicy};
/// let invalid: Invalid = "truncate".parse()?;
/// assert_eq!((invalid.marks, invalid.excess), (MarkPolicy::Void, ExcessPolicy::Truncate));
/// assert_eq!(invalid.to_string(), "truncate");
/// # Ok::<(), quartier::tally::InvalidError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Invalid {
    /// For wrong marks.
    pub marks: MarkPolicy,
    /// For too much.
    pub excess: ExcessPolicy,
}

/// A text that is no policy for invalid ballots.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no policy: use void, truncate, drop-line or drop-line;truncate")]
pub struct InvalidError {
    found: String,
}

impl Invalid {
    /// The whole ballot is void, whatever is wrong with it.
    pub const VOID: Invalid = Invalid {
        marks: MarkPolicy::Void,
        excess: ExcessPolicy::Void,
    };
}

impl FromStr for Invalid {
    type Err = InvalidError;

    fn from_str(text: &str) -> Result<Invalid, InvalidError> {
        let (marks, excess) = match text {
            "void" => (MarkPolicy::Void, ExcessPolicy::Void),
            "truncate" => (MarkPolicy::Void, ExcessPolicy::Truncate),
            "drop-line" => (MarkPolicy::DropLine, ExcessPolicy::Void),
            "drop-line;truncate" | "truncate;drop-line" => {
                (MarkPolicy::DropLine, ExcessPolicy::Truncate)
            }
            _ => {
                return Err(InvalidError {
                    found: text.chars().take(40).collect(),
                });
            }
        };
        Ok(Invalid { marks, excess })
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.marks, self.excess) {
            (MarkPolicy::Void, ExcessPolicy::Void) => "void",
            (MarkPolicy::Void, ExcessPolicy::Truncate) => "truncate",
            (MarkPolicy::DropLine, ExcessPolicy::Void) => "drop-line",
            (MarkPolicy::DropLine, ExcessPolicy::Truncate) => "drop-line;truncate",
        })
    }
}
