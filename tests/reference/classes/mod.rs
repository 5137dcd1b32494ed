//! Equal Shares for elections of any size: one purse for every class of equal ballots instead of one for every voter.
//!
//! It is its own because the rules beside it take small elections apart voter by voter, relations, weights and all, and would
//! need days for a city; the benches' obvious versions, written in floats, decide nothing. A class is all that a count needs:
//! voters with equal ballots gain the same from every project and start with the same share; whoever has the same purse and
//! the same gain pays the same at every rate, so that their purses are equal after every purchase, and so to the end.

#![allow(dead_code, reason = "every test program uses its own part")]

pub(crate) mod add1;
mod equal_shares;

pub(crate) use equal_shares::{Naive, count, run};

use quartier::election::{Election, Utility};
use quartier::exact::Ratio;

/// The voters of one class who gain from a project: the class, how many they are, what each of them gains.
pub(crate) type Supporters = Vec<(usize, i128, Ratio)>;

/// The supporters of every project.
pub(crate) fn supporters(election: &Election, utility: Utility) -> Vec<Supporters> {
    let mut all = vec![Supporters::new(); election.instance().projects().len()];
    let additive = utility.additive(election).unwrap();
    for ballot in election.profile().ballot_indices() {
        let count = i128::from(election.profile().ballot(ballot).unwrap().count());
        for (project, gain) in additive.of_ballot(election, ballot) {
            if gain.is_positive() {
                all[project.index()].push((ballot.index(), count, gain));
            }
        }
    }
    all
}

/// What every voter has.
pub(crate) fn share(election: &Election) -> Ratio {
    let voters = Ratio::from(election.profile().voters());
    let budget = election.instance().budget().to_ratio();
    budget.checked_div(&voters).unwrap_or_default()
}

/// The least rate at which those who gain can pay, if they can: the poorest in proportion give all they have.
fn rate(cost: &Ratio, supporters: &Supporters, purses: &[Ratio]) -> Option<Ratio> {
    let mut payers: Vec<(Ratio, &(usize, i128, Ratio))> = supporters
        .iter()
        .filter(|(class, _, _)| purses[*class].is_positive())
        .map(|payer| (purses[payer.0].checked_div(&payer.2).unwrap(), payer))
        .collect();
    payers.sort_by(|a, b| a.0.cmp(&b.0));
    let all = payers.iter();
    let mut gains: Ratio = all.map(|(_, (_, count, gain))| gain.mul_int(*count)).sum();
    let mut left = cost.clone();
    for (highest, (class, count, gain)) in payers {
        let rate = left.checked_div(&gains).unwrap();
        if rate <= highest {
            return Some(rate);
        }
        left -= &purses[*class].mul_int(*count);
        gains -= &gain.mul_int(*count);
    }
    None
}
