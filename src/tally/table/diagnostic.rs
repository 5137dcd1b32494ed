//! One problem, where it is, and what was expected.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::election::{Excerpt, Placed, Severity, visible};

use super::fault::Fault;

/// Characters of a value that are kept.
const VALUE: usize = 80;

/// One problem. Its text form names it, shows the line and points at the column.
///
/// ```text
/// error[unclosed-quote] paper.csv: line 3, column 4: the quote is not closed on its line: close it, ...
/// 3 | 17;"12,7
///   |    ^^^^^
/// ```
///
/// Its serde form is an object with `code`, `severity`, `source`, `line`, `column`, `value`, `message`, `expected`
/// and `excerpt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub(super) fault: Fault,
    pub(super) severity: Severity,
    pub(super) source: Arc<str>,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) width: usize,
    pub(super) value: String,
    pub(super) excerpt: Option<Excerpt>,
    /// Is the line the number of a record in a list?
    pub(super) is_record: bool,
    /// Is nothing shown of what the source says?
    pub(super) is_withheld: bool,
}

impl Diagnostic {
    pub(super) fn new(fault: Fault, severity: Severity, source: &Arc<str>) -> Diagnostic {
        Diagnostic {
            fault,
            severity,
            source: Arc::clone(source),
            line: 0,
            column: 0,
            width: 0,
            value: String::new(),
            excerpt: None,
            is_record: false,
            is_withheld: false,
        }
    }

    /// The same on a line, or on one record of a list.
    pub(super) fn on_line(mut self, line: u64) -> Diagnostic {
        self.line = line;
        self
    }

    /// The same at a part of its line.
    pub(super) fn at(mut self, column: u64, value: &str) -> Diagnostic {
        self.column = column;
        self.width = value.chars().count();
        self.value = value.chars().take(VALUE).map(visible).collect();
        self
    }

    /// The same with its line, cut around the column and with invisible characters made visible.
    pub(super) fn with_excerpt(mut self, line: &str) -> Diagnostic {
        self.excerpt = Some(Excerpt::around(line, self.column));
        self
    }

    /// The same without anything that the source says: the code, the place and what was expected only.
    pub(super) fn withheld(mut self) -> Diagnostic {
        self.value.clear();
        self.excerpt = None;
        self.is_withheld = true;
        self
    }

    /// What is wrong, as far as it may be shown.
    fn message(&self) -> String {
        if self.is_withheld {
            self.code().to_owned()
        } else {
            self.fault.to_string()
        }
    }

    /// The mistake. It may hold some of the source's text, even where that is not shown.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The machine-readable name of the mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The name of the source.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The line, from 1; 0 for the source as a whole. In a JSON array, the number of the element.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The column, in characters from 1; 0 for the whole line.
    #[must_use]
    pub fn column(&self) -> u64 {
        self.column
    }

    /// What was found there, shortened.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The text of the line, shortened.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_ref().map(Excerpt::text)
    }
}

impl Placed for Diagnostic {
    fn spot(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    fn severity(&self) -> Severity {
        self.severity
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] {}", self.severity, self.code(), self.source)?;
        let word = if self.is_record { "record" } else { "line" };
        match (self.line, self.column) {
            (0, _) => {}
            (line, 0) => write!(f, ": {word} {line}")?,
            (line, column) => write!(f, ": {word} {line}, column {column}")?,
        }
        write!(f, ": {}: {}", self.message(), self.fault.expected())?;
        match &self.excerpt {
            Some(excerpt) => excerpt.write(f, self.line, self.column, self.width),
            None => Ok(()),
        }
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            code: &'a str,
            severity: Severity,
            source: &'a str,
            line: u64,
            column: u64,
            value: &'a str,
            message: String,
            expected: &'a str,
            excerpt: Option<&'a str>,
        }
        Shown {
            code: self.code(),
            severity: self.severity,
            source: &self.source,
            line: self.line,
            column: self.column,
            value: &self.value,
            message: self.message(),
            expected: self.fault.expected(),
            excerpt: self.excerpt(),
        }
        .serialize(serializer)
    }
}
