//! The best that the budget could buy one voter: the divisors of the relative utilities.

use std::collections::BTreeMap;

use crate::election::ballot::BallotKind;
use crate::election::election::Election;
use crate::election::money::Money;
use crate::election::points::Points;
use crate::election::profile::BallotView;
use crate::exact::Ratio;

use super::additive::Parts;
use super::{Utility, UtilityError};

/// How many partial sets may be kept at a time before the exact divisor is refused.
const LIMIT: usize = 4_000_000;

/// How many partial sets may be looked at for all ballots of an election together.
const STEPS: usize = 100_000_000;

/// What is maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Best {
    /// The total cost, exactly.
    Cost,
    /// The total cost or the budget, whichever is less.
    CostApprox,
    /// The number of projects.
    Cardinality,
    /// The points.
    Points,
}

/// 1 ÷ the best, for each distinct ballot; 0 where the best is 0.
pub(super) fn factors(
    utility: Utility,
    best: Best,
    election: &Election,
) -> Result<Parts, UtilityError> {
    let budget = election.instance().budget();
    let ballots = election.profile().ballots();
    let costs_of = |ballot| {
        named(election, ballot)
            .map(|(_, cost)| cost)
            .collect::<Vec<_>>()
    };
    match best {
        Best::Cost => {
            let items = |ballot: BallotView<'_>| {
                named(election, ballot)
                    .map(|(_, cost)| (cost, cost.ten_thousandths()))
                    .collect()
            };
            let divisors = search_all(utility, election, items)?;
            Ok(Parts::inverses(&divisors, |parts| {
                Ratio::new(parts, 10_000).unwrap_or_default()
            }))
        }
        Best::CostApprox => {
            let divisors: Vec<Money> = ballots
                .map(|ballot| total(&costs_of(ballot)).min(budget))
                .collect();
            Ok(Parts::inverses(&divisors, Money::to_ratio))
        }
        Best::Cardinality => {
            let divisors: Vec<u64> = ballots
                .map(|ballot| greatest_number(costs_of(ballot), budget))
                .collect();
            Ok(Parts::inverses(&divisors, Ratio::from))
        }
        Best::Points => {
            let items = |ballot: BallotView<'_>| {
                named(election, ballot)
                    .filter(|(points, _)| *points > 0)
                    .map(|(points, cost)| (cost, i128::from(points)))
                    .collect()
            };
            let divisors = search_all(utility, election, items)?;
            Ok(Parts::inverses(&divisors, Points::ratio_of))
        }
    }
}

/// What a ballot says of each project that it supports, with the project's cost.
fn named<'a>(
    election: &'a Election,
    ballot: BallotView<'a>,
) -> impl Iterator<Item = (i64, Money)> + 'a {
    let signed = election.profile().kind() == BallotKind::Signed;
    let supported = ballot
        .entries()
        .filter(move |entry| !signed || entry.weight > 0);
    supported.map(|entry| (entry.weight, election.instance().cost_of(entry.project)))
}

/// The exact best of every ballot's items (cost and value) within the budget, with one bound for all.
fn search_all(
    utility: Utility,
    election: &Election,
    items: impl Fn(BallotView<'_>) -> Vec<(Money, i128)>,
) -> Result<Vec<i128>, UtilityError> {
    let budget = election.instance().budget();
    let mut search = Search::default();
    let one = |ballot: BallotView<'_>| {
        let found = search.greatest(items(ballot), budget);
        found.ok_or(UtilityError::TooMuchWork {
            utility,
            projects: ballot.len(),
            limit: STEPS,
        })
    };
    election.profile().ballots().map(one).collect()
}

fn total(costs: &[Money]) -> Money {
    Money::checked_sum(costs.iter().copied()).unwrap_or(Money::MAX)
}

/// Cheapest first: no other set of affordable projects has more.
fn greatest_number(mut costs: Vec<Money>, budget: Money) -> u64 {
    costs.sort_unstable();
    let mut spent = Money::ZERO;
    costs
        .into_iter()
        .map_while(|cost| {
            spent = spent.checked_add(cost).filter(|&sum| sum <= budget)?;
            Some(())
        })
        .fold(0, |number, ()| number + 1)
}

/// What a partial set costs and what it is worth.
type Worth = (Money, i128);

/// The exact search, with the work that all ballots of an election may take together.
struct Search {
    steps_left: usize,
    /// The best of each set of projects that was searched: voters may name other projects of the same costs.
    known: BTreeMap<Vec<Worth>, i128>,
}

impl Default for Search {
    fn default() -> Search {
        Search {
            steps_left: STEPS,
            known: BTreeMap::new(),
        }
    }
}

impl Search {
    /// The most that projects within the budget are worth together; `None` if it takes too much work.
    ///
    /// A knapsack over the partial sets that no other beats: the lists stay short where sums repeat, as with
    /// round costs, and double with every project at worst.
    fn greatest(&mut self, mut projects: Vec<Worth>, budget: Money) -> Option<i128> {
        projects.retain(|&(cost, worth)| cost <= budget && worth > 0);
        let spent = Money::checked_sum(projects.iter().map(|&(cost, _)| cost));
        if spent.is_some_and(|spent| spent <= budget) {
            return Some(projects.iter().map(|&(_, worth)| worth).sum());
        }
        projects.sort_unstable_by(|a, b| b.cmp(a));
        if let Some(&known) = self.known.get(&projects) {
            return Some(known);
        }
        let best = self.search(&projects, budget)?;
        self.known.insert(projects, best);
        Some(best)
    }

