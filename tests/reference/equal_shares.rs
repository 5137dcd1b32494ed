//! One run of Equal Shares, a fraction in every purse.

use quartier::exact::Ratio;

pub(crate) use super::rates::{gains, rate};
use super::support::{cost, missing};
use super::{State, ties};
use crate::common::Case;

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
