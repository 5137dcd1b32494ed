//! Closing the books: the outcome, and every project's fate.

use crate::budget::PotBalance;
use crate::election::{BallotKind, BallotView, Entry, Money, Profile, ProjectIx, Supporters};
use crate::exact::Ratio;
use crate::record::{Event, Reason};

use super::allocation::Allocation;
use super::error::CountError;
use super::fate::{Fate, ProjectFate};
use super::outcome::{Award, Outcome};
use super::run::Count;

impl Count<'_> {
    /// Closes the books and gives every project its fate.
    pub(super) fn close(&self, allocation: &mut Allocation<'_>) -> Result<Outcome, CountError> {
        let instance = self.election.instance();
        let pots = allocation.journal.close()?;
        let mut winners: Vec<String> = Vec::new();
        let mut won = vec![false; instance.projects().len()];
        let mut awards = Vec::new();
        for paid in allocation.awards.paid() {
            let project = instance.id_of(paid.project).to_owned();
            if let Some(won) = won.get_mut(paid.project.index()).filter(|won| !**won) {
                *won = true;
                winners.push(project.clone());
            }
            awards.push(Award {
                project,
                amount: paid.amount,
                pot: allocation.journal.pot_id(paid.pot).to_owned(),
            });
        }
        let fates = instance
            .project_indices()
            .map(|project| self.fate(allocation, project))
            .collect::<Result<_, _>>()?;
        let (voters_with_a_winner, mean_winners) = self.served(&won);
        let zero = Money::ZERO;
        let (budget, spent, left) = pots.first().map_or((zero, zero, zero), |pot| {
            (
                pot.opened.checked_add(pot.added).unwrap_or(Money::MAX),
                pot.funded,
                pot.left,
            )
        });
        if let Some(observer) = allocation.observer.as_mut() {
            let sum = |part: fn(&PotBalance) -> Money| {
                Money::checked_sum(pots.iter().map(part)).unwrap_or(Money::MAX)
            };
            observer.observe(&Event::Closed {
                funded: sum(|pot| pot.funded),
                left: sum(|pot| pot.left),
            });
        }
        let ties = allocation.ties.records().to_vec();
        Ok(Outcome {
            rule: self.rule.text(),
            winners,
            awards,
            fates,
            pots,
            ties,
            budget,
            spent,
            left,
            voters: self.election.profile().voters(),
            voters_with_a_winner,
            mean_winners,
        })
    }

    fn fate(
        &self,
        allocation: &Allocation<'_>,
        project: ProjectIx,
    ) -> Result<ProjectFate, CountError> {
        let instance = self.election.instance();
        let (id, cost) = (
            instance.id_of(project).to_owned(),
            instance.cost_of(project),
        );
        let fate = match allocation.awards.sum(project) {
            Some(amount) if amount == cost => Fate::Funded { amount },
            Some(amount) if amount < cost => Fate::PartlyFunded {
                amount,
                missing: cost.checked_sub(amount).unwrap_or_default(),
            },
            Some(_) => return Err(CountError::NoFate { project: id }),
            None => Fate::Refused {
                reason: allocation
                    .reasons
                    .get(project.index())
                    .cloned()
                    .flatten()
                    .map_or(Reason::NotReached, |(_, reason)| reason),
            },
        };
        Ok(ProjectFate { project: id, fate })
    }

    /// How many voters name a winner, and how many winners a voter names on average.
    fn served(&self, won: &[bool]) -> (u64, Ratio) {
        let profile = self.election.profile();
        let signed = profile.kind() == BallotKind::Signed;
        let served = match profile.built_supporters() {
            Some(supporters) if !signed => served_by(profile, supporters, won),
            _ => {
                let has_won = |entry: &Entry| won.get(entry.project.index()).copied();
                let served = profile.ballots().filter(|ballot| {
                    ballot.entries().any(|entry| {
                        has_won(&entry).unwrap_or(false) && (!signed || entry.weight > 0)
                    })
                });
                served.map(BallotView::count).sum()
            }
        };
        // Every voter once for each winner: the same voters, summed over the winners.
        let named = profile.mentioned().iter().zip(won);
        let named: i128 = named
            .filter(|&(_, &won)| won)
            .map(|(&voters, _)| i128::from(voters))
            .sum();
        let mean = Ratio::from(named)
            .checked_div(&Ratio::from(profile.voters()))
            .unwrap_or_default();
        (served, mean)
    }
}

/// How many voters name a winner, where the index tells at once which ballots do.
fn served_by(profile: &Profile, supporters: &Supporters, won: &[bool]) -> u64 {
    let counts = profile.counts();
    let mut is_served = vec![false; counts.len()];
    for (project, _) in (0..).zip(won).filter(|&(_, &won)| won) {
        for &ballot in supporters.ballots_of(ProjectIx::new(project)) {
            if let Some(is_served) = is_served.get_mut(ballot as usize) {
                *is_served = true;
            }
        }
    }
    let served = counts.iter().zip(is_served);
    // At most 2^63 voters in all.
    served.fold(0, |sum: u64, (&count, is)| {
        sum.wrapping_add(if is { count } else { 0 })
    })
}
