//! Building a profile: equal ballots are merged as they come.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, OnceLock};

use hashbrown::HashTable;

use super::ballot::BallotKind;
use super::id::{BallotIx, ProjectIx};
use super::instance::Instance;
use super::profile::{Entry, Profile, VoterClass};

/// The most voters of one profile.
const MOST_VOTERS: u64 = 1 << 63;

/// A ballot that cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// A project is named twice.
    #[error("a project is named more than once on one ballot")]
    Repeated(ProjectIx),
    /// A project of another instance.
    #[error("the ballot names a project of another instance")]
    Unknown(ProjectIx),
    /// The number of voters is 0, or there are more than 2^63 in all.
    #[error("a ballot must stand for at least one voter, and all together for at most 2^63")]
    Count,
    /// More than 2^32 marks in all.
    #[error("the distinct ballots hold more than 2^32 marks")]
    TooManyMarks,
}

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
    class_table: Vec<VoterClass>,
    voters: u64,
    /// The hash and the row of each ballot; the hash is kept so that growing does not touch the rows.
    table: HashTable<(u64, u32)>,
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

    pub(super) fn for_ids(ids: Arc<[Box<str>]>, kind: BallotKind, scale: Vec<String>) -> ProfileBuilder {
        ProfileBuilder {
            kind,
            ids,
            scale,
            rows: Vec::new(),
            projects: Vec::new(),
            weights: Vec::new(),
            class_table: vec![VoterClass::default()],
            voters: 0,
            table: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
        }
    }

    /// The number of a class of voters, to be given to [`ProfileBuilder::push`]; 0 is the ordinary voter.
    pub fn class(&mut self, class: &VoterClass) -> u32 {
        let known = self.class_table.iter().position(|known| known == class);
        let number = known.unwrap_or_else(|| {
            self.class_table.push(class.clone());
            self.class_table.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Adds a ballot that `count` voters of a class cast, and tells the row it is kept in.
    ///
    /// The entries are put into canonical order in place: by project, ranked ballots by tier first, and
    /// tiers are renumbered 0, 1, 2, … without gaps. Rows are in order of first appearance until
    /// [`ProfileBuilder::finish`].
    ///
    /// # Errors
    /// [`RowError`]; the ballot is then not added.
    pub fn push(&mut self, entries: &mut [Entry], class: u32, count: u64) -> Result<u32, RowError> {
        let voters = self.voters.checked_add(count).filter(|&all| count > 0 && all <= MOST_VOTERS).ok_or(RowError::Count)?;
        let start = self.projects.len();
        let end = u32::try_from(start + entries.len()).map_err(|_| RowError::TooManyMarks)?;
        if self.kind == BallotKind::Approval {
            self.approve(entries)?;
        } else {
            canonical(self.kind, self.ids.len(), entries)?;
            self.projects.extend(entries.iter().map(|entry| entry.project.raw()));
            self.weights.extend(entries.iter().map(|entry| entry.weight));
        }
        self.voters = voters;
        Ok(self.settle(start, end, class, count))
    }

    /// Appends the projects of an approval ballot in order; they are all there is to it.
    fn approve(&mut self, entries: &[Entry]) -> Result<(), RowError> {
        let start = self.projects.len();
        self.projects.extend(entries.iter().map(|entry| entry.project.raw()));
        let marks = self.projects.get_mut(start..).unwrap_or(&mut []);
        marks.sort_unstable();
        let unknown = marks.last().copied().filter(|&last| last as usize >= self.ids.len());
        let repeated = marks.windows(2).find_map(|pair| if let [a, b] = pair && a == b { Some(*a) } else { None });
        let error = unknown.map(RowError::unknown).or_else(|| repeated.map(RowError::repeated));
        error.map_or(Ok(()), |error| {
            self.projects.truncate(start);
            Err(error)
        })
    }

    /// Adds more voters to a row that [`ProfileBuilder::push`] told, for a reader that has seen the same
    /// text before; `false` if there is no such row or there are too many voters.
    #[inline]
    pub(crate) fn again(&mut self, row: u32, count: u64) -> bool {
        let Some(voters) = self.voters.checked_add(count).filter(|&all| all <= MOST_VOTERS) else { return false };
        let Some(row) = self.rows.get_mut(row as usize) else { return false };
        row.count += count;
        self.voters = voters;
        true
    }

    /// Keeps the ballot that was just appended, or adds its count to the equal one that is known.
    fn settle(&mut self, start: usize, end: u32, class: u32, count: u64) -> u32 {
        let marks = Marks { projects: &self.projects, weights: &self.weights };
        let new = Row { start: u32::try_from(start).unwrap_or(u32::MAX), end, class, count };
        let (projects, weights) = marks.of(&new);
        let hash = hash_of(&self.hasher, projects, weights, class);
        let rows = &self.rows;
        let is_equal = |&(other, row): &(u64, u32)| {
            other == hash && rows.get(row as usize).is_some_and(|row| row.class == class && marks.of(row) == (projects, weights))
        };
        if let Some((_, known)) = self.table.find(hash, is_equal).copied() {
            self.projects.truncate(start);
            self.weights.truncate(start);
            if let Some(row) = self.rows.get_mut(known as usize) {
                row.count += count;
            }
            return known;
        }
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(new);
        self.table.insert_unique(hash, (hash, number), |&(hash, _)| hash);
        number
    }

    /// Adds all ballots of another profile, with the entries that `keep` lets pass, and tells their rows.
    pub(super) fn absorb(&mut self, profile: &Profile, keep: impl Fn(&Entry) -> bool) -> Result<Vec<u32>, RowError> {
        let classes: Vec<u32> = profile.classes().iter().map(|class| self.class(class)).collect();
        let mut entries = Vec::new();
        profile
            .ballots()
            .map(|ballot| {
                entries.clear();
                entries.extend(ballot.entries().filter(|entry| keep(entry)).map(|entry| if self.kind == BallotKind::Approval { Entry { weight: 0, ..entry } } else { entry }));
                self.push(&mut entries, classes.get(ballot.class()).copied().unwrap_or(0), ballot.count())
            })
            .collect()
    }

    /// The profile, with its ballots in the order of their content, and for each row the ballot it became.
    #[must_use]
    pub fn finish(self) -> (Profile, Vec<BallotIx>) {
        let marks = Marks { projects: &self.projects, weights: &self.weights };
        let class_order = order_of(&self.class_table);
        let class_at = |row: &Row| class_order.get(row.class as usize).copied().unwrap_or(0);
        let mut sorted = Sorted::with_capacity(&self);
        for (position, number) in self.order(&marks, class_at).into_iter().enumerate() {
            if let Some(row) = self.rows.get(number as usize) {
                sorted.take(marks.of(row), row.count, class_at(row), number, position);
            }
        }
        let used: Vec<VoterClass> = {
            let mut classes = self.class_table.clone();
            let ordinary = VoterClass::default();
            classes.sort_by(|a, b| (a != &ordinary, a).cmp(&(b != &ordinary, b)));
            classes
        };
        let weighted = sorted.classes.iter().any(|&class| class != 0);
        let profile = Profile {
            kind: self.kind,
            ids: self.ids,
            scale: self.scale,
            offsets: sorted.offsets,
            projects: sorted.projects,
            weights: sorted.weights,
            counts: sorted.counts,
            classes: if weighted { sorted.classes } else { Vec::new() },
            class_table: if weighted { used } else { vec![VoterClass::default()] },
            voters: self.voters,
            supporters: OnceLock::new(),
        };
        (profile, sorted.became)
    }
}

impl ProfileBuilder {
    /// The rows in the order of their content.
    fn order(&self, marks: &Marks<'_>, class_at: impl Fn(&Row) -> u32) -> Vec<u32> {
        // The first marks packed into one number, with the row's number behind it: nearly all rows differ
        // there, so plain numbers are sorted and only runs of equal beginnings are compared in full.
        let bits = usize::BITS - (self.ids.len() + 1).leading_zeros();
        let mut keys: Vec<u128> = (0_u32..).zip(&self.rows).map(|(number, row)| u128::from(leading(marks.of(row).0, bits)) << 32 | u128::from(number)).collect();
        keys.sort_unstable();
        let number = |key: u128| u32::try_from(key & u128::from(u32::MAX)).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = keys.iter().map(|&key| number(key)).collect();
        let mut rest = order.as_mut_slice();
        for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
            let Some((run, after)) = rest.split_at_mut_checked(run.len()) else { break };
            if run.len() > 1 {
                run.sort_unstable_by(|&a, &b| match (self.rows.get(a as usize), self.rows.get(b as usize)) {
                    (Some(a), Some(b)) => marks.of(a).cmp(&marks.of(b)).then_with(|| class_at(a).cmp(&class_at(b))),
                    _ => a.cmp(&b),
                });
            }
            rest = after;
        }
        order
    }
}

impl RowError {
    fn unknown(mark: u32) -> RowError {
        RowError::Unknown(ProjectIx::new(mark as usize))
    }

    fn repeated(mark: u32) -> RowError {
        RowError::Repeated(ProjectIx::new(mark as usize))
    }
}

/// A distinct ballot: where its marks are, who cast it, and how many did.
#[derive(Debug, Clone, Copy)]
struct Row {
    start: u32,
    end: u32,
    class: u32,
    count: u64,
}

/// The marks of all rows.
#[derive(Clone, Copy)]
struct Marks<'a> {
    projects: &'a [u32],
    weights: &'a [i64],
}

