//! Decisions: who takes part, which are refused, and how they show in the record.

use quartier::count::{Count, CountError, Log};
use quartier::election::{Ballot, Project};
use quartier::record::{About, DecisionKind, DecisionProblem, DecisionValue, Reason};

use crate::common::{decided, money, plan};
use crate::helpers::{SKIP, about, count, decision, of, reason};

#[test]
fn exclusions_and_withdrawals() {
    let election = of("10", &[("a", "8"), ("b", "8"), ("c", "9")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .build()
        .unwrap();
    for kind in [DecisionKind::Exclude, DecisionKind::Withdraw] {
        let decisions = [decision(kind, about("a"), DecisionValue::None)];
        let outcome = decided(
            &count(
                &election,
                "greedy:score=votes,misfit=skip+greedy-welfare:utility=cost",
                "none",
                &decisions,
            )
            .unwrap(),
        );
        assert_eq!(outcome.winners, ["b"], "and no lot is needed any more");
        let (by, justification) = ("city council".to_owned(), "minutes of 3 June".to_owned());
        let expected = if kind == DecisionKind::Exclude {
            Reason::Excluded { by, justification }
        } else {
            Reason::Withdrawn { by, justification }
        };
        assert_eq!(reason(&outcome, "a"), expected);
    }
}

/// An inclusion lets a project take part. It gives it nothing.
#[test]
fn an_inclusion_is_no_award() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let decisions = [decision(
        DecisionKind::Include,
        about("b"),
        DecisionValue::None,
    )];
    assert_eq!(
        decided(&count(&election, SKIP, "none", &decisions).unwrap()).winners,
        ["a"]
    );
}

/// A mistyped id would otherwise change nothing, and nobody would notice.
#[test]
fn an_unknown_project_in_a_decision_is_refused() {
    let election = of("10", &[("a", "8")]).build().unwrap();
    for kind in [
        DecisionKind::Exclude,
        DecisionKind::Withdraw,
        DecisionKind::Include,
        DecisionKind::Award,
    ] {
        let Err(CountError::Decisions(faults)) = count(
            &election,
            SKIP,
            "none",
            &[decision(kind, about("A"), DecisionValue::None)],
        ) else {
            panic!("{kind}")
        };
        assert_eq!(
            faults.faults[0].problem,
            DecisionProblem::UnknownProject { id: "A".to_owned() }
        );
    }
}

/// What belongs to a regulation is refused by name, not ignored.
#[test]
fn decisions_that_a_single_rule_cannot_carry_out_are_refused() {
    let election = of("10", &[("a", "8"), ("b", "8")]).build().unwrap();
    let others = [
        decision(
            DecisionKind::Published,
            About::Edition,
            DecisionValue::Flag(true),
        ),
        decision(
            DecisionKind::Substitute,
            about("a"),
            DecisionValue::Text("b".to_owned()),
        ),
    ];
    for other in others {
        let Err(CountError::Decision { number: 1, why }) =
            count(&election, SKIP, "id", std::slice::from_ref(&other))
        else {
            panic!("{other:?}")
        };
        assert!(why.contains(&format!("`{}`", other.kind)), "{why}");
    }
    let clash = [
        decision(DecisionKind::Exclude, about("a"), DecisionValue::None),
        decision(DecisionKind::Award, about("a"), DecisionValue::None),
    ];
    assert!(matches!(
        count(&election, SKIP, "id", &clash),
        Err(CountError::Decisions(_))
    ));
}

/// Several decisions and a plan: everything is recorded in the events, in order.
#[test]
fn decisions_show_in_the_record() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .project(Project::new("c", 2))
        .build()
        .unwrap();
    let decisions = [
        decision(DecisionKind::Exclude, about("a"), DecisionValue::None),
        decision(
            DecisionKind::ExtraMoney,
            About::Envelope,
            DecisionValue::Amount(money("1")),
        ),
    ];
    let (plan, mut log) = (plan(SKIP), Log::new());
    Count::of(&election, &plan)
        .decisions(&decisions)
        .observe(&mut log)
        .run()
        .unwrap();
    let names: Vec<&str> = log
        .lines()
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .collect();
    let expected =
        "decided rejected decided started noted noted awarded awarded money-added started closed";
    assert_eq!(names.join(" "), expected);
}
