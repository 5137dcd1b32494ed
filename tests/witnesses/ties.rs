//! Ties that stay open.

use std::collections::BTreeSet;

use quartier::count::{AllOutcomes, Count};
use quartier::record::{About, Decision, DecisionKind, DecisionValue};

use crate::common::{money, plan};
use crate::helpers::{approvals, of};

/// All tied outcomes follow one order for the whole stage: whoever goes first under one rule goes first under
/// the next and after more money has come. Answering each tie anew would list a fifth outcome, which no drawn
/// order leads to.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn an_open_tie_is_answered_once_for_the_whole_stage() {
    let election = approvals(
        of(
            "0.5",
            &[("big", "1.5"), ("middle", "0.75"), ("small", "0.25")],
        ),
        &[],
    );
    let rule = "greedy:score=votes,misfit=top-up,min-covered=50%,reserve=0.5+greedy:score=votes,misfit=partial,min-covered=0%";
    let more = Decision::new(
        DecisionKind::ExtraMoney,
        About::Envelope,
        "council",
        "more money",
    )
    .value(DecisionValue::Amount(money("2")));
    let drawn = |order: [&str; 3]| {
        let lot = Decision::new(
            DecisionKind::Lot,
            About::Stage("vote".to_owned()),
            "council",
            "drawn in public",
        );
        let lot = lot.value(DecisionValue::Order(order.map(str::to_owned).to_vec()));
        let outcome = Count::of(&election, &plan(rule))
            .decisions(&[more.clone(), lot])
            .run()
            .unwrap();
        outcome
            .outcome()
            .unwrap()
            .selection()
            .iter()
            .map(|(id, amount)| format!("{id} {amount}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let orders = [
        ["big", "middle", "small"],
        ["big", "small", "middle"],
        ["middle", "big", "small"],
        ["middle", "small", "big"],
        ["small", "big", "middle"],
        ["small", "middle", "big"],
    ];
    let AllOutcomes::All(listed) = Count::of(&election, &plan(rule))
        .decisions(std::slice::from_ref(&more))
        .all_outcomes(100)
        .unwrap()
    else {
        panic!("too many")
    };
    let listed: BTreeSet<String> = listed
        .iter()
        .map(|outcome| {
            outcome
                .selection()
                .iter()
                .map(|(id, amount)| format!("{id} {amount}"))
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect();
    assert_eq!(listed, orders.map(drawn).into());
    assert_eq!(listed.len(), 4);
}
