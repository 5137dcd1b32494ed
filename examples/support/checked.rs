//! What checking one file found, for people and as a JSON line.

use std::fmt;

use quartier::archive::ArchiveFinding;
use quartier::count::CountError;
use quartier::pabulib::{Diagnostic, Diagnostics, Section, Severity};
use serde::Serialize;

/// What checking one file found.
#[derive(Debug)]
pub(crate) struct Checked {
    file: String,
    found: Diagnostics,
    /// What concerns the file as a whole.
    whole: Vec<Whole>,
}

/// Something about a file as a whole, in the same form as a diagnostic with a place.
#[derive(Debug, Serialize)]
struct Whole {
    code: &'static str,
    severity: Severity,
    section: Section,
    line: u64,
    column: u64,
    message: String,
}

impl Whole {
    fn new(code: &'static str, severity: Severity, message: String) -> Whole {
        Whole {
            code,
            severity,
            section: Section::File,
            line: 0,
            column: 0,
            message,
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Placed(&'a Diagnostic),
    Whole(&'a Whole),
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    status: &'static str,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Shown<'a>>,
}

impl Checked {
    pub(crate) fn new(file: String, found: Diagnostics, findings: Vec<ArchiveFinding>) -> Checked {
        let whole = findings
            .into_iter()
            .map(|finding| Whole::new(finding.code(), finding.severity(), finding.to_string()));
        Checked {
            file,
            found,
            whole: whole.collect(),
        }
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(file: String, error: String) -> Checked {
        Checked {
            file,
            found: Diagnostics::default(),
            whole: vec![Whole::new("unreadable", Severity::Error, error)],
        }
    }

    /// The same where the rule that META names could not be counted.
    pub(crate) fn and_error(mut self, error: &CountError) -> Checked {
        self.whole.push(Whole::new(
            "cannot-count",
            Severity::Error,
            error.to_string(),
        ));
        self
    }

    fn whole(&self, severity: Severity) -> usize {
        self.whole
            .iter()
            .filter(|whole| whole.severity == severity)
            .count()
    }

    pub(crate) fn errors(&self) -> usize {
        self.found
            .error_count()
            .saturating_add(self.whole(Severity::Error))
    }

    pub(crate) fn warnings(&self) -> usize {
        self.found
            .warning_count()
            .saturating_add(self.whole(Severity::Warning))
    }

    /// The JSON line, without its newline.
    pub(crate) fn json(&self) -> Result<String, serde_json::Error> {
        let placed = self.found.iter().map(Shown::Placed);
        serde_json::to_string(&Line {
            file: &self.file,
            status: if self.errors() == 0 { "ok" } else { "error" },
            errors: self.errors(),
            warnings: self.warnings(),
            diagnostics: placed.chain(self.whole.iter().map(Shown::Whole)).collect(),
        })
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.found.is_empty() && self.whole.is_empty() {
            return writeln!(f, "== {}: nothing to say", self.file);
        }
        writeln!(
            f,
            "== {}: errors {}, warnings {}",
            self.file,
            self.errors(),
            self.warnings()
        )?;
        if !self.found.is_empty() {
            writeln!(f, "{}", self.found)?;
        }
        self.whole.iter().try_for_each(|whole| {
            writeln!(f, "{}[{}] {}", whole.severity, whole.code, whole.message)
        })
    }
}
