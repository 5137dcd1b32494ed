//! The text form of a rule: `equal-shares:utility=cost,completion=add1+greedy-welfare:utility=cost`.

use std::fmt;
use std::iter::Peekable;
use std::str::{Chars, FromStr};

use super::rule_text_error::{RuleTextError, RuleTextFault, RuleTextPart};
use super::step_reader::StepReader;
use super::step_writer::StepWriter;

/// The longest rule text, in bytes: texts come from strangers' files.
const LONGEST: usize = 4_096;

/// How a rule is written on a command line, in a regulation and in a record: one or more *steps*, joined
/// by `+`, that run one after another.
///
/// The text is the rule's name and settings, nothing else; whether such a rule exists is not known here
/// (the catalogue of rules says). Reading and printing are exact inverses: no blanks, no capital letters, no
/// second way to write the same thing.
///
/// ```text
/// rule  = step *( "+" step )
/// step  = id [ ":" key "=" value *( "," key "=" value ) ]
/// value = item *( ";" item )
/// ```
///
/// Ids and keys are lower-case ASCII words joined by `-`. Items are visible ASCII characters other than
/// `, ; : + =`. At most 4096 bytes.
///
/// ```
/// use quartier::record::RuleText;
/// let text = "greedy:score=weights;3;2;1,misfit=skip+greedy-welfare:utility=cost";
/// let rule: RuleText = text.parse()?;
/// assert_eq!(rule.steps().len(), 2);
/// assert_eq!(rule.to_string(), text);
/// # Ok::<(), quartier::record::RuleTextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RuleText {
    steps: Vec<StepText>,
}

/// One step of a rule text: an id and its settings in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StepText {
    id: String,
    args: Vec<(String, Vec<String>)>,
}

impl RuleText {
    /// The steps, in the order in which they run; there is at least one.
    #[must_use]
    pub fn steps(&self) -> &[StepText] {
        &self.steps
    }

    /// The same rule followed by one more step.
    #[must_use]
    pub fn then(mut self, step: StepText) -> RuleText {
        self.steps.push(step);
        self
    }
}

impl From<StepText> for RuleText {
    fn from(step: StepText) -> RuleText {
        RuleText { steps: vec![step] }
    }
}

impl StepText {
    /// A step without settings.
    ///
    /// # Errors
    /// [`RuleTextFault`] if the id is not lower-case words joined by `-`.
    pub fn new(id: &str) -> Result<StepText, RuleTextFault> {
        RuleTextPart::Id.check(id)?;
        Ok(StepText {
            id: id.to_owned(),
            args: Vec::new(),
        })
    }

    /// The same step with one more setting, of one value or a list of values.
    ///
    /// ```
    /// use quartier::record::StepText;
    /// let step = StepText::new("greedy")?.with("score", ["weights", "3", "2", "1"])?;
    /// assert_eq!(step.to_string(), "greedy:score=weights;3;2;1");
    /// assert!(step.with("score", ["votes"]).is_err());
    /// # Ok::<(), quartier::record::RuleTextFault>(())
    /// ```
    ///
    /// # Errors
    /// [`RuleTextFault`] if the key is there already, or the key or a value could not be read back.
    pub fn with<'v>(
        mut self,
        key: &str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Result<StepText, RuleTextFault> {
        RuleTextPart::Key.check(key)?;
        if self.has(key) {
            return Err(RuleTextFault::DuplicateKey {
                key: key.to_owned(),
            });
        }
        let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
        if values.is_empty() {
            return Err(RuleTextFault::NoValue {
                key: key.to_owned(),
            });
        }
        values
            .iter()
            .try_for_each(|value| RuleTextPart::Value.check(value))?;
        self.args.push((key.to_owned(), values));
        Ok(self)
    }

    /// The rule's id, such as `equal-shares`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The settings in the order they were written: each key with its one or more values.
    pub fn args(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.args
            .iter()
            .map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// Takes the settings one by one and notices those that nobody took: what a rule is built with.
    #[must_use]
    pub fn reader(&self) -> StepReader<'_> {
        StepReader::new(self)
    }

    fn has(&self, key: &str) -> bool {
        self.args.iter().any(|(known, _)| known == key)
    }
}

struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    column: usize,
}

impl Scanner<'_> {
    fn take(&mut self) -> Option<char> {
        self.column += 1;
        self.rest.next()
    }

    /// Takes the next character if it is this one.
    fn skip(&mut self, wanted: char) -> bool {
        let found = self.rest.peek() == Some(&wanted);
        if found {
            self.take();
        }
        found
    }

    fn here(&self, fault: RuleTextFault) -> RuleTextError {
        RuleTextError {
            column: self.column,
            fault,
        }
    }

    /// Reads up to, and not including, the character that ends the part.
    fn word(&mut self, part: RuleTextPart) -> Result<String, RuleTextError> {
        let start = self.column;
        let mut word = String::new();
        while let Some(&found) = self.rest.peek() {
            if part.ends_at(found) {
                break;
            }
            if !part.allows(found) {
                return Err(self.here(RuleTextFault::BadCharacter { found, part }));
            }
            word.push(found);
            self.take();
        }
        part.check(&word).map_err(|fault| RuleTextError {
            column: start,
            fault,
        })?;
        Ok(word)
    }

    fn step(&mut self) -> Result<StepText, RuleTextError> {
        let mut step = StepText {
            id: self.word(RuleTextPart::Id)?,
            args: Vec::new(),
        };
        if !self.skip(':') {
            return Ok(step);
        }
        loop {
            let start = self.column;
            let key = self.word(RuleTextPart::Key)?;
            if step.has(&key) {
                return Err(RuleTextError {
                    column: start,
                    fault: RuleTextFault::DuplicateKey { key },
                });
            }
            if !self.skip('=') {
                return Err(self.here(RuleTextFault::NoValue { key }));
            }
            let mut values = vec![self.word(RuleTextPart::Value)?];
            while self.skip(';') {
                values.push(self.word(RuleTextPart::Value)?);
            }
            step.args.push((key, values));
            if !self.skip(',') {
                return Ok(step);
            }
        }
    }
}

impl FromStr for RuleText {
    type Err = RuleTextError;

    fn from_str(text: &str) -> Result<RuleText, RuleTextError> {
        let mut scanner = Scanner {
            rest: text.chars().peekable(),
            column: 1,
        };
        if text.len() > LONGEST {
            return Err(scanner.here(RuleTextFault::TooLong { limit: LONGEST }));
        }
        let mut rule = RuleText::from(scanner.step()?);
        while scanner.skip('+') {
            rule = rule.then(scanner.step()?);
        }
        Ok(rule)
    }
}

impl fmt::Display for RuleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.steps.iter().enumerate() {
            write!(f, "{}{step}", if i == 0 { "" } else { "+" })?;
        }
        Ok(())
    }
}

impl fmt::Display for StepText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut writer = StepWriter::new(f, &self.id)?;
        for (key, values) in &self.args {
            writer.arg(key, values.join(";"))?;
        }
        Ok(())
    }
}

serde_as_text!(RuleText);
