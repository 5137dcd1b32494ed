//! The arguments of `allocate`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use quartier::record::TieChain;

use crate::input::{Encoding, Format, is_standard_input};
use crate::status::Stop;

/// Applies a city's regulation to its projects and votes.
///
/// Without arguments, a synthetic sample city. Exit status: 0 done; 1 the regulation or a file is wrong, or the result is not
/// what `--expect` expects; 2 usage, or a feature that does not exist yet; 3 a lot must be drawn (record it with --decisions
/// and run again).
#[derive(Debug, Parser)]
#[command(name = "allocate")]
pub(crate) struct AllocateArgs {
    /// The regulation (TOML, or JSON): `--new` prints one to begin with. Without it, the sample's.
    #[arg(long, value_name = "FILE")]
    pub(crate) regulation: Option<PathBuf>,
    /// An election with projects, quartiers and ballots: `.pb`, or JSON in the crate's serde form.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["projects", "areas", "votes", "aggregates"])]
    pub(crate) election: Vec<String>,
    /// The projects: `project_id;name;cost;area;category;proposer;delivery_months;general_interest;feasible;...`.
    #[arg(long, value_name = "CSV")]
    pub(crate) projects: Option<PathBuf>,
    /// The quartiers: `area_id;name;parent;population;...`. Without them, those that projects name.
    #[arg(long, value_name = "CSV", requires = "projects")]
    pub(crate) areas: Option<PathBuf>,
    /// Votes: `voter_id;vote;channel;area;...`; several files are tallied together.
    #[arg(long, value_name = "CSV", num_args = 1.., requires = "projects")]
    pub(crate) votes: Vec<PathBuf>,
    /// Totals of channels whose ballots are not known: `channel;area;project_id;votes`.
    #[arg(long, value_name = "CSV", requires = "projects")]
    pub(crate) aggregates: Option<PathBuf>,
    /// What people decided: exclusions, awards, extra money, drawn lots, ... (TOML or JSON).
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// The follow-up committee's register of the projects that were voted (TOML or JSON), for claims and savings of the past.
    #[arg(long, value_name = "FILE")]
    pub(crate) register: Option<PathBuf>,
    /// Settles ties by this chain in all stages, whatever the regulation says.
    #[arg(long, value_name = "CHAIN")]
    pub(crate) ties: Option<TieChain>,
    /// A published list of winners to compare with: a table with the column `project_id` and, where known, `amount`.
    #[arg(long, value_name = "CSV")]
    pub(crate) expect: Option<PathBuf>,
    /// A second regulation, applied to the same votes: what it would change.
    #[arg(long, value_name = "FILE")]
    pub(crate) compare_with: Option<PathBuf>,
    /// Prints a regulation with every choice written out and explained.
    #[arg(long)]
    pub(crate) new: bool,
    /// `sample` writes the sample's files into the new folder `sample-city`.
    #[arg(long, value_name = "WHAT")]
    pub(crate) print: Option<Print>,
    /// The language of the text.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) lang: Lang,
    /// Accepts what the public archive really contains, and other usual names of columns.
    #[arg(long)]
    pub(crate) lenient: bool,
    /// How the files are encoded; UTF-8 may begin with a byte-order mark.
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    pub(crate) encoding: Encoding,
    /// What is printed: text for people, or one JSON object.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Français.
    Fr,
    /// English.
    En,
}

/// What can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    /// The sample's files.
    Sample,
}

impl AllocateArgs {
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Is the sample city asked for?
    pub(crate) fn is_sample(&self) -> bool {
        self.election.is_empty() && self.projects.is_none()
    }

    /// Refuses what does not go together, and by name what does not exist yet.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        let usage = |why: &str| Err(Stop::Usage(why.to_owned()));
        if self.election.len() > 1 || self.election.iter().any(|file| file.contains('=')) {
            return usage(
                "several --election files (AREA=FILE) are not available yet: give one file",
            );
        }
        if !self.is_sample() && self.regulation.is_none() && !self.new && self.print.is_none() {
            return usage("--regulation is missing: `--new` prints one to begin with");
        }
        let files = self.votes.iter().chain(&self.projects).chain(&self.areas);
        let files = files
            .chain(&self.aggregates)
            .chain(&self.decisions)
            .chain(&self.register)
            .chain(&self.regulation);
        if files.filter(|path| is_standard_input(path)).count() > 1 {
            return usage("`-` is standard input, which can be read once only");
        }
        Ok(())
    }
}