impl<'a> Marks<'a> {
    /// The projects and weights (none for approval) of a row.
    fn of(&self, row: &Row) -> (&'a [u32], &'a [i64]) {
        let range = row.start as usize..row.end as usize;
        (self.projects.get(range.clone()).unwrap_or(&[]), self.weights.get(range).unwrap_or(&[]))
    }
}

/// The rows as they are written in order.
struct Sorted {
    offsets: Vec<u32>,
    projects: Vec<u32>,
    weights: Vec<i64>,
    counts: Vec<u64>,
    classes: Vec<u32>,
    became: Vec<BallotIx>,
}

impl Sorted {
    fn with_capacity(builder: &ProfileBuilder) -> Sorted {
        let rows = builder.rows.len();
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Sorted {
            offsets,
            projects: Vec::with_capacity(builder.projects.len()),
            weights: Vec::with_capacity(builder.weights.len()),
            counts: Vec::with_capacity(rows),
            classes: Vec::with_capacity(rows),
            became: vec![BallotIx::new(0); rows],
        }
    }

    fn take(&mut self, (marks, weights): (&[u32], &[i64]), count: u64, class: u32, number: u32, position: usize) {
        self.projects.extend_from_slice(marks);
        self.weights.extend_from_slice(weights);
        self.offsets.push(u32::try_from(self.projects.len()).unwrap_or(u32::MAX));
        self.counts.push(count);
        self.classes.push(class);
        if let Some(slot) = self.became.get_mut(number as usize) {
            *slot = BallotIx::new(position);
        }
    }
}

