//! Tallies cast votes: who may vote how, which of several votes counts, what is void and why, the scores and the
//! ranking, and the comparison with what polling stations announced.
//!
//! `cargo run --release --example tally -- --projects examples/data/tally/projects.csv --areas examples/data/tally/areas.csv
//! --votes examples/data/tally/internet.csv examples/data/tally/paper.csv --regulation examples/data/tally/regulation.toml
//! --manifest examples/data/tally/manifest.csv`

#[path = "support/input.rs"]
#[expect(dead_code, reason = "this program takes other files than most")]
mod input;
#[path = "support/status.rs"]
mod status;
#[path = "support/tallied.rs"]
mod tallied;
#[path = "support/tallied_json.rs"]
mod tallied_json;
#[path = "support/tallied_others.rs"]
mod tallied_others;
#[path = "support/tallied_register.rs"]
mod tallied_register;
#[path = "support/tallied_text.rs"]
mod tallied_text;
#[path = "support/tally_args.rs"]
mod tally_args;
#[path = "support/tally_files.rs"]
mod tally_files;
#[path = "support/tally_instance.rs"]
mod tally_instance;
#[path = "support/tally_rules.rs"]
mod tally_rules;
#[path = "support/tally_votes.rs"]
mod tally_votes;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use quartier::tally::anomaly::{AnomalyReport, look_alike_ids};
use quartier::tally::breakdown::{Breakdown, TurnoutBase};
use quartier::tally::grouped::GroupedBallots;
use quartier::tally::manifest::Manifest;
use quartier::tally::uniqueness::Uniqueness;
use quartier::tally::{Intake, RegisterRow, Score, Tally};

use status::{Status, Stop, finish};
use tallied::{Faults, Tallied};
use tally_args::TallyArgs;
use tally_files::Files;

fn main() -> ExitCode {
    finish("tally", run(&TallyArgs::parse()))
}

fn run(args: &TallyArgs) -> Result<Status, Stop> {
    let json = args.is_json();
    let (text, status) = match tallied(args) {
        Ok(tallied) => {
            let status = if tallied.is_in_order() {
                Status::Done
            } else {
                Status::Wrong
            };
            let text = if json {
                tallied_json::print(&tallied)
            } else {
                tallied_text::print(&tallied, args.list)
            };
            (text, status)
        }
        Err(Failure::Faults(faults)) => (faults.print(json, args.list), Status::Wrong),
        Err(Failure::Stop(stop)) => return Err(stop),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.trim_end_matches('\n'))?;
    out.flush()?;
    Ok(status)
}

/// Why there is no tally.
enum Failure {
    /// All that is wrong with the input.
    Faults(Faults),
    /// The program cannot go on.
    Stop(Stop),
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        Failure::Stop(stop)
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Failure {
        Failure::Faults(faults)
    }
}

fn tallied(args: &TallyArgs) -> Result<Tallied, Failure> {
    let choices = tally_rules::read(args)?;
    tally_votes::without_order(args, &choices.rules).or(())?;
    let files = Files::read(args, &choices)?;
    let contradictions = choices.rules.contradictions(&files.instance);
    if !contradictions.is_empty() {
        return Err(Faults::of("contradiction", &contradictions).into());
    }
    let (score, mut notes) = choices.score()?;
    let mut intake = Intake::new(&files.instance, &choices.rules)
        .map_err(|error| Faults::of("contradiction", &[error]))?;
    let received = tally_votes::receive(&files, args, &mut intake)?;
    notes.extend(received.notes);
    let tally = intake
        .close()
        .map_err(|errors| Faults::of("intake", errors.errors()))?;
    let manifest = files
        .manifest
        .as_ref()
        .map(|rows: &Manifest| rows.compare(&tally));
    let election = tally
        .election()
        .map_err(|problems| Faults::one("totals", &problems.to_string()))?;
    let ranked = score
        .order(&election)
        .map_err(|error| Faults::one("score", &error.to_string()))?;
    let breakdown = args.side_by_side.then(|| breakdown(args, &tally, &score));
    let breakdown = breakdown.transpose()?;
    write_files(args, &tally)?;
    Ok(Tallied {
        unique: args.smallest_group.map(|k| Uniqueness::of(&tally, k)),
        look_alikes: match files.key {
            Some(_) => received.look_alikes,
            None => look_alikes(&tally),
        },
        others: tallied_others::of(&tally, &score),
        anomalies: AnomalyReport::of(&tally, &files.checks),
        tally,
        score,
        ranked,
        notes,
        diagnostics: received.diagnostics,
        differences: manifest,
        breakdown,
    })
}

fn breakdown(args: &TallyArgs, tally: &Tally, score: &Score) -> Result<Breakdown, Faults> {
    let base = args
        .turnout
        .as_ref()
        .map_or(TurnoutBase::NotStated, |name| {
            TurnoutBase::Attribute(name.clone())
        });
    Breakdown::of(tally, score, &base)
        .map_err(|error| Faults::one("side-by-side", &error.to_string()))
}

/// Voters whose ids look alike, where the ids are no pseudonyms of this run.
fn look_alikes(tally: &Tally) -> Vec<(String, String)> {
    let ids = tally.register().rows().map(RegisterRow::voter);
    look_alike_ids(ids.filter(|id| !id.is_empty()))
        .into_iter()
        .map(|(id, other)| (id.to_owned(), other.to_owned()))
        .collect()
}

/// Writes the files that were asked for.
fn write_files(args: &TallyArgs, tally: &Tally) -> Result<(), Failure> {
    let write = |path: &Path, text: String| {
        std::fs::write(path, text)
            .map_err(|error| Stop::Input(format!("{} cannot be written: {error}", path.display())))
    };
    if let Some(path) = &args.grouped {
        let grouped = GroupedBallots::of_tally(tally)
            .map_err(|error| Faults::one("grouped", &error.to_string()))?;
        let text = grouped
            .to_csv()
            .map_err(|error| Faults::one("grouped", &error.to_string()))?;
        write(path, text)?;
    }
    if let Some(path) = &args.register {
        let text = tallied_register::table(tally)
            .map_err(|error| Faults::one("register", &error.to_string()))?;
        write(path, text)?;
    }
    Ok(())
}
