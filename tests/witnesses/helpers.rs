//! What several of these tests need.

use std::collections::BTreeSet;

use quartier::count::{AllOutcomes, Count, Fate, Outcome};
use quartier::election::{Ballot, Election, ElectionBuilder, ZeroCost};
use quartier::record::Reason;

use crate::common::{money, plan, winners};

pub(crate) fn of(budget: &str, projects: &[(&str, &str)]) -> ElectionBuilder {
    let builder = Election::builder()
        .budget(money(budget))
        .zero_cost(ZeroCost::Allowed);
    projects.iter().fold(builder, |builder, &(id, cost)| {
        builder.project((id, money(cost)))
    })
}

pub(crate) fn approvals(builder: ElectionBuilder, ballots: &[(&[&str], u64)]) -> Election {
    ballots
        .iter()
        .fold(builder, |builder, &(ballot, count)| {
            builder.ballots(Ballot::approval(ballot.iter().copied()), count)
        })
        .build()
        .unwrap()
}

/// All sets of winners when every tie is open.
pub(crate) fn all_sets(election: &Election, rule: &str) -> BTreeSet<String> {
    match Count::of(election, &plan(rule)).all_outcomes(100).unwrap() {
        AllOutcomes::All(found) => found
            .iter()
            .map(|outcome| winners(outcome).join(" "))
            .collect(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn sets<const N: usize>(sets: [&str; N]) -> BTreeSet<String> {
    sets.map(str::to_owned).into()
}

pub(crate) fn refused<'a>(outcome: &'a Outcome, project: &str) -> &'a Reason {
    match &outcome
        .fates
        .iter()
        .find(|fate| fate.project == project)
        .unwrap()
        .fate
    {
        Fate::Refused { reason } => reason,
        fate => panic!("{project}: {fate:?}"),
    }
}

pub(crate) const BY_VOTES: &str = "greedy:score=votes,misfit=skip";
