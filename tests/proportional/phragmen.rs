//! Sequential Phragmén: textbook, axioms, facts.

use proptest::prelude::*;
use quartier::count::{Count, CountError};
use quartier::election::{BallotKind, VoterClass};
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, NAMING, chain, elections};
use crate::common::{Case, bytes, cases, outcome, plan, ratio, winners};
use crate::helpers::{all_sets, approvals, classed, events, number, of, repeated, sets, told};

const STOP: &str = "phragmen:misfit=stop";
const SKIP: &str = "phragmen:misfit=skip";

/// The times at which projects are bought.
fn times(events: &[serde_json::Value]) -> Vec<(String, Ratio)> {
    told(events, "time")
        .into_iter()
        .map(|(id, fact)| (id, number(&fact["time"])))
        .collect()
}

fn timed<const N: usize>(expected: [(&str, (i128, i128)); N]) -> Vec<(String, Ratio)> {
    expected
        .map(|(id, (p, q))| (id.to_owned(), ratio(p, q)))
        .to_vec()
}

/// Lackner and Skowron, *Multi-Winner Voting with Approval Preferences* (2023), the running example, k = 4:
/// loads 1/8, 11/32, 55/128 and 5/8.
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
    let events = events(&election, STOP, "id");
    assert_eq!(
        times(&events),
        timed([
            ("a", (1, 8)),
            ("b", (11, 32)),
            ("c", (55, 128)),
            ("d", (5, 8))
        ])
    );
}

/// The same book, example 2.12: b, c, d at 1/5, 1/3 and 29/60, k = 3.
#[test]
fn example_2_12_of_lackner_and_skowron() {
    let projects = ["a", "b", "c", "d"].map(|id| (id, "1"));
    let election = approvals(
        of("3", &projects),
        &[
            (&["c", "d"], 3),
            (&["a", "b"], 2),
            (&["a", "c"], 2),
            (&["b", "d"], 1),
        ],
    );
    let times = times(&events(&election, STOP, "id"));
    let mut moments: Vec<Ratio> = times.iter().map(|(_, time)| time.clone()).collect();
    moments.sort();
    assert_eq!(moments, [ratio(1, 5), ratio(1, 3), ratio(29, 60)]);
    let ids: std::collections::BTreeSet<&str> = times.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["b", "c", "d"].into());
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
            winners(&outcome(&election, STOP, "none")),
            ["gym", "lib", "park", "play"]
        );
    }
}

/// pabutools, `tests/rules/test_rule.py`: the zero-cost probe, three projects, and a tie of which one fits.
#[test]
fn examples_of_pabutools() {
    let probe = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(outcome(&probe, STOP, "none").winners, ["zs", "a"]);
    let three = approvals(
        of("4", &[("p1", "2"), ("p2", "2"), ("p3", "3")]),
        &[(&["p1"], 5), (&["p2"], 1), (&["p3"], 2)],
    );
    // Equal Shares gives p1; then the two of p3 have 3 at 3/2, before p2 at 2: it does not fit, and the count stops.
    assert_eq!(outcome(&three, STOP, "none").winners, ["p1"]);
    assert_eq!(outcome(&three, SKIP, "none").winners, ["p1", "p2"]);
    let tie = approvals(
        of("4", &[("a", "1"), ("b", "4")]),
        &[(&["a"], 1), (&["b"], 4)],
    );
    assert_eq!(all_sets(&tie, STOP), sets(["a", "b"]));
    assert_eq!(outcome(&tie, STOP, "id").winners, ["a"]);
}

/// A tie of which one fits and one does not: the chain decides; pabutools stops whatever the chain says.
#[test]
fn the_chain_decides_whether_a_tie_stops_the_count() {
    let election = approvals(
        of("4", &[("first", "2"), ("small", "1"), ("z-large", "4")]),
        &[(&["first"], 4), (&["small"], 1), (&["z-large"], 4)],
    );
    assert_eq!(outcome(&election, STOP, "id").winners, ["first", "small"]);
    assert_eq!(outcome(&election, STOP, "id-desc").winners, ["first"]);
    assert_eq!(outcome(&election, STOP, "dearer").winners, ["first"]);
}

/// Nobody pays for what nobody wants, and a project above the whole budget stops nothing.
#[test]
fn projects_nobody_can_pay_for_are_out() {
    let election = approvals(
        of(
            "10",
            &[("free", "0"), ("idle", "1"), ("a", "4"), ("huge", "11")],
        ),
        &[(&["huge"], 90), (&["a"], 1)],
    );
    assert_eq!(outcome(&election, STOP, "none").winners, ["a"]);
}

