//! Votes that were written before in the same words: three of four in the archive.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::HashTable;

/// From the text of a vote, and of its points, to the row of the profile that it became.
///
/// It is given up where votes hardly ever repeat: there it would only cost time and memory.
#[derive(Debug)]
pub(super) struct Memo<'a> {
    known: HashTable<(&'a str, &'a str, u32)>,
    hasher: foldhash::fast::RandomState,
    asked: u32,
    found: u32,
    useful: bool,
}

/// After so many votes it is decided whether the memo is worth its while.
const TRIAL: u32 = 1 << 12;

impl<'a> Memo<'a> {
    pub(super) fn new() -> Memo<'a> {
        Memo { known: HashTable::new(), hasher: foldhash::fast::RandomState::default(), asked: 0, found: 0, useful: true }
    }

    /// The row of a text that was seen before, or the hash under which to [`learn`](Memo::learn) it.
    #[inline]
    pub(super) fn row(&mut self, vote: &str, points: &str) -> Result<u32, u64> {
        if !self.useful {
            return Err(0);
        }
        self.asked = self.asked.wrapping_add(1);
        if self.asked.is_multiple_of(TRIAL) {
            self.decide();
        }
        let hash = hash(&self.hasher, vote, points);
        match self.known.find(hash, |&(known, given, _)| known == vote && given == points) {
            Some(&(_, _, row)) => {
                self.found = self.found.wrapping_add(1);
                Ok(row)
            }
            None => Err(hash),
        }
    }

    /// Gives up if fewer than a quarter of the last votes were known.
    #[cold]
    fn decide(&mut self) {
        self.useful = self.found >= TRIAL / 4;
        self.found = 0;
        if !self.useful {
            self.known = HashTable::new();
        }
    }

    /// Keeps the row of a text.
    #[inline]
    pub(super) fn learn(&mut self, hash: u64, vote: &'a str, points: &'a str, row: u32) {
        if self.useful {
            let hasher = &self.hasher;
            self.known.insert_unique(hash, (vote, points, row), |&(vote, points, _)| self::hash(hasher, vote, points));
        }
    }
}

#[inline]
fn hash(hasher: &foldhash::fast::RandomState, vote: &str, points: &str) -> u64 {
    let mut state = hasher.build_hasher();
    vote.hash(&mut state);
    if !points.is_empty() {
        points.hash(&mut state);
    }
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_again_until_they_hardly_repeat() {
        let mut memo = Memo::new();
        let hash = memo.row("1,2", "3,4").unwrap_err();
        memo.learn(hash, "1,2", "3,4", 7);
        assert_eq!(memo.row("1,2", "3,4"), Ok(7));
        assert!(memo.row("1,2", "3,5").is_err() && memo.row("1,2", "").is_err());
        for _ in 0..TRIAL {
            assert_eq!(memo.row("1,2", "3,4"), Ok(7));
        }
        for _ in 0..2 * TRIAL {
            assert!(memo.row("x", "").is_err());
        }
        assert!(memo.row("1,2", "3,4").is_err());
    }
}
