//! F24: sums beyond the largest amount.

use quartier::election::{Ballot, BallotKind, Election, Money, Points, Utility, VoterClass};
use quartier::exact::Ratio;
use quartier::record::{About, DecisionKind, DecisionValue};

use crate::common::{decided, outcome};
use crate::helpers::{RULES, SKIP, count, decision};

/// The largest costs, budgets, points, weights and numbers of voters, all at once.
#[test]
fn f24_overflow_is_impossible() {
    let half = Money::from_ten_thousandths(Money::MAX.ten_thousandths() / 2).unwrap();
    let base = || {
        Election::builder()
            .budget(Money::MAX)
            .project(("a", half))
            .project(("b", half))
            .project(("c", Money::MAX))
    };
    let most = (1_u64 << 63) - 1;
    let approval = base()
        .ballots(Ballot::approval(["a", "b", "c"]), most)
        .ballot(Ballot::approval(["a"]))
        .build()
        .unwrap();
    for rule in RULES {
        let outcome = outcome(&approval, rule, "id");
        assert_eq!(
            (outcome.winners.join(" "), outcome.left, outcome.voters),
            ("a b".to_owned(), Money::ZERO, 1 << 63),
            "{rule}"
        );
    }
    let heavy = VoterClass {
        weight: "1000000000000000000000000000000".parse().unwrap(),
        endowment: 1.into(),
    };
    let points = |value: &str| value.parse::<Points>().unwrap();
    let ballot = Ballot::Points(vec![
        ("a".into(), points("1000000000000")),
        ("b".into(), points("-1000000000000")),
        ("c".into(), points("0.000001")),
    ]);
    let extreme = base().weighted(ballot, 1 << 63, heavy).build().unwrap();
    let totals = Utility::Points.additive(&extreme).unwrap().totals(&extreme);
    let expected = Ratio::from(1_u64 << 63).mul_int(10_i128.pow(12))
        * "1000000000000000000000000000000".parse::<Ratio>().unwrap();
    assert_eq!(totals[0], expected);
    assert_eq!(totals[1], -&expected);
    assert_eq!(
        outcome(&extreme, "greedy:score=points,misfit=skip", "none").winners,
        ["a", "b"],
        "c does not fit after a"
    );
    for utility in Utility::ALL
        .iter()
        .filter(|utility| utility.reads(BallotKind::Points))
    {
        assert!(
            outcome(&extreme, &format!("greedy-welfare:utility={utility}"), "id").left
                <= Money::MAX,
            "{utility}"
        );
    }
}

/// More money than can be written is refused, not wrapped.
#[test]
fn f24_extra_money_beyond_the_largest_amount() {
    let election = Election::builder()
        .budget(Money::MAX)
        .project(("a", Money::MAX))
        .build()
        .unwrap();
    let more = |number: usize| {
        vec![Money::MAX; number]
            .into_iter()
            .enumerate()
            .map(|(at, amount)| {
                let about = if at == 0 {
                    About::Envelope
                } else {
                    About::Pot("budget".to_owned())
                };
                decision(
                    DecisionKind::ExtraMoney,
                    about,
                    DecisionValue::Amount(amount),
                )
            })
            .collect::<Vec<_>>()
    };
    let outcome = decided(&count(&election, SKIP, "none", &more(2)).unwrap());
    assert_eq!(
        outcome.left.ten_thousandths(),
        2 * Money::MAX.ten_thousandths()
    );
}
