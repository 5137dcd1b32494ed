//! A part of a profile: some of the voters of each ballot.

use std::sync::{Arc, OnceLock};

use super::id::BallotIx;
use super::profile::Profile;

impl Profile {
    /// The same ballots, each with so many of its voters; ballots of which nobody is left are gone.
    ///
    /// Linear in the marks. Counts above those of this profile are taken as its own.
    pub(crate) fn with_counts(&self, counts: &[u64]) -> Profile {
        let mut part = Profile {
            kind: self.kind,
            ids: Arc::clone(&self.ids),
            scale: self.scale.clone(),
            offsets: vec![0],
            projects: Vec::new(),
            weights: Vec::new(),
            counts: Vec::new(),
            classes: Vec::new(),
            class_table: Vec::new(),
            voters: 0,
            supporters: OnceLock::new(),
            mentions: OnceLock::new(),
        };
        let mut classes = Vec::new();
        for (at, &count) in counts.iter().enumerate() {
            let Some(ballot) = self.ballot(BallotIx::new(at)) else {
                continue;
            };
            let count = count.min(ballot.count());
            if count == 0 {
                continue;
            }
            let marks = self.offsets.get(at).zip(self.offsets.get(at + 1));
            let marks = marks.map_or(0..0, |(&start, &end)| start as usize..end as usize);
            part.projects
                .extend_from_slice(self.projects.get(marks.clone()).unwrap_or_default());
            part.weights
                .extend_from_slice(self.weights.get(marks).unwrap_or_default());
            // No more marks than this profile has, so their number fits.
            let end = u32::try_from(part.projects.len()).unwrap_or(u32::MAX);
            part.offsets.push(end);
            part.counts.push(count);
            part.voters += count;
            classes.push(ballot.class());
        }
        part.keep_classes(self, &classes);
        part
    }

    /// The classes that these rows have, in the order of the whole; the ordinary voter is always the first.
    fn keep_classes(&mut self, whole: &Profile, rows: &[usize]) {
        let mut places = vec![None; whole.class_table.len()];
        for class in rows.iter().copied().chain([0]) {
            if let Some(slot) = places.get_mut(class) {
                *slot = Some(0);
            }
        }
        for (slot, class) in places.iter_mut().zip(&whole.class_table) {
            if let Some(place) = slot {
                *place = u32::try_from(self.class_table.len()).unwrap_or(u32::MAX);
                self.class_table.push(class.clone());
            }
        }
        if rows.iter().any(|&class| class != 0) {
            let place = |&class: &usize| places.get(class).copied().flatten().unwrap_or(0);
            self.classes = rows.iter().map(place).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::election::{Ballot, Election, VoterClass};
    use crate::exact::Ratio;

    /// A part is the profile that its voters alone would have given.
    #[test]
    fn a_part_is_as_if_only_its_voters_had_voted() {
        let heavy = |weight: i32| VoterClass {
            weight: Ratio::from(weight),
            ..VoterClass::default()
        };
        let build = |counts: [u64; 4]| {
            let builder = Election::builder()
                .budget(10)
                .project(("a", 5))
                .project(("b", 5))
                .kind(crate::election::BallotKind::Ranked);
            let ballots = [
                (Ballot::ranked(["a", "b"]), heavy(1)),
                (Ballot::ranked(["a", "b"]), heavy(2)),
                (Ballot::ranked(["b"]), heavy(3)),
                (Ballot::ranked(["b", "a"]), heavy(2)),
            ];
            ballots
                .into_iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .fold(builder, |builder, ((ballot, class), count)| {
                    builder.weighted(ballot, count, class)
                })
                .build()
                .unwrap()
        };
        let whole = build([4, 5, 6, 7]);
        let parts = [
            [4, 5, 6, 7],
            [1, 0, 0, 0],
            [0, 0, 6, 2],
            [0; 4],
            [3, 0, 1, 0],
        ];
        for wanted in parts {
            // Which row is which: all four counts differ.
            let rows = whole.profile().ballots();
            let counts: Vec<u64> = rows
                .map(|row| wanted[usize::try_from(row.count()).unwrap() - 4])
                .collect();
            let part = whole.profile().with_counts(&counts);
            assert_eq!(part, *build(wanted).profile());
            assert_eq!(part.voters(), wanted.iter().sum::<u64>());
        }
    }
}
