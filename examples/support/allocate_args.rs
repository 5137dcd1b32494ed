//! The arguments of `allocate`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use quartier::record::{Language, TieChain};

use crate::allocate_lists::List;
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
    /// An election with projects, quartiers and ballots: `.pb`, or JSON in the crate's serde form. Several lists that were
    /// voted on apart are given as NAME=FILE, each for the quartier or the pot of that name.
    #[arg(long, value_name = "[NAME=]FILE", conflicts_with_all = ["projects", "votes", "aggregates"])]
    pub(crate) election: Vec<String>,
    /// Writes the ids of projects as NAME/ID, where lists of several --election have the same ids.
    #[arg(long, requires = "election")]
    pub(crate) qualify: bool,
    /// The projects: `project_id;name;cost;area;category;proposer;delivery_months;general_interest;feasible;...`.
    #[arg(long, value_name = "CSV")]
    pub(crate) projects: Option<PathBuf>,
    /// The quartiers: `area_id;name;parent;population;...`. Without them, those that projects name.
    #[arg(long, value_name = "CSV")]
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
    /// Lists every result that the ties left open can lead to, if there are at most so many.
    #[arg(long, value_name = "MAX", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) all_ties: Option<u16>,
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
    /// The language of the text: fr or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) lang: Language,
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

    /// Says that the projects and votes are invented, where a regulation of one's own meets those of the sample.
    pub(crate) fn sample_note(&self) -> String {
        if !self.is_sample() || self.regulation.is_none() {
            return String::new();
        }
        "(projects and votes of the synthetic sample city / projets et votes de la ville fictive : --projects, --votes)\n"
            .to_owned()
    }

    /// Refuses what does not go together, and by name what does not exist yet.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        let usage = |why: &str| Err(Stop::Usage(why.to_owned()));
        if self.areas.is_some() && self.is_sample() {
            return usage("--areas says more of --projects or of --election: give one of them");
        }
        if !self.is_sample() && self.regulation.is_none() && !self.new && self.print.is_none() {
            return usage("--regulation is missing: `--new` prints one to begin with");
        }
        if self.projects.is_some() && self.votes.is_empty() && self.aggregates.is_none() {
            return usage(
                "--votes and --aggregates are missing: nobody's vote would count. Where people decide everything, give a file of \
                 votes that has only its header",
            );
        }
        let files = self.votes.iter().chain(&self.projects).chain(&self.areas);
        let files = files
            .chain(&self.aggregates)
            .chain(&self.decisions)
            .chain(&self.register)
            .chain(&self.expect)
            .chain(&self.compare_with)
            .chain(&self.regulation);
        let lists = self.election.iter().map(|text| List::of(text).path);
        let lists = lists.filter(|path| is_standard_input(path)).count();
        if lists + files.filter(|path| is_standard_input(path)).count() > 1 {
            return usage("`-` is standard input, which can be read once only");
        }
        Ok(())
    }
}
