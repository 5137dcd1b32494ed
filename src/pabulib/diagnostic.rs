//! What is wrong in a file, where, and what to do about it.

use std::fmt;

use serde::{Serialize, Serializer};

pub use crate::election::Severity;
use crate::election::{Excerpt, Placed};

use super::fault::Fault;
use super::lexer::column_of;
use super::lint::Finding;

/// The part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Section {
    /// The file as a whole.
    #[serde(rename = "file")]
    File,
    /// What is known of the election.
    #[serde(rename = "META")]
    Meta,
    /// The projects.
    #[serde(rename = "PROJECTS")]
    Projects,
    /// The votes.
    #[serde(rename = "VOTES")]
    Votes,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Section::File => "file",
            Section::Meta => "META",
            Section::Projects => "PROJECTS",
            Section::Votes => "VOTES",
        })
    }
}

/// One mistake: a break of the format, or something that the linter found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The reader found that the format is broken, or that the file contradicts itself.
    Format(Fault),
    /// The linter found something that is allowed to stand but looks wrong.
    Lint(Finding),
}

impl Problem {
    /// The machine-readable name of the mistake, such as `cost-malformed`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Format(fault) => fault.code(),
            Problem::Lint(finding) => finding.code(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Format(fault) => fault.fmt(f),
            Problem::Lint(finding) => finding.fmt(f),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        Problem::Format(fault)
    }
}

impl From<Finding> for Problem {
    fn from(finding: Finding) -> Problem {
        Problem::Lint(finding)
    }
}

/// Where a problem is. Lines and columns count from 1; 0 stands for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The part of the file.
    pub section: Section,
    /// The line, from 1; 0 for the whole file.
    pub line: u64,
    /// The column, in characters from 1; 0 for the whole line.
    pub column: u64,
    /// How many characters are concerned.
    pub width: u64,
}

impl Place {
    /// The whole file.
    pub const FILE: Place = Place {
        section: Section::File,
        line: 0,
        column: 0,
        width: 0,
    };

    /// A whole line.
    #[must_use]
    pub const fn line(section: Section, line: u64) -> Place {
        Place {
            section,
            line,
            column: 0,
            width: 0,
        }
    }

    /// A part of a line.
    #[must_use]
    pub const fn cell(section: Section, line: u64, column: u64, width: u64) -> Place {
        Place {
            section,
            line,
            column,
            width,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.section),
            (line, 0) => write!(f, "line {line} ({})", self.section),
            (line, column) => write!(f, "line {line}, column {column} ({})", self.section),
        }
    }
}

/// What to write instead at the place, where that is safe: no vote and no amount changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// The text to put at the place.
    pub replacement: String,
}

impl Fix {
    /// A fix that puts this text at the place of the problem.
    #[must_use]
    pub fn new(replacement: impl Into<String>) -> Fix {
        Fix {
            replacement: replacement.into(),
        }
    }
}

/// One problem with its place. Its text form names it, shows the line and points at the column.
///
/// ```
/// use quartier::pabulib::{read, ReadOptions};
/// let refused = read("METAL\n", &ReadOptions::strict()).unwrap_err();
/// assert!(refused.has_errors());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    problem: Problem,
    severity: Severity,
    place: Place,
    excerpt: Option<Excerpt>,
    fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at a place.
    #[must_use]
    pub fn new(problem: impl Into<Problem>, severity: Severity, place: Place) -> Diagnostic {
        Diagnostic {
            problem: problem.into(),
            severity,
            place,
            excerpt: None,
            fix: None,
        }
    }

    /// The same with the line it is on, cut around the column and with invisible characters made visible.
    #[must_use]
    pub fn with_excerpt(mut self, line: &str) -> Diagnostic {
        self.excerpt = Some(Excerpt::around(line, self.place.column));
        self
    }

    /// The same with a fix.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Diagnostic {
        self.fix = Some(fix);
        self
    }

    /// The same with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }

    /// The mistake.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The machine-readable name of the mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The text of the line, shortened.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_ref().map(Excerpt::text)
    }

    /// What to write instead.
    #[must_use]
    pub fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }
}

impl Placed for Diagnostic {
    fn spot(&self) -> (u64, u64) {
        (self.place.line, self.place.column)
    }

    fn severity(&self) -> Severity {
        self.severity
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}] {}: {}",
            self.severity,
            self.code(),
            self.place,
            self.problem
        )?;
        let Some(excerpt) = &self.excerpt else {
            return Ok(());
        };
        let width = usize::try_from(self.place.width).unwrap_or(usize::MAX);
        excerpt.write(f, self.place.line, self.place.column, width)?;
        match &self.fix {
            Some(fix) => {
                let margin = self.place.line.to_string().len();
                write!(f, "\n{:margin$} = write: {}", "", fix.replacement)
            }
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
            section: Section,
            line: u64,
            column: u64,
            message: String,
            excerpt: Option<&'a str>,
            fix: Option<&'a str>,
        }
        Shown {
            code: self.code(),
            severity: self.severity,
            section: self.place.section,
            line: self.place.line,
            column: self.place.column,
            message: self.problem.to_string(),
            excerpt: self.excerpt(),
            fix: self.fix.as_ref().map(|fix| fix.replacement.as_str()),
        }
        .serialize(serializer)
    }
}

/// The place of a part of a line.
pub(crate) fn place_in(
    section: Section,
    number: u64,
    line: &str,
    start: usize,
    part: &str,
) -> Place {
    Place::cell(
        section,
        number,
        column_of(line, start),
        super::lexer::width_of(part),
    )
}
