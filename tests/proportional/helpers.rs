//! What several of these tests need.

use std::collections::BTreeSet;

use quartier::count::{AllOutcomes, Count, Log};
use quartier::election::{Ballot, Election, ElectionBuilder, VoterClass, ZeroCost};
use quartier::exact::Ratio;

use crate::common::{Case, IDS, VoterCase, decided, money, plan, winners};
use crate::reference::{self, State};

/// The state before a slow count.
pub(crate) fn begin(case: &Case) -> State {
    State {
        funded: Vec::new(),
        left: reference::support::quarters(case.budget),
        step: 0,
        reserves: std::collections::BTreeMap::new(),
    }
}

/// The winners of a slow count, in order of selection.
pub(crate) fn slow_winners(state: &State) -> Vec<&'static str> {
    state
        .funded
        .iter()
        .map(|(project, _)| IDS[*project])
        .collect()
}

pub(crate) fn of(budget: &str, projects: &[(&str, &str)]) -> ElectionBuilder {
    let builder = Election::builder()
        .budget(money(budget))
        .zero_cost(ZeroCost::Allowed);
    projects.iter().fold(builder, |builder, &(id, cost)| {
        builder.project((id, money(cost)))
    })
}

pub(crate) fn approvals(builder: ElectionBuilder, ballots: &[(&[&str], u64)]) -> Election {
    let add = |builder: ElectionBuilder, &(ballot, count): &(&[&str], u64)| {
        builder.ballots(Ballot::approval(ballot.iter().copied()), count)
    };
    ballots.iter().fold(builder, add).build().unwrap()
}

/// Each voter with a weight and an endowment.
pub(crate) fn classed(builder: ElectionBuilder, ballots: &[(&[&str], u64, i32, i32)]) -> Election {
    let add = |builder: ElectionBuilder,
               &(ballot, count, weight, endowment): &(&[&str], u64, i32, i32)| {
        let class = VoterClass {
            weight: weight.into(),
            endowment: endowment.into(),
        };
        builder.weighted(Ballot::approval(ballot.iter().copied()), count, class)
    };
    ballots.iter().fold(builder, add).build().unwrap()
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

/// The events of a count whose ties go by this chain.
pub(crate) fn events(election: &Election, rule: &str, chain: &str) -> Vec<serde_json::Value> {
    let mut log = Log::new();
    let plan = plan(rule);
    let count = Count::of(election, &plan).ties(chain.parse().unwrap());
    decided(&count.observe(&mut log).run().unwrap());
    log.lines().to_vec()
}

/// For each award, in order: the project and the figures of the last fact about it before.
pub(crate) fn told(events: &[serde_json::Value], fact: &str) -> Vec<(String, serde_json::Value)> {
    let (mut last, mut found) = (std::collections::BTreeMap::new(), Vec::new());
    for event in events {
        let project = event["project"].as_str().unwrap_or_default().to_owned();
        if event["fact"] == fact {
            last.insert(project, event.clone());
        } else if event["event"] == "awarded" {
            found.push((project.clone(), last[&project].clone()));
        }
    }
    found
}

pub(crate) fn number(value: &serde_json::Value) -> Ratio {
    value.as_str().unwrap().parse().unwrap()
}

/// The same election with every voter several times.
pub(crate) fn repeated(case: &Case, copies: u64) -> Case {
    let voters = case.voters.iter().map(|voter| VoterCase {
        count: voter.count * copies,
        ..voter.clone()
    });
    Case {
        voters: voters.collect(),
        ..case.clone()
    }
}
