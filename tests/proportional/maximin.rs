//! Maximin support: textbook, axioms, facts.

use proptest::prelude::*;
use quartier::election::BallotKind;
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, NAMING, chain, elections};
use crate::common::{IDS, cases, outcome, ratio, winners};
use crate::helpers::{approvals, classed, events, number, of, repeated, told};
use crate::reference;

const MAXIMIN: &str = "maximin-support";

/// The highest load after each award.
fn loads(events: &[serde_json::Value]) -> Vec<(String, Ratio)> {
    told(events, "highest-load")
        .into_iter()
        .map(|(id, fact)| (id, number(&fact["at-least"])))
        .collect()
}

/// Lackner and Skowron (2023), the running example, k = 4, by hand: the heaviest sets are {a}, {b} with 4
/// supporters, {a, b, c} with 9, and {d} with 2 (as {f}, which the chain puts after it).
#[test]
fn running_example_of_lackner_and_skowron() {
    let projects = ["a", "b", "c", "d", "e", "f", "g"].map(|id| (id, "1"));
    let election = approvals(
        of("4", &projects),
        &[
            (&["a", "b"], 3),
            (&["a", "c"], 3),
            (&["a", "d"], 2),
            (&["b", "c", "f"], 1),
            (&["e"], 1),
            (&["f"], 1),
            (&["g"], 1),
        ],
    );
    let loads = loads(&events(&election, MAXIMIN, "id"));
    let expected = [
        ("a", ratio(1, 8)),
        ("b", ratio(1, 4)),
        ("c", ratio(1, 3)),
        ("d", ratio(1, 2)),
    ];
    assert_eq!(loads, expected.map(|(id, load)| (id.to_owned(), load)));
}

/// pabutools, `tests/rules/test_maximin_support.py`: costs 3/2, 3/2 and 1.
#[test]
fn example_of_pabutools() {
    let election = approvals(
        of("3", &[("p1", "1.5"), ("p2", "1.5"), ("p3", "1")]),
        &[
            (&["p1", "p2"], 1),
            (&["p1"], 1),
            (&["p2", "p3"], 1),
            (&["p2"], 1),
        ],
    );
    assert_eq!(winners(&outcome(&election, MAXIMIN, "none")), ["p1", "p2"]);
}

/// equalshares.net, explanation page, see `FIELD.md` 4.1: both examples give gym, lib, park and play.
#[test]
fn explanation_page_of_equal_shares() {
    let projects = [
        ("bike", "700"),
        ("gym", "400"),
        ("park", "250"),
        ("play", "200"),
        ("lib", "100"),
    ];
    for last in ["bike", "gym"] {
        let election = approvals(
            of("1100", &projects),
            &[
                (&["bike", "gym"], 3),
                (&["bike", "gym", "park"], 3),
                (&["park", "play", "lib"], 2),
                (&["play"], 1),
                (&["play", "lib"], 1),
                (&[last], 1),
            ],
        );
        assert_eq!(
            winners(&outcome(&election, MAXIMIN, "id")),
            ["gym", "lib", "park", "play"]
        );
    }
}

/// pabutools gives z too, a free project that nobody wants; here nobody pays for it, so nobody gets it.
#[test]
fn zero_cost_probe() {
    let probe = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(outcome(&probe, MAXIMIN, "none").winners, ["zs", "a"]);
}

/// Voters with larger shares carry more.
#[test]
fn shares_come_from_weights_or_endowments() {
    for (weight, endowment) in [(2, 1), (1, 2), (2, 2)] {
        let election = classed(
            of("6", &[("a", "6"), ("b", "6")]),
            &[(&["a"], 3, 1, 1), (&["b"], 2, weight, endowment)],
        );
        assert_eq!(
            loads(&events(&election, MAXIMIN, "none")),
            [("b".to_owned(), ratio(6, 4))]
        );
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    /// The load that is told is the smallest highest one of all that is funded, found by looking at every set.
    #[test]
    fn the_load_is_the_best_possible(case in elections(&NAMING, Extras { requires: false, ..Extras::ALL }), chain in chain()) {
        let told = loads(&events(&case.election(), MAXIMIN, chain));
        prop_assert!(told.is_sorted_by(|(_, a), (_, b)| a <= b));
        let mut funded = Vec::new();
        for (id, load) in told {
            let place = IDS.iter().position(|known| *known == id).unwrap();
            funded.push((place, reference::support::cost(&case, place)));
            prop_assert_eq!(reference::maximin::load(&case, &funded), load);
        }
    }

    /// Proportional justified representation with equal costs (Sánchez-Fernández and others 2024).
    #[test]
    fn equal_costs_give_pjr(case in elections(&[BallotKind::Approval], Extras::NONE), seats in 1_u32..=4) {
        let mut case = case;
        case.budget = 4 * seats;
        case.projects.iter_mut().for_each(|project| project.cost = 4);
        let winners = outcome(&case.election(), MAXIMIN, "id").winners;
        for group in 1_u32..1 << case.voters.len() {
            let members: Vec<_> = case.voters.iter().enumerate().filter(|(at, _)| group >> at & 1 == 1).map(|(_, voter)| voter).collect();
            let size: u64 = members.iter().map(|voter| voter.count).sum();
            let agreed = (0..case.projects.len()).filter(|project| members.iter().all(|voter| case.named(voter).contains(project))).count() as u64;
            let deserved = agreed.min(size * u64::from(seats) / case.voter_count());
            let served = (0..case.projects.len()).filter(|project| winners.contains(&IDS[*project].to_owned()) && members.iter().any(|voter| case.named(voter).contains(project))).count() as u64;
            prop_assert!(served >= deserved, "group {group:b} deserves {deserved} and has {served}");
        }
    }

    #[test]
    fn duplicating_every_voter_changes_nothing(case in elections(&NAMING, Extras::ALL), chain in chain(), copies in 2_u64..5) {
        prop_assert_eq!(outcome(&case.election(), MAXIMIN, chain).winners, outcome(&repeated(&case, copies).election(), MAXIMIN, chain).winners);
    }
}
