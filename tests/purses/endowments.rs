//! Unequal endowments by quartier: every quartier's voters together have a purse of the size that the city wants.

use proptest::prelude::*;
use quartier::election::{Ballot, Election, VoterClass};
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, chain};
use crate::common::{IDS, bytes, cases, outcome};
use crate::town::{AREAS, Row, Town, housed, towns};

/// Warszawa voted in 2022 with a turnout between 3.2% and 10% in its districts. The city wants each quartier to have
/// the money of its inhabitants: whoever votes has the share of all those for whom they stand.
///
/// ```text
/// a: 60 inhabitants, 6 vote, each stands for 10.  b: 60 inhabitants, 2 vote, each stands for 30.  120 euros:
/// a: 10 each, 60 together: a1 (54).  b: 30 each, 60 together: b1 (60).
/// Without endowments each of the 8 has 15: 90 in a, where a1 and a2 (30) are bought, and 30 in b: too little for b1.
/// ```
#[test]
fn turnout_of_quartiers_is_evened_out() {
    let election = |a: i32, b: i32| {
        let class = |endowment: i32| VoterClass {
            endowment: Ratio::from(endowment),
            ..VoterClass::default()
        };
        Election::builder()
            .budget(120)
            .project(("a1", 54))
            .project(("a2", 30))
            .project(("b1", 60))
            .weighted(Ballot::approval(["a1", "a2"]), 6, class(a))
            .weighted(Ballot::approval(["b1"]), 2, class(b))
            .build()
            .unwrap()
    };
    {
        let rule = "equal-shares:utility=cost";
        let winners = |a, b| {
            let mut winners = outcome(&election(a, b), rule, "id").winners;
            winners.sort();
            winners
        };
        assert_eq!(winners(10, 30), ["a1", "b1"], "{rule}");
        assert_eq!(winners(1, 1), ["a1", "a2"], "{rule}");
        assert_eq!(winners(7, 7), ["a1", "a2"], "{rule}");
    }
}

/// The same town with this endowment for each quartier.
fn endowed(town: &Town, by_area: [i32; 3]) -> Election {
    let rows: Vec<Row<'_>> = town
        .case
        .voters
        .iter()
        .zip(&town.home)
        .map(|(voter, &home)| {
            let ballot = town.case.ballot(&voter.marks, &IDS);
            let class = VoterClass {
                endowment: Ratio::from(by_area[home]),
                ..VoterClass::default()
            };
            (ballot, voter.count, AREAS[home], class)
        })
        .collect();
    housed(town.election().instance(), &rows, "area")
}

const PLAIN: Extras = Extras {
    weights: false,
    negative_points: false,
    ..Extras::ALL
};

proptest! {
    #![proptest_config(cases(1_500))]

    /// Equal endowments give the plain rule, whatever they are. Add1 gives an endowment of e times the increment, so an
    /// increment of one e-th is that of the plain rule.
    #[test]
    fn equal_endowments_give_the_plain_rule(town in towns(PLAIN), endowment in prop::sample::select(vec![2_i32, 4, 5, 8, 20]), rule in prop::sample::select(crate::town::RULES.to_vec()), chain in chain()) {
        let by = |increment: i32| if rule.contains("add1") { format!("{rule},increment={increment}") } else { rule.to_owned() };
        let (one, other) = (endowed(&town, [1; 3]), endowed(&town, [endowment; 3]));
        let (plain, same) = (outcome(&one, &by(40), chain), outcome(&other, &by(40 / endowment), chain));
        prop_assert_eq!((plain.winners, plain.fates, plain.ties), (same.winners, same.fates, same.ties));
    }

    /// The shares of quartiers are all that counts: endowments of 2, 4 and 6 are those of 1, 2 and 3.
    #[test]
    fn only_the_proportion_of_endowments_counts(town in towns(PLAIN), by_area in [1_i32..5, 1_i32..5, 1_i32..5], rule in prop::sample::select(crate::town::RULES.to_vec()), chain in chain()) {
        prop_assume!(!rule.contains("add1"));
        let (one, other) = (endowed(&town, by_area), endowed(&town, by_area.map(|endowment| endowment * 2)));
        prop_assert_eq!(bytes(&outcome(&one, rule, chain)), bytes(&outcome(&other, rule, chain)));
    }
}
