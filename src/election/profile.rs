//! The profile: distinct ballots, each with the number of voters who cast it.

use std::sync::{Arc, OnceLock};

use crate::exact::Ratio;

use super::ballot::BallotKind;
use super::id::{BallotIx, ProjectIx};
use super::instance::Instance;
use super::profile_builder::ProfileBuilder;
use super::supporters::Supporters;
use super::voter_class::VoterClass;

/// One project on a ballot, with what the voter said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The project.
    pub project: ProjectIx,
    /// Approval: 0. Ranked: the tier, 0 for the best. Points: millionths of a point. Grades: the grade,
    /// 0 for the worst. Signed: 1 for, −1 against.
    pub weight: i64,
}

/// Distinct ballots x multiplicity, in compressed rows, with the index project -> ballots.
///
/// Ballots stand in the order of their content, so two profiles of the same votes are equal whatever
/// order the votes came in. A profile is a commutative monoid under [`Profile::merge`]: polling stations,
/// or an engine that groups ballots by content, can be merged in any order. [`crate::election::ProfileBuilder`] builds one.
///
/// To files and back a profile travels with its instance, in an [`ElectionDocument`](super::ElectionDocument):
/// its indices mean nothing without the projects.
#[derive(Debug, Clone)]
pub struct Profile {
    pub(super) kind: BallotKind,
    pub(super) ids: Arc<[Box<str>]>,
    pub(super) scale: Vec<String>,
    pub(super) offsets: Vec<u32>,
    pub(super) projects: Vec<u32>,
    /// Parallel to `projects`; empty for approval ballots.
    pub(super) weights: Vec<i64>,
    pub(super) counts: Vec<u64>,
    /// Parallel to `counts`; empty where all voters are ordinary.
    pub(super) classes: Vec<u32>,
    pub(super) class_table: Vec<VoterClass>,
    pub(super) voters: u64,
    pub(super) supporters: OnceLock<Supporters>,
    pub(super) mentions: OnceLock<Vec<u64>>,
}

/// Two profiles that cannot be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// They are about different projects.
    #[error("the two profiles are about different projects: merge profiles of one instance only")]
    OtherProjects,
    /// They hold different kinds of ballots or grades.
    #[error("the two profiles hold different kinds of ballots: count them apart")]
    OtherKind,
    /// Together they are more than can be numbered.
    #[error("the two profiles together hold more than 2^32 marks or 2^63 voters")]
    TooLarge,
}

/// One distinct ballot of a profile.
#[derive(Debug, Clone, Copy)]
pub struct BallotView<'a> {
    projects: &'a [u32],
    weights: &'a [i64],
    count: u64,
    class: u32,
}

impl<'a> BallotView<'a> {
    /// The projects it names: ranked ballots by tier, others by project.
    #[must_use]
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry> + 'a {
        let weights = self.weights;
        self.projects
            .iter()
            .enumerate()
            .map(move |(at, &project)| Entry {
                project: ProjectIx::new(project as usize),
                weight: weights.get(at).copied().unwrap_or(0),
            })
    }

    /// How many projects it names.
    #[must_use]
    pub fn len(self) -> usize {
        self.projects.len()
    }

    /// Is it blank?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.projects.is_empty()
    }

    /// How many voters cast it.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// The position of its voters' class in [`Profile::classes`].
    #[must_use]
    pub fn class(self) -> usize {
        self.class as usize
    }
}

