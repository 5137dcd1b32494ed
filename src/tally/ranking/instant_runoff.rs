//! Instant runoff: the weakest project is eliminated, round by round.

use crate::election::{BallotIx, BallotKind, BallotView, Election, ProjectIx};
use crate::exact::Ratio;
use crate::tally::{Score, ScoreError};

use super::figure::Figure;
use super::ranked::Ranked;
use super::voices::weight;

/// One round of an instant runoff.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Round {
    /// The votes of each project that still stands, in the order of ids.
    pub votes: Vec<(ProjectIx, Ratio)>,
    /// The weight of the ballots that rank none of them.
    pub exhausted: Ratio,
    /// The projects with the fewest votes, which leave; in the last round all that still stand.
    pub eliminated: Vec<ProjectIx>,
}

impl Round {
    /// Could the order among those who leave together matter? So it can if they are several, and have together
    /// at least as many votes as the next, or nobody is left.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        let leaves = |project: &ProjectIx| self.eliminated.contains(project);
        let (out, stay): (Vec<_>, Vec<_>) = self.votes.iter().partition(|(ix, _)| leaves(ix));
        let together: Ratio = out.iter().map(|(_, votes)| votes).sum();
        let next = stay.iter().map(|(_, votes)| votes).min();
        out.len() > 1 && next.is_none_or(|next| together >= *next)
    }
}

/// Instant runoff (alternative vote): a ballot counts for its best project that still stands.
///
/// **Definition.** In each round every ballot counts for the projects of its first tier in which some still
/// stand; a tier of several shares the vote equally. A ballot that ranks none that still stands is *exhausted*
/// and counted as such. The projects with the fewest votes leave. The order is that of leaving, reversed.
///
/// **Ties.** All projects that have the fewest votes leave **together**, and form one group of the order. That is
/// neutral, and needs no lot; where they have fewer votes together than the next, it changes nothing, as they
/// would leave one after another anyway. Otherwise another order of leaving could end otherwise:
/// [`Round::is_contested`] says so. With few places on the ballot many projects have no vote in the first round
/// and leave together in it.
///
/// **Properties.** Later-no-harm, contested or not: to name one more project below all others, in a tier of its own, never costs one
/// named before a place. (Beside others in their tier it takes a share of the vote from them.) If no round is contested: a Condorcet loser is never first, mutual majority,
/// independent of clones that are ranked without ties. Not monotone: more support can make a winner lose; a Condorcet winner can
/// leave first (`tests/ranking`).
///
/// **Complexity.** O(n·l²) for n distinct ballots of length l, and O(m²) for the rounds.
///
/// **Source.** Ware 1871; Hill, *Electing representatives by the single transferable vote with tied preferences*,
/// Voting matters 13, 2001, for sharing a vote within a tier.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::ranking::InstantRunoff;
/// let election = Election::builder().budget(10).project(("a", 5)).project(("b", 5)).project(("c", 5))
///     .ballots(Ballot::ranked(["a"]), 4).ballots(Ballot::ranked(["b"]), 3)
///     .ballots(Ballot::ranked(["c", "b"]), 2)
///     .build()?;
/// let runoff = InstantRunoff::of(&election)?;
/// let b = election.instance().find("b").ok_or("b")?;
/// assert_eq!(runoff.ranked().groups().first(), Some(&vec![b]));
/// assert_eq!(runoff.rounds().len(), 3);
/// assert_eq!(runoff.rounds().last().ok_or("no round")?.exhausted, 4.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstantRunoff {
    rounds: Vec<Round>,
}

impl InstantRunoff {
    /// The rounds among all projects.
    ///
    /// # Errors
    /// [`ScoreError::Ballots`] if the ballots are not ranked.
    pub fn of(election: &Election) -> Result<InstantRunoff, ScoreError> {
        let all: Vec<ProjectIx> = election.instance().project_indices().collect();
        InstantRunoff::among(election, &all)
    }

    /// The rounds among some projects: ballots count as if the others were not on them.
    pub(in crate::tally) fn among(
        election: &Election,
        among: &[ProjectIx],
    ) -> Result<InstantRunoff, ScoreError> {
        let kind = election.profile().kind();
        if kind != BallotKind::Ranked {
            return Err(ScoreError::Ballots {
                score: Score::InstantRunoff,
                kind,
            });
        }
        let mut piles = Piles::new(election, among);
        let mut rounds = Vec::new();
        while let Some(round) = piles.round() {
            piles.eliminate(&round.eliminated);
            rounds.push(round);
        }
        Ok(InstantRunoff { rounds })
    }

