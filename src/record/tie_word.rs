//! The words of a tie chain.

use std::fmt;
use std::str::FromStr;

/// One word of a [`TieChain`](super::TieChain).
///
/// *Settles everything* means that the word leaves exactly one project, whatever the tie.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TieWord {
    /// `more-votes`: the project with more votes. Votes are what the count says of each project, in the
    /// units of the rule's own tally of votes; they are not its points or utility.
    MoreVotes,
    /// `fewer-votes`: the project with fewer votes.
    FewerVotes,
    /// `cheaper`: the project that costs less.
    Cheaper,
    /// `dearer`: the project that costs more.
    Dearer,
    /// `earlier-filed`: the project filed first, by day. If any of the tied projects has no filing date, the
    /// word does not decide and leaves the tie as it is: an unknown date is neither early nor late.
    EarlierFiled,
    /// `later-filed`: the project filed last, by day, with the same care for missing dates.
    LaterFiled,
    /// `id`: the smaller id, compared character by character (Unicode code points, which is the order of the
    /// UTF-8 bytes), so `10` comes before `2`. Settles everything.
    Id,
    /// `id-desc`: the greater id, compared as in `id`. Settles everything.
    IdDesc,
    /// `natural-id`: the smaller id with numbers compared as numbers, so `2` comes before `10`; see
    /// [`natural_cmp`](super::natural_cmp). Settles everything.
    NaturalId,
    /// `natural-id-desc`: the greater id, compared as in `natural-id`: where ids are numbers that are given in turn,
    /// the newest project, which is what the program Consul does. Settles everything.
    NaturalIdDesc,
    /// `lot:SEED`: the smallest lot computed from this public seed; see [`lot_digest`](super::lot_digest).
    /// Settles everything.
    Lot(String),
    /// `recorded-lot`: the order drawn by people and recorded as a decision of kind `lot`. Without such a
    /// decision the count stops and asks for one. Nothing can follow it.
    RecordedLot,
    /// `none`: nothing more decides; the count stops and asks for a lot (and uses it once it is recorded).
    /// Nothing can follow it.
    None,
}

/// The words without a parameter, as they are written.
const PLAIN: [(&str, TieWord); 12] = [
    ("more-votes", TieWord::MoreVotes),
    ("fewer-votes", TieWord::FewerVotes),
    ("cheaper", TieWord::Cheaper),
    ("dearer", TieWord::Dearer),
    ("earlier-filed", TieWord::EarlierFiled),
    ("later-filed", TieWord::LaterFiled),
    ("id", TieWord::Id),
    ("id-desc", TieWord::IdDesc),
    ("natural-id", TieWord::NaturalId),
    ("natural-id-desc", TieWord::NaturalIdDesc),
    ("recorded-lot", TieWord::RecordedLot),
    ("none", TieWord::None),
];

/// The words of a tie chain, for messages.
const ALLOWED: &str = "more-votes fewer-votes cheaper dearer earlier-filed later-filed id id-desc natural-id natural-id-desc lot:SEED recorded-lot none";

impl TieWord {
    /// Does the chain end here, because this word settles every tie or asks for a lot?
    #[must_use]
    pub fn is_last(&self) -> bool {
        // Every other word has an opposite that can decide just as well.
        self.opposite().is_none()
    }

    /// The word that decides by the same thing the other way round.
    pub(super) fn opposite(&self) -> Option<TieWord> {
        match self {
            TieWord::MoreVotes => Some(TieWord::FewerVotes),
            TieWord::FewerVotes => Some(TieWord::MoreVotes),
            TieWord::Cheaper => Some(TieWord::Dearer),
            TieWord::Dearer => Some(TieWord::Cheaper),
            TieWord::EarlierFiled => Some(TieWord::LaterFiled),
            TieWord::LaterFiled => Some(TieWord::EarlierFiled),
            TieWord::Id
            | TieWord::IdDesc
            | TieWord::NaturalId
            | TieWord::NaturalIdDesc
            | TieWord::Lot(_)
            | TieWord::RecordedLot
            | TieWord::None => None,
        }
    }
}

impl fmt::Display for TieWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TieWord::Lot(seed) => write!(f, "lot:{seed}"),
            word => PLAIN
                .iter()
                .find(|(_, plain)| plain == word)
                .map_or(Ok(()), |(text, _)| f.write_str(text)),
        }
    }
}

/// Why a text is not a word of a tie chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TieWordError {
    /// Nothing is written.
    #[error("the word is empty: write one of {ALLOWED}")]
    Empty,
    /// No such word.
    #[error("`{word}` is not a word of a tie chain: write one of {ALLOWED}")]
    Unknown {
        /// What was written, shortened.
        word: String,
    },
    /// `lot` without a seed.
    #[error("`lot` has no seed: write lot:SEED with a seed fixed in public, or recorded-lot")]
    NoSeed,
    /// A character that a seed cannot have.
    #[error(
        "{found:?} cannot stand in the seed of a lot: expected visible ASCII characters without blanks or commas"
    )]
    BadSeed {
        /// The character.
        found: char,
    },
}

impl FromStr for TieWord {
    type Err = TieWordError;

    fn from_str(text: &str) -> Result<TieWord, TieWordError> {
        if text.is_empty() {
            return Err(TieWordError::Empty);
        }
        if let Some((_, word)) = PLAIN.iter().find(|(plain, _)| *plain == text) {
            return Ok(word.clone());
        }
        match text
            .strip_prefix("lot")
            .map(|rest| rest.strip_prefix(':').unwrap_or(rest))
        {
            Some("") => Err(TieWordError::NoSeed),
            Some(seed) if text.starts_with("lot:") => {
                match seed.chars().find(|&c| !c.is_ascii_graphic() || c == ',') {
                    Some(found) => Err(TieWordError::BadSeed { found }),
                    None => Ok(TieWord::Lot(seed.to_owned())),
                }
            }
            _ => Err(TieWordError::Unknown {
                word: text.chars().take(40).collect(),
            }),
        }
    }
}

serde_as_text!(TieWord);
