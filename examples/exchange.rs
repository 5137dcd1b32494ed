//! Counts a rule from ballots that polling stations, or a database, have grouped by content.
//!
//! ```text
//! cargo run --release --example exchange -- --projects examples/data/synthetic-exchange-projects.csv \
//!     --ballots examples/data/synthetic-exchange-{school,canal,internet}.csv --form ranked \
//!     --budget 100000 --rule greedy:score=borda,misfit=skip --ties cheaper,id
//! ```
//!
//! The files of the stations may come in any order: the result, and every byte that is printed of it, is the same. The
//! sample files are synthetic: no such election took place.

#[path = "support/exchange_args.rs"]
mod exchange_args;
#[path = "support/exchange_print.rs"]
mod exchange_print;
#[path = "support/input.rs"]
#[expect(
    dead_code,
    reason = "this program reads tables, not folders of elections"
)]
mod input;
#[path = "support/status.rs"]
mod status;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use quartier::count::{Count, Counted};
use quartier::election::{Area, Election, Instance};
use quartier::tally::GroupedBallots;
use quartier::tally::read::{ReadError, ReadOptions, read_projects_csv};

use exchange_args::ExchangeArgs;
use exchange_print::Failure;
use status::{Status, Stop, finish};

fn main() -> ExitCode {
    finish("exchange", run(&ExchangeArgs::parse()))
}

fn run(args: &ExchangeArgs) -> Result<Status, Stop> {
    args.check()?;
    let (text, status) = match count(args) {
        Ok((ballots, counted, warnings)) => {
            for warning in warnings {
                // If standard error is gone, nobody asked for warnings.
                _ = writeln!(io::stderr(), "{warning}");
            }
            exchange_print::counted(args, &ballots, &counted)?
        }
        Err(failure) => exchange_print::failed(args, &failure)?,
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(status)
}

/// All files are looked at before anything is refused. With the count come the warnings.
fn count(args: &ExchangeArgs) -> Result<(GroupedBallots, Counted, Vec<String>), Failure> {
    let mut failure = Failure::default();
    let instance = failure.keep(instance(args));
    let mut ballots = GroupedBallots::new(args.form.kind());
    for path in &args.ballots {
        let station = args.read(path).map_err(Failure::from).and_then(|bytes| {
            let name = path.to_string_lossy();
            let options = ReadOptions::strict();
            let read = GroupedBallots::read_csv(&*bytes, &name, args.form.kind(), &options);
            read.map_err(Failure::from)
        });
        if let Some((station, warnings)) = failure.keep(station) {
            failure.warn(&warnings);
            failure.keep(
                ballots
                    .merge(&station)
                    .map_err(|error| Failure::from(error.to_string())),
            );
        }
    }
    let Some(instance) = instance.filter(|_| !failure.is_failed()) else {
        return Err(failure);
    };
    let scale: Vec<&str> = args.scale.iter().map(String::as_str).collect();
    let other = |error: &dyn std::error::Error| Failure::from(error.to_string());
    let profile = ballots
        .to_profile(&instance, &scale)
        .map_err(|error| other(&error))?;
    let election = Election::new(instance, profile, None).map_err(|error| other(&error))?;
    let count = Count::of(&election, &args.rule).ties(args.ties.clone());
    let counted = count.run().map_err(|error| other(&error))?;
    Ok((ballots, counted, failure.into_warnings()))
}

/// The projects with the budget. The areas are those that the projects name.
fn instance(args: &ExchangeArgs) -> Result<Instance, Failure> {
    let bytes = args.read(&args.projects)?;
    let name = args.projects.to_string_lossy();
    let read = read_projects_csv(&*bytes, &name, &ReadOptions::strict())?;
    let areas: BTreeSet<&String> = read
        .projects
        .iter()
        .flat_map(|project| &project.areas)
        .collect();
    let mut builder = Instance::builder().budget(args.budget);
    for area in areas {
        builder = builder.area(Area::new(area));
    }
    for project in &read.projects {
        builder.push_project(project.clone());
    }
    builder
        .build()
        .map_err(|problems| Failure::from(problems.to_string()))
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Failure {
        match error {
            ReadError::Refused(diagnostics) => Failure::of(&diagnostics),
            other => Failure::from(other.to_string()),
        }
    }
}
