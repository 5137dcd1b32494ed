//! Building a profile: equal ballots are merged as they come.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, OnceLock};

use hashbrown::HashTable;

use super::ballot::BallotKind;
use super::id::BallotIx;
use super::instance::Instance;
use super::points::Points;
use super::profile::{Entry, Profile};
use super::profile_order::{Marks, Row, Sorted, order};
use super::row_error::RowError;
use super::voter_class::{ClassTable, VoterClass};

/// The most voters of one profile.
const MOST_VOTERS: u64 = 1 << 63;

/// Merges ballots by content as they come; memory grows with the distinct ballots only.
///
/// Engines that already group ballots give each group once with its count.
#[derive(Debug)]
pub struct ProfileBuilder {
    kind: BallotKind,
    ids: Arc<[Box<str>]>,
    scale: Vec<String>,
    rows: Vec<Row>,
    projects: Vec<u32>,
    weights: Vec<i64>,
    classes: ClassTable,
    voters: u64,
    /// The hash and the row of each ballot; the hash is kept so that growing does not touch the rows, and half of it
    /// so that it takes less memory.
    table: HashTable<(u32, u32)>,
    // Seeded by the system against floods of colliding ballots; nothing that shows depends on it.
    hasher: foldhash::fast::RandomState,
}

impl ProfileBuilder {
    /// Starts a profile about the projects of an instance.
    #[must_use]
    pub fn new(instance: &Instance, kind: BallotKind) -> ProfileBuilder {
        ProfileBuilder::for_ids(Arc::clone(instance.ids()), kind, Vec::new())
    }

    /// Starts a profile of grades with the names of the grades, the worst first.
    #[must_use]
    pub fn graded(instance: &Instance, scale: Vec<String>) -> ProfileBuilder {
        ProfileBuilder::for_ids(Arc::clone(instance.ids()), BallotKind::Grades, scale)
    }

    pub(super) fn for_ids(
        ids: Arc<[Box<str>]>,
        kind: BallotKind,
        scale: Vec<String>,
    ) -> ProfileBuilder {
        ProfileBuilder {
            kind,
            ids,
            scale,
            rows: Vec::new(),
            projects: Vec::new(),
            weights: Vec::new(),
            classes: ClassTable::new(),
            voters: 0,
            table: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
        }
    }

