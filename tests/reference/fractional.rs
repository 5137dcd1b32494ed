//! Fractional Equal Shares, with one purse per voter: `fractional-equal-shares:utility=..`.

use quartier::exact::Ratio;

use super::people::{all, supporters};
use super::support::cost;
use super::ties;
use crate::common::Case;

/// The part of each project that is bought.
pub(crate) fn fractions(case: &Case, name: &str, chain: &str) -> Vec<Ratio> {
    let mut all = all(case, name);
    let mut parts = vec![Ratio::ZERO; case.projects.len()];
    loop {
        let price = |project: usize| {
            let rich = all.iter().filter(|voter| voter.purse.is_positive());
            let is_free = cost(case, project).is_zero() && !supporters(&all, project).is_empty();
            let price = Ratio::ONE.checked_div(&rich.map(|voter| &voter.gains[project]).sum());
            if is_free { Some(Ratio::ZERO) } else { price }
        };
        let open: Vec<usize> = (0..parts.len())
            .filter(|&project| parts[project] != Ratio::ONE && price(project).is_some())
            .collect();
        let Some(best) = open.iter().filter_map(|&project| price(project)).min() else {
            return parts;
        };
        let tied: Vec<usize> = open
            .into_iter()
            .filter(|&project| price(project).as_ref() == Some(&best))
            .collect();
        let next = ties::first(case, chain, &tied);
        let best = best * cost(case, next);
        let rich = all.iter().filter(|voter| voter.purse.is_positive());
        let most = rich.filter_map(|voter| voter.purse.checked_div(&(&best * &voter.gains[next])));
        let more = most.chain([Ratio::ONE - &parts[next]]).min().unwrap();
        for voter in all.iter_mut().filter(|voter| voter.purse.is_positive()) {
            voter.purse = &voter.purse - &(&best * &voter.gains[next] * &more);
        }
        parts[next] = &parts[next] + &more;
    }
}
