//! Which vote counts where one voter has cast several.

use std::fmt;
use std::str::FromStr;

use super::cast::Place;

/// Which of several votes in one channel counts, where the channel as such has been chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Within {
    /// The first one.
    First,
    /// The last one.
    Last,
    /// None of them.
    VoidAll,
}

/// Which vote counts where one voter has cast several. Cities differ, so there is no default.
///
/// | text | counts | the others are |
/// |---|---|---|
/// | `first` | the earliest | duplicates |
/// | `last` | the latest | superseded |
/// | `paper-wins` | the one on paper (or of any other channel that is named) | superseded |
/// | `paper-wins;last` | the same; of several in one channel the last | superseded |
/// | `void-all` | none | duplicates |
/// | `refuse` | the count does not close until somebody has ruled | |
///
/// It is settled before anybody looks at what the votes say: who votes twice has one vote, valid or not. With
/// `duplicates-among=valid` ([`Among`](crate::tally::Among)) a blank or void vote does not replace a valid one.
/// `first` and `last` need the time of every vote concerned; without it, or at equal times, they refuse and name the voters:
/// the order of a file is not a time. With `paper-wins` alone, several votes in one channel are refused likewise, since it does not say which of them counts.
/// Votes that agree in everything that is counted (content, channel, quartier, station) need no order: one of them stays, and the
/// others are superseded under `last` and duplicates under every other rule.
///
/// ```
/// use quartier::tally::{Duplicates, Within};
/// let rule: Duplicates = "paper-wins;last".parse()?;
/// assert_eq!(rule, Duplicates::ChannelWins { channel: "paper".into(), within: Some(Within::Last) });
/// assert_eq!(rule.to_string(), "paper-wins;last");
/// assert!("latest".parse::<Duplicates>().is_err());
/// # Ok::<(), quartier::tally::DuplicatesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Duplicates {
    /// The earliest.
    First,
    /// The latest.
    Last,
    /// The one of a channel.
    ChannelWins {
        /// The channel that wins over the others.
        channel: String,
        /// Which one of several in the same channel; `None` refuses.
        within: Option<Within>,
    },
    /// None.
    VoidAll,
    /// Somebody must rule first.
    Refuse,
}

/// A text that says nothing of duplicates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` does not say which vote counts: use first, last, paper-wins (or paper-wins;first, paper-wins;last, paper-wins;void-all), void-all or refuse"
)]
pub struct DuplicatesError {
    found: String,
}

impl Within {
    fn from_word(word: &str) -> Option<Within> {
        match word {
            "first" => Some(Within::First),
            "last" => Some(Within::Last),
            "void-all" => Some(Within::VoidAll),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Within::First => "first",
            Within::Last => "last",
            Within::VoidAll => "void-all",
        }
    }
}

impl FromStr for Duplicates {
    type Err = DuplicatesError;

    fn from_str(text: &str) -> Result<Duplicates, DuplicatesError> {
        let wins = || {
            let (wins, within) = match text.split_once(';') {
                Some((wins, within)) => (wins, Some(Within::from_word(within)?)),
                None => (text, None),
            };
            let channel = wins.strip_suffix("-wins").filter(|name| !name.is_empty())?;
            Some(Duplicates::ChannelWins {
                channel: channel.to_owned(),
                within,
            })
        };
        match text {
            "first" => Some(Duplicates::First),
            "last" => Some(Duplicates::Last),
            "void-all" => Some(Duplicates::VoidAll),
            "refuse" => Some(Duplicates::Refuse),
            _ => wins(),
        }
        .ok_or_else(|| DuplicatesError {
            found: text.chars().take(40).collect(),
        })
    }
}

impl fmt::Display for Duplicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Duplicates::First => f.write_str("first"),
            Duplicates::Last => f.write_str("last"),
            Duplicates::ChannelWins { channel, within } => {
                write!(f, "{channel}-wins")?;
                within.map_or(Ok(()), |within| write!(f, ";{}", within.word()))
            }
            Duplicates::VoidAll => f.write_str("void-all"),
            Duplicates::Refuse => f.write_str("refuse"),
        }
    }
}

/// Votes of one voter that the rules do not settle: somebody must rule on all but one of them, or the rules must say more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("voter `{voter}` has {} votes ({}) and {why}", votes.len(), shown(votes))]
#[non_exhaustive]
pub struct DuplicateFault {
    /// The voter's id or pseudonym.
    pub voter: String,
    /// The name of the source and the place of each vote.
    pub votes: Vec<(String, Place)>,
    /// Why they are not settled.
    pub why: Unsettled,
}

/// Why the rules do not settle which vote counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unsettled {
    /// The rules refuse duplicates.
    #[error("the rules refuse duplicates: rule on all but one of the votes")]
    Refused,
    /// The order in time matters, and a vote has no time that can be read.
    #[error(
        "the rules go by time, and not every one of the votes has a time: give them, or choose void-all or refuse"
    )]
    NoTime,
    /// Times are written in different ways.
    #[error(
        "their times are written in different ways (with and without an offset, or as numbers): write all in one way"
    )]
    MixedTimes,
    /// Two votes are equally early or late.
    #[error("they were cast at the same time: rule on all but one of the votes")]
    SameTime,
    /// A channel wins, and nothing says which vote of one channel.
    #[error(
        "nothing says which vote of one channel counts: choose for example paper-wins;first, paper-wins;last or paper-wins;void-all"
    )]
    NotStated,
}

fn shown(votes: &[(String, Place)]) -> String {
    let votes = votes.iter().take(10);
    let shown: Vec<String> = votes
        .map(|(source, place)| format!("{source} line {}", place.line))
        .collect();
    shown.join(", ")
}
