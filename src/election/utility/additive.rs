//! Additive utilities as a product of three parts: the ballot's, the project's, and the entry's.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::election::ballot::BallotKind;
use crate::election::builder::Election;
use crate::election::id::ProjectIx;
use crate::election::points::Points;
use crate::election::profile::{BallotView, Entry};
use crate::exact::{Ratio, fixed};

use super::normaliser::{self, Best};
use super::{Utility, UtilityError};

/// The part that what a voter said of a project plays in its utility; a whole number of `unit`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryValue {
    /// 1 for every project that the ballot names.
    Named,
    /// The points, in millionths.
    Points,
    /// The ballot's length − position − 1; tied projects share the mean, so values are doubled.
    Borda,
    /// This length − position, or the ballot's own where it is `None`; doubled as above.
    ArchiveBorda(Option<u32>),
}

impl EntryValue {
    /// What one is worth.
    fn unit(self) -> Ratio {
        match self {
            EntryValue::Named => Ratio::from(1_u32),
            EntryValue::Points => Points::ratio_of(1),
            EntryValue::Borda | EntryValue::ArchiveBorda(_) => Ratio::new(1, 2).unwrap_or_default(),
        }
    }

    /// The value of each entry of a ballot, in order, in `unit`s.
    ///
    /// Tied projects of a ranking share the mean of their positions' values: for positions a..=b that is
    /// last − (a + b)/2, a whole number of halves.
    pub fn values(self, ballot: BallotView<'_>, mut take: impl FnMut(ProjectIx, i64)) {
        match self {
            EntryValue::Named => ballot.entries().for_each(|entry| take(entry.project, 1)),
            EntryValue::Points => ballot.entries().for_each(|entry| take(entry.project, entry.weight)),
            EntryValue::Borda => positions(ballot, |entry, places| take(entry.project, 2 * length(ballot) - 2 - ends(&places))),
            EntryValue::ArchiveBorda(longest) => {
                let top = longest.map_or(length(ballot), i64::from);
                // A place beyond the maximum length gives nothing, as in the archive.
                positions(ballot, |entry, places| take(entry.project, (2 * top - ends(&places)).max(0)));
            }
        }
    }
}

fn length(ballot: BallotView<'_>) -> i64 {
    i64::try_from(ballot.len()).unwrap_or(i64::MAX / 4)
}

/// The sum of the first and the last of some places.
fn ends(places: &Range<usize>) -> i64 {
    i64::try_from(places.start + places.end).unwrap_or(i64::MAX / 4) - 1
}

/// Gives each entry of a ranked ballot with the places, counted from 0, that its tier takes.
pub(crate) fn positions(ballot: BallotView<'_>, mut take: impl FnMut(Entry, Range<usize>)) {
    let entries: Vec<Entry> = ballot.entries().collect();
    let mut first = 0;
    for tier in entries.chunk_by(|a, b| a.weight == b.weight) {
        let next = first + tier.len();
        for &entry in tier {
            take(entry, first..next);
        }
        first = next;
    }
}

/// An additive utility of one election: `u_v(p) = ballot part x project part x entry part`.
///
/// Rules that give voters purses need each voter's utility, rules that add up need the totals only; both
/// read it from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Additive {
    /// Per distinct ballot; `None` where it is 1 for all.
    ballots: Option<Parts>,
    /// Per project; `None` where it is 1 for all.
    projects: Option<Vec<Ratio>>,
    entries: EntryValue,
}

/// A fraction per distinct ballot; there are few different ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    values: Vec<Ratio>,
    of_ballot: Vec<u32>,
}

impl Parts {
    /// The fractions 1 ÷ divisor, in the order of the ballots; 0 for the divisor 0.
    pub(super) fn inverses<T: Ord + Copy>(divisors: &[T], ratio: impl Fn(T) -> Ratio) -> Parts {
        let mut distinct = divisors.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let place = |divisor: &T| distinct.binary_search(divisor).unwrap_or_default();
        Parts {
            of_ballot: divisors.iter().map(|divisor| u32::try_from(place(divisor)).unwrap_or(u32::MAX)).collect(),
            values: distinct.iter().map(|&divisor| ratio(divisor).checked_inverse().unwrap_or_default()).collect(),
        }
    }
}

