//! Ranked pairs: the clearest pairwise results are locked first.

use std::cmp::Reverse;

use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::pairwise::Pairwise;
use super::ranked::Ranked;
use super::reach::Reach;

/// Tideman's ranked pairs: majorities are locked from the largest down, except those that contradict what
/// is locked already.
///
/// **Definition.** A majority of a over b has the *margin* (voters who prefer a) − (voters who prefer b), as in
/// Tideman's paper. Majorities are taken by descending margin. One that would close a circle with those locked
/// before is set aside for good; the others are locked. a stands before b if locked majorities lead from a to b.
///
/// **Equal margins** are looked at together, so that no order among them can decide: of those that neither
/// contradict nor follow from larger margins, each that lies on a circle made of locked majorities and others
/// *of the same margin* is set aside, and all the rest are locked. No lot is needed, projects are treated alike whatever
/// their ids, and what is locked never has a circle. (Zavist and Tideman draw a ballot to order them instead;
/// where margins differ, both are the same.)
///
/// **Ties.** Where majorities of equal margin were set aside, two projects can be incomparable. Groups are formed
/// as for [`Schulze`](super::Schulze): the first holds those that nobody stands before, and so on.
///
/// **Unranked** projects are tied last on a ballot (see [`Pairwise`]).
///
/// **Properties.** Condorcet winner alone first, Condorcet loser alone last, mutual majority, independent of
/// clones. Monotone where the margins of all pairs of projects differ before and after: then this is Tideman's method.
/// **Not monotone where margins are equal**: a voter who raises a first project can make one of its majorities as large
/// as others with which it closes a circle, which takes those out as well, and the first project falls behind one that
/// they had held down. Nor does taking part always help (participation). Each failure has an election of its own in
/// `tests/ranking`.
///
/// **Complexity.** O(m² log m) to sort, O(m³) word operations at most to keep who comes before whom, and a
/// copy of m²/64 words for each margin that several open majorities share.
///
/// **Source.** T. N. Tideman, *Independence of clones as a criterion for voting rules*, Social Choice and Welfare 4,
/// 1987; Zavist and Tideman, *Complete independence of clones in the ranked pairs rule*, 1989.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::ranking::{Pairwise, RankedPairs};
/// let election = Election::builder().budget(10).project(("a", 5)).project(("b", 5)).project(("c", 5))
///     .ballots(Ballot::ranked(["a", "b", "c"]), 2).ballots(Ballot::ranked(["b", "c", "a"]), 4)
///     .ballots(Ballot::ranked(["c", "a", "b"]), 3)
///     .build()?;
/// let pairs = RankedPairs::of(&Pairwise::of(&election)?);
/// let find = |id: &str| election.instance().find(id);
/// let (a, b) = (find("a").ok_or("a")?, find("b").ok_or("b")?);
/// assert_eq!(pairs.ranked().groups().first(), Some(&vec![b]));
/// assert_eq!(pairs.set_aside(), [(a, b)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedPairs {
    among: Vec<ProjectIx>,
    locked: Reach,
    set_aside: Vec<(ProjectIx, ProjectIx)>,
}

/// The margin and the positions of winner and loser.
type Pair = (Ratio, usize, usize);

impl RankedPairs {
    /// Locks the majorities between all projects that are compared.
    #[must_use]
    pub fn of(pairwise: &Pairwise) -> RankedPairs {
        let among = pairwise.projects().to_vec();
        let mut pairs: Vec<Pair> = pairwise
            .majorities()
            .iter()
            .map(|found| (found.votes - found.against, found.winner, found.loser))
            .collect();
        pairs.sort_by(|a, b| Reverse(&a.0).cmp(&Reverse(&b.0)));
        let mut locked = Reach::new(among.len());
        let mut set_aside = Vec::new();
        for equal in pairs.chunk_by(|a, b| a.0 == b.0) {
            for (winner, loser) in lock(&mut locked, equal) {
                set_aside.extend(among.get(winner).copied().zip(among.get(loser).copied()));
            }
        }
        RankedPairs {
            among,
            locked,
            set_aside,
        }
    }

    /// Do locked majorities lead from the first project to the second?
    #[must_use]
    pub fn is_before(&self, first: ProjectIx, second: ProjectIx) -> bool {
        let position = |project| self.among.iter().position(|&known| known == project);
        position(first)
            .zip(position(second))
            .is_some_and(|(first, second)| self.locked.has(first, second))
    }

    /// The majorities that were set aside, winner and loser, by descending margin.
    #[must_use]
    pub fn set_aside(&self) -> &[(ProjectIx, ProjectIx)] {
        &self.set_aside
    }

    /// The order in tied groups.
    #[must_use]
    pub fn ranked(&self) -> Ranked {
        Ranked::layers(&self.among, |a, b| self.locked.has(a, b))
    }
}

/// Locks majorities of one margin, and gives those that were set aside.
fn lock(locked: &mut Reach, equal: &[Pair]) -> Vec<(usize, usize)> {
    let pairs = equal.iter().map(|&(_, winner, loser)| (winner, loser));
    let (open, mut aside): (Vec<_>, Vec<_>) =
        pairs.partition(|&(winner, loser)| !locked.has(loser, winner));
    // Majorities that follow from larger ones add nothing, and are part of the relation already.
    let new: Vec<_> = open
        .into_iter()
        .filter(|&(winner, loser)| !locked.has(winner, loser))
        .collect();
    if let [(winner, loser)] = new.as_slice() {
        locked.insert(*winner, *loser);
        return aside;
    }
    let mut all = locked.clone();
    for &(winner, loser) in &new {
        all.insert(winner, loser);
    }
    for (winner, loser) in new {
        if all.has(loser, winner) {
            aside.push((winner, loser));
        } else {
            locked.insert(winner, loser);
        }
    }
    aside
}
