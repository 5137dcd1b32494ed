//! The next larger budget with which Exact Equal Shares decides something else.

use quartier::exact::Ratio;

use super::groups::{Purchase, Purses, gain};
use super::support::{cost, missing};
use super::{State, ties};
use crate::common::Case;

/// The smallest extra money for each voter that makes another purchase possible, over all groups of ballots. A project
/// that waits for another, or that a group could pay for already, lacks something else than money.
pub(crate) fn next(
    case: &Case,
    name: &str,
    chain: &str,
    (bought, purses): &(Vec<Purchase>, Purses),
    after: &State,
    skip: bool,
) -> Option<Ratio> {
    let mut needs = Vec::new();
    for project in (0..case.projects.len()).filter(|&project| {
        gain(case, name, project).is_positive() && missing(case, after, project).is_empty()
    }) {
        let requires = &case.projects[project].requires;
        let mut places = bought.iter();
        let first = places.rposition(|purchase| requires.contains(&purchase.project));
        let could_be_later = &bought[first.map_or(0, |last| last + 1)..];
        let mut own_needs = Vec::new();
        let own = bought.iter().find(|purchase| purchase.project == project);
        for ballots in (1_u32..1 << case.voters.len()).filter(|_| own.is_none() || !skip) {
            let group: Vec<usize> = (0..purses.len())
                .filter(|&at| ballots >> purses[at].0 & 1 == 1)
                .collect();
            let weight = |group: &[usize]| group.iter().map(|&at| &purses[at].1).sum::<Ratio>();
            let all_want_it = group
                .iter()
                .all(|&at| case.named(&case.voters[purses[at].0]).contains(&project));
            if !all_want_it
                || group.is_empty()
                || own.is_some_and(|own| weight(&own.payers) >= weight(&group))
            {
                continue;
            }
            let payment = cost(case, project).checked_div(&weight(&group)).unwrap();
            let price = payment.checked_div(&gain(case, name, project)).unwrap();
            let is_later = |purchase: &&Purchase| {
                purchase.price > price
                    || (purchase.price == price
                        && purchase.project != project
                        && ties::first(
                            case,
                            chain,
                            &[project.min(purchase.project), project.max(purchase.project)],
                        ) == project)
            };
            let need = |&at: &usize| {
                let later = could_be_later
                    .iter()
                    .filter(is_later)
                    .filter(|purchase| purchase.payers.contains(&at));
                &purses[at].1 * &(&payment - later.map(|purchase| &purchase.payment).sum::<Ratio>())
                    - &purses[at].2
            };
            own_needs.extend(group.iter().map(need).max());
        }
        if own_needs.iter().all(Ratio::is_positive) {
            needs.extend(own_needs);
        }
    }
    needs.into_iter().min()
}
