//! What came of counting one file, and its JSON line.

use quartier::archive::{Agreement, Selection};
use quartier::count::{AllOutcomes, Award, CountError, LotRequired, Outcome, TieRecord};
use quartier::election::Money;
use quartier::pabulib::Diagnostics;
use serde::Serialize;

use crate::status::Status;

/// What came of counting one file.
#[derive(Debug)]
pub(crate) struct Report {
    /// The file's name.
    pub(crate) file: String,
    /// The rule's text, or the name in META of a rule that could not be counted.
    pub(crate) rule: Option<String>,
    /// How the count ended.
    pub(crate) ended: Ended,
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
        Failure { error: one_line(&error.into()), diagnostics: Diagnostics::default(), status: Status::Wrong }
    }

    /// A feature that does not exist yet.
    pub(crate) fn not_available(error: impl Into<String>) -> Failure {
        Failure { status: Status::NotAvailable, ..Failure::new(error) }
    }
}

impl From<CountError> for Failure {
    fn from(error: CountError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Failure {
        let first = diagnostics.errors().next().map(|first| format!("{}: {}", first.place(), first.problem()));
        let more = match diagnostics.error_count().saturating_sub(1) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let error = one_line(&format!("the file is refused: {}{more}", first.unwrap_or_default()));
        Failure { error, diagnostics, status: Status::Wrong }
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The JSON line, with the keys in the order of the contract.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    status: &'static str,
    #[serde(flatten)]
    decided: Option<Decided<'a>>,
    #[serde(flatten)]
    lot: Option<&'a LotRequired>,
    #[serde(flatten)]
    failure: Option<&'a Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<Outcomes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    official: Option<Official<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Decided<'a> {
    winners: &'a [String],
    awards: &'a [Award],
    budget: Money,
    spent: Money,
    left: Money,
    voters: u64,
    voters_with_a_winner: u64,
    mean_winners: String,
    ties: &'a [TieRecord],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcomes<'a> {
    All(Vec<Listed<'a>>),
    TooMany(&'static str),
}

#[derive(Serialize)]
struct Listed<'a> {
    winners: &'a [String],
    awards: &'a [Award],
}

impl Listed<'_> {
    fn of(outcome: &Outcome) -> Listed<'_> {
        Listed { winners: &outcome.winners, awards: &outcome.awards }
    }
}

#[derive(Serialize)]
struct Official<'a> {
    selected: &'a [String],
    agrees: Agreement,
}

impl Report {
    /// A file that has not been counted yet.
    pub(crate) fn of(file: &str) -> Report {
        Report { file: file.to_owned(), rule: None, ended: Ended::Failed(Failure::new("not counted")), outcomes: None, official: None }
    }

    /// How the program ends if this is the only file.
    pub(crate) fn status(&self) -> Status {
        match &self.ended {
            Ended::Decided(_) => Status::Done,
            Ended::LotRequired(_) => Status::LotRequired,
            Ended::Failed(failure) => failure.status,
        }
    }

    /// The JSON line, without its newline.
    pub(crate) fn json(&self) -> Result<String, serde_json::Error> {
        let (mut decided, mut lot, mut failure) = (None, None, None);
        let status = match &self.ended {
            Ended::Decided(outcome) => {
                decided = Some(decided_line(outcome));
                "ok"
            }
            Ended::LotRequired(required) => {
                lot = Some(required);
                "lot-required"
            }
            Ended::Failed(why) => {
                failure = Some(why);
                "error"
            }
        };
        let outcomes = self.outcomes.as_ref().map(|outcomes| match outcomes {
            AllOutcomes::All(all) => Outcomes::All(all.iter().map(Listed::of).collect()),
            _ => Outcomes::TooMany("too-many"),
        });
        let official = self.official.as_ref();
        let official = official.map(|(selection, agrees)| Official { selected: &selection.selected, agrees: *agrees });
        serde_json::to_string(&Line { file: &self.file, rule: self.rule.as_deref(), status, decided, lot, failure, outcomes, official })
    }
}

fn decided_line(outcome: &Outcome) -> Decided<'_> {
    Decided {
        winners: &outcome.winners,
        awards: &outcome.awards,
        budget: outcome.budget,
        spent: outcome.spent,
        left: outcome.left,
        voters: outcome.voters,
        voters_with_a_winner: outcome.voters_with_a_winner,
        mean_winners: outcome.mean_winners.decimal(2),
        ties: &outcome.ties,
    }
}
