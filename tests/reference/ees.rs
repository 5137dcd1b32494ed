//! Exact Equal Shares: `exact-equal-shares:utility=..[,completion=..]`, with one purse per voter.

use quartier::exact::Ratio;

use super::equal_shares::Allowed;
use super::support::{cost, is_allowed, missing, voters};
use super::{State, ties, utility};
use crate::common::{Case, VoterCase};

/// A purchase: who paid how much for each unit of weight, and that for each unit of utility.
struct Purchase {
    project: usize,
    payers: Vec<usize>,
    payment: Ratio,
    price: Ratio,
}

/// Everybody: which ballot, what weight, and what is left.
type Purses = Vec<(usize, Ratio, Ratio)>;

/// What one supporter gains.
fn gain(case: &Case, name: &str, project: usize) -> Ratio {
    let fan: Option<&VoterCase> = case
        .voters
        .iter()
        .find(|voter| case.named(voter).contains(&project));
    fan.map_or(Ratio::ZERO, |voter| {
        utility::of_voter(case, name, voter, &[project])
    })
}

/// The largest group of these voters that can pay equal parts.
fn group(case: &Case, purses: &Purses, project: usize) -> Option<(Vec<usize>, Ratio)> {
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

/// One run with this much money, on a copy of the state.
fn once(
    case: &Case,
    name: &str,
    chain: &str,
    allowed: Allowed<'_>,
    state: &mut State,
    money: &Ratio,
) -> (Vec<Purchase>, Purses) {
    let all = voters(case);
    let purse = money
        .checked_div(&Ratio::from(all.len() as u64))
        .unwrap_or_default();
    let mut purses: Purses = all
        .into_iter()
        .map(|(voter, weight)| (voter, weight, purse.clone()))
        .collect();
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && gain(case, name, project).is_positive())
        .collect();
    let mut bought = Vec::new();
    loop {
        let price = |project: usize| {
            group(case, &purses, project)
                .map(|(_, payment)| payment.checked_div(&gain(case, name, project)).unwrap())
        };
        let Some(best) = open.iter().filter_map(|&project| price(project)).min() else {
            return (bought, purses);
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| price(project).as_ref() == Some(&best))
            .collect();
        let is_out = |project: usize| {
            !allowed(state, project)
                || missing(case, state, project)
                    .iter()
                    .any(|other| !tied.contains(other))
        };
        if let Some(out) = tied.iter().copied().find(|&project| is_out(project)) {
            open.retain(|&project| project != out);
            continue;
        }
        let ready: Vec<usize> = tied
            .into_iter()
            .filter(|&project| missing(case, state, project).is_empty())
            .collect();
        let project = ties::first(case, chain, &ready);
        open.retain(|&other| other != project);
        let (payers, payment) = group(case, &purses, project).unwrap();
        for &payer in &payers {
            purses[payer].2 = &purses[payer].2 - &(&purses[payer].1 * &payment);
        }
        state.fund(project, cost(case, project));
        bought.push(Purchase {
            project,
            payers,
            payment,
            price: best,
        });
    }
}

/// The smallest extra money for each voter that makes another purchase possible, over all groups of ballots.
fn next(
    case: &Case,
    name: &str,
    chain: &str,
    (bought, purses): &(Vec<Purchase>, Purses),
    skip: bool,
) -> Option<Ratio> {
    let mut needs = Vec::new();
    for project in
        (0..case.projects.len()).filter(|&project| gain(case, name, project).is_positive())
    {
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
                let later = bought
                    .iter()
                    .filter(is_later)
                    .filter(|purchase| purchase.payers.contains(&at));
                &purses[at].1 * &(&payment - later.map(|purchase| &purchase.payment).sum::<Ratio>())
                    - &purses[at].2
            };
            needs.extend(group.iter().map(need).max().filter(Ratio::is_positive));
        }
    }
    needs.into_iter().min()
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    run_under(case, rule, chain, state, &|state, project| {
        is_allowed(case, state, project)
    });
}

/// The same where the law allows less.
pub(crate) fn run_under(
    case: &Case,
    rule: &str,
    chain: &str,
    state: &mut State,
    allowed: Allowed<'_>,
) {
    let name = rule
        .strip_prefix("exact-equal-shares:utility=")
        .unwrap()
        .split(',')
        .next()
        .unwrap();
    let (skip, voters) = (rule.ends_with("skip"), Ratio::from(case.voter_count()));
    let mut money = state.left.clone();
    let (mut best, mut most) = (state.clone(), Ratio::ZERO);
    loop {
        let mut tried = state.clone();
        let run = once(case, name, chain, allowed, &mut tried, &money);
        if !tried.left.is_negative() && &state.left - &tried.left > most {
            (best, most) = (tried.clone(), &state.left - &tried.left);
        } else if money == state.left {
            best = tried;
        }
        match next(case, name, chain, &run, skip).filter(|_| rule.contains("add-opt")) {
            Some(more) => money += &(&more * &voters),
            None => break,
        }
    }
    *state = best;
}
