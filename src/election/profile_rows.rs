//! The rows of a profile while it is built: distinct ballots in the order of their first appearance.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use hashbrown::HashTable;

use super::profile::Entry;
use super::profile_marks::Marks;

/// How many ballots are looked up together. Each look-up waits for the memory at several places, one after the other; those
/// of several ballots wait at the same time.
const TOGETHER: usize = 32;

/// Distinct ballots, and those that are still to be looked up.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) marks: Marks,
    /// Parallel to the marks; empty for approval ballots.
    pub(super) weights: Vec<i64>,
    /// Where each row begins, and where the last one ends.
    starts: Vec<u32>,
    counts: Vec<u64>,
    /// Of each row; empty while all voters are ordinary.
    classes: Vec<u32>,
    waiting: Vec<Waiting>,
    /// The hash and the row of each ballot; the hash is kept so that growing does not touch the rows, and half of it
    /// so that it takes less memory.
    table: HashTable<(u32, u32)>,
    // Seeded by the system against floods of colliding ballots; nothing that shows depends on it.
    hasher: foldhash::fast::RandomState,
}

/// A ballot that is still to be looked up. Its marks stand after those of all rows.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    start: u32,
    end: u32,
    class: u32,
    count: u64,
    hash: u32,
    /// A row of the same hash, and where it stands.
    like: Option<u32>,
    at: (u32, u32),
    is_equal: bool,
}

