//! Counts published elections by the rule that each names, and compares with the published selection.
//!
//! `cargo run --release --example reproduce -- --decisions tests/decisions ../shared/pabulib`

#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/input.rs"]
mod input;
#[path = "support/jobs.rs"]
mod jobs;
#[path = "support/status.rs"]
mod status;
#[path = "support/verified.rs"]
mod verified;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use quartier::archive::verify;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};

use input::{FileArgs, Format, Input};
use status::{Status, Stop, finish};
use verified::{Answer, Line, Totals};

/// Counts published elections by the rule that META names, and compares with the column `selected`.
///
/// Ties are left open: where one binds, the answer is `up-to-ties` if the published selection is one of its
/// outcomes. Files are read leniently. Exit status: 0 if no election says `no` and every file could be read
/// and counted, else 1; 2 usage.
#[derive(Debug, Parser)]
#[command(name = "reproduce")]
struct Args {
    /// A folder of decisions: `X.toml` or `X.json` holds for the election `X.pb`.
    #[arg(long, value_name = "FOLDER")]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    files: FileArgs,
}

fn main() -> ExitCode {
    finish("reproduce", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Status, Stop> {
    if let Some(folder) = args.decisions.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Stop::Usage(format!(
            "--decisions: {} is not a folder",
            folder.display()
        )));
    }
    let mut totals = Totals::default();
    let mut out = io::stdout().lock();
    jobs::run(
        &args.files.inputs()?,
        args.files.jobs,
        |input| line(args, input),
        |line| {
            if args.files.format == Format::Json {
                let json = serde_json::to_string(&line).map_err(io::Error::from)?;
                writeln!(out, "{json}")?;
            }
            totals.add(line);
            Ok(())
        },
    )?;
    if args.files.format == Format::Text {
        write!(out, "{totals}")?;
    }
    out.flush()?;
    Ok(if totals.agrees() {
        Status::Done
    } else {
        Status::Wrong
    })
}

fn line(args: &Args, input: &Input) -> Line {
    let mut line = Line::of(&input.name);
    if let Err(error) = verify_into(args, input, &mut line) {
        line.agrees = Answer::Error;
        line.remark = error.lines().map(str::trim).collect::<Vec<_>>().join("; ");
    }
    line
}

/// Reads and verifies one file, and writes into its line what is known at each step.
fn verify_into(args: &Args, input: &Input, line: &mut Line) -> Result<(), String> {
    let bytes = input.read(args.files.encoding)?;
    let options = ReadOptions::lenient().voters(VoterTable::Drop);
    let document = read_bytes(&bytes, &options).map_err(|refused| {
        let first = refused
            .errors()
            .next()
            .map(|first| format!("{}: {}", first.place(), first.problem()));
        format!("the file is refused: {}", first.unwrap_or_default())
    })?;
    line.unit
        .push_str(document.meta().get("unit").unwrap_or(""));
    line.rule.push_str(document.meta().rule().unwrap_or(""));
    if document.selected().is_none() {
        line.agrees = Answer::NotPublished;
        return Ok(());
    }
    let stem = input.name.strip_suffix(".pb").unwrap_or(&input.name);
    let files = args
        .decisions
        .iter()
        .flat_map(|folder| ["toml", "json"].map(|end| folder.join(format!("{stem}.{end}"))));
    let recorded = files
        .into_iter()
        .find(|file| file.is_file())
        .map(|file| decisions::read(&file))
        .transpose()?;
    let verdict =
        verify(&document, &recorded.unwrap_or_default()).map_err(|error| error.to_string())?;
    line.counted_as = verdict.rule;
    line.agrees = verdict.agreement.into();
    line.remark = verdict.remark;
    Ok(())
}
