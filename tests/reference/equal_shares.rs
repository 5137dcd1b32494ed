//! One run of Equal Shares, a fraction in every purse.

use quartier::exact::Ratio;

use super::support::{cost, missing, voters};
use super::{State, ties, utility};
use crate::common::Case;

/// What every single voter would gain from a project, with their weight.
pub(crate) fn gains(case: &Case, name: &str, project: usize) -> Vec<Ratio> {
    let gain = |(voter, weight): (usize, Ratio)| {
        utility::of_voter(case, name, &case.voters[voter], &[project]) * weight
    };
    voters(case).into_iter().map(gain).collect()
}

/// The least rate at which those who gain can pay, if they can: the poorest in proportion give all they have.
pub(crate) fn rate(cost: &Ratio, gains: &[Ratio], purses: &[Ratio]) -> Option<Ratio> {
    let mut payers: Vec<(Ratio, &Ratio, &Ratio)> = gains
        .iter()
        .zip(purses)
        .filter(|(gain, _)| gain.is_positive())
        .map(|(gain, purse)| (purse.checked_div(gain).unwrap(), gain, purse))
        .collect();
    payers.sort();
    let (mut left, mut of) = (
        cost.clone(),
        payers.iter().map(|payer| payer.1).sum::<Ratio>(),
    );
    for (highest, gain, purse) in payers {
        let rate = left.checked_div(&of).unwrap();
        if rate <= highest {
            return Some(rate);
        }
        (left, of) = (left - purse, of - gain);
    }
    None
}

/// Does the law allow a project after what the state has funded?
pub(crate) type Allowed<'a> = &'a dyn Fn(&State, usize) -> bool;

/// One run with these purses; what it buys is funded in the state, which may so be overdrawn.
pub(crate) fn buy(
    case: &Case,
    (name, chain): (&str, &str),
    is_allowed: Allowed<'_>,
    purses: &mut [Ratio],
    state: &mut State,
) {
    let all: Vec<(usize, Vec<Ratio>)> = (0..case.projects.len())
        .map(|p| (p, gains(case, name, p)))
        .collect();
    while !state.left.is_negative() {
        let can_be_next =
            |p: usize| !state.has(p) && is_allowed(state, p) && missing(case, state, p).is_empty();
        let offers: Vec<(Ratio, usize)> = all
            .iter()
            .filter(|(p, _)| can_be_next(*p))
            .filter_map(|(p, gains)| Some((rate(&cost(case, *p), gains, purses)?, *p)))
            .collect();
        let Some(lowest) = offers.iter().map(|(rate, _)| rate).min() else {
            return;
        };
        let tied: Vec<usize> = offers
            .iter()
            .filter(|(rate, _)| rate == lowest)
            .map(|(_, p)| *p)
            .collect();
        let mut together = state.clone();
        let are_compatible = tied.iter().all(|&p| {
            let is_allowed = is_allowed(&together, p);
            together.fund(p, Ratio::ZERO);
            is_allowed
        });
        // What costs nothing changes nothing for the others, unless it excludes them.
        let next = if lowest.is_zero() && are_compatible {
            tied[0]
        } else {
            ties::first(case, chain, &tied)
        };
        for (purse, gain) in purses
            .iter_mut()
            .zip(&all[next].1)
            .filter(|(_, gain)| gain.is_positive())
        {
            *purse -= &(lowest * gain).min(purse.clone());
        }
        state.fund(next, cost(case, next));
    }
}
