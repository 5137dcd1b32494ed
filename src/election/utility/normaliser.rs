//! The best that the budget could buy one voter: the divisors of the relative utilities.

use std::collections::BTreeMap;

use crate::election::ballot::BallotKind;
use crate::election::builder::Election;
use crate::election::money::Money;
use crate::election::points::Points;
use crate::election::profile::BallotView;
use crate::exact::Ratio;

use super::additive::Parts;
use super::{Utility, UtilityError};

/// How many partial sets may be kept for one ballot before the exact divisor is refused.
const LIMIT: usize = 4_000_000;

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
pub(super) fn factors(utility: Utility, best: Best, election: &Election) -> Result<Parts, UtilityError> {
    let budget = election.instance().budget();
    let signed = election.profile().kind() == BallotKind::Signed;
    let all_costs: Vec<Money> = election.instance().projects().iter().map(|project| project.cost).collect();
    let costs_of = |ballot: BallotView<'_>| -> Vec<Money> {
        let named = ballot.entries().filter(|entry| !signed || entry.weight > 0);
        named.map(|entry| all_costs.get(entry.project.index()).copied().unwrap_or_default()).collect()
    };
    let too_much = |ballot: BallotView<'_>| UtilityError::TooMuchWork { utility, projects: ballot.len(), limit: LIMIT };
    let ballots = election.profile().ballots();
    Ok(match best {
        Best::Cost => {
            let divisors = ballots.map(|ballot| greatest_cost(&costs_of(ballot), budget).ok_or_else(|| too_much(ballot)));
            Parts::inverses(&divisors.collect::<Result<Vec<_>, _>>()?, Money::to_ratio)
        }
        Best::CostApprox => Parts::inverses(&ballots.map(|ballot| total(&costs_of(ballot)).min(budget)).collect::<Vec<_>>(), Money::to_ratio),
        Best::Cardinality => Parts::inverses(&ballots.map(|ballot| greatest_number(costs_of(ballot), budget)).collect::<Vec<_>>(), Ratio::from),
        Best::Points => {
            let divisors = ballots.map(|ballot| greatest_points(ballot, &all_costs, budget).ok_or_else(|| too_much(ballot)));
            Parts::inverses(&divisors.collect::<Result<Vec<_>, _>>()?, Points::ratio_of)
        }
    })
}

fn total(costs: &[Money]) -> Money {
    Money::checked_sum(costs.iter().copied()).unwrap_or(Money::MAX)
}

/// Cheapest first: no other set of affordable projects has more.
fn greatest_number(mut costs: Vec<Money>, budget: Money) -> u64 {
    costs.sort_unstable();
    let mut spent = Money::ZERO;
    costs.into_iter().map_while(|cost| {
        spent = spent.checked_add(cost).filter(|&sum| sum <= budget)?;
        Some(())
    }).fold(0, |number, ()| number + 1)
}

/// Subset sum over the sums that can be reached, which stay few: equal sums are kept once.
fn greatest_cost(costs: &[Money], budget: Money) -> Option<Money> {
    if total(costs) <= budget {
        return Some(total(costs));
    }
    let mut reached = vec![Money::ZERO];
    let mut costs: Vec<Money> = costs.iter().copied().filter(|&cost| cost <= budget).collect();
    costs.sort_unstable_by(|a, b| b.cmp(a));
    for cost in costs {
        let shifted: Vec<Money> = reached.iter().filter_map(|sum| sum.checked_add(cost)).filter(|&sum| sum <= budget).collect();
        reached = merged(reached, shifted);
        if reached.last() == Some(&budget) {
            return Some(budget);
        }
        if reached.len() > LIMIT {
            return None;
        }
    }
    reached.last().copied()
}

/// Two ascending lists as one, each value once.
fn merged(mut a: Vec<Money>, b: Vec<Money>) -> Vec<Money> {
    a.extend(b);
    // Two sorted runs: the stable sort merges them in linear time.
    a.sort();
    a.dedup();
    a
}

/// The most points of projects within the budget: a knapsack over the partial sets that no other beats.
fn greatest_points(ballot: BallotView<'_>, costs: &[Money], budget: Money) -> Option<i128> {
    let mut front: BTreeMap<Money, i128> = BTreeMap::from([(Money::ZERO, 0)]);
    for entry in ballot.entries().filter(|entry| entry.weight > 0) {
        let cost = costs.get(entry.project.index()).copied().unwrap_or_default();
        let points = i128::from(entry.weight);
        let added: Vec<(Money, i128)> = front
            .iter()
            .filter_map(|(spent, value)| Some((spent.checked_add(cost).filter(|&sum| sum <= budget)?, value + points)))
            .collect();
        for (spent, value) in added {
            let known = front.entry(spent).or_insert(value);
            *known = value.max(*known);
        }
        let mut best = -1;
        front.retain(|_, value| {
            let better = *value > best;
            best = best.max(*value);
            better
        });
        if front.len() > LIMIT {
            return None;
        }
    }
    front.values().max().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn textbook_normalisers() {
        // The satisfaction numbers of pabutools' test_satisfaction: costs 4, 2, 3, 1 within 6, 60 and 7.
        let costs = [4, 2, 3, 1].map(Money::from);
        assert_eq!(greatest_cost(&costs, Money::from(6)), Some(Money::from(6)));
        assert_eq!(greatest_cost(&costs, Money::from(60)), Some(Money::from(10)));
        assert_eq!(greatest_number(costs.to_vec(), Money::from(6)), 3);
        assert_eq!(greatest_cost(&[Money::from(5), Money::from(5)], Money::from(7)), Some(Money::from(5)));
        assert_eq!(greatest_cost(&[Money::from(9)], Money::from(7)), Some(Money::ZERO));
    }
}
