//! Which votes of a register say the same.

use std::collections::BTreeMap;

use crate::election::Entry;
use crate::tally::intake::Verdict;
use crate::tally::{Register, RegisterRow};

/// What a vote says, so that two votes that say the same are equal however they were written. The order does not depend on that
/// of the votes, but for void ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tally) enum Equal {
    /// Nothing.
    Blank,
    /// The marks, by their place in the order of all ballots.
    Ballot(u32),
    /// Something that is no valid ballot, by its row: nobody can tell what it says, so it is equal to no other.
    Void(usize),
}

/// The contents of a register, with equal ballots brought together.
#[derive(Debug)]
pub(in crate::tally) struct EqualBallots(BTreeMap<usize, Equal>);

impl EqualBallots {
    /// Brings together what is equal. O(d log d) for d distinct texts, in time and memory.
    pub(in crate::tally) fn of(register: &Register) -> EqualBallots {
        let contents = &register.contents;
        let mut ballots: Vec<(Vec<Entry>, usize)> = Vec::new();
        let mut equals: BTreeMap<usize, Equal> = BTreeMap::new();
        for content in 0..contents.len() {
            // There are at most 2^32 contents.
            let number = u32::try_from(content).unwrap_or(u32::MAX);
            match contents.verdict(number) {
                Verdict::Void(_) => {}
                Verdict::Blank => {
                    equals.insert(content, Equal::Blank);
                }
                Verdict::Accepted => {
                    // The order in which a voter wrote the marks is kept in the weights of a ranked ballot.
                    let mut entries = contents.entries(number).to_vec();
                    entries.sort_unstable();
                    ballots.push((entries, content));
                }
            }
        }
        ballots.sort_unstable();
        let mut rank = 0_u32;
        let mut before: Option<&Vec<Entry>> = None;
        for (entries, content) in &ballots {
            if before.is_some_and(|before| before != entries) {
                rank = rank.saturating_add(1);
            }
            before = Some(entries);
            equals.insert(*content, Equal::Ballot(rank));
        }
        EqualBallots(equals)
    }

    /// What a row of the same register says, whatever became of it.
    pub(in crate::tally) fn at(&self, row: RegisterRow<'_>) -> Equal {
        let known = self.0.get(&row.content()).copied();
        known.unwrap_or(Equal::Void(row.number()))
    }
}
