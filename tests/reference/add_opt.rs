//! The next larger budget with which Exact Equal Shares decides something else.

use quartier::exact::Ratio;

use super::State;
use super::groups::{Finished, Purchase, gain};
use super::support::{cost, missing};
use crate::common::Case;

/// The smallest extra money for each voter with which a project has its turn earlier or with more payers, over all groups
/// of ballots. A project that waits for one that is not bought changes nothing.
pub(crate) fn next(
    case: &Case,
    name: &str,
    run: &Finished,
    after: &State,
    skip: bool,
) -> Option<Ratio> {
    let purses = &run.purses;
    let mut needs = Vec::new();
    for project in (0..case.projects.len()).filter(|&project| {
        gain(case, name, project).is_positive() && missing(case, after, project).is_empty()
    }) {
        let is_bought = run.bought.iter().any(|own| own.project == project);
        for ballots in (1_u32..1 << case.voters.len()).filter(|_| !is_bought || !skip) {
            let group: Vec<usize> = (0..purses.len())
                .filter(|&at| ballots >> purses[at].0 & 1 == 1)
                .collect();
            let weight: Ratio = group.iter().map(|&at| &purses[at].1).sum();
            let wants = |at: &usize| case.named(&case.voters[purses[*at].0]).contains(&project);
            if !group.iter().all(wants) || weight <= run.settled[project] {
                continue;
            }
            let payment = cost(case, project).checked_div(&weight).unwrap();
            let price = payment.checked_div(&gain(case, name, project)).unwrap();
            // Where it lost a tie with this weight, it comes after the purchase that won.
            let mut turns = run.turns.iter().rev();
            let lost = turns.find(|turn| turn.0 == project && turn.1 == weight);
            let could_be_later = lost.map_or(0, |(_, _, winner)| winner + 1);
            let need = |&at: &usize| {
                let is_later =
                    |purchase: &&Purchase| purchase.price >= price && purchase.payers.contains(&at);
                let later = run.bought.iter().skip(could_be_later).filter(is_later);
                &purses[at].1 * &(&payment - later.map(|purchase| &purchase.payment).sum::<Ratio>())
                    - &purses[at].2
            };
            let most = group.iter().map(need).max().unwrap();
            assert!(most.is_positive(), "it had its turn with them already");
            needs.push(most);
        }
    }
    needs.into_iter().min()
}