impl Profile {
    /// The kind of all its ballots.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        self.kind
    }

    /// The names of the grades, the worst first; empty for other kinds.
    #[must_use]
    pub fn scale(&self) -> &[String] {
        &self.scale
    }

    /// The number of distinct ballots.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Has nobody voted?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The number of voters, blank ballots included.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.voters
    }

    /// The number of marks on all distinct ballots.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.projects.len()
    }

    /// The number of projects that the ballots are about.
    #[must_use]
    pub fn projects(&self) -> usize {
        self.ids.len()
    }

    /// The classes of voters; the first is the ordinary voter, every other one is some ballot's.
    #[must_use]
    pub fn classes(&self) -> &[VoterClass] {
        &self.class_table
    }

    /// Does every vote weigh 1? Endowments may differ all the same, see [`Profile::has_equal_endowments`].
    #[must_use]
    pub fn is_unweighted(&self) -> bool {
        let one = Ratio::from(1_u32);
        self.class_table.iter().all(|class| class.weight == one)
    }

    /// Has every voter the endowment 1, so that all have the same share of the money?
    #[must_use]
    pub fn has_equal_endowments(&self) -> bool {
        let one = Ratio::from(1_u32);
        self.class_table.iter().all(|class| class.endowment == one)
    }

    /// The indices of all distinct ballots, in order.
    pub fn ballot_indices(&self) -> impl ExactSizeIterator<Item = BallotIx> + use<> {
        (0..self.counts.len()).map(BallotIx::new)
    }

    /// A distinct ballot; `None` if the index is another profile's.
    #[must_use]
    pub fn ballot(&self, ballot: BallotIx) -> Option<BallotView<'_>> {
        let at = ballot.index();
        let (start, end) = (
            *self.offsets.get(at)? as usize,
            *self.offsets.get(at + 1)? as usize,
        );
        Some(BallotView {
            projects: self.projects.get(start..end)?,
            weights: if self.weights.is_empty() {
                &[]
            } else {
                self.weights.get(start..end)?
            },
            count: *self.counts.get(at)?,
            class: self.classes.get(at).copied().unwrap_or(0),
        })
    }

    /// All distinct ballots, in order.
    pub fn ballots(&self) -> impl Iterator<Item = BallotView<'_>> {
        self.ballot_indices()
            .filter_map(|ballot| self.ballot(ballot))
    }

    /// The index project -> ballots that name it, built on first use.
    #[must_use]
    pub fn supporters(&self) -> &Supporters {
        self.supporters.get_or_init(|| Supporters::of(self))
    }

    /// The index project -> ballots, if somebody has asked for it.
    pub(crate) fn built_supporters(&self) -> Option<&Supporters> {
        self.supporters.get()
    }

    /// How many voters name each project, every voter counting once whatever their weight; counted on first use.
    ///
    /// A signed ballot names the projects it is *for*.
    #[must_use]
    pub fn mentions(&self) -> Vec<u64> {
        self.mentioned().to_vec()
    }

    /// As [`Profile::mentions`], without a copy.
    pub(crate) fn mentioned(&self) -> &[u64] {
        self.mentions.get_or_init(|| self.count_mentions())
    }

    fn count_mentions(&self) -> Vec<u64> {
        let mut mentions = vec![0_u64; self.ids.len()];
        // At most 2^63 voters name a project, so the sums fit.
        for ballot in self.ballots() {
            if self.kind == BallotKind::Signed {
                for entry in ballot.entries().filter(|entry| entry.weight > 0) {
                    if let Some(sum) = mentions.get_mut(entry.project.index()) {
                        *sum += ballot.count;
                    }
                }
            } else {
                for &project in ballot.projects {
                    if let Some(sum) = mentions.get_mut(project as usize) {
                        *sum += ballot.count;
                    }
                }
            }
        }
        mentions
    }

    /// How many voters cast each distinct ballot, in order.
    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The class of each distinct ballot's voters, in order; empty where there is only one.
    pub(crate) fn class_numbers(&self) -> &[u32] {
        &self.classes
    }

    /// The weight of all voters together: their number, if every vote weighs 1.
    #[must_use]
    pub fn total_weight(&self) -> Ratio {
        if self.is_unweighted() {
            return Ratio::from(self.voters);
        }
        self.ballots()
            .filter_map(|ballot| {
                Some(
                    self.class_table
                        .get(ballot.class())?
                        .weight
                        .mul_int(i128::from(ballot.count)),
                )
            })
            .sum()
    }

    /// The votes of this profile and another of the same instance together. The order does not matter.
    ///
    /// # Errors
    /// [`MergeError`] if the two are about different projects or kinds of ballots, or too large together.
    ///
    /// ```
    /// use quartier::election::{Ballot, Election};
    /// let station = |ballots: u64| Election::builder().budget(10).project(("a", 5)).project(("b", 5))
    ///     .ballots(Ballot::approval(["a", "b"]), ballots).build();
    /// let both = station(2)?.profile().merge(station(3)?.profile())?;
    /// assert_eq!((both.len(), both.voters()), (1, 5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(&self, other: &Profile) -> Result<Profile, MergeError> {
        if self.ids != other.ids {
            return Err(MergeError::OtherProjects);
        }
        if self.kind != other.kind || self.scale != other.scale {
            return Err(MergeError::OtherKind);
        }
        let mut builder =
            ProfileBuilder::for_ids(Arc::clone(&self.ids), self.kind, self.scale.clone());
        for profile in [self, other] {
            builder
                .absorb(profile, |_| true)
                .map_err(|_| MergeError::TooLarge)?;
        }
        Ok(builder.finish().0)
    }

    /// The same voters with the set of projects that each ballot names: ranks, points and grades are
    /// dropped; a signed ballot names the projects it is for.
    ///
    /// The second value tells for each old ballot which new one it became.
    #[must_use]
    pub fn as_approval(&self) -> (Profile, Vec<BallotIx>) {
        let mut builder =
            ProfileBuilder::for_ids(Arc::clone(&self.ids), BallotKind::Approval, Vec::new());
        let signed = self.kind == BallotKind::Signed;
        // It cannot fail: there are no more marks or voters than before.
        let rows = builder
            .absorb(self, |entry| !signed || entry.weight > 0)
            .unwrap_or_default();
        let (profile, map) = builder.finish();
        let map = rows
            .into_iter()
            .filter_map(|row| map.get(row as usize).copied())
            .collect();
        (profile, map)
    }

    /// Is the profile about the projects of this instance?
    #[must_use]
    pub fn fits(&self, instance: &Instance) -> bool {
        Arc::ptr_eq(&self.ids, instance.ids()) || self.ids == *instance.ids()
    }
}

impl PartialEq for Profile {
    fn eq(&self, other: &Profile) -> bool {
        self.kind == other.kind
            && self.ids == other.ids
            && self.scale == other.scale
            && self.offsets == other.offsets
            && self.projects == other.projects
            && self.weights == other.weights
            && self.counts == other.counts
            && self.classes == other.classes
            && self.class_table == other.class_table
    }
}

impl Eq for Profile {}
