//! Textbook examples with their known answers.

use quartier::election::{Election, Utility};
use quartier::exact::Ratio;

use crate::common::{money, outcome, ratio};
use crate::helpers::{BY_VOTES, all_sets, approvals, of, sets};

/// equalshares.net, explanation page: 11 voters, budget 1100. `last` is what voter 11 approves.
pub(crate) fn explanation(last: &[&str]) -> Election {
    let builder = of(
        "1100",
        &[
            ("bike", "700"),
            ("gym", "400"),
            ("park", "250"),
            ("play", "200"),
            ("lib", "100"),
        ],
    );
    approvals(
        builder,
        &[
            (&["bike", "gym"], 3),
            (&["bike", "gym", "park"], 3),
            (&["park", "play", "lib"], 2),
            (&["play"], 1),
            (&["play", "lib"], 1),
            (last, 1),
        ],
    )
}

/// The table of `FIELD.md` 4.1: greedy cost and greedy cardinality of Ex1 and Ex2.
#[test]
fn explanation_page_of_equal_shares() {
    let (first, second) = (explanation(&["bike"]), explanation(&["gym"]));
    for by_votes in ["greedy-welfare:utility=cost", BY_VOTES] {
        assert_eq!(outcome(&first, by_votes, "none").winners, ["bike", "gym"]);
        assert_eq!(outcome(&second, by_votes, "none").winners, ["gym", "bike"]);
    }
    for election in [first, second] {
        assert_eq!(
            outcome(&election, "greedy-welfare:utility=cardinality", "none").winners,
            ["lib", "park", "play", "gym"]
        );
    }
}

/// pabutools, `tests/rules/test_rule.py`, approval example 1: greedy with open ties.
#[test]
fn approval_example_1() {
    let election = approvals(
        of("3", &[("p0", "1"), ("p1", "3"), ("p2", "2"), ("p3", "1")]),
        &[(&["p0", "p1", "p2", "p3"], 2)],
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cost"),
        sets(["p0 p2", "p0 p3", "p1", "p2 p3"])
    );
    assert_eq!(
        all_sets(&election, BY_VOTES),
        sets(["p0 p2", "p0 p3", "p1", "p2 p3"])
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cardinality"),
        sets(["p0 p3"])
    );
}

/// pabutools, examples 2 and 3: no numbers for greedy are published there; by hand, votes 1, 2, 3, 2 within 4
/// give p2 (2), then p1 (0.9) and p3 (1.09) together. Two projects without votes at 1.09 do not fit any more.
#[test]
fn approval_examples_2_and_3() {
    let projects = [
        ("p0", "1"),
        ("p1", "0.9"),
        ("p2", "2"),
        ("p3", "1.09"),
        ("p4", "1.09"),
        ("p5", "1.09"),
    ];
    let ballots: [(&[&str], u64); 3] = [(&["p0"], 1), (&["p1", "p2", "p3"], 2), (&["p2"], 1)];
    for projects in [&projects[..4], &projects[..]] {
        let outcome = outcome(&approvals(of("4", projects), &ballots), BY_VOTES, "none");
        assert_eq!(
            (outcome.winners.join(" "), outcome.left),
            ("p2 p1 p3".to_owned(), money("0.01"))
        );
    }
}

/// pabutools, approval example 4, with a project that costs nothing.
#[test]
fn approval_example_4() {
    let election = approvals(
        of("2", &[("p0", "0"), ("p1", "1"), ("p2", "2")]),
        &[(&["p0"], 1), (&["p0", "p1", "p2"], 1), (&["p2"], 1)],
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cost"),
        sets(["p0 p2"])
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cardinality"),
        sets(["p0 p1", "p0 p2"])
    );
}

/// pabutools: one blank ballot, so that all exhaustive sets are outcomes.
#[test]
fn one_blank_ballot_leaves_all_exhaustive_sets() {
    let election = approvals(
        of("3", &[("p0", "1"), ("p1", "3"), ("p2", "2"), ("p3", "1")]),
        &[(&[], 1)],
    );
    for rule in [
        BY_VOTES,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=cardinality",
        "greedy-welfare:utility=chamberlin-courant",
    ] {
        assert_eq!(
            all_sets(&election, rule),
            sets(["p0 p2", "p0 p3", "p1", "p2 p3"]),
            "{rule}"
        );
    }
}

/// The zero-cost probe of `FIELD.md` 4.1: free projects come first if somebody gains from them, else last.
#[test]
fn zero_cost_probe() {
    let election = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cost", "none").winners,
        ["a", "z", "zs"]
    );
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cardinality", "none").winners,
        ["zs", "a", "z"]
    );
    // For utilities of sets pabutools gives every free project infinite density; here an unwanted one is last.
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=chamberlin-courant", "id").winners,
        ["zs", "a", "z"]
    );
}

/// pabutools, `test_satisfaction.py`: the utility of p1 (and p1 to p4 for effort).
#[test]
fn satisfaction_numbers() {
    let projects = [
        ("p1", "4"),
        ("p2", "2"),
        ("p3", "3"),
        ("p4", "1"),
        ("p5", "20"),
    ];
    let of_p1 = |budget: &str, utility: Utility| {
        let election = approvals(of(budget, &projects), &[(&["p1", "p2", "p3", "p4"], 1)]);
        utility
            .additive(&election)
            .unwrap()
            .totals(&election)
            .first()
            .cloned()
            .unwrap()
    };
    assert_eq!(of_p1("6", Utility::RelativeCardinality), ratio(1, 3));
    assert_eq!(of_p1("6", Utility::RelativeCost), ratio(4, 6));
    assert_eq!(of_p1("60", Utility::RelativeCostApprox), ratio(4, 10));
    assert_eq!(of_p1("7", Utility::RelativeCostApprox), ratio(4, 7));
    let projects = [
        ("p1", "8"),
        ("p2", "4"),
        ("p3", "5"),
        ("p4", "16"),
        ("p5", "1"),
    ];
    let election = approvals(
        of("60", &projects),
        &[(&["p1", "p2", "p3", "p4"], 1), (&["p1", "p2"], 1)],
    );
    // pabutools gives one voter's 4 + 2 + 5 + 16; the totals count both voters of p1 and p2.
    assert_eq!(
        Utility::Effort
            .additive(&election)
            .unwrap()
            .totals(&election),
        [8, 4, 5, 16, 0].map(Ratio::from)
    );
}