    /// The rounds in order.
    #[must_use]
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// The order in tied groups: who left last is first.
    #[must_use]
    pub fn ranked(&self) -> Ranked {
        let group = |(number, round): (u32, &Round)| {
            let left = round.votes.iter();
            let left = left.filter(|(project, _)| round.eliminated.contains(project));
            left.map(|(project, votes)| {
                let (round, votes) = (number, votes.clone());
                (*project, Figure::Runoff { round, votes })
            })
            .collect()
        };
        let mut groups: Vec<Vec<(ProjectIx, Figure)>> =
            (1..).zip(&self.rounds).map(group).collect();
        groups.reverse();
        Ranked::from_groups(groups)
    }
}

/// Whom the ballots count for.
struct Piles<'a> {
    election: &'a Election,
    stands: Vec<bool>,
    votes: Vec<Ratio>,
    exhausted: Ratio,
}

impl<'a> Piles<'a> {
    fn new(election: &'a Election, among: &[ProjectIx]) -> Piles<'a> {
        let profile = election.profile();
        let mut stands = vec![false; profile.projects()];
        for project in among {
            if let Some(slot) = stands.get_mut(project.index()) {
                *slot = true;
            }
        }
        let mut piles = Piles {
            election,
            stands,
            votes: vec![Ratio::default(); profile.projects()],
            exhausted: Ratio::default(),
        };
        for ballot in profile.ballots() {
            piles.give(&piles.holders(ballot), &weight(profile, ballot));
        }
        piles
    }

    /// The projects that a ballot counts for.
    fn holders(&self, ballot: BallotView<'_>) -> Vec<ProjectIx> {
        let mut holders = Vec::new();
        let mut tier = None;
        for entry in ballot.entries() {
            if tier.is_some_and(|tier| tier != entry.weight) {
                break;
            }
            if self.stands.get(entry.project.index()) == Some(&true) {
                tier = Some(entry.weight);
                holders.push(entry.project);
            }
        }
        holders
    }

    /// Gives a weight to the holders in equal shares; a negative one takes it back.
    fn give(&mut self, holders: &[ProjectIx], weight: &Ratio) {
        let Some(share) = weight.checked_div(&Ratio::from(holders.len() as u64)) else {
            self.exhausted += weight;
            return;
        };
        for holder in holders {
            if let Some(votes) = self.votes.get_mut(holder.index()) {
                *votes += &share;
            }
        }
    }

    /// The round as the piles stand; `None` when nobody does.
    fn round(&self) -> Option<Round> {
        let projects = self.election.instance().project_indices();
        let votes: Vec<(ProjectIx, Ratio)> = projects
            .zip(&self.stands)
            .zip(&self.votes)
            .filter(|((_, stands), _)| **stands)
            .map(|((project, _), votes)| (project, votes.clone()))
            .collect();
        let fewest = votes.iter().map(|(_, votes)| votes).min()?;
        let eliminated = votes
            .iter()
            .filter(|(_, votes)| votes == fewest)
            .map(|&(project, _)| project)
            .collect();
        Some(Round {
            eliminated,
            exhausted: self.exhausted.clone(),
            votes,
        })
    }

    /// Takes projects out and gives their ballots on.
    fn eliminate(&mut self, projects: &[ProjectIx]) {
        let profile = self.election.profile();
        let supporters = profile.supporters();
        let mut touched: Vec<BallotIx> = projects
            .iter()
            .flat_map(|&project| supporters.of_project(project).map(|(ballot, _)| ballot))
            .collect();
        touched.sort_unstable();
        touched.dedup();
        let touched = || touched.iter().filter_map(|&ballot| profile.ballot(ballot));
        let before: Vec<Vec<ProjectIx>> = touched().map(|ballot| self.holders(ballot)).collect();
        for project in projects {
            if let Some(slot) = self.stands.get_mut(project.index()) {
                *slot = false;
            }
        }
        for (ballot, before) in touched().zip(before) {
            let after = self.holders(ballot);
            if before != after {
                let weight = weight(profile, ballot);
                self.give(&before, &-&weight);
                self.give(&after, &weight);
            }
        }
    }
}
