//! The arguments of `exchange`.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use quartier::election::{BallotKind, Money};
use quartier::record::TieChain;
use quartier::rules::Plan;

use crate::input::{Encoding, Format, decoded, is_standard_input, read_path};
use crate::status::Stop;

/// Counts a rule from ballots that are grouped by content: `channel;area;vote;count`.
#[derive(Debug, Parser)]
#[command(name = "exchange", version)]
pub(crate) struct ExchangeArgs {
    /// The projects: a table with the columns `project_id` and `cost`.
    #[arg(long, value_name = "CSV")]
    pub(crate) projects: PathBuf,
    /// Grouped ballots of one or more stations, in any order.
    #[arg(long, value_name = "CSV", required = true, num_args = 1..)]
    pub(crate) ballots: Vec<PathBuf>,
    /// What the voters were asked for.
    #[arg(long, value_name = "FORM")]
    pub(crate) form: Form,
    /// The grades, the worst first, separated by `;`: for graded ballots.
    #[arg(long, value_name = "GRADES", value_delimiter = ';')]
    pub(crate) scale: Vec<String>,
    /// The budget.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) budget: Money,
    /// The rule, such as `greedy:score=votes,misfit=skip`.
    #[arg(long, value_name = "RULE")]
    pub(crate) rule: Plan,
    /// How ties are settled, such as `cheaper,id`; `none` if they are not.
    #[arg(long, value_name = "CHAIN")]
    pub(crate) ties: TieChain,
    /// How the files are encoded; UTF-8 may begin with a byte-order mark.
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    pub(crate) encoding: Encoding,
    /// What is printed: text for people, or one JSON object.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// What the voters were asked for. The texts of approval and ranked ballots look alike, so it must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// `12,7`: both are approved of.
    Approval,
    /// `12,7=9`: 12 before 7 and 9.
    Ranked,
    /// `12:3,7:2`.
    Points,
    /// `12:good,7:poor`.
    Grades,
    /// `+12,-7`.
    Signed,
}

impl Form {
    pub(crate) fn kind(self) -> BallotKind {
        match self {
            Form::Approval => BallotKind::Approval,
            Form::Ranked => BallotKind::Ranked,
            Form::Points => BallotKind::Points,
            Form::Grades => BallotKind::Grades,
            Form::Signed => BallotKind::Signed,
        }
    }
}

impl ExchangeArgs {
    /// What contradicts itself.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        let files = self.ballots.iter().chain([&self.projects]);
        if files.filter(|path| is_standard_input(path)).count() > 1 {
            let why = "`-` is standard input, which can be read once only";
            return Err(Stop::Usage(why.to_owned()));
        }
        match (self.form, self.scale.is_empty()) {
            (Form::Grades, true) => Err(Stop::Usage("`--form grades` needs `--scale`".to_owned())),
            (Form::Grades, false) | (_, true) => Ok(()),
            (_, false) => Err(Stop::Usage("`--scale` is for `--form grades`".to_owned())),
        }
    }

    /// The bytes of a file, in UTF-8.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        Ok(decoded(read_path(path)?, self.encoding))
    }
}
