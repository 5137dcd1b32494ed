//! Schulze: by the strongest chains of pairwise victories.

use std::cmp::Reverse;

use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::pairwise::Pairwise;
use super::ranked::Ranked;

/// The Schulze method: a project stands before another if its strongest chain of victories to it is stronger
/// than the way back.
///
/// **Definition.** A *victory* of a over b: more voters prefer a to b than b to a. Victories are compared by
/// **winning votes**: more voters for it are stronger, and with as many for it, fewer voters against it (the
/// order >win of Schulze's paper). A *beatpath* from a to b is a chain of victories, as strong as its weakest
/// one. a stands before b if the strongest beatpath from a to b is stronger than that from b to a.
///
/// **Ties.** That relation has no circles, but not every two projects are comparable. The first group holds
/// the projects that nobody stands before (Schulze's *potential winners*), the second those that nobody of
/// the rest stands before, and so on. Equal beatpaths are never settled silently.
///
/// **Unranked** projects are tied last on a ballot (see [`Pairwise`]).
///
/// **Properties.** Condorcet winner alone first, Condorcet loser alone last, mutual majority, independent of
/// clones, monotone. Voting can hurt (participation), as with every Condorcet method (`tests/ranking`).
///
/// **Complexity.** O(m³) on whole numbers, as only the order of strengths matters, after O(m² log m) fractions.
///
/// **Source.** Markus Schulze, *A new monotonic, clone-independent, reversal symmetric, and
/// Condorcet-consistent single-winner election method*, Social Choice and Welfare 36, 2011.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::{Pairwise, Schulze};
/// // A circle: 5 prefer a to b, 6 prefer b to c, 7 prefer c to a. The weakest victory gives way.
/// let election = Election::builder().budget(10).project(("a", 5)).project(("b", 5)).project(("c", 5))
///     .ballots(Ballot::ranked(["a", "b", "c"]), 2).ballots(Ballot::ranked(["b", "c", "a"]), 4)
///     .ballots(Ballot::ranked(["c", "a", "b"]), 3)
///     .build()?;
/// let schulze = Schulze::of(&Pairwise::of(&election)?);
/// let (a, b) = (election.instance().find("a").ok_or("a")?, election.instance().find("b").ok_or("b")?);
/// assert_eq!(schulze.ranked().groups().first(), Some(&vec![b]));
/// assert_eq!((schulze.strength(b, a), schulze.strength(a, b)), (Some(&6.into()), Some(&5.into())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schulze {
    among: Vec<ProjectIx>,
    /// Row by row: the level of the strongest beatpath, 0 where there is none.
    paths: Vec<u32>,
    /// The winning votes of each level, from level 1.
    levels: Vec<Ratio>,
}

impl Schulze {
    /// The strongest beatpaths between all projects that are compared.
    #[must_use]
    pub fn of(pairwise: &Pairwise) -> Schulze {
        let len = pairwise.projects().len();
        let mut victories = pairwise.majorities();
        victories.sort_by_key(|victory| (victory.votes, Reverse(victory.against)));
        let (mut paths, mut levels) = (vec![0_u32; len * len], Vec::new());
        let equal = victories.chunk_by(|a, b| (a.votes, a.against) == (b.votes, b.against));
        for (level, group) in (1..).zip(equal) {
            levels.extend(group.first().map(|victory| victory.votes.clone()));
            for victory in group {
                if let Some(cell) = paths.get_mut(victory.winner * len + victory.loser) {
                    *cell = level;
                }
            }
        }
        widen(&mut paths, len);
        Schulze {
            among: pairwise.projects().to_vec(),
            paths,
            levels,
        }
    }

    /// The winning votes of the weakest victory on the strongest beatpath from one project to another;
    /// `None` if there is no beatpath.
    #[must_use]
    pub fn strength(&self, from: ProjectIx, to: ProjectIx) -> Option<&Ratio> {
        let position = |project| self.among.iter().position(|&known| known == project);
        let level = self.level(position(from)?, position(to)?);
        self.levels
            .get(usize::try_from(level).ok()?.checked_sub(1)?)
    }

    /// The order in tied groups.
    #[must_use]
    pub fn ranked(&self) -> Ranked {
        Ranked::layers(&self.among, |a, b| self.level(a, b) > self.level(b, a))
    }

    fn level(&self, from: usize, to: usize) -> u32 {
        let at = from * self.among.len() + to;
        self.paths.get(at).copied().unwrap_or(0)
    }
}

/// Floyd and Warshall for widest paths.
fn widen(paths: &mut [u32], len: usize) {
    for via in 0..len {
        let onward: Vec<u32> = paths.iter().skip(via * len).take(len).copied().collect();
        for row in paths.chunks_mut(len.max(1)) {
            let first = row.get(via).copied().unwrap_or(0);
            if first == 0 {
                continue;
            }
            for (cell, &second) in row.iter_mut().zip(&onward) {
                *cell = (*cell).max(first.min(second));
            }
        }
    }
}
