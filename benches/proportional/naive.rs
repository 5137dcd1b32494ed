//! The rules that divide money between voters as they are written in a paper: nothing is kept from round to round.
//!
//! Without maximin support: its definition, by all sets of projects, takes minutes on the smallest size already; and without
//! BOS Plus, which is bounded overspending and Equal Shares once each a round.

use crate::town::Town;

/// How many projects are bought, the one of the smallest figure each time; `pay` takes the money.
fn buy(
    town: &Town,
    figure: impl Fn(usize, &[f64], f64) -> Option<f64>,
    pay: impl Fn(usize, &mut [f64]),
) -> usize {
    let mut purses = vec![town.share; town.voters];
    let mut left: f64 = purses.iter().sum();
    let mut open: Vec<usize> = (0..town.costs.len()).collect();
    loop {
        let figures = open.iter().copied();
        let figures =
            figures.filter_map(|project| Some((figure(project, &purses, left)?, project)));
        let Some((_, next)) = figures.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            return town.costs.len() - open.len();
        };
        pay(next, &mut purses);
        left -= town.costs[next];
        open.retain(|&project| project != next);
    }
}

/// What everybody in the largest group that can pay alike pays: Exact Equal Shares with the utility `cost`.
#[expect(
    clippy::cast_precision_loss,
    reason = "that is how it is usually written"
)]
fn alike(town: &Town, project: usize, purses: &[f64]) -> Option<f64> {
    let mut held = town.held(project, purses);
    held.sort_by(|a, b| b.total_cmp(a));
    (1..=held.len()).rev().find_map(|payers| {
        let payment = town.costs[project] / payers as f64;
        (held[payers - 1] >= payment).then_some(payment)
    })
}

pub(crate) fn exact_equal_shares(town: &Town) -> usize {
    let rate = |project: usize, purses: &[f64], _: f64| {
        Some(alike(town, project, purses)? / town.costs[project])
    };
    buy(town, rate, |project, purses| {
        let payment = alike(town, project, purses).unwrap();
        for &voter in &town.supporters[project] {
            if purses[voter] >= payment {
                purses[voter] -= payment;
            }
        }
    })
}

/// `ρ/α` and what each pays at `ρ`, the best over all prices at which a purse is empty and the one at which the cost is
/// paid: every price is tried by adding up over all supporters.
fn overspending(town: &Town, project: usize, purses: &[f64]) -> Option<(f64, f64)> {
    let (held, cost) = (town.held(project, purses), town.costs[project]);
    let full = town.price(project, purses);
    let prices = held
        .iter()
        .copied()
        .chain(full)
        .filter(|&price| price > 0.0);
    let value = |price: f64| {
        let paid: f64 = held.iter().map(|purse| purse.max(0.0).min(price)).sum();
        let part = (paid / cost).min(1.0);
        (price / cost / part / part, price / part)
    };
    prices.map(value).min_by(|a, b| a.0.total_cmp(&b.0))
}

pub(crate) fn bos(town: &Town) -> usize {
    let value = |project: usize, purses: &[f64], left: f64| {
        let fits = town.costs[project] <= left;
        Some(overspending(town, project, purses).filter(|_| fits)?.0)
    };
    buy(town, value, |project, purses| {
        let (_, price) = overspending(town, project, purses).unwrap();
        town.pay(project, price, purses);
    })
}

/// Parts of projects: the cheapest for what it gives to those who have money, until a purse is empty.
#[expect(
    clippy::cast_precision_loss,
    reason = "that is how it is usually written"
)]
pub(crate) fn fractions(town: &Town) -> f64 {
    let mut purses = vec![town.share; town.voters];
    let mut parts = vec![0.0_f64; town.costs.len()];
    loop {
        let rich = |project: usize| {
            let supporters = town.supporters[project].iter().copied();
            supporters.filter(|&voter| purses[voter] > 1e-6)
        };
        let open = (0..parts.len()).filter(|&project| parts[project] < 1.0 - 1e-9);
        let payers = open.map(|project| (rich(project).count(), project));
        let Some((payers, next)) = payers.filter(|(payers, _)| *payers > 0).max() else {
            return parts.iter().sum();
        };
        let price = town.costs[next] / payers as f64;
        let most = rich(next).map(|voter| purses[voter] / price);
        let more = most.fold(1.0 - parts[next], f64::min);
        let payers: Vec<usize> = rich(next).collect();
        for voter in payers {
            purses[voter] -= more * price;
        }
        parts[next] += more;
    }
}
