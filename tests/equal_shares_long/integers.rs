//! Equal Shares for a handful of voters in whole numbers, so slow and obvious that it can be read at one glance, and fast enough
//! for millions of elections.
//!
//! Money is counted in `UNIT`-ths of a currency unit. Among at most four voters at most four share a rest, and four projects are
//! at most four purchases: the share of `T / n` is divided by 1, 2, 3 or 4 at most five times in all, and each of these
//! divides 12. So all purses and payments are whole numbers of `1 / 12⁵`; every division here checks that nothing remains.

use std::cell::OnceCell;

/// Parts of a currency unit: 12⁵.
const UNIT: i64 = 248_832;

/// At most four projects, with a cost in currency units, and the voters who name them.
#[derive(Debug)]
pub(crate) struct Small<'a> {
    pub(crate) costs: &'a [u32],
    /// Per voter one bit for each project.
    pub(crate) ballots: &'a [usize],
    /// Does a project give what it costs, or 1?
    pub(crate) by_cost: bool,
}

fn divided(amount: i64, by: i64) -> i64 {
    assert_eq!(
        amount % by,
        0,
        "a payment that is not a whole number of parts"
    );
    amount / by
}

impl Small<'_> {
    fn cost(&self, project: usize) -> i64 {
        i64::from(self.costs[project]) * UNIT
    }

    fn supporters(&self, project: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.ballots.len()).filter(move |&voter| self.ballots[voter] >> project & 1 == 1)
    }

    /// What each supporter pays at most: the poorest give all they have, and the others the rest in equal parts.
    fn payment(&self, project: usize, purses: &[i64]) -> Option<i64> {
        let mut payers: Vec<i64> = self
            .supporters(project)
            .map(|voter| purses[voter])
            .collect();
        payers.sort_unstable();
        let mut rest = self.cost(project);
        for (poorer, &purse) in payers.iter().enumerate() {
            let richer = i64::try_from(payers.len() - poorer).unwrap();
            if rest <= purse * richer {
                return Some(divided(rest, richer));
            }
            rest -= purse;
        }
        None
    }

    /// What is bought when all voters together have `total` currency units, in order; the first of equals goes first.
    fn run(&self, total: i64) -> Vec<usize> {
        let share = divided(total * UNIT, i64::try_from(self.ballots.len()).unwrap());
        let mut purses = vec![share; self.ballots.len()];
        let mut bought: Vec<usize> = Vec::new();
        loop {
            // A payment for each unit of what the project gives is compared by multiplying crosswise.
            let gain = |project: usize| {
                if self.by_cost {
                    i64::from(self.costs[project])
                } else {
                    1
                }
            };
            let mut best: Option<(i64, usize)> = None;
            for project in (0..self.costs.len()).filter(|project| !bought.contains(project)) {
                if let Some(payment) = self.payment(project, &purses) {
                    let is_better = |(least, other): (i64, usize)| {
                        payment * gain(other) < least * gain(project)
                    };
                    if best.is_none_or(is_better) {
                        best = Some((payment, project));
                    }
                }
            }
            let Some((payment, next)) = best else {
                return bought;
            };
            for voter in self.supporters(next) {
                purses[voter] -= payment.min(purses[voter]);
            }
            bought.push(next);
        }
    }

    fn spent(&self, bought: &[usize]) -> u32 {
        bought.iter().map(|&project| self.costs[project]).sum()
    }

    /// The supported projects that are not bought.
    fn wanted<'b>(&'b self, bought: &'b [usize]) -> impl Iterator<Item = usize> + 'b {
        let is_supported = |project: usize| self.supporters(project).next().is_some();
        (0..self.costs.len())
            .filter(move |&project| !bought.contains(&project) && is_supported(project))
    }
}

/// What happens to the money that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completion {
    None,
    /// One currency unit more for everybody, again and again, until it is too much or nothing is missing.
    Add1,
    /// The same, until no supported project fits what is left.
    UntilExhaustive,
}

/// The runs of one election with different totals: a run depends on nothing else, so each is made once for all budgets.
#[derive(Debug)]
pub(crate) struct Runs<'a> {
    small: Small<'a>,
    by_total: Vec<OnceCell<Vec<usize>>>,
}

impl<'a> Runs<'a> {
    /// With a share that pays for everything, everything supported is bought: no larger total is ever asked for.
    pub(crate) fn of(small: Small<'a>, budget: u32) -> Runs<'a> {
        let all: u32 = small.costs.iter().sum();
        let most = (budget.max(all) as usize + 2) * small.ballots.len().max(1);
        Runs {
            small,
            by_total: vec![OnceCell::new(); most],
        }
    }

    fn of_total(&self, total: usize) -> &[usize] {
        self.by_total[total].get_or_init(|| self.small.run(i64::try_from(total).unwrap()))
    }

    /// What is bought with this budget.
    pub(crate) fn complete(&self, budget: u32, completion: Completion) -> &[usize] {
        let small = &self.small;
        let (mut total, mut last) = (budget as usize, [].as_slice());
        loop {
            let bought = self.of_total(total);
            if small.spent(bought) > budget {
                return last;
            }
            last = bought;
            let left = budget - small.spent(bought);
            let mut wanted = small.wanted(bought);
            let goes_on = match completion {
                Completion::None => false,
                Completion::Add1 => wanted.next().is_some(),
                Completion::UntilExhaustive => wanted.any(|project| small.costs[project] <= left),
            };
            if !goes_on {
                return last;
            }
            total += small.ballots.len();
        }
    }
}
