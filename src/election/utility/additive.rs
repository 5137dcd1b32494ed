//! Additive utilities as a product of three parts: the ballot's, the project's, and the entry's.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::election::ballot::BallotKind;
use crate::election::election::Election;
use crate::election::id::{BallotIx, ProjectIx};
use crate::election::points::Points;
use crate::election::profile::{BallotView, Entry};
use crate::exact::{Ratio, fixed};

use super::normaliser::{self, Best};
use super::{Utility, UtilityError};

/// The part that what a voter said of a project plays in its utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryValue {
    /// 1 for every project that the ballot names.
    Named,
    /// 1 for every project that a signed ballot is for, 0 for those it is against.
    Supported,
    /// The points, in millionths.
    Points,
    /// The ballot's length − position − 1; tied projects share the mean.
    Borda,
    /// This length − position, or the ballot's own where it is `None`, and at least 0; tied projects share the
    /// mean.
    ArchiveBorda(Option<u32>),
}

/// The value of one entry: `sum` units divided by `among`, the number of tied projects that share the sum
/// where it is not a whole number for each.
#[derive(Debug, Clone, Copy)]
struct Share {
    sum: i64,
    among: u32,
}

impl Share {
    fn whole(sum: i64) -> Share {
        Share { sum, among: 1 }
    }
}

impl EntryValue {
    /// What one is worth.
    fn unit(self) -> Ratio {
        match self {
            EntryValue::Named | EntryValue::Supported => Ratio::from(1_u32),
            EntryValue::Points => Points::ratio_of(1),
            EntryValue::Borda | EntryValue::ArchiveBorda(_) => Ratio::new(1, 2).unwrap_or_default(),
        }
    }

    /// The value of each entry of a ballot, in order, in `unit`s.
    ///
    /// Tied projects of a ranking share the mean of their positions' values: for positions a..=b that is
    /// last − (a + b)/2, a whole number of halves.
    fn values(self, ballot: BallotView<'_>, mut take: impl FnMut(ProjectIx, Share)) {
        match self {
            EntryValue::Named => ballot
                .entries()
                .for_each(|entry| take(entry.project, Share::whole(1))),
            EntryValue::Supported => ballot
                .entries()
                .for_each(|entry| take(entry.project, Share::whole(i64::from(entry.weight > 0)))),
            EntryValue::Points => ballot
                .entries()
                .for_each(|entry| take(entry.project, Share::whole(entry.weight))),
            EntryValue::Borda => positions(ballot, |entry, places| {
                take(entry.project, clipped(length(ballot) - 1, &places));
            }),
            EntryValue::ArchiveBorda(longest) => {
                let top = longest.map_or(length(ballot), i64::from);
                positions(ballot, |entry, places| {
                    take(entry.project, clipped(top, &places));
                });
            }
        }
    }
}

/// The mean of max(0, top − place) over some places, in halves.
///
/// A place beyond the maximum length gives nothing, as in the archive; the places of a tier before it give
/// what they give, so the mean of a tier that straddles it is not the value of its middle.
fn clipped(top: i64, places: &Range<usize>) -> Share {
    let first = i64::try_from(places.start).unwrap_or(i64::MAX / 4);
    let tied = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let highest = top - first;
    // Twice the sum of highest, highest − 1, … is counted × (2 highest − counted + 1).
    match highest.clamp(0, i64::from(tied)) {
        0 => Share::whole(0),
        counted if counted == i64::from(tied) => Share::whole(2 * highest - counted + 1),
        counted => Share {
            sum: counted * (counted + 1),
            among: tied,
        },
    }
}

