//! What is looked for, and from which figure on it is shown.

use serde::{Deserialize, Serialize};

use crate::exact::Ratio;

/// Something to look for in a tally, with the limit beyond which it is shown.
///
/// The limits are the caller's: a school that votes from one address is no fraud, and only the city knows that
/// there is one. There is no default for any of them.
///
/// | check | looks at | shows | an example of what it is for |
/// |---|---|---|---|
/// | `shared-value` | a further column: address, phone, source tag | values in more votes than the limit | Wrocław 2025: 320 votes from one address |
/// | `out-of-range` | a further column of numbers: age, year of birth | values outside the range, and what is no number | Wrocław 2025: voters aged 142 and 200 |
/// | `equal-run` | votes one after another | the same ballot at least so often in a row | stuffing with a prepared ballot |
/// | `burst` | votes of one station by time | more votes than the limit within so many seconds | a program that votes |
/// | `incomplete` | ballots with fewer marks than there could be | channels and stations where their share is above the limit | Gdańsk 2017: 26% of the cards |
/// | `names-none` | ballots that name none of these projects | channels and stations where their share is above the limit | Gdańsk 2017: no city-wide vote |
/// | `several-channels` | voters with votes in more than one channel | their number, above the limit | internet and paper |
/// | `several-votes` | voters with several votes in one channel | their number by channel, above the limit | Gdynia 2020: 365 voted again |
/// | `look-alikes` | voters' ids | ids that people would take for each other | `AB12`, `ab12`, an id with an invisible character |
/// | `empty-station` | stations | those without an accepted vote, and the expected ones without any | a lost upload |
/// | `round-figure` | stations | those whose votes are a multiple of a round number | figures that were made up |
/// | `former-edition` | totals of an edition before | those that changed by more than the limit | Gdańsk 2017, found by such a comparison |
///
/// It reads from configuration, for instance `{ check = "shared-value", attribute = "ip", at-most = 50 }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "check",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum AnomalyCheck {
    /// One value of a further column in many votes. Empty cells are not counted.
    SharedValue {
        /// The column.
        attribute: String,
        /// As many votes may share a value.
        at_most: u64,
    },
    /// Values of a further column outside a range, bounds included in it. Empty cells are not counted.
    OutOfRange {
        /// The column.
        attribute: String,
        /// The smallest value.
        at_least: Ratio,
        /// The largest value.
        at_most: Ratio,
    },
    /// The same ballot many times in a row. Ballots that were grouped before they came (a count above 1) stand in
    /// no order and end a run; so do void ballots, of which nobody can tell what they say.
    EqualRun {
        /// In which order votes follow each other.
        order: RunOrder,
        /// From this length on a run is shown; it must be 2 or more.
        at_least: u64,
    },
    /// Many votes of one channel and station in a short time.
    Burst {
        /// The length of the time, in whole seconds: two votes are within it if their times differ by less.
        seconds: u32,
        /// As many votes may fall within it.
        at_most: u64,
    },
    /// Ballots with fewer marks than there could be; blank ones, and those void since they have too few, among them.
    Incomplete {
        /// The number of marks of a complete ballot.
        marks: u32,
        /// The largest share that is not shown, such as 1/10.
        at_most: Ratio,
    },
    /// Ballots that name none of some projects, blank ones among them.
    NamesNone {
        /// What the projects are called in the report, such as `city-wide`.
        what: String,
        /// The projects' ids.
        projects: Vec<String>,
        /// The largest share that is not shown.
        at_most: Ratio,
    },
    /// Voters with votes in more than one channel.
    SeveralChannels {
        /// As many voters are not shown.
        at_most: u64,
    },
    /// Voters with more than one vote in one channel.
    SeveralVotes {
        /// As many voters in a channel are not shown.
        at_most: u64,
    },
    /// Voters' ids that look alike. It needs the ids themselves: pseudonyms hide it.
    LookAlikes,
    /// Stations without an accepted vote.
    EmptyStation {
        /// Stations that should have votes, as pairs of channel and station; those that sent none appear in no file.
        expected: Vec<(String, String)>,
    },
    /// Stations that received a round number of votes. One in `multiple_of` does so by chance.
    RoundFigure {
        /// What is round, such as 100; it must be 2 or more.
        multiple_of: u64,
    },
    /// Totals beside those of a former edition.
    FormerEdition {
        /// The former totals.
        former: Vec<FormerFigure>,
        /// The largest change that is not shown, as a share of the former total, such as 1/5.
        change_at_most: Ratio,
    },
}

/// In which order votes follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RunOrder {
    /// By time, within a channel and station. Votes of one time have no order among them; equal ones are taken together.
    Time,
    /// By line, within a source.
    Line,
}

/// A total of a former edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormerFigure {
    /// The channel; `None` for all.
    #[serde(default)]
    pub channel: Option<String>,
    /// The quartier; `None` for all.
    #[serde(default)]
    pub area: Option<String>,
    /// What was counted.
    pub figure: FormerKind,
    /// How many there were.
    pub votes: u64,
}

/// What a total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FormerKind {
    /// All votes that arrived.
    Received,
    /// Those that counted.
    Accepted,
    /// Those that named nothing.
    Blank,
    /// Those that were void.
    Void,
    /// Those that the same voter replaced.
    Superseded,
    /// Those of voters who had voted already.
    Duplicate,
    /// Those of people who could not vote.
    Ineligible,
}
