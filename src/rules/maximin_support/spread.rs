//! The smallest highest load with which costs can be spread among supporters.

use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;

use super::super::supporters;
use super::flow::{Amount, Network};

/// Voters who support the same of the funded projects.
#[derive(Debug, Clone)]
struct Camp {
    /// Places in the list of funded projects.
    wants: Vec<usize>,
    share: Ratio,
}

/// The funded projects and the camps of voters that they make.
#[derive(Debug)]
pub(super) struct Spread<'e> {
    election: &'e Election,
    shares: Vec<Ratio>,
    camps: Vec<Camp>,
    /// The camp of each distinct ballot.
    at: Vec<u32>,
    /// What is spread: the cost of each funded project that somebody supports.
    costs: Vec<Ratio>,
    /// The smallest highest load of what is funded.
    load: Ratio,
    pub(super) steps: u64,
}

/// The answer to what the highest load would be with one more project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Exactly(Ratio),
    /// It is not below this, which is above the bound that was asked about.
    AtLeast(Ratio),
}

/// One question: the costs to be spread, each camp with what it wants, and all within this load.
struct Question {
    costs: Vec<Ratio>,
    camps: Vec<(Vec<usize>, Ratio)>,
}

impl<'e> Spread<'e> {
    pub(super) fn new(election: &'e Election, shares: Vec<Ratio>) -> Spread<'e> {
        let profile = election.profile();
        let mut spread = Spread {
            election,
            shares,
            camps: Vec::new(),
            at: vec![0; profile.len()],
            costs: Vec::new(),
            load: Ratio::ZERO,
            steps: 0,
        };
        let all = profile.ballot_indices();
        let share = all.map(|ballot| spread.share(ballot)).sum();
        spread.camps.push(Camp {
            wants: Vec::new(),
            share,
        });
        spread
    }

    /// The smallest highest load of what is funded.
    pub(super) fn load(&self) -> &Ratio {
        &self.load
    }

    fn share(&self, ballot: crate::election::BallotIx) -> Ratio {
        let view = self.election.profile().ballot(ballot);
        view.map_or(Ratio::ZERO, |view| {
            let share = self.shares.get(view.class()).cloned().unwrap_or_default();
            share.mul_int(i128::from(view.count()))
        })
    }

    /// The share of a project's supporters in each camp.
    fn supporters(&self, project: ProjectIx) -> Vec<Ratio> {
        let mut shares = vec![Ratio::ZERO; self.camps.len()];
        for ballot in supporters::of_project(self.election, project) {
            let camp = self.at.get(ballot.index()).map_or(0, |&camp| camp as usize);
            if let Some(share) = shares.get_mut(camp) {
                *share += &self.share(ballot);
            }
        }
        shares
    }

    /// The load that each project would give if nothing else were funded: less is never possible.
    pub(super) fn alone(&self) -> Vec<Ratio> {
        let instance = self.election.instance();
        let load = |project| {
            let all = supporters::of_project(self.election, project);
            let share: Ratio = all.map(|ballot| self.share(ballot)).sum();
            let cost = instance.cost_of(project).to_ratio();
            cost.checked_div(&share).unwrap_or_default()
        };
        instance.project_indices().map(load).collect()
    }

    /// Funds a project: its supporters become camps of their own. `load` is the highest load from now on; where it
    /// is not known, it is worked out.
    pub(super) fn fund(&mut self, project: ProjectIx, cost: &Ratio, load: Option<Ratio>) {
        let mut moved: Vec<Option<u32>> = vec![None; self.camps.len()];
        let place = self.costs.len();
        let ballots: Vec<_> = supporters::of_project(self.election, project).collect();
        if ballots.is_empty() {
            return;
        }
        for ballot in ballots {
            let share = self.share(ballot);
            let Some(at) = self.at.get_mut(ballot.index()) else {
                continue;
            };
            let Some(slot) = moved.get_mut(*at as usize) else {
                continue;
            };
            let new = *slot.get_or_insert_with(|| {
                let mut wants = self
                    .camps
                    .get(*at as usize)
                    .map(|camp| camp.wants.clone())
                    .unwrap_or_default();
                wants.push(place);
                self.camps.push(Camp {
                    wants,
                    share: Ratio::ZERO,
                });
                u32::try_from(self.camps.len() - 1).unwrap_or(u32::MAX)
            });
            if let Some(camp) = self.camps.get_mut(*at as usize) {
                camp.share -= &share;
            }
            if let Some(camp) = self.camps.get_mut(new as usize) {
                camp.share += &share;
            }
            *at = new;
        }
        self.costs.push(cost.clone());
        self.load = load.unwrap_or_else(|| {
            let question = self.question(None);
            let start = self.load.clone();
            match self.answer(&question, start, None) {
                Answer::Exactly(load) | Answer::AtLeast(load) => load,
            }
        });
    }

    fn question(&self, with: Option<(ProjectIx, &Ratio)>) -> Question {
        let (mut costs, mut camps) = (self.costs.clone(), Vec::new());
        let place = costs.len();
        let supporting = with.map_or_else(Vec::new, |(project, _)| self.supporters(project));
        costs.extend(with.map(|(_, cost)| cost.clone()));
        for (number, camp) in self.camps.iter().enumerate() {
            let inside = supporting.get(number).cloned().unwrap_or_default();
            let outside = &camp.share - &inside;
            if outside.is_positive() && !camp.wants.is_empty() {
                camps.push((camp.wants.clone(), outside));
            }
            if inside.is_positive() {
                let mut wants = camp.wants.clone();
                wants.push(place);
                camps.push((wants, inside));
            }
        }
        Question { costs, camps }
    }

    /// The smallest highest load if this project, which has supporters, were funded too. `known` is a bound from
    /// below; above `enough` a bound will do.
    pub(super) fn with(
        &mut self,
        project: ProjectIx,
        cost: &Ratio,
        known: &Ratio,
        enough: Option<&Ratio>,
    ) -> Answer {
        let question = self.question(Some((project, cost)));
        let start = known.max(&self.load).clone();
        self.answer(&question, start, enough)
    }

    /// From a bound below, to the load of the set that is still too heavy, until none is (Newton's method on the
    /// largest `cost(S) / share(N(S))`; each set is met once).
    fn answer(&mut self, question: &Question, start: Ratio, enough: Option<&Ratio>) -> Answer {
        let mut load = start;
        loop {
            if enough.is_some_and(|enough| load > *enough) {
                return Answer::AtLeast(load);
            }
            let (heavy, steps) = question.too_heavy(&load);
            self.steps += steps;
            let Some(heavier) = heavy.filter(|heavier| *heavier > load) else {
                return Answer::Exactly(load);
            };
            load = heavier;
        }
    }
}

/// The most that a sum of whole numbers may be.
const RANGE: i128 = 1 << 120;

impl Question {
    /// If the costs cannot be spread within this load: that of the projects which are in the way.
    fn too_heavy(&self, load: &Ratio) -> (Option<Ratio>, u64) {
        if let Some((costs, rooms)) = self.whole(load) {
            return self.spread(&costs, &rooms);
        }
        let rooms: Vec<Ratio> = self.camps.iter().map(|(_, share)| share * load).collect();
        self.spread(&self.costs, &rooms)
    }

