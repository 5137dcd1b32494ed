//! Whose turn it is: the project with the smallest figure, in ties as the chain and the relations say.

use super::State;
use super::equal_shares::Allowed;
use super::support::missing;
use super::ties;
use crate::common::Case;

/// The next of the open projects with the smallest figure, and that figure. It is no longer open, nor are those that were out
/// when their turn came; what has no figure waits.
pub(crate) fn smallest<Figure: Ord + Clone>(
    (case, chain, state): (&Case, &str, &State),
    allowed: Allowed<'_>,
    open: &mut Vec<usize>,
    figure: impl Fn(usize) -> Option<Figure>,
) -> Option<(usize, Figure)> {
    loop {
        let figures = open
            .iter()
            .filter_map(|&project| Some((figure(project)?, project)));
        let figures: Vec<(Figure, usize)> = figures.collect();
        let best = figures.iter().map(|(figure, _)| figure).min()?.clone();
        let tied = figures.into_iter().filter(|(figure, _)| *figure == best);
        let tied: Vec<usize> = tied.map(|(_, project)| project).collect();
        let waits_in_vain = |project: usize| {
            let missing = missing(case, state, project);
            missing.iter().any(|other| !tied.contains(other))
        };
        let is_out = |project: &usize| !allowed(state, *project) || waits_in_vain(*project);
        if let Some(out) = tied.iter().copied().find(is_out) {
            open.retain(|&project| project != out);
            continue;
        }
        let ready = tied.iter().copied();
        let ready = ready.filter(|&project| missing(case, state, project).is_empty());
        let next = ties::first(case, chain, &ready.collect::<Vec<_>>());
        open.retain(|&project| project != next);
        return Some((next, best));
    }
}