/// A quartier with twice the share earns twice as fast: by weight, by endowment, or by both as two voters.
#[test]
fn shares_come_from_weights_or_endowments() {
    let with = |weight, endowment| {
        classed(
            of("6", &[("a", "6"), ("b", "6")]),
            &[(&["a"], 3, 1, 1), (&["b"], 2, weight, endowment)],
        )
    };
    for (weight, endowment) in [(2, 1), (1, 2), (2, 2)] {
        let election = with(weight, endowment);
        assert_eq!(
            times(&events(&election, STOP, "none")),
            timed([("b", (6, 4))]),
            "{weight}, {endowment}"
        );
    }
    let error = Count::of(&with(2, 3), &plan(STOP)).run().unwrap_err();
    assert!(
        matches!(&error, CountError::Refused { rule, why } if rule == "phragmen" && why.contains("proportion")),
        "{error}"
    );
}

/// A known failure: with unequal costs it is not proportional (PJR by costs). Five of ten voters deserve 50 of
/// 100 for the project that they all want; one of them pays 1 for a trifle, so that they are a little late, and
/// the rule stops with a trifle for them.
#[test]
fn a_trifle_costs_a_group_its_project() {
    let projects = [("theirs", "50"), ("others", "50"), ("trifle", "1")];
    let ballots: [(&[&str], u64); 3] = [
        (&["theirs"], 4),
        (&["theirs", "trifle"], 1),
        (&["others"], 5),
    ];
    let election = approvals(of("100", &projects), &ballots);
    assert_eq!(
        times(&events(&election, STOP, "none")),
        timed([("trifle", (1, 1)), ("others", (10, 1))])
    );
    let without = approvals(
        of("100", &projects[..2]),
        &[(&["theirs"], 5), (&["others"], 5)],
    );
    assert_eq!(
        winners(&outcome(&without, STOP, "id")),
        ["others", "theirs"]
    );
}

/// Loads of all voters after the awards, from the times that were told.
fn loads(case: &Case, times: &[(String, Ratio)]) -> Vec<Ratio> {
    let load = |voter: &crate::common::VoterCase| {
        let named: Vec<&str> = case
            .named(voter)
            .into_iter()
            .map(|project| crate::common::IDS[project])
            .collect();
        let last = times
            .iter()
            .rev()
            .find(|(id, _)| named.contains(&id.as_str()));
        last.map_or(Ratio::ZERO, |(_, time)| time.clone())
    };
    case.voters.iter().map(load).collect()
}