    /// The number of a class of voters, to be given to [`ProfileBuilder::push`]; 0 is the ordinary voter.
    ///
    /// Logarithmic in the number of classes. A class that no ballot is pushed with leaves no trace.
    ///
    /// # Errors
    /// [`RowError::BadClass`] if the weight or the endowment is not above 0, [`RowError::TooManyClasses`].
    ///
    /// ```
    /// use quartier::election::{BallotKind, Instance, ProfileBuilder, RowError, VoterClass};
    /// use quartier::exact::Ratio;
    /// let instance = Instance::builder().budget(10).project(("a", 5)).build()?;
    /// let mut builder = ProfileBuilder::new(&instance, BallotKind::Approval);
    /// let double = VoterClass { weight: Ratio::from(2_u32), ..VoterClass::default() };
    /// let number = builder.class(&double)?;
    /// builder.push(&mut [], number, 3)?;
    /// assert_eq!(builder.push(&mut [], number + 1, 3), Err(RowError::UnknownClass(number + 1)));
    /// assert_eq!(builder.finish().0.total_weight(), Ratio::from(6_u32));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn class(&mut self, class: &VoterClass) -> Result<u32, RowError> {
        self.classes.number(class)
    }

    /// Adds a ballot that `count` voters of a class cast, and tells the row it is kept in.
    ///
    /// The entries are put into canonical order in place: by project, ranked ballots by tier first, and
    /// tiers are renumbered 0, 1, 2, … without gaps. Rows are in order of first appearance until
    /// [`ProfileBuilder::finish`].
    ///
    /// What an entry may say depends on the kind, see [`Entry::weight`]; it is ignored for approval, and for
    /// ranked ballots any whole number is a tier.
    ///
    /// # Errors
    /// [`RowError`]; the ballot is then not added.
    pub fn push(&mut self, entries: &mut [Entry], class: u32, count: u64) -> Result<u32, RowError> {
        let voters = self
            .voters
            .checked_add(count)
            .filter(|&all| count > 0 && all <= MOST_VOTERS)
            .ok_or(RowError::Count)?;
        if class >= self.classes.len() {
            return Err(RowError::UnknownClass(class));
        }
        let start = self.projects.len();
        let end = u32::try_from(start + entries.len()).map_err(|_| RowError::TooManyMarks)?;
        if self.kind == BallotKind::Approval {
            self.approve(entries)?;
        } else {
            canonical(self.kind, self.ids.len(), self.scale.len(), entries)?;
            self.projects
                .extend(entries.iter().map(|entry| entry.project.raw()));
            self.weights
                .extend(entries.iter().map(|entry| entry.weight));
        }
        self.voters = voters;
        Ok(self.settle(start, end, class, count))
    }

    /// Appends the projects of an approval ballot in order; they are all there is to it.
    fn approve(&mut self, entries: &[Entry]) -> Result<(), RowError> {
        let start = self.projects.len();
        self.projects
            .extend(entries.iter().map(|entry| entry.project.raw()));
        let marks = self.projects.get_mut(start..).unwrap_or(&mut []);
        marks.sort_unstable();
        let unknown = marks
            .last()
            .copied()
            .filter(|&last| last as usize >= self.ids.len());
        let repeated = marks.windows(2).find_map(|pair| {
            if let [a, b] = pair
                && a == b
            {
                Some(*a)
            } else {
                None
            }
        });
        let error = unknown
            .map(RowError::unknown)
            .or_else(|| repeated.map(RowError::repeated));
        error.map_or(Ok(()), |error| {
            self.projects.truncate(start);
            Err(error)
        })
    }

    /// Adds more voters to a row that [`ProfileBuilder::push`] told, for a reader that has seen the same
    /// text before; `false` if there is no such row or there are too many voters.
    #[inline]
    pub(crate) fn again(&mut self, row: u32, count: u64) -> bool {
        let Some(voters) = self
            .voters
            .checked_add(count)
            .filter(|&all| all <= MOST_VOTERS)
        else {
            return false;
        };
        let Some(row) = self.rows.get_mut(row as usize) else {
            return false;
        };
        row.count += count;
        self.voters = voters;
        true
    }

    /// Keeps the ballot that was just appended, or adds its count to the equal one that is known.
    fn settle(&mut self, start: usize, end: u32, class: u32, count: u64) -> u32 {
        let marks = Marks {
            projects: &self.projects,
            weights: &self.weights,
        };
        let new = Row {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end,
            class,
            count,
        };
        let (projects, weights) = marks.of(&new);
        let hash = hash_of(&self.hasher, projects, weights, class);
        let rows = &self.rows;
        let is_equal = |&(other, row): &(u32, u32)| {
            other == hash
                && rows
                    .get(row as usize)
                    .is_some_and(|row| row.class == class && marks.of(row) == (projects, weights))
        };
        if let Some((_, known)) = self.table.find(spread(hash), is_equal).copied() {
            self.projects.truncate(start);
            self.weights.truncate(start);
            if let Some(row) = self.rows.get_mut(known as usize) {
                row.count += count;
            }
            return known;
        }
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(new);
        self.table
            .insert_unique(spread(hash), (hash, number), |&(hash, _)| spread(hash));
        number
    }

    /// Adds all ballots of another profile, with the entries that `keep` lets pass, and tells their rows.
    pub(super) fn absorb(
        &mut self,
        profile: &Profile,
        keep: impl Fn(&Entry) -> bool,
    ) -> Result<Vec<u32>, RowError> {
        let classes = profile
            .classes()
            .iter()
            .map(|class| self.class(class))
            .collect::<Result<Vec<u32>, _>>()?;
        let mut entries = Vec::new();
        profile
            .ballots()
            .map(|ballot| {
                entries.clear();
                entries.extend(ballot.entries().filter(|entry| keep(entry)).map(|entry| {
                    if self.kind == BallotKind::Approval {
                        Entry { weight: 0, ..entry }
                    } else {
                        entry
                    }
                }));
                self.push(
                    &mut entries,
                    classes.get(ballot.class()).copied().unwrap_or(0),
                    ballot.count(),
                )
            })
            .collect()
    }

    /// The profile, with its ballots in the order of their content, and for each row the ballot it became.
    #[must_use]
    pub fn finish(self) -> (Profile, Vec<BallotIx>) {
        // Nothing is looked up any more, and its memory is needed for sorting.
        drop(self.table);
        let marks = Marks {
            projects: &self.projects,
            weights: &self.weights,
        };
        let (class_table, places) = self
            .classes
            .into_used(self.rows.iter().map(|row| row.class));
        let class_at = |row: &Row| places.get(row.class as usize).copied().unwrap_or(0);
        let mut sorted = Sorted::with_capacity(self.rows.len(), marks);
        for (position, number) in order(&self.rows, marks, self.ids.len(), class_at)
            .into_iter()
            .enumerate()
        {
            if let Some(row) = self.rows.get(number as usize) {
                sorted.take(marks.of(row), row.count, class_at(row), number, position);
            }
        }
        let profile = Profile {
            kind: self.kind,
            ids: self.ids,
            scale: self.scale,
            offsets: sorted.offsets,
            projects: sorted.projects,
            weights: sorted.weights,
            counts: sorted.counts,
            classes: if class_table.len() > 1 {
                sorted.classes
            } else {
                Vec::new()
            },
            class_table,
            voters: self.voters,
            supporters: OnceLock::new(),
            mentions: OnceLock::new(),
        };
        (profile, sorted.became)
    }
}

