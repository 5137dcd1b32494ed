//! The arguments of `count`.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use quartier::election::{Election, Money};
use quartier::pabulib::{Document, ReadOptions, VoterTable, read_bytes};
use quartier::record::{Decision, TieChain};
use quartier::rules::{Plan, catalogue};

use crate::counted::Failure;
use crate::decisions;
use crate::input::{FileArgs, Input, is_standard_input};
use crate::status::Stop;

/// Counts one rule on one or many elections (Pabulib files).
///
/// Exit status: 0 done; 1 a file is wrong or cannot be counted; 2 usage, or a rule that does not exist yet;
/// 3 a lot must be drawn (record it with --decisions and run again). Of several files the gravest decides:
/// 1 before 2 before 3 before 0.
#[derive(Debug, Parser)]
#[command(name = "count")]
pub(crate) struct CountArgs {
    /// The rule, such as `greedy:score=votes,misfit=skip`; `meta` takes the one that each file names.
    #[arg(long, value_name = "TEXT")]
    rule: Option<String>,
    /// How ties that bind are settled, such as `cheaper,more-votes,id`.
    #[arg(long, value_name = "CHAIN", default_value = "none")]
    pub(crate) ties: TieChain,
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
    pub(crate) files: FileArgs,
}

/// What ballots can be taken as.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ballots {
    Approval,
}

impl CountArgs {
    /// The rule; `None` for the one that META names.
    pub(crate) fn plan(&self) -> Result<Option<Plan>, Stop> {
        let ids = || {
            catalogue()
                .iter()
                .map(|&(id, _)| id)
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self.rule.as_deref() {
            Some("meta") => Ok(None),
            Some(text) => {
                let plan = text.parse();
                plan.map(Some)
                    .map_err(|error| Stop::Usage(format!("--rule {text}: {error}")))
            }
            None => Err(Stop::Usage(format!(
                "--rule is missing: write --rule meta for the rule that each file names, or one of \
                 the rules {}, such as greedy:score=votes,misfit=skip or greedy-welfare:utility=cost",
                ids()
            ))),
        }
    }

    /// What people decided.
    pub(crate) fn recorded(&self) -> Result<Vec<Decision>, Stop> {
        let Some(file) = &self.decisions else {
            return Ok(Vec::new());
        };
        if is_standard_input(file) && self.files.paths.iter().any(|path| is_standard_input(path)) {
            let why = "standard input cannot be both the decisions and an election";
            return Err(Stop::Usage(why.to_owned()));
        }
        decisions::read(file).map_err(Stop::Input)
    }

    /// Counting needs no voter table.
    fn reading(&self) -> ReadOptions {
        let options = if self.lenient {
            ReadOptions::lenient()
        } else {
            ReadOptions::strict()
        };
        options.voters(VoterTable::Drop)
    }

    /// How many outcomes may be listed, if they are asked for.
    pub(crate) fn most_outcomes(&self) -> Option<usize> {
        self.all_ties
            .map(|most| usize::try_from(most).unwrap_or(usize::MAX))
    }

    /// One file's document, read as the arguments say.
    pub(crate) fn read(&self, input: &Input) -> Result<Document, Failure> {
        let bytes = input.read(self.files.encoding).map_err(Failure::new)?;
        Ok(read_bytes(&bytes, &self.reading())?)
    }

    /// The election as it is to be counted.
    pub(crate) fn election<'a>(
        &self,
        document: &'a Document,
    ) -> Result<Cow<'a, Election>, Failure> {
        let election = match self.ballots {
            Some(Ballots::Approval) => Cow::Owned(document.election().as_approval()),
            None => Cow::Borrowed(document.election()),
        };
        match self.budget {
            Some(budget) => election
                .with_budget(budget)
                .map(Cow::Owned)
                .ok_or_else(|| Failure::new("--budget is negative")),
            None => Ok(election),
        }
    }
}
