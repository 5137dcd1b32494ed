//! Taking a rule's settings out of its text, so that no setting is overlooked.

use std::fmt;
use std::str::FromStr;

use super::rule_text::StepText;

/// Takes the settings of one step by key and remembers what was wrong, so that a rule is built in a few
/// lines and reports every mistake at once. A setting that nobody took is a mistake too.
///
/// ```
/// use quartier::record::{RuleText, StepFaults, StepText};
///
/// #[derive(Debug, PartialEq)]
/// struct Demo { skip: bool, increment: u32 }
///
/// fn build(step: &StepText) -> Result<Demo, StepFaults> {
///     let mut settings = step.reader();
///     let skip = settings.require_choice("misfit", &[("skip", true), ("stop", false)]);
///     let increment = settings.parse("increment", "a whole number").unwrap_or(1);
///     settings.build(skip.map(|skip| Demo { skip, increment }))
/// }
///
/// let rule: RuleText = "demo:misfit=skip".parse()?;
/// assert_eq!(build(&rule.steps()[0])?, Demo { skip: true, increment: 1 });
///
/// let rule: RuleText = "demo:increment=x,misfits=skip".parse()?;
/// assert_eq!(
///     build(&rule.steps()[0]).unwrap_err().to_string(),
///     "rule `demo`: key `misfit` is missing: write misfit=skip or misfit=stop; \
///      `increment=x` is not possible: expected a whole number; \
///      unknown key `misfits`: allowed are misfit, increment",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct StepReader<'a> {
    step: &'a StepText,
    asked: Vec<&'static str>,
    faults: Vec<StepFault>,
}

/// One mistake in a step's settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StepFault {
    /// A key that the rule does not have.
    #[error("unknown key `{key}`: {}", allowed_keys(allowed))]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that the rule has.
        allowed: Vec<&'static str>,
    },
    /// A key that the rule cannot do without.
    #[error("key `{key}` is missing: write {expected}")]
    Missing {
        /// The key.
        key: &'static str,
        /// What to write.
        expected: String,
    },
    /// A list where one value is expected.
    #[error("key `{key}` takes one value, and {found} are given: expected no `;`")]
    List {
        /// The key.
        key: &'static str,
        /// How many values were given.
        found: usize,
    },
    /// A value that the key cannot have.
    #[error("`{key}={value}` is not possible: expected {expected}")]
    BadValue {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// What was expected.
        expected: String,
    },
    /// The settings are fine one by one and impossible together.
    #[error("{explanation}")]
    Conflict {
        /// What does not go together, and what to do.
        explanation: String,
    },
}

/// Every mistake in the settings of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepFaults {
    /// The id of the step.
    pub rule: String,
    /// The mistakes; there is at least one.
    pub faults: Vec<StepFault>,
}

impl std::error::Error for StepFaults {}

impl fmt::Display for StepFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule `{}`: ", self.rule)?;
        for (i, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

fn allowed_keys(allowed: &[&'static str]) -> String {
    if allowed.is_empty() {
        "this rule has no settings".to_owned()
    } else {
        format!("allowed are {}", allowed.join(", "))
    }
}

impl<'a> StepReader<'a> {
    pub(super) fn new(step: &'a StepText) -> StepReader<'a> {
        StepReader {
            step,
            asked: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// All values of a key, or `None` if it is absent.
    pub fn take(&mut self, key: &'static str) -> Option<&'a [String]> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.step
            .args()
            .find(|(known, _)| *known == key)
            .map(|(_, values)| values)
    }

    /// The value of a key that takes one, or `None` if it is absent; a list is noted as a mistake.
    pub fn take_one(&mut self, key: &'static str) -> Option<&'a str> {
        match self.take(key)? {
            [value] => Some(value),
            values => {
                self.faults.push(StepFault::List {
                    key,
                    found: values.len(),
                });
                None
            }
        }
    }

    /// The value of a key as what it means; `None` if absent, and if it cannot be read, which is noted.
    pub fn parse<T: FromStr>(&mut self, key: &'static str, expected: &str) -> Option<T> {
        let value = self.take_one(key)?;
        let read = value.parse().ok();
        if read.is_none() {
            self.bad_value(key, value, expected);
        }
        read
    }

    /// As [`parse`](Self::parse) for a key that must be there.
    pub fn require<T: FromStr>(&mut self, key: &'static str, expected: &str) -> Option<T> {
        if self.take(key).is_none() {
            self.missing(key, format!("{key}=..., {expected}"));
        }
        self.parse(key, expected)
    }

    /// The value of a key that is one of a few words; `None` if absent, and if it is another, which is
    /// noted.
    pub fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.take_one(key)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == value)
            .map(|(_, meaning)| *meaning);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.bad_value(key, value, &allowed.join(" or "));
        }
        found
    }

    /// As [`choice`](Self::choice) for a key that must be there.
    pub fn require_choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        if self.take(key).is_none() {
            let allowed: Vec<String> = words
                .iter()
                .map(|(word, _)| format!("{key}={word}"))
                .collect();
            self.missing(key, allowed.join(" or "));
        }
        self.choice(key, words)
    }

    /// Notes that a key is missing; `expected` says what to write.
    pub fn missing(&mut self, key: &'static str, expected: impl Into<String>) {
        self.faults.push(StepFault::Missing {
            key,
            expected: expected.into(),
        });
    }

    /// Notes that a value is not possible; `expected` says what is.
    pub fn bad_value(&mut self, key: &'static str, value: &str, expected: &str) {
        let (value, expected) = (value.to_owned(), expected.to_owned());
        self.faults.push(StepFault::BadValue {
            key,
            value,
            expected,
        });
    }

    /// Notes that settings do not go together; the explanation says which and what to do.
    pub fn conflict(&mut self, explanation: impl Into<String>) {
        self.faults.push(StepFault::Conflict {
            explanation: explanation.into(),
        });
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Every mistake noted, and each key of the text that was never asked for.
    pub fn finish(mut self) -> Result<(), StepFaults> {
        for (key, _) in self.step.args() {
            if !self.asked.contains(&key) {
                let allowed = self.asked.clone();
                self.faults.push(StepFault::UnknownKey {
                    key: key.to_owned(),
                    allowed,
                });
            }
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(StepFaults {
                rule: self.step.id().to_owned(),
                faults: self.faults,
            })
        }
    }

    /// Ends the reading with what was built, where `None` means that something needed could not be read.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn build<T>(mut self, built: Option<T>) -> Result<T, StepFaults> {
        let rule = self.step.id().to_owned();
        if built.is_none() && self.faults.is_empty() {
            self.conflict("these settings do not describe a rule: see the list of rules");
        }
        let faults = match (self.finish(), built) {
            (Ok(()), Some(built)) => return Ok(built),
            (Ok(()), None) => Vec::new(),
            (Err(found), _) => found.faults,
        };
        Err(StepFaults { rule, faults })
    }
}
