//! Applies a city's regulation to its projects and votes: who was funded from which pot, why others were not, what was
//! redistributed to whom, and what each quartier received.
//!
//! `cargo run --release --example allocate` applies a synthetic sample modelled on Strasbourg.

#[path = "support/allocate_admission.rs"]
mod allocate_admission;
#[path = "support/allocate_args.rs"]
mod allocate_args;
#[path = "support/allocate_ballots.rs"]
mod allocate_ballots;
#[path = "support/allocate_columns.rs"]
mod allocate_columns;
#[path = "support/allocate_compare.rs"]
mod allocate_compare;
#[path = "support/allocate_decided.rs"]
mod allocate_decided;
#[path = "support/allocate_differences.rs"]
mod allocate_differences;
#[path = "support/allocate_files.rs"]
mod allocate_files;
#[path = "support/allocate_json.rs"]
mod allocate_json;
#[path = "support/allocate_law.rs"]
mod allocate_law;
#[path = "support/allocate_limits.rs"]
mod allocate_limits;
#[path = "support/allocate_lists.rs"]
mod allocate_lists;
#[path = "support/allocate_notes.rs"]
mod allocate_notes;
#[path = "support/allocate_published.rs"]
mod allocate_published;
#[path = "support/allocate_register.rs"]
mod allocate_register;
#[path = "support/allocate_text.rs"]
mod allocate_text;
#[path = "support/allocate_words.rs"]
mod allocate_words;
#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/input.rs"]
#[expect(dead_code, reason = "this program takes other files than most")]
mod input;
#[path = "support/sample_city.rs"]
mod sample_city;
#[path = "support/status.rs"]
mod status;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use quartier::election::Election;
use quartier::law::Law;
use quartier::regulation::{Applied, ApplyError, EditionOutcomes, Inputs, Regulation};
use quartier::tally::Counts;

use allocate_args::{AllocateArgs, Print};
use allocate_compare::{Compared, Expected};
use allocate_json::Failed;
use status::{Status, Stop, finish};

fn main() -> ExitCode {
    finish("allocate", run(&AllocateArgs::parse()))
}

fn run(args: &AllocateArgs) -> Result<Status, Stop> {
    args.check()?;
    if args.new {
        return say(include_str!("regulations/new.toml")).map(|()| Status::Done);
    }
    if let Some(Print::Sample) = args.print {
        return say(&sample_city::write()?).map(|()| Status::Done);
    }
    let (text, status) = match allocated(args) {
        Ok(report) => report.print(args),
        Err(Ended::Failed(failed)) => (failed.print(args), Status::Wrong),
        Err(Ended::Stop(stop)) => return Err(stop),
    };
    say(&text)?;
    Ok(status)
}

fn say(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.trim_end_matches('\n'))?;
    out.flush()?;
    Ok(())
}

/// Why there is no report.
enum Ended {
    /// What is wrong, to be printed like a report.
    Failed(Failed),
    /// The program cannot go on.
    Stop(Stop),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Ended {
        Ended::Stop(stop)
    }
}

impl From<Failed> for Ended {
    fn from(failed: Failed) -> Ended {
        Ended::Failed(failed)
    }
}

/// What is printed.
pub(crate) struct Report {
    pub(crate) cast: Option<Counts>,
    pub(crate) election: Election,
    pub(crate) applied: Applied,
    pub(crate) law: Law,
    pub(crate) outcomes: Option<EditionOutcomes>,
    pub(crate) expected: Option<Expected>,
    pub(crate) compared: Option<Compared>,
}

fn allocated(args: &AllocateArgs) -> Result<Report, Ended> {
    let law = allocate_law::read(args.regulation.as_deref(), args)?;
    let recorded = match &args.decisions {
        Some(file) => decisions::read(file).map_err(|why| Failed::error(&why))?,
        None => Vec::new(),
    };
    let (election, cast) = allocate_files::election(args, &law.regulation)?;
    let register = args.register.as_deref().map(allocate_register::read);
    let register = register.transpose()?;
    let mut inputs = Inputs::new().decisions(&recorded);
    inputs.register = register.as_ref();
    let wrong = |error: ApplyError| match error {
        ApplyError::Misfit(faults) => law.failed(&faults),
        other => Failed::error(&other.to_string()),
    };
    let regulation: &Regulation = &law.regulation;
    let applied = regulation.apply_with(&election, inputs).map_err(wrong)?;
    let outcomes = args
        .all_ties
        .map(|most| regulation.outcomes(&election, inputs, usize::from(most)))
        .transpose()
        .map_err(wrong)?;
    let expected = match (&args.expect, applied.edition()) {
        (Some(file), Some(edition)) => {
            let published = allocate_published::read(file, args.encoding)?;
            Some(allocate_compare::expected(&published, &election, edition))
        }
        _ => None,
    };
    let compared = match (&args.compare_with, applied.edition()) {
        (Some(file), Some(edition)) => {
            let other = allocate_law::read(Some(file), args)?;
            let result =
                other
                    .regulation
                    .apply_with(&election, inputs)
                    .map_err(|error| match error {
                        ApplyError::Misfit(faults) => other.failed(&faults),
                        error => Failed::error(&format!("{}: {error}", file.display())),
                    })?;
            Some(allocate_compare::compared(edition, &result)?)
        }
        _ => None,
    };
    Ok(Report {
        law: law.regulation.law().clone(),
        outcomes,
        cast,
        election,
        applied,
        expected,
        compared,
    })
}

impl Report {
    fn print(&self, args: &AllocateArgs) -> (String, Status) {
        let text = if args.is_json() {
            allocate_json::print(self)
        } else {
            args.sample_note() + &allocate_text::print(self, args.lang)
        };
        let differs = self
            .expected
            .as_ref()
            .is_some_and(|expected| !expected.agrees());
        let status = match &self.applied {
            Applied::Decided(_) if differs => Status::Wrong,
            Applied::Decided(_) => Status::Done,
            _ => Status::LotRequired,
        };
        (text, status)
    }
}
