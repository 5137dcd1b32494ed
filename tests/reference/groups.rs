//! Groups of supporters who pay equal parts, for Exact Equal Shares.

use quartier::exact::Ratio;

use super::support::{cost, voters};
use super::utility;
use crate::common::{Case, VoterCase};

/// A purchase: who paid how much for each unit of weight, and that for each unit of utility.
pub(crate) struct Purchase {
    pub(crate) project: usize,
    pub(crate) payers: Vec<usize>,
    pub(crate) payment: Ratio,
    pub(crate) price: Ratio,
}

/// Everybody: which ballot, what weight, and what is left.
pub(crate) type Purses = Vec<(usize, Ratio, Ratio)>;

/// What a run came to: the purchases, the purses after them, who had a turn with which weight after how many purchases, and
/// of each project the weight with which it was bought or refused.
pub(crate) struct Finished {
    pub(crate) bought: Vec<Purchase>,
    pub(crate) purses: Purses,
    pub(crate) turns: Vec<(usize, Ratio, usize)>,
    pub(crate) settled: Vec<Ratio>,
}

/// Everybody, with an equal part of the money.
pub(crate) fn everybody(case: &Case, money: &Ratio) -> Purses {
    let share = money.checked_div(&Ratio::from(case.voter_count()));
    let purse = share.unwrap_or_default();
    let all = voters(case).into_iter();
    all.map(|(voter, weight)| (voter, weight, purse.clone()))
        .collect()
}

/// What one supporter gains.
pub(crate) fn gain(case: &Case, name: &str, project: usize) -> Ratio {
    let fan: Option<&VoterCase> = case
        .voters
        .iter()
        .find(|voter| case.named(voter).contains(&project));
    fan.map_or(Ratio::ZERO, |voter| {
        utility::of_voter(case, name, voter, &[project])
    })
}

/// The largest group of these voters that can pay equal parts.
pub(crate) fn group(case: &Case, purses: &Purses, project: usize) -> Option<(Vec<usize>, Ratio)> {
    let mut group: Vec<usize> = (0..purses.len())
        .filter(|&at| case.named(&case.voters[purses[at].0]).contains(&project))
        .collect();
    loop {
        let weight: Ratio = group.iter().map(|&at| &purses[at].1).sum();
        let payment = cost(case, project).checked_div(&weight)?;
        let Some(poor) = group
            .iter()
            .position(|&at| purses[at].2 < &purses[at].1 * &payment)
        else {
            return Some((group, payment));
        };
        group.remove(poor);
    }
}
