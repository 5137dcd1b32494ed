//! F20 and lots: no tie is settled in silence.

use proptest::prelude::*;
use quartier::count::{AllOutcomes, Count, CountError, Counted};
use quartier::election::Ballot;
use quartier::record::{About, DecisionKind, DecisionValue};

use crate::common;
use crate::common::strategies::{Extras, NAMING, chain, counts};
use crate::common::{cases, decided, outcome, plan};
use crate::helpers::{SKIP, count, decision, of};

proptest! {
    #![proptest_config(cases(600))]

    /// A tie that decides something is never settled without being asked about, and never without a record.
    #[test]
    fn f20_ties_are_never_silent((case, rule) in counts(&NAMING, Extras::ALL), chain in chain()) {
        let (election, plan) = (case.election(), plan(&rule));
        let AllOutcomes::All(outcomes) = Count::of(&election, &plan).all_outcomes(1_000).unwrap() else { panic!("too many") };
        match Count::of(&election, &plan).run().unwrap() {
            Counted::LotRequired(lot) => {
                prop_assert!(lot.tied.len() > 1 && lot.tied.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert_eq!(lot.stage, "vote");
            }
            decided => {
                prop_assert_eq!(outcomes.len(), 1, "decided although there are {} outcomes", outcomes.len());
                prop_assert!(common::decided(&decided).ties.is_empty());
            }
        }
        let settled = outcome(&election, &rule, chain);
        prop_assert!(outcomes.len() == 1 || !settled.ties.is_empty());
        for tie in &settled.ties {
            let chosen: std::collections::BTreeSet<&String> = tie.chosen.iter().collect();
            prop_assert!(tie.tied.len() > 1 && !chosen.is_empty() && chosen.len() == tie.chosen.len());
            prop_assert!(chosen.iter().all(|&project| tie.tied.contains(project)));
            for by in tie.by.split(',') {
                prop_assert!(chain.split(',').any(|word| word == by), "{by} is not in {chain}");
            }
        }
    }
}

/// Exit 3, a lot is drawn and recorded, the count is run again.
#[test]
fn a_lot_is_required_drawn_and_obeyed() {
    let election = of("10", &[("a", "8"), ("b", "8"), ("c", "9")])
        .ballots(Ballot::approval(["a", "b"]), 2)
        .build()
        .unwrap();
    let Counted::LotRequired(lot) = count(&election, SKIP, "cheaper,none", &[]).unwrap() else {
        panic!("decided")
    };
    assert_eq!(
        (lot.stage.as_str(), lot.tied.join(" ")),
        ("vote", "a b".to_owned())
    );
    assert!(lot.to_string().contains("stage:vote"));
    let drawn = |stage: &str, order: &[&str]| {
        let order = order.iter().map(|&id| id.to_owned()).collect();
        vec![decision(
            DecisionKind::Lot,
            About::Stage(stage.to_owned()),
            DecisionValue::Order(order),
        )]
    };
    let outcome =
        decided(&count(&election, SKIP, "none", &drawn("vote", &["b", "c", "a"])).unwrap());
    assert_eq!(
        (outcome.winners.join(" "), outcome.ties[0].by.as_str()),
        ("b".to_owned(), "recorded-lot")
    );
    // A lot that does not cover the tie is not completed by guessing: the others' places in it are asked for.
    let Counted::LotRequired(more) =
        count(&election, SKIP, "none", &drawn("vote", &["b", "c"])).unwrap()
    else {
        panic!("decided")
    };
    assert_eq!(
        (more.tied.join(" "), more.drawn.join(" ")),
        ("a b".to_owned(), "b c".to_owned())
    );
    let elsewhere = count(&election, SKIP, "none", &drawn("other", &["b", "a"])).unwrap();
    assert!(
        matches!(elsewhere, Counted::LotRequired(_)),
        "a lot of another stage is not used"
    );
    let error = count(
        &election,
        SKIP,
        "none",
        &drawn("vote", &["b", "a", "nobody"]),
    )
    .unwrap_err();
    assert!(matches!(error, CountError::Decisions(_)), "{error}");
}