proptest! {
    #![proptest_config(cases(1_500))]

    /// The facts are enough: times never decrease, supporters pay exactly the cost, and what is still open could
    /// not be paid before.
    #[test]
    fn times_and_loads_account_for_every_purchase(case in elections(&NAMING, Extras { weights: false, requires: false, ..Extras::ALL }), rule in prop_oneof![Just(STOP), Just(SKIP)], chain in chain()) {
        let election = case.election();
        let events = events(&election, rule, chain);
        let times = times(&events);
        prop_assert!(times.is_sorted_by(|(_, a), (_, b)| a <= b));
        for (at, (id, time)) in times.iter().enumerate() {
            let before = loads(&case, &times[..at]);
            let place = crate::common::IDS.iter().position(|known| known == id).unwrap();
            let paid: Ratio = case.voters.iter().zip(&before).filter(|(voter, _)| case.named(voter).contains(&place))
                .map(|(voter, load)| (time - load).mul_int(i128::from(voter.count))).sum();
            prop_assert_eq!(paid, crate::reference::support::cost(&case, place));
        }
        // Bounds told for those that are rejected hold at the end too: their supporters have at most the cost.
        let end = loads(&case, &times);
        for event in events.iter().filter(|event| event["fact"] == "time") {
            let place = crate::common::IDS.iter().position(|known| event["project"] == **known).unwrap();
            if times.iter().all(|(id, _)| event["project"] != **id) {
                let money: Ratio = case.voters.iter().zip(&end).filter(|(voter, _)| case.named(voter).contains(&place))
                    .map(|(voter, load)| (number(&event["time"]) - load).mul_int(i128::from(voter.count))).sum();
                prop_assert!(money <= crate::reference::support::cost(&case, place));
            }
        }
    }

    /// Priceability (Peters and Skowron 2020): with one price for all purses, voters pay for winners they support,
    /// exactly their costs, and at the last purchase the supporters of a project outside have at most its cost.
    #[test]
    fn it_is_priceable(case in elections(&[BallotKind::Approval], Extras { free_projects: true, ..Extras::NONE })) {
        let election = case.election();
        let times = times(&events(&election, STOP, "id"));
        let purse = times.last().map_or(Ratio::ZERO, |(_, time)| time.clone());
        let spent = loads(&case, &times);
        for place in 0..case.projects.len() {
            if times.iter().any(|(id, _)| id == crate::common::IDS[place]) || crate::reference::support::cost(&case, place) > crate::reference::support::quarters(case.budget) {
                continue;
            }
            let left: Ratio = case.voters.iter().zip(&spent).filter(|(voter, _)| case.named(voter).contains(&place))
                .map(|(voter, load)| (&purse - load).mul_int(i128::from(voter.count))).sum();
            prop_assert!(left <= crate::reference::support::cost(&case, place));
        }
    }

    /// Proportional justified representation with equal costs (Brill and others 2017): l/k of the voters who agree
    /// on l projects are given l projects that some of them want.
    #[test]
    fn equal_costs_give_pjr(case in elections(&[BallotKind::Approval], Extras::NONE), seats in 1_u32..=4) {
        let case = unit(&case, seats);
        let winners = outcome(&case.election(), STOP, "id").winners;
        let n = case.voter_count();
        for group in 1_u32..1 << case.voters.len() {
            let members: Vec<_> = case.voters.iter().enumerate().filter(|(at, _)| group >> at & 1 == 1).map(|(_, voter)| voter).collect();
            let size: u64 = members.iter().map(|voter| voter.count).sum();
            let agreed = (0..case.projects.len()).filter(|project| members.iter().all(|voter| case.named(voter).contains(project))).count() as u64;
            let deserved = agreed.min(size * u64::from(seats) / n);
            let served = (0..case.projects.len()).filter(|project| winners.contains(&crate::common::IDS[*project].to_owned()) && members.iter().any(|voter| case.named(voter).contains(project))).count() as u64;
            prop_assert!(served >= deserved, "group {group:b} deserves {deserved} and has {served}");
        }
    }

    /// House monotonicity with equal costs: one more place adds a winner and takes none.
    #[test]
    fn equal_costs_give_house_monotonicity(case in elections(&NAMING, Extras { free_projects: false, weights: true, ..Extras::NONE }), seats in 1_u32..=5, chain in chain()) {
        let small = outcome(&unit(&case, seats).election(), STOP, chain).winners;
        let large = outcome(&unit(&case, seats + 1).election(), STOP, chain).winners;
        prop_assert_eq!(&large[..small.len()], &small[..]);
    }

    #[test]
    fn duplicating_every_voter_changes_nothing(case in elections(&NAMING, Extras::ALL), rule in prop_oneof![Just(STOP), Just(SKIP)], chain in chain(), copies in 2_u64..5) {
        let once = outcome(&case.election(), rule, chain);
        prop_assert_eq!(once.winners, outcome(&repeated(&case, copies).election(), rule, chain).winners);
    }

    /// A project without supporters changes nothing at all, wherever it stands in the order of ids.
    #[test]
    fn a_project_without_supporters_changes_nothing(case in elections(&NAMING, Extras { exclusive: false, requires: false, ..Extras::ALL }), rule in prop_oneof![Just(STOP), Just(SKIP)], cost in 0_u32..40) {
        let mut more = case.clone();
        more.projects.push(crate::common::ProjectCase { cost, filed: None, group: None, variant_of: None, requires: Vec::new() });
        prop_assert_eq!(outcome(&case.election(), rule, "id").winners, outcome(&more.election(), rule, "id").winners);
    }

    /// Shares may be any fractions: a common factor changes nothing, and neither does giving up the clock for them.
    #[test]
    fn a_common_factor_of_all_shares_changes_nothing(case in elections(&[BallotKind::Approval], Extras { weights: true, ..Extras::NONE }), p in 1_i128..50, q in prop_oneof![1_i128..50, Just((1_i128 << 61) - 1)], chain in chain()) {
        let election = |factor: &Ratio| {
            let projects: Vec<(String, String)> = case.projects.iter().enumerate().map(|(at, project)| (crate::common::IDS[at].to_owned(), crate::common::quarters(project.cost).to_string())).collect();
            let projects: Vec<(&str, &str)> = projects.iter().map(|(id, cost)| (id.as_str(), cost.as_str())).collect();
            let builder = of(&crate::common::quarters(case.budget).to_string(), &projects);
            case.voters.iter().fold(builder, |builder, voter| {
                let weight = crate::common::weight_of(voter.class) * factor;
                builder.weighted(case.ballot(&voter.marks, &crate::common::IDS), voter.count, VoterClass { weight, ..VoterClass::default() })
            }).build().unwrap()
        };
        let (plain, scaled) = (outcome(&election(&Ratio::ONE), STOP, chain), outcome(&election(&ratio(p, q)), STOP, chain));
        prop_assert_eq!(bytes(&plain), bytes(&scaled));
    }
}

/// The same election with projects of cost 1.
fn unit(case: &Case, seats: u32) -> Case {
    let mut case = case.clone();
    case.budget = 4 * seats;
    case.projects
        .iter_mut()
        .for_each(|project| project.cost = 4);
    case
}
