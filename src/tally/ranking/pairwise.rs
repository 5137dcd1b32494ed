//! Pairwise comparisons: for each two projects, the voters who prefer one to the other.

use std::ops::{AddAssign, SubAssign};

use crate::election::{BallotKind, BallotView, Election, ProjectIx};
use crate::exact::Ratio;
use crate::tally::{Score, ScoreError};

use super::voices::Voices;

/// For every two projects, how many voters prefer the one to the other.
///
/// A voter prefers a project to those of later tiers and to all that they do not rank: **unranked projects are
/// tied last**. Between projects of one tier, and between two that they do not rank, they have no preference.
/// Voters count with their weights.
///
/// **Complexity.** O(n·l² + m²) for n distinct ballots of l projects, out of m: who leaves projects out is not
/// compared with each of them, as the voters who rank a project at all are counted once.
///
/// **Source.** Condorcet, *Essai sur l'application de l'analyse à la probabilité des décisions rendues à la
/// pluralité des voix*, 1785.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::Pairwise;
/// let election = Election::builder().budget(10)
///     .project(("a", 5)).project(("b", 5)).project(("c", 5))
///     .ballots(Ballot::ranked(["a", "b"]), 3).ballots(Ballot::ranked(["c"]), 2)
///     .build()?;
/// let pairwise = Pairwise::of(&election)?;
/// let find = |id: &str| election.instance().find(id);
/// let (a, b, c) = (find("a").ok_or("a")?, find("b").ok_or("b")?, find("c").ok_or("c")?);
/// assert_eq!(pairwise.support(b, c), Some(&3.into()));
/// assert_eq!(pairwise.support(c, b), Some(&2.into()));
/// assert_eq!(pairwise.support(b, a), Some(&0.into()));
/// assert_eq!(pairwise.condorcet_winner(), Some(a));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairwise {
    among: Vec<ProjectIx>,
    /// Row by row, as long as `among` each.
    support: Vec<Ratio>,
}

impl Pairwise {
    /// The comparisons of all projects.
    ///
    /// # Errors
    /// [`ScoreError::Ballots`] if the ballots are not ranked.
    pub fn of(election: &Election) -> Result<Pairwise, ScoreError> {
        let all: Vec<ProjectIx> = election.instance().project_indices().collect();
        Pairwise::among(election, &all, &Score::Copeland)
    }

    /// The comparisons of some projects, for a method.
    pub(in crate::tally) fn among(
        election: &Election,
        among: &[ProjectIx],
        score: &Score,
    ) -> Result<Pairwise, ScoreError> {
        let kind = election.profile().kind();
        if kind != BallotKind::Ranked {
            return Err(ScoreError::Ballots {
                score: score.clone(),
                kind,
            });
        }
        let support = match Voices::of(election.profile()) {
            Voices::Whole { classes, unit } => {
                let cells = Table::fill(election, among, |ballot| {
                    // All voters together have less than 2^127 units.
                    let one = classes.get(ballot.class()).copied().unwrap_or_default();
                    one * i128::from(ballot.count())
                });
                cells.into_iter().map(|units| unit.mul_int(units)).collect()
            }
            Voices::Exact { classes } => Table::fill(election, among, |ballot| {
                let one = classes.get(ballot.class()).cloned().unwrap_or_default();
                one.mul_int(i128::from(ballot.count()))
            }),
        };
        Ok(Pairwise {
            among: among.to_vec(),
            support,
        })
    }

    /// The projects that are compared, in the order of ids.
    #[must_use]
    pub fn projects(&self) -> &[ProjectIx] {
        &self.among
    }

    /// How many voters prefer the first to the second; `None` if one of them is not compared here.
    #[must_use]
    pub fn support(&self, preferred: ProjectIx, to: ProjectIx) -> Option<&Ratio> {
        self.cell(self.position(preferred)?, self.position(to)?)
    }

    /// The project that more voters prefer to each other one than the other way round, if there is one.
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<ProjectIx> {
        let all = || 0..self.among.len();
        let winner = all().find(|&at| all().all(|other| other == at || self.wins(at, other)))?;
        self.among.get(winner).copied()
    }