fn length(ballot: BallotView<'_>) -> i64 {
    i64::try_from(ballot.len()).unwrap_or(i64::MAX / 4)
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
            of_ballot: divisors
                .iter()
                .map(|divisor| u32::try_from(place(divisor)).unwrap_or(u32::MAX))
                .collect(),
            values: distinct
                .iter()
                .map(|&divisor| ratio(divisor).checked_inverse().unwrap_or_default())
                .collect(),
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
        let signed = election.profile().kind() == BallotKind::Signed;
        let entries = match self {
            Utility::Points | Utility::RelativePoints => EntryValue::Points,
            Utility::Borda => EntryValue::Borda,
            Utility::ArchiveBorda => EntryValue::ArchiveBorda(longest),
            _ if signed => EntryValue::Supported,
            _ => EntryValue::Named,
        };
        let per_project = |value: &dyn Fn(Ratio, usize) -> Ratio| {
            let costs = election.instance().projects().iter().enumerate();
            Some(
                costs
                    .map(|(at, project)| value(project.cost.to_ratio(), at))
                    .collect(),
            )
        };
        let projects = match self {
            Utility::Cost | Utility::RelativeCost | Utility::RelativeCostApprox => {
                per_project(&|cost, _| cost)
            }
            Utility::AdditiveCostSqrt => {
                per_project(&|cost, _| fixed::sqrt(&cost).unwrap_or_default())
            }
            Utility::AdditiveCostLog => {
                per_project(&|cost, _| fixed::ln_1p(&cost).unwrap_or_default())
            }
            Utility::Effort => {
                let supported = Additive {
                    ballots: None,
                    projects: None,
                    entries,
                };
                let voters = supported.totals(election);
                per_project(&|cost, at| {
                    let voters = voters.get(at).cloned().unwrap_or_default();
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
        let ballots = best
            .map(|best| normaliser::factors(self, best, election))
            .transpose()?;
        Ok(Additive {
            ballots,
            projects,
            entries,
        })
    }
}

impl Additive {
    /// How the entries of a ballot count.
    #[must_use]
    pub fn entries(&self) -> EntryValue {
        self.entries
    }

    /// What one voter of a distinct ballot would gain from each project it names, whatever the voter's
    /// weight; projects that are not listed give 0. Empty if the ballot is another profile's.
    ///
    /// Linear in the ballot's marks. The sum over all ballots, times their voters and the weight of their
    /// class, is [`Additive::totals`].
    ///
    /// ```
    /// use quartier::election::{Ballot, Election, Utility};
    /// let election = Election::builder().budget(10).project(("a", 6)).project(("b", 5)).ballot(Ballot::approval(["a"])).build()?;
    /// let utility = Utility::Cost.additive(&election)?;
    /// let ballot = election.profile().ballot_indices().next().ok_or("a ballot")?;
    /// assert_eq!(utility.of_ballot(&election, ballot), [(election.instance().find("a").ok_or("a")?, 6_u32.into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_ballot(&self, election: &Election, ballot: BallotIx) -> Vec<(ProjectIx, Ratio)> {
        let Some(view) = election.profile().ballot(ballot) else {
            return Vec::new();
        };
        let unit = self
            .ballot_part(self.part_of(ballot.index()))
            .map_or_else(|| self.entries.unit(), |part| self.entries.unit() * part);
        let mut values = Vec::with_capacity(view.len());
        self.entries.values(view, |project, share| {
            let value = divided(unit.mul_int(i128::from(share.sum)), share.among);
            values.push((project, self.times_project(project.index(), value)));
        });
        values
    }

    /// Does every voter who names (or is for) a project gain the same from it?
    pub(crate) fn is_uniform(&self) -> bool {
        self.ballots.is_none() && matches!(self.entries, EntryValue::Named | EntryValue::Supported)
    }

    /// What all that a voter could gain from a project is a multiple of: see [`Additive::multiples`].
    pub(crate) fn part_of_project(&self, project: ProjectIx) -> Ratio {
        self.times_project(project.index(), self.entries.unit())
    }

    /// For each distinct ballot and each project on it, by how much the voter's gain is a multiple of
    /// [`Additive::part_of_project`].
    pub(crate) fn multiples(
        &self,
        election: &Election,
        mut take: impl FnMut(usize, ProjectIx, Ratio),
    ) {
        for (at, ballot) in election.profile().ballots().enumerate() {
            let part = self.ballot_part(self.part_of(at));
            self.entries.values(ballot, |project, share| {
                let value = divided(Ratio::from(share.sum), share.among);
                take(
                    at,
                    project,
                    part.map_or_else(|| value.clone(), |part| &value * part),
                );
            });
        }
    }

    /// The number of a ballot's part.
    fn part_of(&self, ballot: usize) -> u32 {
        self.ballots
            .as_ref()
            .and_then(|parts| parts.of_ballot.get(ballot))
            .copied()
            .unwrap_or(0)
    }

    fn ballot_part(&self, part: u32) -> Option<&Ratio> {
        self.ballots
            .as_ref()
            .and_then(|parts| parts.values.get(part as usize))
    }

    fn times_project(&self, project: usize, value: Ratio) -> Ratio {
        match self.projects.as_ref().and_then(|parts| parts.get(project)) {
            Some(part) if value == Ratio::ONE => part.clone(),
            Some(part) => value * part,
            None => value,
        }
    }

    /// The total utility of each project over all voters, with their weights.
    ///
    /// Whole numbers are added first and fractions last: for each project one sum per distinct ballot
    /// part and voter class, so the cost is the marks of the profile plus few rational operations.
    #[must_use]
    pub fn totals(&self, election: &Election) -> Vec<Ratio> {
        let profile = election.profile();
        let mut sums: Vec<Sums> = vec![Sums::new(); profile.projects()];
        let mut plain: Vec<i128> = vec![0; profile.projects()];
        let simple = self.ballots.is_none() && profile.is_unweighted();
        if simple && self.is_uniform() {
            let voters = profile.mentioned().iter().enumerate();
            return voters
                .map(|(at, &voters)| self.times_project(at, Ratio::from(voters)))
                .collect();
        }
        for (at, ballot) in profile.ballots().enumerate() {
            let part = self.part_of(at);
            let class = u32::try_from(ballot.class()).unwrap_or(u32::MAX);
            let count = i128::from(ballot.count());
            // Entries are below 2^60 and voters at most 2^63 in all, so the sums stay below 2^124.
            self.entries.values(ballot, |project, share| {
                let value = i128::from(share.sum) * count;
                if simple && share.among == 1 {
                    if let Some(sum) = plain.get_mut(project.index()) {
                        *sum += value;
                    }
                } else if let Some(sums) = sums.get_mut(project.index()) {
                    *sums.entry((class, part, share.among)).or_default() += value;
                }
            });
        }
        let unit = self.entries.unit();
        let weight = |class: u32| {
            profile
                .classes()
                .get(class as usize)
                .map(|class| class.weight.clone())
                .unwrap_or_default()
        };
        let total = |at: usize, plain: i128, sums: Sums| {
            let terms = sums.into_iter().map(|((class, part, among), sum)| {
                let value = divided(weight(class).mul_int(sum), among);
                self.ballot_part(part)
                    .map_or_else(|| value.clone(), |part| &value * part)
            });
            self.times_project(
                at,
                tree_sum(terms.chain([Ratio::from(plain)]).collect()) * &unit,
            )
        };
        plain
            .into_iter()
            .zip(sums)
            .enumerate()
            .map(|(at, (plain, sums))| total(at, plain, sums))
            .collect()
    }
}

/// Whole numbers that were added for each voter class, ballot part and number of tied projects.
type Sums = BTreeMap<(u32, u32, u32), i128>;

/// A sum in equal shares.
fn divided(sum: Ratio, among: u32) -> Ratio {
    if among == 1 {
        sum
    } else {
        sum.checked_div(&Ratio::from(among)).unwrap_or_default()
    }
}

/// Adds pairwise, so that large denominators meet late and numbers of like size are multiplied.
fn tree_sum(mut terms: Vec<Ratio>) -> Ratio {
    while terms.len() > 1 {
        terms = terms.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
    terms.pop().unwrap_or_default()
}