fn hash_of(
    hasher: &foldhash::fast::RandomState,
    marks: &[u32],
    weights: &[i64],
    class: u32,
) -> u32 {
    let mut state = hasher.build_hasher();
    state.write_u64(u64::from(class) << 32 | marks.len() as u64);
    for pair in marks.chunks(2) {
        state.write_u64(
            pair.iter()
                .fold(0, |both, &mark| both << 32 | u64::from(mark)),
        );
    }
    for &weight in weights {
        state.write_i64(weight);
    }
    u32::try_from(state.finish() >> 32).unwrap_or(u32::MAX)
}

/// Half a hash spread over all bits, since the table looks at both ends.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Puts a ballot into its one canonical form.
fn canonical(
    kind: BallotKind,
    projects: usize,
    grades: usize,
    entries: &mut [Entry],
) -> Result<(), RowError> {
    let is_mark = |weight: i64| match kind {
        BallotKind::Approval | BallotKind::Ranked => true,
        BallotKind::Points => Points::from_millionths(weight).is_some(),
        BallotKind::Grades => usize::try_from(weight).is_ok_and(|grade| grade < grades),
        BallotKind::Signed => matches!(weight, 1 | -1),
    };
    if let Some(&Entry { project, weight }) = entries.iter().find(|entry| !is_mark(entry.weight)) {
        return Err(RowError::BadMark {
            project,
            weight,
            kind,
        });
    }
    if let Some(entry) = entries
        .iter()
        .find(|entry| entry.project.index() >= projects)
    {
        return Err(RowError::Unknown(entry.project));
    }
    entries.sort_unstable();
    if let Some(pair) = entries
        .windows(2)
        .find(|pair| matches!(pair, [a, b] if a.project == b.project))
    {
        return Err(pair
            .first()
            .map_or(RowError::Count, |entry| RowError::Repeated(entry.project)));
    }
    if kind == BallotKind::Ranked {
        entries.sort_unstable_by_key(|entry| (entry.weight, entry.project));
        let (mut tier, mut last) = (-1, None);
        for entry in entries.iter_mut() {
            if last != Some(entry.weight) {
                last = Some(entry.weight);
                tier += 1;
            }
            entry.weight = tier;
        }
    }
    Ok(())
}
