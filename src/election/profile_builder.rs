//! Building a profile: equal ballots are merged as they come.

use std::sync::{Arc, OnceLock};

use super::ballot::BallotKind;
use super::id::BallotIx;
use super::instance::Instance;
use super::points::Points;
use super::profile::{Entry, Profile};
use super::profile_order::Sorted;
use super::profile_rows::Rows;
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
    rows: Rows,
    classes: ClassTable,
    voters: u64,
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
            scale,
            rows: Rows::about(ids.len()),
            ids,
            classes: ClassTable::new(),
            voters: 0,
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
        self.take(entries, class, count)?;
        // A ballot waits, so a row is told.
        Ok(self.rows.look_up().unwrap_or(u32::MAX))
    }

    /// As [`ProfileBuilder::push`] for one ordinary voter, for a reader that does not need the row: many ballots are looked
    /// up together, which takes less time where they are too many for the processor's cache.
    pub(crate) fn push_later(&mut self, entries: &mut [Entry]) -> Result<(), RowError> {
        self.take(entries, 0, 1)?;
        if !self.rows.has_room() {
            self.rows.look_up();
        }
        Ok(())
    }

    /// Appends a ballot that waits to be looked up.
    fn take(&mut self, entries: &mut [Entry], class: u32, count: u64) -> Result<(), RowError> {
        let voters = self
            .voters
            .checked_add(count)
            .filter(|&all| count > 0 && all <= MOST_VOTERS)
            .ok_or(RowError::Count)?;
        if class >= self.classes.len() {
            return Err(RowError::UnknownClass(class));
        }
        if u32::try_from(self.rows.marks.len() + entries.len()).is_err() {
            // Those that wait may turn out to be known.
            self.rows.look_up();
        }
        let start = self.rows.marks.len();
        let end = u32::try_from(start + entries.len()).map_err(|_| RowError::TooManyMarks)?;
        if self.kind == BallotKind::Approval {
            self.approve(entries)?;
        } else {
            canonical(self.kind, self.ids.len(), self.scale.len(), entries)?;
            self.rows.append(entries);
        }
        self.voters = voters;
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        self.rows.wait(start, end, class, count);
        Ok(())
    }

    /// Appends the projects of an approval ballot.
    fn approve(&mut self, entries: &[Entry]) -> Result<(), RowError> {
        let greatest = entries.iter().map(|entry| entry.project.raw()).max();
        match greatest.filter(|&mark| mark as usize >= self.ids.len()) {
            Some(unknown) => Err(RowError::unknown(unknown)),
            None => self.rows.approve(entries).map_err(RowError::repeated),
        }
    }

    /// Adds more voters to a row that [`ProfileBuilder::push`] told, for a reader that has seen the same
    /// text before; `false` if there is no such row or there are too many voters.
    #[inline]
    pub(crate) fn again(&mut self, row: u32, count: u64) -> bool {
        let voters = self.voters.checked_add(count);
        let Some(voters) = voters.filter(|&all| all <= MOST_VOTERS) else {
            return false;
        };
        let is_known = self.rows.add(row, count);
        if is_known {
            self.voters = voters;
        }
        is_known
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
    pub fn finish(mut self) -> (Profile, Vec<BallotIx>) {
        self.rows.look_up();
        // Nothing is looked up any more, and its memory is needed for sorting.
        self.rows.forget_hashes();
        let rows = 0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let (class_table, places) = self
            .classes
            .into_used(rows.map(|row| self.rows.class_of(row)));
        let sorted = Sorted::of(&self.rows, self.ids.len(), &places, class_table.len());
        let profile = Profile {
            kind: self.kind,
            ids: self.ids,
            scale: self.scale,
            offsets: sorted.offsets,
            projects: sorted.projects,
            weights: sorted.weights,
            counts: sorted.counts,
            classes: sorted.classes,
            class_table,
            voters: self.voters,
            supporters: OnceLock::new(),
            mentions: OnceLock::new(),
        };
        (profile, sorted.became)
    }
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
