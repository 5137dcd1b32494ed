//! Counts one rule on one or many elections, and compares with the published selection where there is one.
//!
//! `cargo run --release --example count -- --rule greedy:score=votes,misfit=skip --ties id examples/data/sample.pb`

#[path = "support/count_args.rs"]
mod count_args;
#[path = "support/counted.rs"]
mod counted;
#[path = "support/counted_json.rs"]
mod counted_json;
#[path = "support/counted_text.rs"]
mod counted_text;
#[path = "support/decisions.rs"]
mod decisions;
#[path = "support/figures.rs"]
mod figures;
#[path = "support/input.rs"]
mod input;
#[path = "support/jobs.rs"]
mod jobs;
#[path = "support/scores.rs"]
mod scores;
#[path = "support/status.rs"]
mod status;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use quartier::archive::{Agreement, MetaRule, Selection};
use quartier::count::{Count, Counted};
use quartier::election::Election;
use quartier::pabulib::Document;
use quartier::record::{Decision, DecisionKind};
use quartier::rules::Plan;

use count_args::CountArgs;
use counted::{Ended, Failure, Report};
use input::Input;
use status::{Status, Stop, finish};

/// What is to be done with every file. Without a plan, META names the rule.
struct Task {
    plan: Option<Plan>,
    recorded: Vec<Decision>,
    args: CountArgs,
}

fn main() -> ExitCode {
    finish("count", run(CountArgs::parse()))
}

fn run(args: CountArgs) -> Result<Status, Stop> {
    let task = Task {
        plan: args.plan()?,
        recorded: args.recorded()?,
        args,
    };
    let mut gravest = Status::Done;
    let mut out = io::stdout().lock();
    let files = &task.args.files;
    jobs::run(
        &files.inputs()?,
        files.jobs,
        |input| task.report(input),
        |(text, status)| {
            gravest = gravest.max(status);
            writeln!(out, "{text}")?;
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(gravest)
}

impl Task {
    /// One file, from its bytes to what is printed of it.
    fn report(&self, input: &Input) -> (String, Status) {
        let mut report = Report::of(&input.name);
        let counted = self.args.read(input).and_then(|document| {
            let election = self.args.election(&document)?;
            report.ended = self.count(&document, &election, &mut report)?;
            Ok(report.print(self.args.files.format, Some(&election)))
        });
        counted.unwrap_or_else(|failure| {
            report.ended = Ended::Failed(failure);
            report.print(self.args.files.format, None)
        })
    }

    fn count(
        &self,
        document: &Document,
        election: &Election,
        report: &mut Report,
    ) -> Result<Ended, Failure> {
        let selection = Selection::of(document);
        report.official = selection.clone().zip(Some(Agreement::CannotVerify));
        let (plan, decisions) = match &self.plan {
            Some(plan) => (plan.clone(), self.recorded.clone()),
            None => self.meta(document, report)?,
        };
        report.rule = Some(plan.to_string());
        let count = Count::of(election, &plan).decisions(&decisions);
        let count = count.ties(self.args.ties.clone());
        let counted = count.observe(&mut report.scores).run()?;
        // What the ties could have led to, had no chain and no lot settled them.
        let mut undrawn = decisions.clone();
        undrawn.retain(|decision| decision.kind != DecisionKind::Lot);
        let tied = || Count::of(election, &plan).decisions(&undrawn);
        if let Some(most) = self.args.most_outcomes() {
            report.outcomes = Some(tied().all_outcomes(most)?);
        }
        if let Some(selection) = selection {
            let agreement = selection.compare(counted.outcome(), tied())?;
            report.official = Some((selection, agreement));
        }
        match counted {
            Counted::Decided(outcome) => Ok(Ended::Decided(outcome)),
            Counted::LotRequired(lot) => Ok(Ended::LotRequired(lot)),
            _ => Err(Failure::new(
                "the count ended in a way that this program does not know",
            )),
        }
    }

    /// The rule that META names, with what the file and people decided.
    fn meta(
        &self,
        document: &Document,
        report: &mut Report,
    ) -> Result<(Plan, Vec<Decision>), Failure> {
        report.rule = document.meta().rule().map(str::to_owned);
        let why = match MetaRule::of(document) {
            MetaRule::Known(prepared) => {
                let decisions = prepared.decisions_with(&self.recorded)?;
                return Ok((prepared.plan, decisions));
            }
            MetaRule::NotAvailable { rule } => {
                let why = format!("cannot verify: rule not available yet: {rule}");
                return Err(Failure::not_available(why));
            }
            MetaRule::Unknown { rule } => format!("unknown rule `{rule}`"),
            MetaRule::Unreadable { key, value } => format!("META {key} cannot be read: `{value}`"),
            _ => "META names a rule that this program does not know".to_owned(),
        };
        Err(Failure::new(format!("cannot verify: {why}")))
    }
}
