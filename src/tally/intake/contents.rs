//! The distinct contents of votes: each text is judged once, however many voters wrote it.

use std::hash::BuildHasher;

use hashbrown::HashTable;

use crate::election::Entry;
use crate::tally::cast::{CastVote, Content};
use crate::tally::reason::VoidReason;

use super::judge::{Judge, Judged};

/// What becomes of a vote by its content alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tally) enum Verdict {
    Accepted,
    Blank,
    Void(VoidReason),
}

/// The first thing that is wrong in a vote: where in its text, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tally) struct Trouble {
    pub(in crate::tally) reason: VoidReason,
    /// In characters from the start of the vote's text.
    pub(in crate::tally) offset: u64,
    pub(in crate::tally) detail: String,
}

/// One content as it was judged.
#[derive(Debug, Clone)]
struct Item {
    verdict: Verdict,
    start: u32,
    end: u32,
    dropped: u32,
}

/// A key in the pool of texts: a vote's text with the voter's quartier, where the rules depend on it.
#[derive(Debug, Clone, Copy)]
struct Key {
    hash: u64,
    start: u64,
    end: u64,
    content: u32,
}

/// All contents that were met, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(in crate::tally) struct Contents {
    items: Vec<Item>,
    entries: Vec<Entry>,
    troubles: Vec<(u32, Trouble)>,
    texts: String,
    table: HashTable<Key>,
    // Seeded by the system against floods of colliding texts; nothing that shows depends on it.
    hasher: foldhash::fast::RandomState,
}

/// Separates the quartier from the vote in a key: no id holds it.
const SEPARATOR: char = '\u{1f}';

impl Contents {
    /// The number of a vote's content; it is judged if it is new.
    ///
    /// `None` if there are more than 2^32 contents or marks.
    pub(super) fn number(&mut self, vote: &CastVote<'_>, judge: &Judge<'_>) -> Option<u32> {
        let home = if judge.rules.needs_home() {
            vote.area
        } else {
            ""
        };
        let Content::Text(text) = vote.content else {
            // Values come from lists that are grouped already; the profile merges what is equal.
            return self.push(judge.judge(vote.content, home));
        };
        let start = self.texts.len();
        self.texts.push_str(home);
        self.texts.push(SEPARATOR);
        self.texts.push_str(text);
        let key = self.texts.get(start..).unwrap_or_default();
        let hash = self.hasher.hash_one(key);
        let texts = &self.texts;
        let text_of = |known: &Key| {
            let range = usize::try_from(known.start).ok()?..usize::try_from(known.end).ok()?;
            texts.get(range)
        };
        let is_equal = |known: &Key| known.hash == hash && text_of(known) == Some(key);
        if let Some(known) = self.table.find(hash, is_equal) {
            let content = known.content;
            self.texts.truncate(start);
            return Some(content);
        }
        let mut judged = judge.judge(vote.content, home);
        if let Some(trouble) = &mut judged.trouble {
            let before = usize::try_from(trouble.offset).ok();
            let before = before.and_then(|end| text.get(..end)).unwrap_or_default();
            trouble.offset = before.chars().count() as u64;
        }
        let content = self.push(judged)?;
        let key = Key {
            hash,
            start: start as u64,
            end: self.texts.len() as u64,
            content,
        };
        self.table.insert_unique(hash, key, |key| key.hash);
        Some(content)
    }

    fn push(&mut self, judged: Judged) -> Option<u32> {
        let number = u32::try_from(self.items.len()).ok()?;
        let start = u32::try_from(self.entries.len()).ok()?;
        let end = u32::try_from(self.entries.len() + judged.entries.len()).ok()?;
        self.entries.extend(judged.entries);
        self.items.push(Item {
            verdict: judged.verdict,
            start,
            end,
            dropped: judged.dropped,
        });
        if let Some(trouble) = judged.trouble {
            self.troubles.push((number, trouble));
        }
        Some(number)
    }

    /// Takes in the contents of another intake, and tells their new numbers.
    pub(super) fn absorb(&mut self, other: Contents) -> Option<Vec<u32>> {
        let mut troubles = other.troubles.into_iter().peekable();
        let mut numbers = Vec::with_capacity(other.items.len());
        for (number, item) in (0_u32..).zip(other.items) {
            let range = item.start as usize..item.end as usize;
            let trouble = troubles.next_if(|(at, _)| *at == number);
            numbers.push(self.push(Judged {
                verdict: item.verdict,
                entries: other.entries.get(range).unwrap_or_default().to_vec(),
                dropped: item.dropped,
                trouble: trouble.map(|(_, trouble)| trouble),
            })?);
        }
        Some(numbers)
    }

    /// How many there are.
    pub(in crate::tally) fn len(&self) -> usize {
        self.items.len()
    }

    pub(in crate::tally) fn verdict(&self, content: u32) -> Verdict {
        let item = self.items.get(content as usize);
        item.map_or(Verdict::Void(VoidReason::Unreadable), |item| item.verdict)
    }

    pub(in crate::tally) fn entries(&self, content: u32) -> &[Entry] {
        let item = self.items.get(content as usize);
        let range = item.map(|item| item.start as usize..item.end as usize);
        range
            .and_then(|range| self.entries.get(range))
            .unwrap_or(&[])
    }

    /// How many marks fell from a ballot that counts.
    pub(in crate::tally) fn dropped(&self, content: u32) -> u32 {
        self.items
            .get(content as usize)
            .map_or(0, |item| item.dropped)
    }

    pub(in crate::tally) fn trouble(&self, content: u32) -> Option<&Trouble> {
        let at = self
            .troubles
            .binary_search_by_key(&content, |(number, _)| *number)
            .ok()?;
        self.troubles.get(at).map(|(_, trouble)| trouble)
    }
}
