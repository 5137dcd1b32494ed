//! What `exchange` prints.

use std::fmt::Write as _;

use quartier::count::{Award, Counted, LotRequired, TieRecord};
use quartier::election::Money;
use quartier::tally::GroupedBallots;
use quartier::tally::table::Diagnostics;
use serde::Serialize;
use serde_json::Value;

use crate::exchange_args::ExchangeArgs;
use crate::input::Format;
use crate::status::{Status, Stop};

/// Everything that is wrong with the input.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    messages: Vec<String>,
    diagnostics: Vec<Value>,
    warnings: Vec<String>,
}

impl From<String> for Failure {
    fn from(message: String) -> Failure {
        Failure {
            messages: vec![message],
            ..Failure::default()
        }
    }
}

impl Failure {
    /// The problems of a file.
    pub(crate) fn of(diagnostics: &Diagnostics) -> Failure {
        let listed = serde_json::to_value(diagnostics).unwrap_or_default();
        Failure {
            messages: vec![diagnostics.to_string()],
            diagnostics: listed.as_array().cloned().unwrap_or_default(),
            warnings: Vec::new(),
        }
    }

    /// Keeps what is wrong, and goes on with what is right.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(failure) => {
                self.messages.extend(failure.messages);
                self.diagnostics.extend(failure.diagnostics);
                None
            }
        }
    }

    /// Keeps warnings, which are told together with what is wrong.
    pub(crate) fn warn(&mut self, warnings: &Diagnostics) {
        if !warnings.is_empty() {
            self.warnings.push(warnings.to_string());
        }
    }

    /// The warnings, where nothing is wrong.
    pub(crate) fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    pub(crate) fn is_failed(&self) -> bool {
        !self.messages.is_empty()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Line<'a> {
    rule: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    winners: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    awards: Option<&'a [Award]>,
    budget: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Money>,
    voters: u64,
    distinct_ballots: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<&'a [TieRecord]>,
    #[serde(flatten)]
    lot: Option<&'a LotRequired>,
}

/// What came of the count.
pub(crate) fn counted(
    args: &ExchangeArgs,
    ballots: &GroupedBallots,
    counted: &Counted,
) -> Result<(String, Status), Stop> {
    let (outcome, lot) = match counted {
        Counted::Decided(outcome) => (Some(outcome), None),
        Counted::LotRequired(lot) => (None, Some(lot)),
        _ => return Err(Stop::Input("the count ended in an unknown way".to_owned())),
    };
    let line = Line {
        rule: args.rule.to_string(),
        status: if lot.is_some() { "lot-required" } else { "ok" },
        winners: outcome.map(|outcome| outcome.winners.as_slice()),
        awards: outcome.map(|outcome| outcome.awards.as_slice()),
        budget: args.budget,
        spent: outcome.map(|outcome| outcome.spent),
        left: outcome.map(|outcome| outcome.left),
        voters: ballots.voters(),
        distinct_ballots: ballots.len(),
        ties: outcome.map(|outcome| outcome.ties.as_slice()),
        lot,
    };
    let text = match args.format {
        Format::Json => json(&line)?,
        Format::Text => text(&line),
    };
    let status = if lot.is_some() {
        Status::LotRequired
    } else {
        Status::Done
    };
    Ok((text, status))
}

/// What is wrong.
pub(crate) fn failed(args: &ExchangeArgs, failure: &Failure) -> Result<(String, Status), Stop> {
    let messages = failure.messages.iter().chain(&failure.warnings);
    let all: Vec<&str> = messages.map(String::as_str).collect();
    if args.format == Format::Text {
        return Ok((all.join("\n"), Status::Wrong));
    }
    let first = failure.messages.first().map_or("", String::as_str);
    let line = serde_json::json!({
        "rule": args.rule.to_string(),
        "status": "error",
        "error": first.lines().next().unwrap_or_default(),
        "diagnostics": failure.diagnostics,
    });
    Ok((json(&line)?, Status::Wrong))
}

fn json(line: &impl Serialize) -> Result<String, Stop> {
    serde_json::to_string(line).map_err(|error| Stop::Input(error.to_string()))
}

fn text(line: &Line<'_>) -> String {
    let mut text = format!(
        "{} voters cast {} different ballots, by channel and area; rule {}",
        line.voters, line.distinct_ballots, line.rule
    );
    // Writing to a text cannot fail.
    for award in line.awards.unwrap_or_default() {
        _ = write!(text, "\nfunded: {} with {}", award.project, award.amount);
    }
    if let (Some(spent), Some(left)) = (line.spent, line.left) {
        _ = write!(text, "\nbudget {}: {spent} spent, {left} left", line.budget);
    }
    for tie in line.ties.unwrap_or_default() {
        _ = write!(
            text,
            "\ntie: {}",
            serde_json::to_string(tie).unwrap_or_default()
        );
    }
    if let Some(lot) = line.lot {
        _ = write!(text, "\n{lot}");
    }
    text
}
