//! What came of verifying published elections: a line for each, and a table by city.

use std::collections::BTreeMap;
use std::fmt;

use comfy_table::{CellAlignment, Table, presets};
use quartier::archive::Agreement;
use serde::Serialize;

/// How an election compares with its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    /// The count gives the published selection.
    Yes,
    /// The published selection is one of the outcomes of a tie.
    UpToTies,
    /// It is none.
    No,
    /// The rule is unknown, does not exist yet, or needs what is not published.
    CannotVerify,
    /// No selection is published.
    NotPublished,
    /// The file or its decisions cannot be read or counted.
    Error,
}

/// All answers in the order of the table's columns.
const ANSWERS: [Answer; 6] = [
    Answer::Yes,
    Answer::UpToTies,
    Answer::No,
    Answer::CannotVerify,
    Answer::NotPublished,
    Answer::Error,
];

impl Answer {
    fn name(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::UpToTies => "up-to-ties",
            Answer::No => "no",
            Answer::CannotVerify => "cannot-verify",
            Answer::NotPublished => "not-published",
            Answer::Error => "error",
        }
    }
}

impl From<Agreement> for Answer {
    fn from(agreement: Agreement) -> Answer {
        match agreement {
            Agreement::Yes => Answer::Yes,
            Agreement::UpToTies => Answer::UpToTies,
            Agreement::No => Answer::No,
            // What a later version may add is not a confirmation.
            _ => Answer::CannotVerify,
        }
    }
}

/// One election.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Line {
    pub(crate) file: String,
    /// The city, as META has it.
    pub(crate) unit: String,
    /// The rule that META names.
    pub(crate) rule: String,
    /// The rule's text as it was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counted_as: Option<String>,
    pub(crate) agrees: Answer,
    /// Why not, in one line; empty where there is nothing to say.
    pub(crate) remark: String,
}

impl Line {
    pub(crate) fn of(file: &str) -> Line {
        let empty = String::new;
        Line {
            file: file.to_owned(),
            unit: empty(),
            rule: empty(),
            counted_as: None,
            agrees: Answer::Error,
            remark: empty(),
        }
    }
}

/// The answers by city, and the elections about which there is something to say.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    cities: BTreeMap<String, BTreeMap<Answer, usize>>,
    remarks: Vec<String>,
}

impl Totals {
    pub(crate) fn add(&mut self, line: Line) {
        if !matches!(line.agrees, Answer::Yes | Answer::NotPublished) {
            self.remarks.push(format!(
                "{}: {}: {}",
                line.file,
                line.agrees.name(),
                line.remark
            ));
        }
        let city = if line.unit.is_empty() {
            "(no unit)".to_owned()
        } else {
            line.unit
        };
        *self
            .cities
            .entry(city)
            .or_default()
            .entry(line.agrees)
            .or_default() += 1;
    }

    /// Nothing says `no`, and everything could be read and counted.
    pub(crate) fn agrees(&self) -> bool {
        self.sum(Answer::No) == 0 && self.sum(Answer::Error) == 0
    }

    fn sum(&self, answer: Answer) -> usize {
        self.cities
            .values()
            .filter_map(|city| city.get(&answer))
            .sum()
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_header(std::iter::once("city").chain(ANSWERS.map(Answer::name)));
        for (city, answers) in &self.cities {
            let figures = ANSWERS.map(|answer| {
                answers
                    .get(&answer)
                    .map_or_else(|| "-".to_owned(), usize::to_string)
            });
            table.add_row(std::iter::once(city.clone()).chain(figures));
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        for line in table.lines() {
            writeln!(f, "{}", line.trim_end())?;
        }
        writeln!(f)?;
        for remark in &self.remarks {
            writeln!(f, "{remark}")?;
        }
        let [yes, ties, no, cannot, not_published, errors] = ANSWERS.map(|answer| self.sum(answer));
        let published = yes + ties + no + cannot;
        writeln!(
            f,
            "published {published}: yes {yes}, up-to-ties {ties}, no {no}, cannot-verify {cannot}; not published {not_published}, errors {errors}"
        )
    }
}
