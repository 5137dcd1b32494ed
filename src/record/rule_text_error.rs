//! What can be wrong with the text of a rule.

use std::fmt;

/// A rule text that cannot be read, and where.
///
/// ```
/// use quartier::record::RuleText;
/// let error = "greedy:score".parse::<RuleText>().unwrap_err();
/// assert_eq!(error.column, 13);
/// assert_eq!(error.to_string(), "column 13: key `score` has no value: write `score=...`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {fault}")]
pub struct RuleTextError {
    /// The character where reading stopped, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: RuleTextFault,
}

/// What can be wrong with a rule text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleTextFault {
    /// Something is left out, such as the key in `greedy:=votes`.
    #[error("{part} is empty: expected {}", part.allowed())]
    Empty {
        /// What is left out.
        part: RuleTextPart,
    },
    /// A character that cannot stand here.
    #[error("{found:?} cannot stand in {part}: expected {}, or {}", part.allowed(), part.followed_by())]
    BadCharacter {
        /// The character.
        found: char,
        /// What was being read.
        part: RuleTextPart,
    },
    /// An id or a key that is not lower-case words joined by `-`.
    #[error("`{word}` cannot be {part}: expected {}", part.allowed())]
    NotAWord {
        /// What was written.
        word: String,
        /// What was being read.
        part: RuleTextPart,
    },
    /// A key without `=`.
    #[error("key `{key}` has no value: write `{key}=...`")]
    NoValue {
        /// The key.
        key: String,
    },
    /// The same key twice in one step.
    #[error("key `{key}` is given twice: keep one of them")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// More than a rule can need.
    #[error("a rule text has at most {limit} bytes")]
    TooLong {
        /// The limit.
        limit: usize,
    },
}

/// The parts of a rule text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleTextPart {
    /// The rule's id, such as `equal-shares`.
    Id,
    /// The name of a setting, such as `utility`.
    Key,
    /// A setting's value, or one item of a list value, such as `cost`.
    Value,
}

impl RuleTextPart {
    const fn allowed(self) -> &'static str {
        match self {
            RuleTextPart::Id => "lower-case words joined by `-`, such as equal-shares",
            RuleTextPart::Key => "lower-case words joined by `-`, such as min-covered",
            RuleTextPart::Value => "visible ASCII characters without blanks or , ; : + =",
        }
    }

    const fn followed_by(self) -> &'static str {
        match self {
            RuleTextPart::Id => "`:` before settings, or `+` before another rule",
            RuleTextPart::Key => "`=` before its value",
            RuleTextPart::Value => "`;` `,` `+` before what comes next",
        }
    }

    pub(super) fn allows(self, c: char) -> bool {
        match self {
            RuleTextPart::Id | RuleTextPart::Key => {
                c == '-' || c.is_ascii_digit() || c.is_ascii_lowercase()
            }
            RuleTextPart::Value => {
                c.is_ascii_graphic() && !matches!(c, ',' | ';' | ':' | '+' | '=')
            }
        }
    }

    pub(super) fn ends_at(self, c: char) -> bool {
        match self {
            RuleTextPart::Id => matches!(c, ':' | '+'),
            RuleTextPart::Key => c == '=',
            RuleTextPart::Value => matches!(c, ';' | ',' | '+'),
        }
    }

    /// Judges a whole word, wherever it comes from.
    pub(super) fn check(self, word: &str) -> Result<(), RuleTextFault> {
        if word.is_empty() {
            return Err(RuleTextFault::Empty { part: self });
        }
        if let Some(found) = word.chars().find(|&c| !self.allows(c)) {
            return Err(RuleTextFault::BadCharacter { found, part: self });
        }
        let worded = word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.split('-').all(|piece| !piece.is_empty());
        if worded || self == RuleTextPart::Value {
            Ok(())
        } else {
            Err(RuleTextFault::NotAWord {
                word: word.to_owned(),
                part: self,
            })
        }
    }
}

impl fmt::Display for RuleTextPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RuleTextPart::Id => "a rule's id",
            RuleTextPart::Key => "a key",
            RuleTextPart::Value => "a value",
        })
    }
}
