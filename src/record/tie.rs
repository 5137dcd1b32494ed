//! The tie chain: the words by which a regulation says who goes first among equals.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tie_word::{TieWord, TieWordError};

/// The longest chain, in bytes: chains come from strangers' files.
const LONGEST: usize = 4_096;

/// Who goes first among equals: words that are applied in order, each to what the ones before left tied.
///
/// Written as words joined by commas, without blanks; regulation files may also give a list of words.
/// Reading and printing are exact inverses. What the words mean is said at [`TieWord`]. A chain that
/// settles nothing is written `none`: there is no default, since silence about ties decides elections.
///
/// A word that could never decide is refused: the regulation's author meant something else.
///
/// ```
/// use quartier::record::TieChain;
/// let chain: TieChain = "cheaper,more-votes,id".parse()?;
/// assert_eq!(chain.words().len(), 3);
/// assert_eq!(chain.to_string(), "cheaper,more-votes,id");
///
/// let error = "id,cheaper,cheapest".parse::<TieChain>().unwrap_err();
/// assert_eq!(error.faults.len(), 2, "{error}");
/// # Ok::<(), quartier::record::TieChainError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TieChain {
    words: Vec<TieWord>,
}

/// Every mistake in one tie chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieChainError {
    /// The mistakes; there is at least one.
    pub faults: Vec<TieChainFault>,
}

/// One mistake in a tie chain; words are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TieChainFault {
    /// No word at all.
    #[error("the tie chain is empty: write `none` if a lot is to be drawn for every tie")]
    Empty,
    /// More than a chain can need.
    #[error("a tie chain has at most {limit} bytes")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// A word that cannot be read.
    #[error("word {position}: {error}")]
    Word {
        /// Which word.
        position: usize,
        /// What is wrong with it.
        error: TieWordError,
    },
    /// The same word twice.
    #[error("word {position}: `{word}` is there already: remove one of the two")]
    Duplicate {
        /// Which word.
        position: usize,
        /// The word.
        word: TieWord,
    },
    /// A word that can never decide anything.
    #[error(
        "word {position}: `{word}` can never decide, since `{after}` before it leaves nothing for it: remove one of the two"
    )]
    Unreachable {
        /// Which word.
        position: usize,
        /// The word.
        word: TieWord,
        /// The earlier word.
        after: TieWord,
    },
}

impl std::error::Error for TieChainError {}

impl fmt::Display for TieChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl TieChain {
    /// A chain of these words.
    ///
    /// # Errors
    /// Every word that is there twice or can never decide, and a chain without words.
    pub fn new(words: impl IntoIterator<Item = TieWord>) -> Result<TieChain, TieChainError> {
        TieChain::checked(words.into_iter().map(Ok))
    }

    /// The chain `none`: every tie that matters waits for a lot.
    #[must_use]
    pub fn none() -> TieChain {
        TieChain {
            words: vec![TieWord::None],
        }
    }

    /// The words, in the order in which they apply; there is at least one.
    #[must_use]
    pub fn words(&self) -> &[TieWord] {
        &self.words
    }

    fn checked(
        read: impl Iterator<Item = Result<TieWord, TieWordError>>,
    ) -> Result<TieChain, TieChainError> {
        let (mut words, mut faults) = (Vec::<TieWord>::new(), Vec::new());
        for (position, word) in (1..).zip(read) {
            let word = match word {
                Ok(word) => word,
                Err(error) => {
                    faults.push(TieChainFault::Word { position, error });
                    continue;
                }
            };
            let opposite = word.opposite();
            let blocker = words.iter().find(|earlier| {
                **earlier == word || earlier.is_last() || Some(*earlier) == opposite.as_ref()
            });
            match blocker {
                Some(after) if *after == word => {
                    faults.push(TieChainFault::Duplicate { position, word });
                }
                Some(after) => {
                    let after = after.clone();
                    faults.push(TieChainFault::Unreachable {
                        position,
                        word,
                        after,
                    });
                }
                None => words.push(word),
            }
        }
        if words.is_empty() && faults.is_empty() {
            faults.push(TieChainFault::Empty);
        }
        if faults.is_empty() {
            Ok(TieChain { words })
        } else {
            Err(TieChainError { faults })
        }
    }
}

impl FromStr for TieChain {
    type Err = TieChainError;

    fn from_str(text: &str) -> Result<TieChain, TieChainError> {
        if text.len() > LONGEST {
            return Err(TieChainError {
                faults: vec![TieChainFault::TooLong { limit: LONGEST }],
            });
        }
        if text.is_empty() {
            return TieChain::new([]);
        }
        TieChain::checked(text.split(',').map(str::parse))
    }
}

impl fmt::Display for TieChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.words.iter().enumerate() {
            write!(f, "{}{word}", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl Serialize for TieChain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TieChain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TieChain, D::Error> {
        deserializer.deserialize_any(ChainVisitor)
    }
}

/// Reads `"cheaper,id"` as well as `["cheaper", "id"]`.
struct ChainVisitor;

impl<'de> Visitor<'de> for ChainVisitor {
    type Value = TieChain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a tie chain such as \"cheaper,id\" or [\"cheaper\", \"id\"]")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<TieChain, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<TieChain, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            texts.push(text);
        }
        TieChain::checked(texts.iter().map(|text| text.parse())).map_err(de::Error::custom)
    }
}
