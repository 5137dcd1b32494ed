//! Thresholds during a count: who has the support that the rules ask for.

use crate::count::{Allocation, Halt};
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;
use crate::record::Reason;
use crate::tally::{AppliedThreshold, Needed, Score, Threshold};

/// The threshold for an election whose projects are ranked by this score, or the refusal that says why not.
pub(super) fn applied<'e>(
    threshold: &Threshold,
    score: &Score,
    election: &'e Election,
    allocation: &Allocation<'_>,
) -> Result<AppliedThreshold<'e>, Halt> {
    threshold
        .check_score(score)
        .and_then(|()| threshold.applied(election))
        .map_err(|error| allocation.refuse("greedy", error.to_string()))
}

/// Why a project does not meet the threshold: the first of its conditions that it does not meet.
pub(super) fn falls_short(
    threshold: &AppliedThreshold<'_>,
    election: &Election,
    project: ProjectIx,
    score: Option<&Ratio>,
    allocation: &Allocation<'_>,
) -> Option<Reason> {
    let below = |score: Option<&Ratio>, needed: Ratio| {
        let score = score.cloned().unwrap_or_default();
        (score < needed).then_some(Reason::BelowThreshold { score, needed })
    };
    let unmet = |needed: Needed| match needed {
        Needed::Score(needed) => below(score, needed),
        Needed::Votes(needed) => below(allocation.votes(project), needed),
        Needed::Areas {
            areas,
            voters,
            found,
        } => (found < areas).then_some(Reason::TooFewAreas {
            areas: found,
            needed: areas,
            voters,
        }),
        _ => Some(Reason::Misfit {
            short_by: election.instance().cost_of(project),
        }),
    };
    threshold.needed(project).into_iter().find_map(unmet)
}