/// For each class its place in the order: the ordinary voter first, then by weight and endowment.
fn order_of(classes: &[VoterClass]) -> Vec<u32> {
    let ordinary = VoterClass::default();
    let rank = |class: &VoterClass| {
        let before = classes.iter().filter(|other| ((*other != &ordinary), *other) < ((class != &ordinary), class)).count();
        u32::try_from(before).unwrap_or(u32::MAX)
    };
    classes.iter().map(rank).collect()
}

fn hash_of(hasher: &foldhash::fast::RandomState, marks: &[u32], weights: &[i64], class: u32) -> u64 {
    let mut state = hasher.build_hasher();
    state.write_u64(u64::from(class) << 32 | marks.len() as u64);
    for pair in marks.chunks(2) {
        state.write_u64(pair.iter().fold(0, |both, &mark| both << 32 | u64::from(mark)));
    }
    for &weight in weights {
        state.write_i64(weight);
    }
    state.finish()
}

/// The first marks of a ballot in one number, such that unequal numbers compare as the ballots do.
///
/// As many marks as fit when each takes `bits`, counted from 1 so that a shorter ballot comes first.
fn leading(marks: &[u32], bits: u32) -> u64 {
    let bits = bits.clamp(1, 32);
    let fit = 64 / bits;
    let known = marks.iter().take(fit as usize);
    let (key, free) = known.fold((0_u64, fit), |(key, free), &mark| (key << bits | (u64::from(mark) + 1), free - 1));
    // With 32 bits two marks fill the number; nothing is left to shift then.
    key << (bits * free).min(63)
}

/// Puts a ballot into its one canonical form.
fn canonical(kind: BallotKind, projects: usize, entries: &mut [Entry]) -> Result<(), RowError> {
    if let Some(entry) = entries.iter().find(|entry| entry.project.index() >= projects) {
        return Err(RowError::Unknown(entry.project));
    }
    entries.sort_unstable();
    if let Some(pair) = entries.windows(2).find(|pair| matches!(pair, [a, b] if a.project == b.project)) {
        return Err(pair.first().map_or(RowError::Count, |entry| RowError::Repeated(entry.project)));
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