    pub(super) fn position(&self, project: ProjectIx) -> Option<usize> {
        self.among.iter().position(|&known| known == project)
    }

    /// The support between two positions.
    pub(super) fn cell(&self, at: usize, other: usize) -> Option<&Ratio> {
        let row = self.support.chunks(self.among.len().max(1)).nth(at)?;
        row.get(other)
    }

    /// Do more voters prefer the project at the first position than the other way round?
    pub(super) fn wins(&self, at: usize, other: usize) -> bool {
        self.cell(at, other) > self.cell(other, at)
    }

    /// The contests that have a winner: positions of winner and loser, with the votes for and against.
    pub(super) fn majorities(&self) -> Vec<Majority<'_>> {
        let all = || 0..self.among.len();
        all()
            .flat_map(|winner| all().map(move |loser| (winner, loser)))
            .filter_map(|(winner, loser)| {
                let (votes, against) = (self.cell(winner, loser)?, self.cell(loser, winner)?);
                (votes > against).then_some(Majority {
                    winner,
                    loser,
                    votes,
                    against,
                })
            })
            .collect()
    }
}

/// A pairwise contest that has a winner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Majority<'a> {
    pub(super) winner: usize,
    pub(super) loser: usize,
    pub(super) votes: &'a Ratio,
    pub(super) against: &'a Ratio,
}

/// Sums of ballots, in whole units or in fractions.
trait Sum: Clone + Default + for<'a> AddAssign<&'a Self> + for<'a> SubAssign<&'a Self> {}

impl<T: Clone + Default + for<'a> AddAssign<&'a T> + for<'a> SubAssign<&'a T>> Sum for T {}

struct Table<T> {
    /// The voters who rank each project.
    ranking: Vec<T>,
    /// `x·len + y`: the voters who rank both x and y, and x not above y.
    not_above: Vec<T>,
}

impl<T: Sum> Table<T> {
    /// Row by row: the voters who prefer x to y are those who rank x, except those who rank both and x not
    /// above y.
    fn fill(
        election: &Election,
        among: &[ProjectIx],
        amount: impl Fn(BallotView<'_>) -> T,
    ) -> Vec<T> {
        let profile = election.profile();
        let mut position = vec![None; profile.projects()];
        for (at, project) in among.iter().enumerate() {
            if let Some(slot) = position.get_mut(project.index()) {
                *slot = Some(at);
            }
        }
        let mut table = Table {
            ranking: vec![T::default(); among.len()],
            not_above: vec![T::default(); among.len() * among.len()],
        };
        let mut ranked: Vec<(usize, i64)> = Vec::new();
        for ballot in profile.ballots() {
            ranked.clear();
            ranked.extend(ballot.entries().filter_map(|entry| {
                let at = position.get(entry.project.index()).copied().flatten()?;
                Some((at, entry.weight))
            }));
            table.add(&ranked, &amount(ballot));
        }
        table.finish()
    }

    /// Adds ballots that rank these positions by these tiers, the best first.
    fn add(&mut self, ranked: &[(usize, i64)], amount: &T) {
        let len = self.ranking.len();
        for (number, &(at, tier)) in ranked.iter().enumerate() {
            if let Some(sum) = self.ranking.get_mut(at) {
                *sum += amount;
            }
            for &(earlier, its_tier) in ranked.iter().take(number) {
                if let Some(sum) = self.not_above.get_mut(at * len + earlier) {
                    *sum += amount;
                }
                if its_tier == tier
                    && let Some(sum) = self.not_above.get_mut(earlier * len + at)
                {
                    *sum += amount;
                }
            }
        }
    }

    fn finish(self) -> Vec<T> {
        let len = self.ranking.len().max(1);
        let mut cells = Vec::with_capacity(self.not_above.len());
        for (at, (row, all)) in self.not_above.chunks(len).zip(&self.ranking).enumerate() {
            cells.extend(row.iter().enumerate().map(|(other, not_above)| {
                let mut sum = if at == other {
                    T::default()
                } else {
                    all.clone()
                };
                sum -= not_above;
                sum
            }));
        }
        cells
    }
}
