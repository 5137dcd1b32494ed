//! Decisions that award a project or bring extra money.

use quartier::count::{CountError, Fate};
use quartier::election::{Ballot, Money};
use quartier::record::{About, DecisionKind, DecisionValue};

use crate::common::{decided, money};
use crate::helpers::{SKIP, STOP, about, count, decision, of};

/// Money given by people: an amount, or without one the full cost; first of all, and counted in the books.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn awards_by_decision() {
    let election = of("10", &[("a", "8"), ("b", "8")])
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let full = decided(
        &count(
            &election,
            SKIP,
            "none",
            &[decision(
                DecisionKind::Award,
                about("b"),
                DecisionValue::None,
            )],
        )
        .unwrap(),
    );
    assert_eq!(
        (full.winners.join(" "), full.left),
        ("b".to_owned(), money("2"))
    );
    let part = decided(
        &count(
            &election,
            SKIP,
            "none",
            &[decision(
                DecisionKind::Award,
                about("b"),
                DecisionValue::Amount(money("1.5")),
            )],
        )
        .unwrap(),
    );
    assert_eq!(
        (part.winners.join(" "), part.left),
        ("b a".to_owned(), money("0.5"))
    );
    assert_eq!(
        part.fates[1].fate,
        Fate::PartlyFunded {
            amount: money("1.5"),
            missing: money("6.5")
        }
    );
    let too_much = count(
        &election,
        SKIP,
        "none",
        &[decision(
            DecisionKind::Award,
            about("b"),
            DecisionValue::Amount(money("8.0001")),
        )],
    );
    assert!(matches!(
        too_much,
        Err(CountError::Decision { number: 1, .. })
    ));
    let both = [
        decision(DecisionKind::Award, about("a"), DecisionValue::None),
        decision(DecisionKind::Award, about("b"), DecisionValue::None),
    ];
    assert!(
        matches!(
            count(&election, SKIP, "none", &both),
            Err(CountError::Decision { number: 2, .. })
        ),
        "the budget does not pay for both"
    );
}

#[test]
fn extra_money_by_decision() {
    let election = of("15", &[("a", "8"), ("b", "8"), ("c", "5")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .ballots(Ballot::approval(["a"]), 1)
        .build()
        .unwrap();
    let added = |opening: &str, added: &str| DecisionValue::Added {
        opening: money(opening),
        added: money(added),
    };
    let run = |value: DecisionValue| {
        count(
            &election,
            STOP,
            "none",
            &[decision(DecisionKind::ExtraMoney, About::Envelope, value)],
        )
    };
    let outcome = decided(&run(DecisionValue::Amount(money("1"))).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.budget, outcome.left),
        ("a b".to_owned(), money("16"), Money::ZERO)
    );
    // The published budget is 15: it opened with 9 and was continued with 6, which is not 15 at once for b.
    let outcome = decided(&run(added("9", "6")).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.budget, outcome.left),
        ("a".to_owned(), money("15"), money("7"))
    );
    assert!(
        matches!(
            run(added("9", "7")),
            Err(CountError::Decision { number: 1, .. })
        ),
        "it does not add up"
    );
    for elsewhere in [
        About::Area("north".to_owned()),
        About::Pot("other".to_owned()),
    ] {
        let error = count(
            &election,
            STOP,
            "none",
            &[decision(
                DecisionKind::ExtraMoney,
                elsewhere,
                DecisionValue::Amount(money("1")),
            )],
        );
        assert!(
            matches!(error, Err(CountError::Decision { number: 1, .. })),
            "{error:?}"
        );
    }
}
