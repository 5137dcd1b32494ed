//! What a strict reader found in the counting machine, each as a test that failed before.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use quartier::count::{AllOutcomes, CountError, Counted};
use quartier::election::{Ballot, Election, ZeroCost};
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::rules::Plan;
use quartier::{Count, Money};

/// Projects a, b, c, … of equal cost and votes.
fn tied(projects: usize, budget: u32, cost: u32) -> Election {
    let ids: Vec<String> = (0..projects).map(|at| format!("p{at:05}")).collect();
    let builder = ids
        .iter()
        .fold(Election::builder().budget(budget), |builder, id| {
            builder.project((id.as_str(), cost))
        });
    builder
        .ballot(Ballot::approval(ids.iter().map(String::as_str)))
        .build()
        .unwrap()
}

fn skip() -> Plan {
    "greedy:score=votes,misfit=skip".parse().unwrap()
}

fn lot(order: &[&str]) -> Decision {
    let order = order.iter().map(|&id| id.to_owned()).collect();
    Decision::new(
        DecisionKind::Lot,
        About::Stage("vote".into()),
        "council",
        "drawn in public",
    )
    .value(DecisionValue::Order(order))
}

#[test]
fn as_many_outcomes_as_there_are_are_listed() {
    let (election, plan) = (tied(10, 9, 1), skip());
    let AllOutcomes::All(found) = Count::of(&election, &plan).all_outcomes(10).unwrap() else {
        panic!("too many")
    };
    assert_eq!(found.len(), 10);
    assert!(matches!(
        Count::of(&election, &plan).all_outcomes(9).unwrap(),
        AllOutcomes::TooMany { at_most: 9 }
    ));
}

#[test]
fn a_large_tie_is_recorded_once() {
    let (election, plan) = (tied(2_000, 1_000, 1), skip());
    let counted = Count::of(&election, &plan)
        .ties("cheaper,id".parse().unwrap())
        .run()
        .unwrap();
    let outcome = counted.outcome().unwrap();
    assert_eq!(outcome.winners.len(), 1_000);
    let [tie] = outcome.ties.as_slice() else {
        panic!("{} records", outcome.ties.len())
    };
    assert_eq!(
        (tie.tied.len(), tie.chosen.as_slice(), tie.by.as_str()),
        (2_000, outcome.winners.as_slice(), "id")
    );
}

#[test]
fn a_second_tie_asks_for_a_second_lot() {
    let election = Election::builder()
        .budget(20)
        .project(("a", 10))
        .project(("b", 11))
        .project(("c", 9))
        .project(("d", 10))
        .ballots(Ballot::approval(["a", "b"]), 2)
        .ballot(Ballot::approval(["c", "d"]))
        .build()
        .unwrap();
    let plan = skip();
    let drawn = [lot(&["a", "b"])];
    let Counted::LotRequired(second) = Count::of(&election, &plan).decisions(&drawn).run().unwrap()
    else {
        panic!("decided")
    };
    assert_eq!(second.tied, ["c", "d"]);
    let drawn = [lot(&["a", "b", "d", "c"])];
    let counted = Count::of(&election, &plan).decisions(&drawn).run().unwrap();
    assert_eq!(counted.outcome().unwrap().winners, ["a", "d"]);
    // A lot that names some of the tied would have to be completed by guessing: it is asked for the others.
    let drawn = [lot(&["a", "b", "d"])];
    let Counted::LotRequired(third) = Count::of(&election, &plan).decisions(&drawn).run().unwrap()
    else {
        panic!("decided")
    };
    assert_eq!(third.tied, ["c", "d"]);
    assert_eq!(third.drawn, ["a", "b", "d"]);
    let said = third.to_string();
    assert!(
        said.contains("among c, d") && said.contains("order stands: a, b, d"),
        "{said}"
    );
    // All that the drawn order leaves open: d before c, or c before d.
    let all = Count::of(&election, &plan)
        .decisions(&drawn)
        .all_outcomes(10);
    let AllOutcomes::All(all) = all.unwrap() else {
        panic!("too many")
    };
    let winners: Vec<&[String]> = all
        .iter()
        .map(|outcome| outcome.winners.as_slice())
        .collect();
    assert_eq!(winners, [["a", "c"], ["a", "d"]]);
}

/// Three cost 10 each of 20 and were drawn in part: whatever is tried, b never goes before a.
#[test]
fn what_is_tried_obeys_what_was_drawn() {
    let mut builder = Election::builder().budget(20);
    for id in ["a", "b", "c"] {
        builder = builder.project((id, 10)).ballots(Ballot::approval([id]), 2);
    }
    let (election, plan) = (builder.build().unwrap(), skip());
    let drawn = [lot(&["b", "a"])];
    let all = Count::of(&election, &plan)
        .decisions(&drawn)
        .all_outcomes(10);
    let AllOutcomes::All(all) = all.unwrap() else {
        panic!("too many")
    };
    let mut sets: Vec<Vec<&str>> = all
        .iter()
        .map(|outcome| outcome.selection().into_iter().map(|(id, _)| id).collect())
        .collect();
    sets.sort_unstable();
    assert_eq!(sets, [["a", "b"], ["b", "c"]]);
}

#[test]
fn every_step_has_its_own_reserve() {
    let election = Election::builder()
        .budget(90)
        .project(("a", 100))
        .ballot(Ballot::approval(["a"]))
        .build()
        .unwrap();
    let plan: Plan = "greedy:score=votes,misfit=top-up,min-covered=99%,reserve=5+greedy:score=votes,misfit=top-up,min-covered=80%,reserve=50".parse().unwrap();
    let counted = Count::of(&election, &plan).run().unwrap();
    let outcome = counted.outcome().unwrap();
    let left: Vec<(&str, Money)> = outcome
        .pots
        .iter()
        .map(|pot| (pot.pot.as_str(), pot.left))
        .collect();
    assert_eq!(outcome.winners, ["a"]);
    assert_eq!(
        left,
        [
            ("budget", Money::from(0)),
            ("reserve", Money::from(5)),
            ("reserve-2", Money::from(40))
        ]
    );
}

#[test]
fn the_work_budget_is_for_all_runs_together() {
    let (election, plan) = (tied(10, 9, 1), skip());
    let all = Count::of(&election, &plan).work(200).all_outcomes(10);
    assert_eq!(all, Err(CountError::WorkExhausted { limit: 200 }));
    assert!(
        Count::of(&election, &plan)
            .ties("id".parse().unwrap())
            .work(200)
            .run()
            .is_ok()
    );
}

/// Found by the long run of the axioms: the same situation in a later step is not the same situation.
#[test]
fn equal_situations_in_different_steps_are_told_apart() {
    let election = Election::builder()
        .budget(0)
        .zero_cost(ZeroCost::Allowed)
        .project(("free", 0))
        .project(("dear", 2))
        .build()
        .unwrap();
    let plan: Plan = "greedy:score=votes,misfit=stop+greedy:score=votes,misfit=stop"
        .parse()
        .unwrap();
    let more = [Decision::new(
        DecisionKind::ExtraMoney,
        About::Envelope,
        "council",
        "later",
    )
    .value(DecisionValue::Amount(Money::from(1)))];
    let all = Count::of(&election, &plan)
        .decisions(&more)
        .all_outcomes(10);
    let AllOutcomes::All(found) = all.unwrap() else {
        panic!("too many")
    };
    let winners: Vec<&[String]> = found
        .iter()
        .map(|outcome| outcome.winners.as_slice())
        .collect();
    assert_eq!(winners, [&[] as &[String], &["free".to_owned()]]);
}
