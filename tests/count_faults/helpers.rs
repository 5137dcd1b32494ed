//! What several of these tests need.

use std::collections::BTreeSet;

use quartier::count::{Count, CountError, Counted, Fate, Outcome};
use quartier::election::{Ballot, BallotKind, Election, ElectionBuilder, ZeroCost};
use quartier::record::{About, Decision, DecisionKind, DecisionValue, Reason};

use crate::common::{money, plan};

pub(crate) const SKIP: &str = "greedy:score=votes,misfit=skip";
pub(crate) const STOP: &str = "greedy:score=votes,misfit=stop";

/// A rule of each kind, for approval ballots.
pub(crate) const RULES: [&str; 8] = [
    SKIP,
    STOP,
    "greedy:score=votes,misfit=partial,min-covered=50%",
    "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=1000",
    "greedy:score=votes,misfit=skip,threshold=10%",
    "greedy:score=votes,misfit=skip,threshold=cost/3",
    "greedy-welfare:utility=cost",
    "greedy-welfare:utility=chamberlin-courant",
];

pub(crate) fn of(budget: &str, projects: &[(&str, &str)]) -> ElectionBuilder {
    let builder = Election::builder()
        .budget(money(budget))
        .zero_cost(ZeroCost::Allowed)
        .kind(BallotKind::Approval);
    projects.iter().fold(builder, |builder, &(id, cost)| {
        builder.project((id, money(cost)))
    })
}

pub(crate) fn reason(outcome: &Outcome, project: &str) -> Reason {
    match &outcome
        .fates
        .iter()
        .find(|fate| fate.project == project)
        .unwrap()
        .fate
    {
        Fate::Refused { reason } => reason.clone(),
        fate => panic!("{project}: {fate:?}"),
    }
}

pub(crate) fn decision(kind: DecisionKind, about: About, value: DecisionValue) -> Decision {
    Decision::new(kind, about, "city council", "minutes of 3 June").value(value)
}

pub(crate) fn about(project: &str) -> About {
    About::Project(project.to_owned())
}

pub(crate) fn count(
    election: &Election,
    rule: &str,
    ties: &str,
    decisions: &[Decision],
) -> Result<Counted, CountError> {
    Count::of(election, &plan(rule))
        .ties(ties.parse().unwrap())
        .decisions(decisions)
        .run()
}

pub(crate) fn pseudo_random(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |value| {
        Some(
            value
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    })
    .map(|value| value >> 33)
}

pub(crate) fn big(voters: usize, projects: usize) -> Election {
    let builder = (0..projects).fold(
        Election::builder().budget(projects as u64 * 20),
        |builder, number| builder.project((format!("p{number}"), (number % 97 + 1) as u64)),
    );
    let mut random = pseudo_random(11);
    let builder = (0..voters).fold(builder, |builder, _| {
        let chosen: BTreeSet<usize> = random
            .by_ref()
            .take(6)
            .map(|value| usize::try_from(value).unwrap() % projects)
            .collect();
        builder.ballot(Ballot::approval(
            chosen.into_iter().map(|number| format!("p{number}")),
        ))
    });
    builder.build().unwrap()
}
