//! Votes that were written before in the same words: three of four in the archive.

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;

/// From the text of a vote, with its points, to the row of the profile that it became.
///
/// Short texts are kept within the table, with how often they came again, so that a vote that is known
/// costs one look at one place of the memory. The memo is given up where votes hardly ever repeat.
#[derive(Debug)]
pub(super) struct Memo {
    known: HashTable<Known>,
    hasher: foldhash::fast::RandomState,
    asked: u32,
    found: u32,
    useful: bool,
    /// What was counted before the memo was given up.
    given_up: Vec<(u32, u32)>,
}

/// A text of at most 24 bytes. Texts have no NUL, so filling up with zeros keeps them apart.
type Key = [u64; 3];

#[derive(Debug)]
struct Known {
    key: Key,
    row: u32,
    again: u32,
}

/// A text that is not known yet, to be [learnt](Memo::learn).
#[derive(Debug, Clone, Copy)]
pub(super) struct Unknown {
    key: Key,
    hash: u64,
}

/// After so many votes it is decided whether the memo is worth its while.
const TRIAL: u32 = 1 << 12;

impl Memo {
    pub(super) fn new() -> Memo {
        Memo {
            known: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
            asked: 0,
            found: 0,
            useful: true,
            given_up: Vec::new(),
        }
    }

    /// Counts a text that is known and tells its row; otherwise it may be learnt, unless it is too long.
    #[inline]
    pub(super) fn again(&mut self, vote: &str, points: &str) -> Result<u32, Option<Unknown>> {
        if !self.useful {
            return Err(None);
        }
        self.asked = self.asked.wrapping_add(1);
        if self.asked.is_multiple_of(TRIAL) {
            self.decide();
        }
        let key = key(vote, points).ok_or(None)?;
        let hash = hash_of(&self.hasher, &key);
        match self.known.find_mut(hash, |known| known.key == key) {
            Some(known) if known.again < u32::MAX => {
                known.again += 1;
                self.found = self.found.wrapping_add(1);
                Ok(known.row)
            }
            Some(_) => Err(None),
            None => Err(Some(Unknown { key, hash })),
        }
    }

    /// Are texts still kept?
    #[inline]
    pub(super) fn is_useful(&self) -> bool {
        self.useful
    }

    /// Gives up if fewer than a quarter of the last votes were known.
    #[cold]
    fn decide(&mut self) {
        self.useful = self.found >= TRIAL / 4;
        self.found = 0;
        if !self.useful {
            self.given_up = std::mem::take(&mut self.known)
                .into_iter()
                .map(|known| (known.row, known.again))
                .collect();
        }
    }

    /// Keeps the row of a text.
    #[inline]
    pub(super) fn learn(&mut self, unknown: Option<Unknown>, row: u32) {
        if let Some(Unknown { key, hash }) = unknown
            && self.useful
        {
            let hasher = &self.hasher;
            self.known
                .insert_unique(hash, Known { key, row, again: 0 }, |known| {
                    hash_of(hasher, &known.key)
                });
        }
    }

    /// The rows with how many votes were counted for each here, in any order.
    pub(super) fn into_counts(self) -> impl Iterator<Item = (u32, u64)> {
        let counts = self
            .known
            .into_iter()
            .map(|known| (known.row, known.again))
            .chain(self.given_up);
        counts
            .filter(|&(_, again)| again > 0)
            .map(|(row, again)| (row, u64::from(again)))
    }
}

/// Word by word: as a slice of bytes the key would take the way of long texts.
#[inline]
fn hash_of(hasher: &foldhash::fast::RandomState, key: &Key) -> u64 {
    let mut state = hasher.build_hasher();
    for &word in key {
        state.write_u64(word);
    }
    state.finish()
}

/// The vote and its points in one key, if they are short. No cell without quotes holds a semicolon.
#[inline]
fn key(vote: &str, points: &str) -> Option<Key> {
    let mut bytes = [0; 24];
    bytes
        .get_mut(..vote.len())?
        .copy_from_slice(vote.as_bytes());
    if !points.is_empty() {
        *bytes.get_mut(vote.len())? = b';';
        bytes
            .get_mut(vote.len() + 1..)?
            .get_mut(..points.len())?
            .copy_from_slice(points.as_bytes());
    }
    let (words, _) = bytes.as_chunks::<8>();
    let mut key = [0; 3];
    for (word, bytes) in key.iter_mut().zip(words) {
        *word = u64::from_le_bytes(*bytes);
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_again_until_they_hardly_repeat() {
        let mut memo = Memo::new();
        let unknown = memo.again("1,2", "3,4").unwrap_err();
        assert!(unknown.is_some());
        memo.learn(unknown, 7);
        assert_eq!(memo.again("1,2", "3,4").unwrap(), 7);
        assert!(
            memo.again("1,2", "3,5").is_err()
                && memo.again("1,2", "").is_err()
                && memo.again("1,2;3,4", "5").is_err()
        );
        for _ in 0..TRIAL {
            assert_eq!(memo.again("1,2", "3,4").unwrap(), 7);
        }
        for _ in 0..2 * TRIAL {
            assert!(memo.again("x", "").is_err());
        }
        assert!(matches!(memo.again("1,2", "3,4"), Err(None)));
        assert_eq!(
            memo.into_counts().collect::<Vec<_>>(),
            [(7, u64::from(TRIAL) + 1)]
        );
    }

    #[test]
    fn only_short_texts_are_kept() {
        assert!(key(&"1".repeat(24), "").is_some() && key(&"1".repeat(25), "").is_none());
        assert!(key(&"1".repeat(20), "123").is_some() && key(&"1".repeat(20), "1234").is_none());
        assert_ne!(key("1", "2"), key("12", ""));
    }
}