impl Utility {
    /// The utility in parts, for an election.
    ///
    /// # Errors
    /// [`UtilityError`] if the ballots do not say what it needs, it is not additive, or a divisor takes
    /// too much work to find exactly.
    pub fn additive(self, election: &Election) -> Result<Additive, UtilityError> {
        self.check(election)?;
        let longest = election.instance().limits().max_length;
        let entries = match self {
            Utility::Points | Utility::RelativePoints => EntryValue::Points,
            Utility::Borda => EntryValue::Borda,
            Utility::ArchiveBorda => EntryValue::ArchiveBorda(longest),
            _ => EntryValue::Named,
        };
        let per_project = |value: &dyn Fn(Ratio, usize) -> Ratio| {
            let costs = election.instance().projects().iter().enumerate();
            Some(costs.map(|(at, project)| value(project.cost.to_ratio(), at)).collect())
        };
        let projects = match self {
            Utility::Cost | Utility::RelativeCost | Utility::RelativeCostApprox => per_project(&|cost, _| cost),
            Utility::AdditiveCostSqrt => per_project(&|cost, _| fixed::sqrt(&cost).unwrap_or_default()),
            Utility::AdditiveCostLog => per_project(&|cost, _| fixed::ln_1p(&cost).unwrap_or_default()),
            Utility::Effort => {
                let mentions = election.profile().mentions();
                per_project(&|cost, at| {
                    let voters = Ratio::from(mentions.get(at).copied().unwrap_or(0));
                    cost.checked_div(&voters).unwrap_or_default()
                })
            }
            _ => None,
        };
        let best = match self {
            Utility::RelativeCost => Some(Best::Cost),
            Utility::RelativeCostApprox => Some(Best::CostApprox),
            Utility::RelativeCardinality => Some(Best::Cardinality),
            Utility::RelativePoints => Some(Best::Points),
            _ => None,
        };
        let ballots = best.map(|best| normaliser::factors(self, best, election)).transpose()?;
        Ok(Additive { ballots, projects, entries })
    }
}

impl Additive {
    /// How the entries of a ballot count.
    #[must_use]
    pub fn entries(&self) -> EntryValue {
        self.entries
    }

    /// The total utility of each project over all voters, with their weights.
    ///
    /// Whole numbers are added first and fractions last: for each project one sum per distinct ballot
    /// part and voter class, so the cost is the marks of the profile plus few rational operations.
    #[must_use]
    pub fn totals(&self, election: &Election) -> Vec<Ratio> {
        let profile = election.profile();
        let signed = profile.kind() == BallotKind::Signed;
        let mut sums: Vec<BTreeMap<(u32, u32), i128>> = vec![BTreeMap::new(); profile.projects()];
        let mut plain: Vec<i128> = vec![0; profile.projects()];
        let simple = self.ballots.is_none() && profile.is_unweighted();
        for (at, ballot) in profile.ballots().enumerate() {
            let part = self.ballots.as_ref().and_then(|parts| parts.of_ballot.get(at)).copied().unwrap_or(0);
            let class = u32::try_from(ballot.class()).unwrap_or(u32::MAX);
            let count = i128::from(ballot.count());
            // Entries are below 2^60 and voters below 2^64 in all, so the sums stay below 2^124.
            let mut add = |project: ProjectIx, value: i64| {
                let value = i128::from(value) * count;
                if simple {
                    if let Some(sum) = plain.get_mut(project.index()) {
                        *sum += value;
                    }
                } else if let Some(sums) = sums.get_mut(project.index()) {
                    *sums.entry((class, part)).or_default() += value;
                }
            };
            if signed {
                ballot.entries().filter(|entry| entry.weight > 0).for_each(|entry| add(entry.project, 1));
            } else {
                self.entries.values(ballot, add);
            }
        }
        let unit = self.entries.unit();
        let part_of = |part: u32| self.ballots.as_ref().and_then(|parts| parts.values.get(part as usize));
        let weight = |class: u32| profile.classes().get(class as usize).map(|class| class.weight.clone()).unwrap_or_default();
        plain
            .into_iter()
            .zip(sums)
            .enumerate()
            .map(|(at, (plain, sums))| {
                let terms = sums.into_iter().map(|((class, part), sum)| {
                    let value = weight(class).mul_int(sum);
                    part_of(part).map_or_else(|| value.clone(), |part| &value * part)
                });
                let sum = tree_sum(terms.chain([Ratio::from(plain)]).collect()) * &unit;
                self.projects.as_ref().and_then(|parts| parts.get(at)).map_or(sum.clone(), |part| sum * part)
            })
            .collect()
    }
}

/// Adds pairwise, so that large denominators meet late and numbers of like size are multiplied.
fn tree_sum(mut terms: Vec<Ratio>) -> Ratio {
    while terms.len() > 1 {
        terms = terms.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
    terms.pop().unwrap_or_default()
}
