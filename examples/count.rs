//! Counts one rule on one or many elections, and compares with the published selection where there is one.
//!
//! `cargo run --release --example count -- --rule greedy:score=votes,misfit=skip --ties id examples/data/sample.pb`

#[path = "support/counted.rs"]
mod counted;
#[path = "support/counted_text.rs"]
mod counted_text;
#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/input.rs"]
mod input;
#[path = "support/jobs.rs"]
mod jobs;
#[path = "support/status.rs"]
mod status;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use quartier::archive::{Agreement, MetaRule, Selection};
use quartier::count::{AllOutcomes, Count, CountError, Counted};
use quartier::election::{Election, Money};
use quartier::pabulib::{Document, ReadOptions, VoterTable, read_bytes};
use quartier::record::{Decision, DecisionKind, TieChain};
use quartier::rules::{Plan, catalogue};

use counted::{Ended, Failure, Report};
use input::{FileArgs, Format, Input, is_standard_input};
use status::{Status, Stop, finish};

/// Counts one rule on one or many elections (Pabulib files).
///
/// Exit status: 0 done; 1 a file is wrong or cannot be counted; 2 usage, or a rule that does not exist yet;
/// 3 a lot must be drawn (record it with --decisions and run again). Of several files the gravest decides:
/// 1 before 2 before 3 before 0.
#[derive(Debug, Parser)]
#[command(name = "count")]
struct Args {
    /// The rule, such as `greedy:score=votes,misfit=skip`; `meta` takes the one that each file names.
    #[arg(long, value_name = "TEXT")]
    rule: Option<String>,
    /// How ties that bind are settled, such as `cheaper,more-votes,id`.
    #[arg(long, value_name = "CHAIN", default_value = "none")]
    ties: TieChain,
    /// Another budget than the files say.
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<Money>,
    /// Takes ranked or points ballots as the set of projects that they name.
    #[arg(long = "as", value_name = "BALLOTS")]
    ballots: Option<Ballots>,
    /// What people decided: a file of decisions, TOML or JSON, that holds for every election.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Lists all outcomes that the ties can have, whatever --ties says, if there are at most MAX.
    #[arg(long, value_name = "MAX", value_parser = clap::value_parser!(u32).range(1..))]
    all_ties: Option<u32>,
    /// Accepts what the public archive really contains: each oddity is a warning, not an error.
    #[arg(long)]
    lenient: bool,
    #[command(flatten)]
    files: FileArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ballots {
    Approval,
}

/// What is to be done with every file. Without a plan, META names the rule.
struct Task {
    plan: Option<Plan>,
    recorded: Vec<Decision>,
    args: Args,
}

fn main() -> ExitCode {
    finish("count", run(Args::parse()))
}

fn run(args: Args) -> Result<Status, Stop> {
    let plan = match args.rule.as_deref() {
        Some("meta") => None,
        Some(text) => Some(text.parse().map_err(|error| Stop::Usage(format!("--rule {text}: {error}")))?),
        None => return Err(Stop::Usage(no_rule())),
    };
    let reads_twice = |file: &PathBuf| is_standard_input(file) && args.files.paths.iter().any(|path| is_standard_input(path));
    if args.decisions.as_ref().is_some_and(reads_twice) {
        return Err(Stop::Usage("standard input cannot be both the decisions and an election".to_owned()));
    }
    let recorded = args.decisions.as_deref().map(decisions::read).transpose().map_err(Stop::Input)?.unwrap_or_default();
    let task = Task { plan, recorded, args };
    let mut gravest = Status::Done;
    let mut out = io::stdout().lock();
    jobs::run(&task.args.files.inputs()?, task.args.files.jobs, |input| task.report(input), |(text, status)| {
        gravest = gravest.max(status);
        writeln!(out, "{text}")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(gravest)
}

fn no_rule() -> String {
    let ids: Vec<&str> = catalogue().iter().map(|&(id, _)| id).collect();
    format!(
        "--rule is missing: write --rule meta for the rule that each file names, or one of the rules {}, such as \
         greedy:score=votes,misfit=skip or greedy-welfare:utility=cost",
        ids.join(", ")
    )
}

impl Task {
    /// One file, from its bytes to what is printed of it.
    fn report(&self, input: &Input) -> (String, Status) {
        let mut report = Report::of(&input.name);
        let counted = self.read(input).and_then(|document| {
            let election = self.election(&document)?;
            report.ended = self.count(&document, &election, &mut report)?;
            Ok(self.print(&report, Some(&election)))
        });
        counted.unwrap_or_else(|failure| {
            report.ended = Ended::Failed(failure);
            self.print(&report, None)
        })
    }

    fn print(&self, report: &Report, election: Option<&Election>) -> (String, Status) {
        let text = match self.args.files.format {
            Format::Json => report.json().map_err(|error| error.to_string()),
            Format::Text => counted_text::text(report, election).map_err(|error| error.to_string()),
        };
        match text {
            Ok(text) => (text, report.status()),
            Err(error) => (format!("{}: {error}", report.file), Status::Wrong),
        }
    }

    fn read(&self, input: &Input) -> Result<Document, Failure> {
        let options = if self.args.lenient { ReadOptions::lenient() } else { ReadOptions::strict() };
        let bytes = input.read(self.args.files.encoding).map_err(Failure::new)?;
        Ok(read_bytes(&bytes, &options.voters(VoterTable::Drop))?)
    }

    /// The election as it is to be counted.
    fn election<'a>(&self, document: &'a Document) -> Result<Cow<'a, Election>, Failure> {
        let election = match self.args.ballots {
            Some(Ballots::Approval) => Cow::Owned(document.election().as_approval()),
            None => Cow::Borrowed(document.election()),
        };
        match self.args.budget {
            Some(budget) => election.with_budget(budget).map(Cow::Owned).ok_or_else(|| Failure::new("--budget is negative")),
            None => Ok(election),
        }
    }

    fn count(&self, document: &Document, election: &Election, report: &mut Report) -> Result<Ended, Failure> {
        let selection = Selection::of(document);
        report.official = selection.clone().map(|selection| (selection, Agreement::CannotVerify));
        let (plan, decisions) = match &self.plan {
            Some(plan) => (plan.clone(), self.recorded.clone()),
            None => self.meta(document, report)?,
        };
        report.rule = Some(plan.to_string());
        let counted = Count::of(election, &plan).decisions(&decisions).ties(self.args.ties.clone()).run()?;
        // What the ties could have led to, had no chain and no lot settled them.
        let undrawn: Vec<Decision> = decisions.iter().filter(|decision| decision.kind != DecisionKind::Lot).cloned().collect();
        let tied = || Count::of(election, &plan).decisions(&undrawn);
        report.outcomes = self.all(tied())?;
        if let Some(selection) = selection {
            let agreement = selection.compare(counted.outcome(), tied())?;
            report.official = Some((selection, agreement));
        }
        match counted {
            Counted::Decided(outcome) => Ok(Ended::Decided(outcome)),
            Counted::LotRequired(lot) => Ok(Ended::LotRequired(lot)),
            _ => Err(Failure::new("the count ended in a way that this program does not know")),
        }
    }

    fn all(&self, tied: Count<'_>) -> Result<Option<AllOutcomes>, CountError> {
        let at_most = self.args.all_ties.map(|most| usize::try_from(most).unwrap_or(usize::MAX));
        at_most.map(|at_most| tied.all_outcomes(at_most)).transpose()
    }

    /// The rule that META names, with what the file and people decided.
    fn meta(&self, document: &Document, report: &mut Report) -> Result<(Plan, Vec<Decision>), Failure> {
        report.rule = document.meta().rule().map(str::to_owned);
        match MetaRule::of(document) {
            MetaRule::Known(prepared) => {
                let decisions = prepared.decisions_with(&self.recorded)?;
                Ok((prepared.plan, decisions))
            }
            MetaRule::NotAvailable { rule } => Err(Failure::not_available(format!("cannot verify: rule not available yet: {rule}"))),
            MetaRule::Unknown { rule } => Err(Failure::new(format!("cannot verify: unknown rule `{rule}`"))),
            MetaRule::Unreadable { key, value } => Err(Failure::new(format!("cannot verify: META {key} cannot be read: `{value}`"))),
            _ => Err(Failure::new("cannot verify: META names a rule that this program does not know")),
        }
    }
}
