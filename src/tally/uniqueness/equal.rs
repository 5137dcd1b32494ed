//! Which votes of a register say the same.

use std::collections::BTreeMap;

use crate::election::Entry;
use crate::tally::{Disposition, Register, RegisterRow};

/// What a vote says, so that two votes that say the same are equal however they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tally) enum Equal {
    /// Nothing.
    Blank,
    /// The marks, by their place in the order of all ballots.
    Ballot(u32),
    /// Something that is no valid ballot: the first row with the same text.
    Text(usize),
}

/// The contents of a register, with equal ballots brought together.
#[derive(Debug)]
pub(in crate::tally) struct EqualBallots(BTreeMap<usize, Equal>);

impl EqualBallots {
    /// Brings together what is equal. O(n log d) for n rows with d distinct texts; memory for the distinct texts.
    pub(in crate::tally) fn of(register: &Register) -> EqualBallots {
        let mut first: BTreeMap<usize, RegisterRow<'_>> = BTreeMap::new();
        for row in register.rows() {
            first.entry(row.content()).or_insert(row);
        }
        let mut ballots: Vec<(Vec<Entry>, usize)> = Vec::new();
        let mut equals: BTreeMap<usize, Equal> = BTreeMap::new();
        for (&content, row) in &first {
            let mut entries = row.entries().to_vec();
            if entries.is_empty() {
                equals.insert(content, Equal::Text(row.number()));
            } else {
                // The order in which a voter wrote the marks is kept in the weights of a ranked ballot.
                entries.sort_unstable();
                ballots.push((entries, content));
            }
        }
        ballots.sort_unstable();
        let mut rank = 0_u32;
        let mut before: Option<&Vec<Entry>> = None;
        for (entries, content) in &ballots {
            // There are at most 2^32 contents.
            if before.is_some_and(|before| before != entries) {
                rank = rank.saturating_add(1);
            }
            before = Some(entries);
            equals.insert(*content, Equal::Ballot(rank));
        }
        EqualBallots(equals)
    }

    /// What a row of the same register says.
    pub(in crate::tally) fn at(&self, row: RegisterRow<'_>) -> Equal {
        if row.disposition() == Disposition::Blank {
            return Equal::Blank;
        }
        self.0
            .get(&row.content())
            .copied()
            .unwrap_or(Equal::Text(row.number()))
    }
}
