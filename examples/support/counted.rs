//! What came of counting one file.

use quartier::archive::{Agreement, Selection};
use quartier::count::{AllOutcomes, CountError, LotRequired, Outcome};
use quartier::election::Election;
use quartier::pabulib::Diagnostics;
use serde::Serialize;

use crate::input::Format;
use crate::scores::Scores;
use crate::status::Status;
use crate::{counted_json, counted_text};

/// What came of counting one file.
#[derive(Debug)]
pub(crate) struct Report {
    /// The file's name.
    pub(crate) file: String,
    /// The rule's text, or the name in META of a rule that could not be counted.
    pub(crate) rule: Option<String>,
    /// How the count ended.
    pub(crate) ended: Ended,
    /// What the rule ranked the projects by.
    pub(crate) scores: Scores,
    /// All outcomes of the tied count, where they were asked for.
    pub(crate) outcomes: Option<AllOutcomes>,
    /// The published selection and how the count compares with it.
    pub(crate) official: Option<(Selection, Agreement)>,
}

/// How a count ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Everything is decided.
    Decided(Box<Outcome>),
    /// A lot must be drawn.
    LotRequired(LotRequired),
    /// There is no outcome.
    Failed(Failure),
}

/// Why there is no outcome.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    /// One line.
    pub(crate) error: String,
    /// What the reader found, with its places.
    pub(crate) diagnostics: Diagnostics,
    #[serde(skip)]
    pub(crate) status: Status,
}

impl Failure {
    /// Something wrong that has no place in the file.
    pub(crate) fn new(error: impl Into<String>) -> Failure {
        Failure {
            error: one_line(&error.into()),
            diagnostics: Diagnostics::default(),
            status: Status::Wrong,
        }
    }

    /// A feature that does not exist yet.
    pub(crate) fn not_available(error: impl Into<String>) -> Failure {
        Failure {
            status: Status::NotAvailable,
            ..Failure::new(error)
        }
    }
}

impl From<CountError> for Failure {
    fn from(error: CountError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Failure {
        let first = diagnostics
            .errors()
            .next()
            .map(|first| format!("{}: {}", first.place(), first.problem()));
        let more = match diagnostics.error_count().saturating_sub(1) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let error = one_line(&format!(
            "the file is refused: {}{more}",
            first.unwrap_or_default()
        ));
        Failure {
            error,
            diagnostics,
            status: Status::Wrong,
        }
    }
}

fn one_line(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

impl Report {
    /// A file that has not been counted yet.
    pub(crate) fn of(file: &str) -> Report {
        Report {
            file: file.to_owned(),
            rule: None,
            ended: Ended::Failed(Failure::new("not counted")),
            scores: Scores::default(),
            outcomes: None,
            official: None,
        }
    }

    /// How the program ends if this is the only file.
    pub(crate) fn status(&self) -> Status {
        match &self.ended {
            Ended::Decided(_) => Status::Done,
            Ended::LotRequired(_) => Status::LotRequired,
            Ended::Failed(failure) => failure.status,
        }
    }

    /// What is printed of it; `election` is what was counted, where the file could be read.
    pub(crate) fn print(&self, format: Format, election: Option<&Election>) -> (String, Status) {
        let text = match format {
            Format::Json => counted_json::line(self).map_err(|error| error.to_string()),
            Format::Text => counted_text::text(self, election).map_err(|error| error.to_string()),
        };
        match text {
            Ok(text) => (text, self.status()),
            Err(error) => (format!("{}: {error}", self.file), Status::Wrong),
        }
    }
}