impl Rows {
    pub(super) fn about(projects: usize) -> Rows {
        Rows {
            marks: Marks::about(projects),
            weights: Vec::new(),
            starts: vec![0],
            counts: Vec::new(),
            classes: Vec::new(),
            waiting: Vec::new(),
            table: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Appends the projects of an approval ballot in order; they are all there is to it. A project that is there
    /// twice is told, and nothing appended.
    pub(super) fn approve(&mut self, entries: &[Entry]) -> Result<(), u32> {
        let start = self.marks.len();
        self.marks.append(entries);
        match self.marks.sort_from(start) {
            Some(twice) => {
                self.marks.truncate(start);
                Err(twice)
            }
            None => Ok(()),
        }
    }

    /// Appends a ballot in canonical form with its weights.
    pub(super) fn append(&mut self, entries: &[Entry]) {
        self.marks.append(entries);
        let weights = entries.iter().map(|entry| entry.weight);
        self.weights.extend(weights);
    }

    /// What was appended after `start` is a ballot that waits to be looked up.
    pub(super) fn wait(&mut self, start: u32, end: u32, class: u32, count: u64) {
        let hash = self.hash_of(range(start, end), class);
        self.waiting.push(Waiting {
            start,
            end,
            class,
            count,
            hash,
            like: None,
            at: (0, 0),
            is_equal: false,
        });
    }

    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < TOGETHER
    }

    /// Adds more voters to a row; `false` if there is no such row.
    pub(super) fn add(&mut self, row: u32, count: u64) -> bool {
        let slot = self.counts.get_mut(row as usize);
        slot.map(|slot| *slot += count).is_some()
    }

    /// Looks up all ballots that wait: each is kept, or its count added to the equal one that is known. The row of the last
    /// one is told.
    pub(super) fn look_up(&mut self) -> Option<u32> {
        if self.waiting.len() > 1 {
            self.look_ahead();
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut end = waiting.first().map_or(0, |first| first.start);
        let mut last = None;
        for ballot in &waiting {
            let row = match ballot.like.filter(|_| ballot.is_equal) {
                Some(row) => row,
                None => self.row_of(ballot, &mut end),
            };
            self.add(row, ballot.count);
            last = Some(row);
        }
        if !waiting.is_empty() {
            self.marks.truncate(end as usize);
            self.weights.truncate(end as usize);
        }
        self.waiting = waiting;
        self.waiting.clear();
        last
    }

    /// One step for all ballots before the next: none waits for another.
    fn look_ahead(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        for ballot in &mut waiting {
            let is_like = |&(hash, _): &(u32, u32)| hash == ballot.hash;
            let like = self.table.find(spread(ballot.hash), is_like);
            ballot.like = like.map(|&(_, row)| row);
        }
        for ballot in &mut waiting {
            if let Some(like) = ballot.like {
                let range = self.range_of(like);
                ballot.at = (
                    u32::try_from(range.start).unwrap_or(u32::MAX),
                    u32::try_from(range.end).unwrap_or(u32::MAX),
                );
            }
        }
        for ballot in &mut waiting {
            if let Some(like) = ballot.like {
                let at = range(ballot.at.0, ballot.at.1);
                ballot.is_equal = self.class_of(like) == ballot.class
                    && self.are_equal(at, range(ballot.start, ballot.end));
            }
        }
        self.waiting = waiting;
    }

    /// The row of a ballot; a new one, of nobody yet, if it is not known. Rows end at `end`.
    fn row_of(&mut self, ballot: &Waiting, end: &mut u32) -> u32 {
        let own = range(ballot.start, ballot.end);
        let is_equal = |&(hash, row): &(u32, u32)| {
            hash == ballot.hash
                && self.class_of(row) == ballot.class
                && self.are_equal(self.range_of(row), own.clone())
        };
        if let Some(&(_, known)) = self.table.find(spread(ballot.hash), is_equal) {
            return known;
        }
        let number = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.marks.settle(own.clone(), *end as usize);
        if ballot.start > *end && own.end <= self.weights.len() {
            self.weights.copy_within(own, *end as usize);
        }
        *end += ballot.end - ballot.start;
        self.starts.push(*end);
        if ballot.class > 0 && self.classes.is_empty() {
            self.classes.resize(self.counts.len(), 0);
        }
        self.counts.push(0);
        if ballot.class > 0 || !self.classes.is_empty() {
            self.classes.push(ballot.class);
        }
        let entry = (ballot.hash, number);
        let hash_of = |&(hash, _): &(u32, u32)| spread(hash);
        self.table
            .insert_unique(spread(ballot.hash), entry, hash_of);
        number
    }

    /// Nothing is looked up any more.
    pub(super) fn forget_hashes(&mut self) {
        self.table = HashTable::new();
        self.waiting = Vec::new();
    }

    /// Where the marks of a row are.
    pub(super) fn range_of(&self, row: u32) -> Range<usize> {
        let at = |row: usize| self.starts.get(row).copied().unwrap_or(0);
        range(at(row as usize), at(row as usize + 1))
    }

    pub(super) fn class_of(&self, row: u32) -> u32 {
        self.classes.get(row as usize).copied().unwrap_or(0)
    }

    pub(super) fn count_of(&self, row: u32) -> u64 {
        self.counts.get(row as usize).copied().unwrap_or(0)
    }

    pub(super) fn weights_of(&self, row: u32) -> &[i64] {
        self.weights.get(self.range_of(row)).unwrap_or(&[])
    }

    fn are_equal(&self, a: Range<usize>, b: Range<usize>) -> bool {
        self.marks.are_equal(a.clone(), b.clone())
            && (self.weights.is_empty() || self.weights.get(a) == self.weights.get(b))
    }

    fn hash_of(&self, ballot: Range<usize>, class: u32) -> u32 {
        let mut state = self.hasher.build_hasher();
        state.write_u64(u64::from(class) << 32 | ballot.len() as u64);
        self.marks.feed(ballot.clone(), &mut state);
        for &weight in self.weights.get(ballot).unwrap_or(&[]) {
            state.write_i64(weight);
        }
        u32::try_from(state.finish() >> 32).unwrap_or(u32::MAX)
    }
}

fn range(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}

/// Half a hash spread over all bits, since the table looks at both ends.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::election::ProjectIx;

    /// A ballot's class, its projects and, unless it is an approval ballot, its weights.
    type Cast = (u32, Vec<(u32, i64)>);

    fn entries(cast: &[(u32, i64)]) -> Vec<Entry> {
        let entry = |&(project, weight): &(u32, i64)| Entry {
            project: ProjectIx::new(project as usize),
            weight,
        };
        cast.iter().map(entry).collect()
    }

    /// Adds all ballots, looking them up when so many wait; hashes are cut so that many ballots share one.
    fn added(casts: &[Cast], projects: usize, weighted: bool, together: usize) -> Rows {
        let mut rows = Rows::about(projects);
        for (class, cast) in casts {
            let start = rows.marks.len();
            if weighted {
                rows.append(&entries(cast));
            } else {
                rows.approve(&entries(cast)).unwrap();
            }
            let end = start + cast.len();
            rows.wait(number(start), number(end), *class, 1);
            let waiting = rows.waiting.last_mut().unwrap();
            waiting.hash &= 3;
            if rows.waiting.len() >= together {
                rows.look_up();
            }
        }
        rows.look_up();
        rows
    }

    fn number(number: usize) -> u32 {
        u32::try_from(number).unwrap()
    }

    /// A row's class, projects and weights.
    type Content = (u32, Vec<u32>, Vec<i64>);

    /// Every row, and how many cast it.
    fn content(rows: &Rows) -> Vec<(Content, u64)> {
        let row = |row: u32| {
            let mut marks = Vec::new();
            rows.marks.write(rows.range_of(row), &mut marks);
            let weights = rows.weights_of(row).to_vec();
            ((rows.class_of(row), marks, weights), rows.count_of(row))
        };
        (0..number(rows.len())).map(row).collect()
    }

    proptest! {
        #[test]
        fn equal_ballots_are_one_row_whatever_waits_together(
            casts in prop::collection::vec(
                (0..3_u32, prop::collection::btree_map(0..5_u32, 0..3_i64, 0..5)), 0..150),
            is_wide in any::<bool>(),
            weighted in any::<bool>(),
            together in 1..40_usize,
        ) {
            // Beyond 256 projects a mark takes more than a byte.
            let projects = if is_wide { 70_000 } else { 256 };
            let place = |project: u32| if is_wide { project * 15_000 } else { project * 51 };
            let casts: Vec<Cast> = casts
                .into_iter()
                .map(|(class, cast)| (class, cast.into_iter().map(|(p, w)| (place(p), w)).collect()))
                .collect();
            let rows = added(&casts, projects, weighted, together);
            let mut expected: BTreeMap<Content, (usize, u64)> = BTreeMap::new();
            for (at, (class, cast)) in casts.iter().enumerate() {
                let weights = cast.iter().map(|&(_, weight)| weight).filter(|_| weighted);
                let marks = cast.iter().map(|&(project, _)| project);
                let key = (*class, marks.collect(), weights.collect());
                expected.entry(key).or_insert((at, 0)).1 += 1;
            }
            // In the order of first appearance.
            let mut expected: Vec<_> = expected.into_iter().collect();
            expected.sort_by_key(|&(_, (first, _))| first);
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(content, (_, count))| (content, count))
                .collect();
            prop_assert_eq!(content(&rows), expected);
        }
    }

    #[test]
    fn a_repeated_project_leaves_nothing_behind() {
        let mut rows = Rows::about(10);
        rows.approve(&entries(&[(3, 0), (1, 0)])).unwrap();
        rows.wait(0, 2, 0, 1);
        assert_eq!(rows.approve(&entries(&[(7, 0), (2, 0), (7, 0)])), Err(7));
        assert_eq!(rows.look_up(), Some(0));
        assert_eq!(content(&rows), [((0, vec![1, 3], vec![]), 1)]);
    }
}
