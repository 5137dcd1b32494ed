//! Names, each kept once.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use hashbrown::HashTable;

/// A few names that repeat: channels, quartiers, stations, values of attributes.
#[derive(Debug, Clone, Default)]
pub(in crate::tally) struct Names {
    numbers: BTreeMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Names {
    /// The number of a name; `None` beyond 2^32 names.
    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(&known) = self.numbers.get(name) {
            return Some(known);
        }
        let number = u32::try_from(self.names.len()).ok()?;
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        Some(number)
    }

    pub(in crate::tally) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}

/// Many names that hardly repeat: voters. One piece of memory for all.
#[derive(Debug, Default)]
pub(in crate::tally) struct VoterNames {
    text: String,
    ends: Vec<u64>,
    table: HashTable<(u64, u32)>,
    // Seeded by the system against floods of colliding names; nothing that shows depends on it.
    hasher: foldhash::fast::RandomState,
}

impl VoterNames {
    /// The number of a voter; `None` beyond 2^32 − 1 of them.
    pub(super) fn number(&mut self, voter: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(voter);
        let is_equal = |&(known, number): &(u64, u32)| {
            known == hash && name_at(&self.text, &self.ends, number) == voter
        };
        if let Some(&(_, known)) = self.table.find(hash, is_equal) {
            return Some(known);
        }
        let number = u32::try_from(self.ends.len())
            .ok()
            .filter(|&number| number < u32::MAX)?;
        self.text.push_str(voter);
        self.ends.push(self.text.len() as u64);
        self.table
            .insert_unique(hash, (hash, number), |&(hash, _)| hash);
        Some(number)
    }

    pub(in crate::tally) fn name(&self, number: u32) -> &str {
        name_at(&self.text, &self.ends, number)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn name_at<'a>(text: &'a str, ends: &[u64], number: u32) -> &'a str {
    let place = |end: Option<&u64>| end.and_then(|&end| usize::try_from(end).ok());
    let at = number as usize;
    let start = at
        .checked_sub(1)
        .map_or(Some(0), |before| place(ends.get(before)));
    let range = start.zip(place(ends.get(at)));
    range
        .and_then(|(start, end)| text.get(start..end))
        .unwrap_or("")
}