    /// The same question in whole numbers, where they are small enough.
    fn whole(&self, load: &Ratio) -> Option<(Vec<i128>, Vec<i128>)> {
        let rooms: Vec<Ratio> = self.camps.iter().map(|(_, share)| share * load).collect();
        let mut factor = 1_i128;
        for amount in self.costs.iter().chain(&rooms) {
            let (_, denominator) = amount.mul_int(factor).to_parts()?;
            factor = factor
                .checked_mul(denominator)
                .filter(|&factor| factor < RANGE)?;
        }
        let scaled = |amounts: &[Ratio]| -> Option<Vec<i128>> {
            let mut sum = 0_i128;
            let one = |amount: &Ratio| {
                let whole = amount.mul_int(factor).to_i128()?;
                sum = sum.checked_add(whole).filter(|&sum| sum < RANGE)?;
                Some(whole)
            };
            amounts.iter().map(one).collect()
        };
        Some((scaled(&self.costs)?, scaled(&rooms)?))
    }

    fn spread<N: Amount>(&self, costs: &[N], rooms: &[N]) -> (Option<Ratio>, u64) {
        let (source, sink, projects) = (0, 1, self.costs.len());
        let (project, camp) = (
            |place: usize| 2 + place,
            |place: usize| 2 + projects + place,
        );
        let mut network = Network::new(2 + projects + self.camps.len());
        for (place, cost) in costs.iter().enumerate() {
            network.arc(source, project(place), Some(cost.clone()));
        }
        for (place, ((wants, _), room)) in self.camps.iter().zip(rooms).enumerate() {
            for &want in wants {
                network.arc(project(want), camp(place), None);
            }
            network.arc(camp(place), sink, Some(room.clone()));
        }
        let steps = network.fill(source, sink);
        if network.is_drained(source) {
            return (None, steps);
        }
        let reached = network.distances(source);
        let is_reached = |node: usize| reached.get(node).is_some_and(Option::is_some);
        let costs = self
            .costs
            .iter()
            .enumerate()
            .filter(|&(place, _)| is_reached(project(place)));
        let camps = self
            .camps
            .iter()
            .enumerate()
            .filter(|&(place, _)| is_reached(camp(place)));
        let cost: Ratio = costs.map(|(_, cost)| cost).sum();
        let share: Ratio = camps.map(|(_, (_, share))| share).sum();
        (cost.checked_div(&share), steps)
    }
}
