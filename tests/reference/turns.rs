//! Whose turn it is among projects that are tied.

use super::equal_shares::Allowed;
use super::support::{is_allowed, missing};
use super::{State, ties};
use crate::common::Case;

/// The next of the tied, by what relations allow.
pub(crate) fn next(
    case: &Case,
    chain: &str,
    state: &State,
    tied: &[usize],
    open: &mut Vec<usize>,
) -> Option<usize> {
    let allowed = |state: &State, project: usize| is_allowed(case, state, project);
    next_under(case, chain, state, &allowed, tied, open)
}

/// The next of the tied. One that is forbidden, or that requires what is not among them, is out instead, and nobody is next.
pub(crate) fn next_under(
    case: &Case,
    chain: &str,
    state: &State,
    allowed: Allowed<'_>,
    tied: &[usize],
    open: &mut Vec<usize>,
) -> Option<usize> {
    let waits_in_vain = |project: usize| {
        let missing = missing(case, state, project);
        missing.iter().any(|other| !tied.contains(other))
    };
    let is_out = |project: &usize| !allowed(state, *project) || waits_in_vain(*project);
    if let Some(out) = tied.iter().copied().find(is_out) {
        open.retain(|&project| project != out);
        return None;
    }
    let ready = tied.iter().copied();
    let ready = ready.filter(|&project| missing(case, state, project).is_empty());
    let next = ties::first(case, chain, &ready.collect::<Vec<_>>());
    open.retain(|&project| project != next);
    Some(next)
}
