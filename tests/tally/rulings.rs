//! What people decide about single votes is applied, kept, and never guessed.

use quartier::tally::Disposition::{Accepted, Ineligible, Void};
use quartier::tally::{IntakeError, Ruled, Ruling, VoidReason};

use crate::helpers::{Vote, dispositions, instance, intake, rules};

const VOTES: [Vote<'_>; 3] = [
    ["v", "internet", "", "", "a1"],
    ["v", "internet", "", "", "a2"],
    ["w", "internet", "", "", "b1"],
];

fn ruling(line: u64, verdict: Ruled) -> Ruling {
    Ruling::new(
        "votes.csv",
        line,
        verdict,
        "returning officer",
        "minutes of 5 March",
    )
}

#[test]
fn a_ruling_settles_what_the_rules_refuse() {
    let (instance, rules) = (instance(), rules("duplicates=refuse"));
    let mut intake = intake(&instance, &rules, &VOTES);
    intake.rule(ruling(3, Ruled::Void));
    intake.rule(ruling(4, Ruled::Ineligible));
    let tally = intake.close().unwrap();
    assert_eq!(
        dispositions(&tally),
        [Accepted, Void(VoidReason::Ruled), Ineligible]
    );
    assert_eq!(tally.rulings().len(), 2);
    let total = tally.ledger().total();
    assert!(total.balances());
    assert_eq!((total.accepted, total.voids(), total.ineligible), (1, 1, 1));
}

#[test]
fn a_ruling_about_no_vote_is_an_error() {
    let (instance, rules) = (instance(), rules("duplicates=void-all"));
    let mut intake = intake(&instance, &rules, &VOTES);
    intake.rule(ruling(99, Ruled::Void));
    intake.rule(Ruling::new("other.csv", 2, Ruled::Void, "somebody", ""));
    let errors = intake.close().expect_err("no such votes");
    assert_eq!(errors.errors().len(), 2);
    assert!(matches!(
        errors.errors()[0],
        IntakeError::UnmatchedRuling { .. }
    ));
}
