//! The arguments of `tally`.

use std::path::PathBuf;

use clap::Parser;
use quartier::election::Money;

use crate::input::{Encoding, Format};

/// Tallies cast votes and accounts for every one of them.
///
/// The rules of the ballot come from `--rule` or from the `[ballot]` table of `--regulation`; form, invalid ballots,
/// duplicates, blank ballots and channels have no default. Exit status: 0 done; 1 something cannot be read or tallied, or
/// the announced totals differ; 2 usage.
#[derive(Debug, Parser)]
#[command(name = "tally")]
pub(crate) struct TallyArgs {
    /// Votes: tables (`voter_id;vote;channel;area;station;time;eligible;...`, or grouped ballots with `count`), JSON (`.json`,
    /// `.jsonl`), or elections of the public archive (`.pb`); `-` is a table on standard input.
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    pub(crate) votes: Vec<PathBuf>,
    /// The projects: `project_id;name;cost;area;...`. Without them every project that a vote names is taken for one.
    #[arg(long, value_name = "CSV")]
    pub(crate) projects: Option<PathBuf>,
    /// The quartiers: `area_id;name;parent;population;...`. Without them, those that projects name.
    #[arg(long, value_name = "CSV")]
    pub(crate) areas: Option<PathBuf>,
    /// An election with its projects and quartiers, `.pb` or JSON, in place of --projects and --areas.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["projects", "areas"])]
    pub(crate) election: Option<PathBuf>,
    /// The budget, for ballots that may spend it (`knapsack`); otherwise what `[envelope] voted` of the regulation says.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) budget: Option<Money>,
    /// A regulation (TOML); its `[ballot]` table says what a ballot may be, its first stage how projects are ranked.
    #[arg(long, value_name = "FILE")]
    pub(crate) regulation: Option<PathBuf>,
    /// The rules of the ballot in one line, such as
    /// `form=ranked,max=3,invalid=void,duplicates=last,blank-ballots-count=false,channels=internet:binding;paper:binding`.
    #[arg(long, value_name = "BALLOT-OPTIONS", conflicts_with = "regulation")]
    pub(crate) rule: Option<String>,
    /// How projects are ranked: votes, points, borda, weights;3;2;1, schulze, ... Needed for ranked ballots.
    #[arg(long, value_name = "RANKING")]
    pub(crate) score: Option<String>,
    /// Totals of channels whose ballots are not known: `channel;area;project_id;votes`.
    #[arg(long, value_name = "CSV")]
    pub(crate) aggregates: Option<PathBuf>,
    /// What stations announced: `channel;station;received;blank;void`. Every difference is listed.
    #[arg(long, value_name = "CSV")]
    pub(crate) manifest: Option<PathBuf>,
    /// What people ruled about single votes (TOML or JSON): `[[ruling]]` with source, line, verdict (void, ineligible), by,
    /// justification.
    #[arg(long, value_name = "FILE")]
    pub(crate) rulings: Option<PathBuf>,
    /// Anomalies to look for (TOML or JSON): `[[check]]` with check = "shared-value", attribute = "ip", at-most = 50, ...
    #[arg(long, value_name = "FILE")]
    pub(crate) checks: Option<PathBuf>,
    /// Replaces voter ids by pseudonyms before anything else: hmac-sha256, with --pseudonym-key.
    #[arg(long, value_name = "METHOD", requires = "pseudonym_key")]
    pub(crate) pseudonyms: Option<String>,
    /// A file with the secret key of the pseudonyms, at least 32 random bytes; one line end after them does not belong to
    /// the key. Messages then show places only, nothing of the files' text.
    #[arg(long, value_name = "FILE", requires = "pseudonyms")]
    pub(crate) pseudonym_key: Option<PathBuf>,
    /// Shows turnout and result by channel and quartier side by side.
    #[arg(long)]
    pub(crate) side_by_side: bool,
    /// The attribute of quartiers that turnout is measured against, such as `population`.
    #[arg(long, value_name = "ATTRIBUTE", requires = "side_by_side")]
    pub(crate) turnout: Option<String>,
    /// Reports, before anything is published, how many ballots are in groups of fewer than so many equal ones. The city
    /// states the number.
    #[arg(long, value_name = "K")]
    pub(crate) smallest_group: Option<u64>,
    /// Writes the ballots that count, grouped by content, for other programs to count.
    #[arg(long, value_name = "FILE")]
    pub(crate) grouped: Option<PathBuf>,
    /// Writes the whole register: every vote, what became of it, why, and in favour of which other vote.
    #[arg(long, value_name = "FILE")]
    pub(crate) register: Option<PathBuf>,
    /// Accepts other usual names of columns, each with a warning.
    #[arg(long)]
    pub(crate) lenient: bool,
    /// How the files are encoded; UTF-8 may begin with a byte-order mark.
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    pub(crate) encoding: Encoding,
    /// How many void votes, settled votes, findings and faults are listed in the text, of each sort.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) list: usize,
    /// What is printed: text for people, or one JSON object.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl TallyArgs {
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}