    fn search(&mut self, projects: &[Worth], budget: Money) -> Option<i128> {
        // Where worth is cost, nothing is better than the whole budget.
        let is_cost = projects
            .iter()
            .all(|&(cost, worth)| worth == cost.ten_thousandths());
        let mut front: Vec<Worth> = vec![(Money::ZERO, 0)];
        for &(cost, worth) in projects {
            // The most that the next list can hold; each entry of it is a step.
            let next = front.len() * 2;
            self.steps_left = self
                .steps_left
                .checked_sub(next)
                .filter(|_| next <= LIMIT)?;
            let with = |&(spent, value): &Worth| {
                Some((
                    spent.checked_add(cost).filter(|&sum| sum <= budget)?,
                    value + worth,
                ))
            };
            front = undominated(&front, front.iter().map_while(with));
            if is_cost && front.last().is_some_and(|&(spent, _)| spent == budget) {
                break;
            }
        }
        front.last().map(|&(_, value)| value)
    }
}

/// Two lists of ascending cost as one, without the sets that cost as much as another and are not worth more.
fn undominated(without: &[Worth], with: impl Iterator<Item = Worth>) -> Vec<Worth> {
    let mut merged: Vec<Worth> = Vec::with_capacity(without.len() * 2);
    let (mut without, mut with) = (without.iter().copied().peekable(), with.peekable());
    loop {
        let next = match (without.peek(), with.peek()) {
            (Some(a), Some(b)) if a.0 <= b.0 => without.next(),
            (Some(_), None) => without.next(),
            _ => with.next(),
        };
        let Some((cost, value)) = next else {
            return merged;
        };
        match merged.last_mut() {
            Some(last) if last.1 >= value => {}
            Some(last) if last.0 == cost => last.1 = value,
            _ => merged.push((cost, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greatest_cost(costs: &[i32], budget: i32) -> Option<i128> {
        let worths = costs
            .iter()
            .map(|&cost| (Money::from(cost), Money::from(cost).ten_thousandths()))
            .collect();
        Search::default()
            .greatest(worths, Money::from(budget))
            .map(|parts| parts / 10_000)
    }

    #[test]
    fn textbook_normalisers() {
        // The satisfaction numbers of pabutools' test_satisfaction: costs 4, 2, 3, 1 within 6, 60 and 7.
        assert_eq!(greatest_cost(&[4, 2, 3, 1], 6), Some(6));
        assert_eq!(greatest_cost(&[4, 2, 3, 1], 60), Some(10));
        assert_eq!(
            greatest_number([4, 2, 3, 1].map(Money::from).to_vec(), Money::from(6)),
            3
        );
        assert_eq!(greatest_cost(&[5, 5], 7), Some(5));
        assert_eq!(greatest_cost(&[9], 7), Some(0));
    }

    /// Against all subsets, for worths that have nothing to do with the costs.
    #[test]
    fn greatest_is_the_best_of_all_subsets() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut search = Search::default();
        for _ in 0..300 {
            let number = u32::try_from(next(9)).unwrap();
            let projects: Vec<(i32, i128)> = (0..number)
                .map(|_| (i32::try_from(next(12)).unwrap(), i128::from(next(9))))
                .collect();
            let budget = i32::try_from(next(30)).unwrap();
            let sets = (0..1_u32 << number).map(|set| {
                projects
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set >> at & 1 == 1)
                    .map(|(_, &project)| project)
                    .fold((0, 0), |(cost, worth), (c, w)| (cost + c, worth + w))
            });
            let expected = sets
                .filter(|&(cost, _)| cost <= budget)
                .map(|(_, worth)| worth)
                .max();
            // Costs are kept from one set to the next only for one budget.
            search.known.clear();
            let worths = projects
                .iter()
                .map(|&(cost, worth)| (Money::from(cost), worth))
                .collect();
            assert_eq!(
                search.greatest(worths, Money::from(budget)),
                expected,
                "{projects:?} within {budget}"
            );
        }
    }

    /// The bound is one for all ballots, and equal sets of costs are searched once.
    #[test]
    fn work_is_bounded_over_all_ballots() {
        let hard = |first: i32| -> Vec<Worth> {
            (0..12)
                .map(|power| first + (1 << power))
                .map(|cost| (Money::from(cost), i128::from(cost) * 10_000))
                .collect()
        };
        let mut search = Search {
            steps_left: 20_000,
            known: BTreeMap::new(),
        };
        for _ in 0..100 {
            assert!(search.greatest(hard(10_000), Money::from(60_001)).is_some());
        }
        assert!((0..20).any(|more| {
            search
                .greatest(hard(20_000 + more), Money::from(120_001))
                .is_none()
        }));
    }
}
