//! Checks Pabulib files: what breaks the format, what looks wrong, and what a recount does not confirm.
//!
//! `cargo run --release --example check -- examples/data/faulty.pb`

#[path = "support/checked.rs"]
mod checked;
#[path = "support/input.rs"]
mod input;
#[path = "support/jobs.rs"]
mod jobs;
#[path = "support/status.rs"]
mod status;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use quartier::archive::{ArchiveFinding, recount};
use quartier::pabulib::lint::{apply_fixes, lint};
use quartier::pabulib::{Diagnostics, ReadLimits, ReadOptions, VoterTable, read, read_bytes};

use checked::Checked;
use input::{FileArgs, Format, Input};
use status::{Status, Stop, finish};

/// Checks Pabulib files, and counts what they publish again.
///
/// Exit status: 0 if there are no errors (warnings do not count), 1 if there are, 2 usage.
#[derive(Debug, Parser)]
#[command(name = "check")]
struct Args {
    /// Prints the one file with every safe fix made; what remains to be corrected goes to standard error.
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    files: FileArgs,
}

fn main() -> ExitCode {
    finish("check", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Status, Stop> {
    let inputs = args.files.inputs()?;
    let mut out = io::stdout().lock();
    if args.fix {
        let [input] = inputs.as_slice() else {
            return Err(Stop::Usage("--fix takes one file".to_owned()));
        };
        return fix(args, input, &mut out);
    }
    let (mut errors, mut warnings) = (0_usize, 0_usize);
    jobs::run(
        &inputs,
        args.files.jobs,
        |input| check(args, input),
        |checked| {
            errors = errors.saturating_add(checked.errors());
            warnings = warnings.saturating_add(checked.warnings());
            match args.files.format {
                Format::Json => writeln!(out, "{}", checked.json().map_err(io::Error::from)?)?,
                Format::Text => write!(out, "{checked}")?,
            }
            Ok(())
        },
    )?;
    if args.files.format == Format::Text {
        writeln!(
            out,
            "files {}, errors {errors}, warnings {warnings}",
            inputs.len()
        )?;
    }
    out.flush()?;
    Ok(if errors == 0 {
        Status::Done
    } else {
        Status::Wrong
    })
}

/// The text of a file; or all that can be said of what is not text.
fn text_of(args: &Args, input: &Input) -> Result<String, Checked> {
    let name = input.name.clone();
    let bytes = input
        .read(args.files.encoding)
        .map_err(|error| Checked::unreadable(name.clone(), error))?;
    String::from_utf8(bytes).map_err(|error| {
        let refused = read_bytes(error.as_bytes(), &ReadOptions::strict()).err();
        Checked::new(name, refused.unwrap_or_default(), Vec::new())
    })
}

fn check(args: &Args, input: &Input) -> Checked {
    match text_of(args, input) {
        Ok(text) => {
            let found = lint(&text, &ReadLimits::new());
            checked(input, &text, found)
        }
        Err(checked) => checked,
    }
}

/// Adds what a recount finds, where the file can be read at all.
fn checked(input: &Input, text: &str, found: Diagnostics) -> Checked {
    let document = read(text, &ReadOptions::lenient().voters(VoterTable::Drop));
    match document.map(|document| recount(&document)) {
        // The lint has said with its line which total differs.
        Ok(Ok(findings)) => {
            let new = findings
                .into_iter()
                .filter(|finding| !matches!(finding, ArchiveFinding::TotalDiffers { .. }));
            Checked::new(input.name.clone(), found, new.collect())
        }
        Ok(Err(error)) => Checked::new(input.name.clone(), found, Vec::new()).and_error(&error),
        Err(_) => Checked::new(input.name.clone(), found, Vec::new()),
    }
}

fn fix(args: &Args, input: &Input, out: &mut impl Write) -> Result<Status, Stop> {
    let text = match text_of(args, input) {
        Ok(text) => text,
        Err(checked) => return Err(Stop::Input(checked.to_string())),
    };
    let fixed = apply_fixes(&text, &lint(&text, &ReadLimits::new()));
    out.write_all(fixed.as_bytes())?;
    out.flush()?;
    let remaining = checked(input, &fixed, lint(&fixed, &ReadLimits::new()));
    // Standard error is for people; if it is gone, the exit status still tells.
    _ = write!(io::stderr(), "{remaining}");
    Ok(if remaining.errors() == 0 {
        Status::Done
    } else {
        Status::Wrong
    })
}
