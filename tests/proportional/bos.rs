//! Bounded overspending and Fractional Equal Shares: textbook, axioms, facts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quartier::count::{Count, CountError};
use quartier::election::{Ballot, Election, ElectionBuilder, Money};
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, NAMING, chain, elections, utility};
use crate::common::{Case, IDS, cases, outcome, plan, quarters, ratio, winners};
use crate::helpers::{approvals, begin, classed, events, number, of, repeated, slow_winners, told};
use crate::reference;

const BOS: &str = "bos:utility=cardinality";
const FRACTIONAL: &str = "fractional-equal-shares:utility=cardinality";

fn explanation(last: &[&str]) -> Election {
    let projects = [
        ("bike", "700"),
        ("gym", "400"),
        ("park", "250"),
        ("play", "200"),
        ("lib", "100"),
    ];
    approvals(
        of("1100", &projects),
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

/// The exact parts, in order.
fn parts(election: &Election, rule: &str, chain: &str) -> Vec<(String, Ratio)> {
    let events = events(election, rule, chain);
    let parts = events.iter().filter(|event| event["fact"] == "part");
    parts
        .map(|event| {
            (
                event["project"].as_str().unwrap().to_owned(),
                number(&event["part"]),
            )
        })
        .collect()
}

fn sorted<const N: usize>(found: Vec<(String, Ratio)>, expected: [(&str, (i128, i128)); N]) {
    let found: std::collections::BTreeMap<String, Ratio> = found.into_iter().collect();
    assert_eq!(
        found,
        expected
            .map(|(id, (p, q))| (id.to_owned(), ratio(p, q)))
            .into()
    );
}

/// equalshares.net, explanation page, see `FIELD.md` 4.1. pabutools leaves park out, since its whole cost is more
/// than what is left; by the definition its supporters buy what they can with what they have.
#[test]
fn explanation_page_of_equal_shares() {
    assert_eq!(
        winners(&outcome(&explanation(&["bike"]), BOS, "id")),
        ["bike", "lib", "play"]
    );
    assert_eq!(
        winners(&outcome(&explanation(&["gym"]), BOS, "id")),
        ["gym", "lib", "park", "play"]
    );
    sorted(
        parts(&explanation(&["bike"]), FRACTIONAL, "id"),
        [
            ("bike", (1, 1)),
            ("lib", (1, 1)),
            ("park", (2, 15)),
            ("play", (1, 1)),
        ],
    );
    sorted(
        parts(&explanation(&["gym"]), FRACTIONAL, "id"),
        [
            ("bike", (18, 49)),
            ("gym", (1, 1)),
            ("lib", (1, 1)),
            ("park", (2, 15)),
            ("play", (1, 1)),
        ],
    );
}

/// Papasotiropoulos and others (arXiv 2409.15005), the running example: six projects, ten voters, one million.
fn running_example() -> Election {
    let projects = [
        ("A", "300000"),
        ("B", "300000"),
        ("C", "400000"),
        ("D", "240000"),
        ("E", "170000"),
        ("F", "100000"),
    ];
    let ballots: [(&[&str], u64); 7] = [
        (&["A"], 1),
        (&["A", "C", "B", "E"], 1),
        (&["A", "C", "B"], 3),
        (&["A", "C", "F"], 1),
        (&["D", "E"], 2),
        (&["D", "E", "F"], 1),
        (&["B", "D", "F"], 1),
    ];
    approvals(of("1000000", &projects), &ballots)
}

/// The parts of the source are those with F before C, which are tied for the last money of one voter.
#[test]
fn running_example_of_the_source() {
    assert_eq!(
        winners(&outcome(&running_example(), BOS, "id")),
        ["A", "B", "D", "F"]
    );
    sorted(
        parts(&running_example(), FRACTIONAL, "fewer-votes,id"),
        [
            ("A", (1, 1)),
            ("B", (5, 6)),
            ("D", (1, 1)),
            ("E", (11, 17)),
            ("F", (1, 2)),
        ],
    );
}

/// The same: 403 of 414 voters lack a little for a project that Equal Shares leaves for one of 11 voters.
#[test]
fn a_large_majority_lacks_a_little() {
    let election = approvals(
        of("310000", &[("A", "310000"), ("B", "6000")]),
        &[(&["A"], 403), (&["B"], 11)],
    );
    assert_eq!(outcome(&election, BOS, "none").winners, ["A"]);
    let small = approvals(
        of("1000", &[("p1", "1000"), ("p2", "100")]),
        &[(&["p1"], 2), (&["p2"], 1)],
    );
    assert_eq!(outcome(&small, BOS, "none").winners, ["p1"]);
}

/// Ten voters with purses of 10, by hand: 40 of 30 ask for 1/4, 60 of 100 for 5/18; 30 of 30 for 1/3, 70 of 100 for 10/49. And
/// parties of 20, 30 and 50 voters with enough projects of their own share ten seats in proportion.
#[test]
fn clear_cases_by_hand() {
    let projects = [("cheap", "30"), ("dear", "100")];
    let split = |cheap, dear| {
        let ballots: [(&[&str], u64); 2] = [(&["cheap"], cheap), (&["dear"], dear)];
        let election = approvals(of("100", &projects), &ballots);
        outcome(&election, BOS, "none").winners
    };
    assert_eq!(split(4, 6), ["cheap"]);
    assert_eq!(split(3, 7), ["dear"]);
    let parties = [("a", 20), ("b", 30), ("c", 50)];
    let seats = |party: &str| {
        (0..10)
            .map(|seat| format!("{party}{seat}"))
            .collect::<Vec<_>>()
    };
    let builder = parties.iter().flat_map(|(party, _)| seats(party));
    let builder = builder.fold(Election::builder().budget(10), |builder, id| {
        builder.project((id, 1))
    });
    let vote = |builder: ElectionBuilder, &(party, voters): &(&str, u64)| {
        builder.ballots(Ballot::approval(seats(party)), voters)
    };
    let election = parties.iter().fold(builder, vote).build().unwrap();
    let winners = outcome(&election, BOS, "id").winners;
    let of_party = |party: &str| winners.iter().filter(|id| id.starts_with(party)).count();
    assert_eq!(parties.map(|(party, _)| of_party(party)), [2, 3, 5]);
}

/// The same with points: 99 voters give A 100 and B 2, one voter gives 1 and 2.
#[test]
fn points_of_the_source() {
    let election = of("1", &[("A", "1"), ("B", "1")])
        .ballots(Ballot::points([("A", 100), ("B", 2)]), 99)
        .ballot(Ballot::points([("A", 1), ("B", 2)]))
        .build()
        .unwrap();
    assert_eq!(
        outcome(&election, "bos:utility=points", "none").winners,
        ["A"]
    );
}

/// pabutools divides by the cost of a free project; here it is the first if anybody gains from it.
#[test]
fn zero_cost_probe() {
    let probe = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(
        outcome(&probe, "bos:utility=cardinality", "none").winners,
        ["zs", "a"]
    );
    assert_eq!(outcome(&probe, "bos:utility=cost", "none").winners, ["a"]);
    assert_eq!(
        outcome(
            &probe,
            "fractional-equal-shares:utility=cardinality",
            "none"
        )
        .winners,
        ["zs", "a"]
    );
}

/// Solved by hand. Six purses of 1.50; b is bought for 1.20 from each of five, who keep 0.30. Then a, whose one
/// supporter has half of its 3, is worth 3 / 0.5 / 3 = 2, and c, whose two have a fifth, 1.5 / 0.2 / 3 = 2.5: bounded overspending buys a.
/// For that its supporter would need 1.50 more. With that overdraft for all, the two can pay 1.50 each for c, a rate of 0.5,
/// and the one 3 for a, a rate of 1: refined, the rule buys c.
#[test]
fn what_one_needs_all_may_overdraw() {
    let election = approvals(
        of("9", &[("a", "3"), ("b", "6"), ("c", "3")]),
        &[(&["b"], 3), (&["b", "c"], 2), (&["a"], 1)],
    );
    assert_eq!(outcome(&election, BOS, "none").winners, ["b", "a"]);
    let rule = "bos-plus:utility=cardinality";
    assert_eq!(outcome(&election, rule, "none").winners, ["b", "c"]);
    let told = events(&election, rule, "none");
    let of = |fact: &str, key: &str| -> Vec<(String, Ratio)> {
        let events = told.iter().filter(|event| event["fact"] == fact);
        let project = |event: &serde_json::Value| event["project"].as_str().unwrap().to_owned();
        events
            .map(|event| (project(event), number(&event[key])))
            .collect()
    };
    let expected = [("b", ratio(0, 1)), ("a", ratio(3, 2))];
    assert_eq!(
        of("overdraft", "amount"),
        expected.map(|(id, amount)| (id.to_owned(), amount))
    );
    let expected = [("b", ratio(6, 5)), ("c", ratio(3, 2))];
    assert_eq!(
        of("purchase", "rate"),
        expected.map(|(id, rate)| (id.to_owned(), rate))
    );
}

/// Twice the weight with twice the endowment is two voters; the endowment alone is a larger purse.
#[test]
fn weights_and_endowments() {
    let one = |weight, endowment| {
        classed(
            of("12", &[("a", "6"), ("b", "5")]),
            &[(&["a"], 2, 1, 1), (&["b"], 1, weight, endowment)],
        )
    };
    let two = approvals(
        of("12", &[("a", "6"), ("b", "5")]),
        &[(&["a"], 2), (&["b"], 2)],
    );
    for rule in [BOS, FRACTIONAL, "bos:utility=cost"] {
        assert_eq!(
            outcome(&one(2, 2), rule, "id").awards,
            outcome(&two, rule, "id").awards,
            "{rule}"
        );
    }
    // Purses of 3, 3 and 6 against 4, 4 and 4.
    assert_eq!(
        parts(&one(1, 2), FRACTIONAL, "id"),
        [("a".to_owned(), Ratio::ONE), ("b".to_owned(), Ratio::ONE)]
    );
    assert_eq!(
        parts(&one(1, 1), FRACTIONAL, "id"),
        [("a".to_owned(), Ratio::ONE), ("b".to_owned(), ratio(4, 5))]
    );
}

/// Parts of projects cannot exclude each other.
#[test]
fn relations_are_refused_by_the_fractional_rule() {
    let related = quartier::election::Project::new("b", 5)
        .related(quartier::election::Relation::VariantOf("a".to_owned()));
    let election = Election::builder()
        .budget(10)
        .project(("a", 5))
        .project(related)
        .ballot(Ballot::approval(["a"]))
        .build()
        .unwrap();
    let error = Count::of(&election, &plan(FRACTIONAL)).run().unwrap_err();
    assert!(
        matches!(&error, CountError::Refused { rule, why } if rule == "fractional-equal-shares" && why.contains("exclude")),
        "{error}"
    );
}

const PLAIN: Extras = Extras {
    exclusive: false,
    requires: false,
    ..Extras::ALL
};

fn with_utility(extras: Extras) -> impl Strategy<Value = (Case, &'static str)> {
    elections(&NAMING, extras).prop_flat_map(|case| {
        let sets = ["cost-sqrt", "cost-log", "chamberlin-courant"];
        let utility =
            utility(case.kind).prop_filter("additive", move |utility| !sets.contains(utility));
        (Just(case), utility)
    })
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn bounded_overspending_agrees_with_the_definition((case, utility) in with_utility(Extras::ALL), chain in chain()) {
        let (rule, mut state) = (format!("bos:utility={utility}"), begin(&case));
        reference::bos::run(&case, &rule, chain, &mut state);
        prop_assert_eq!(slow_winners(&state), outcome(&case.election(), &rule, chain).winners);
    }

    #[test]
    fn overdrafts_agree_with_the_definition((case, utility) in with_utility(Extras::ALL), chain in chain()) {
        let (rule, mut state) = (format!("bos-plus:utility={utility}"), begin(&case));
        reference::bos_plus::run(&case, &rule, chain, &mut state);
        prop_assert_eq!(slow_winners(&state), outcome(&case.election(), &rule, chain).winners);
    }

    /// Where no purse is ever too small, everybody pays as in Equal Shares, whose utility is that of whole projects.
    #[test]
    fn without_overdraft_it_is_equal_shares(case in elections(&[quartier::election::BallotKind::Approval], PLAIN), chain in chain()) {
        let told = events(&case.election(), "bos-plus:utility=cardinality", chain);
        let overdrawn = told.iter().filter(|event| event["fact"] == "overdraft");
        if overdrawn.map(|event| number(&event["amount"])).all(|amount| amount.is_zero()) {
            let found = outcome(&case.election(), "bos-plus:utility=cardinality", chain).winners;
            let shares = outcome(&case.election(), "equal-shares:utility=cost", chain).winners;
            let paid = case.projects.iter().zip(IDS).filter(|(project, _)| project.cost > 0).map(|(_, id)| id);
            let paid: BTreeSet<&str> = paid.collect();
            let found: Vec<&String> = found.iter().filter(|id| paid.contains(id.as_str())).collect();
            prop_assert_eq!(found, shares.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn fractions_agree_with_the_definition((case, utility) in with_utility(PLAIN), chain in chain()) {
        let election = case.election();
        let slow = reference::fractional::fractions(&case, utility, chain);
        let outcome = outcome(&election, &format!("fractional-equal-shares:utility={utility}"), chain);
        for (project, part) in slow.iter().enumerate() {
            let cost = quarters(case.projects[project].cost);
            let unit = case.granularity.map_or(Money::from_ten_thousandths(1).unwrap(), quarters);
            let due = if *part == Ratio::ONE { cost } else { Money::floor_to(&(cost.to_ratio() * part), unit).unwrap() };
            let paid = outcome.selection().into_iter().find(|(id, _)| *id == IDS[project]).map(|(_, amount)| amount);
            prop_assert_eq!(paid.unwrap_or_default(), due);
        }
        prop_assert!(outcome.spent <= outcome.budget);
    }

    /// Nobody pays more than they have: with the prices that are told, purses never go below nothing, and what the
    /// payers lack is what the budget covered.
    #[test]
    fn supporters_cover_what_is_told(case in elections(&NAMING, Extras { weights: false, ..PLAIN }), chain in chain()) {
        let each = reference::support::quarters(case.budget).checked_div(&Ratio::from(case.voter_count())).unwrap_or_default();
        let mut purses = vec![each; case.voters.len()];
        for (id, fact) in told(&events(&case.election(), BOS, chain), "overspending") {
            let place = IDS.iter().position(|known| *known == id).unwrap();
            let (cost, covered) = (reference::support::cost(&case, place), number(&fact["covered"]));
            let at = |price: &Ratio, purse: &Ratio| price.clone().min(purse.clone());
            let fans: Vec<usize> = (0..case.voters.len()).filter(|&voter| case.named(&case.voters[voter]).contains(&place)).collect();
            let price = number(&fact["price"]);
            let lower = &price * &covered;
            let paid: Ratio = fans.iter().map(|&fan| at(&lower, &purses[fan]).mul_int(i128::from(case.voters[fan].count))).sum();
            prop_assert_eq!(paid, &cost * &covered);
            for fan in fans {
                purses[fan] = &purses[fan] - at(&price, &purses[fan]);
            }
        }
    }

    /// The facts say why no other project came first: whoever was not bought asks for at least as much, or has supporters
    /// without money; and who pays what adds up with the price.
    #[test]
    fn what_is_told_of_the_others_holds(case in elections(&NAMING, Extras { weights: false, ..PLAIN }), chain in chain()) {
        let election = case.election();
        let told = events(&election, BOS, chain);
        let mut at_least: BTreeMap<String, Ratio> = BTreeMap::new();
        let (mut covered, mut out) = (BTreeMap::new(), BTreeSet::new());
        let open = |id: &str, out: &BTreeSet<String>| !out.contains(id);
        for event in told {
            let id = event["project"].as_str().unwrap_or_default().to_owned();
            match (event["event"].as_str().unwrap_or_default(), event["fact"].as_str().unwrap_or_default()) {
                ("rejected" | "awarded", _) | (_, "short") => {
                    out.insert(id);
                }
                (_, "asks-at-least") => {
                    let value = number(&event["value"]);
                    prop_assert!(at_least.get(&id).is_none_or(|before| *before <= value), "values only grow");
                    at_least.insert(id, value);
                }
                (_, "overspending") => {
                    let value = at_least[&id].clone();
                    for (other, least) in at_least.iter().filter(|(other, _)| open(other, &out)) {
                        prop_assert!(*least >= value, "{other} asks for less than {id}");
                    }
                    covered.insert(id, number(&event["covered"]));
                }
                (_, "purchase") => {
                    let place = IDS.iter().position(|known| *known == id).unwrap();
                    let cost = reference::support::cost(&case, place);
                    let mut paid = Ratio::ZERO;
                    for payment in event["in-full"].as_array().unwrap() {
                        prop_assert_eq!(number(&payment["amount"]), number(&event["rate"]));
                        paid += &number(&payment["amount"]).mul_int(i128::from(payment["voters"].as_u64().unwrap()));
                    }
                    for payment in event["rest"].as_array().unwrap() {
                        prop_assert!(number(&payment["amount"]) < number(&event["rate"]));
                        paid += &number(&payment["amount"]).mul_int(i128::from(payment["voters"].as_u64().unwrap()));
                    }
                    prop_assert!(&cost * &covered[&id] <= paid && paid <= cost, "{} of {}", paid, cost);
                }
                _ => {}
            }
        }
    }

    /// Prices only grow, and every project is complete, or has supporters without money, or nobody who supports it.
    #[test]
    fn every_fraction_is_accounted_for(case in elections(&NAMING, PLAIN), chain in chain()) {
        let (mut prices, mut settled): (BTreeMap<String, Ratio>, _) = (BTreeMap::new(), BTreeSet::new());
        for event in events(&case.election(), FRACTIONAL, chain) {
            let id = event["project"].as_str().unwrap_or_default().to_owned();
            match (event["event"].as_str().unwrap_or_default(), event["fact"].as_str().unwrap_or_default()) {
                (_, "lower-bound") => {
                    let price = number(&event["rate"]);
                    prop_assert!(prices.get(&id).is_none_or(|before| *before <= price));
                    prices.insert(id, price);
                }
                (_, "part") if number(&event["part"]) == Ratio::ONE => {
                    settled.insert(id);
                }
                ("rejected", _) | (_, "short") => {
                    settled.insert(id);
                }
                _ => {}
            }
        }
        prop_assert!(IDS[..case.projects.len()].iter().all(|id| settled.contains(*id)), "{:?}", settled);
    }

    #[test]
    fn duplicating_every_voter_changes_nothing((case, utility) in with_utility(PLAIN), chain in chain(), copies in 2_u64..5) {
        for rule in ["bos", "fractional-equal-shares"] {
            // The share in the cost of a project falls with the number of voters, by the same factor for all.
            let rule = format!("{rule}:utility={utility}");
            prop_assert_eq!(outcome(&case.election(), &rule, chain).awards, outcome(&repeated(&case, copies).election(), &rule, chain).awards);
        }
    }

    /// They start from awards of others without overspending.
    #[test]
    fn they_continue_what_was_awarded((case, utility) in with_utility(PLAIN), chain in chain()) {
        for rule in ["bos", "fractional-equal-shares"] {
            let both = outcome(&case.election(), &format!("greedy:score=votes,misfit=stop+{rule}:utility={utility}"), chain);
            prop_assert!(both.spent <= both.budget);
        }
    }
}
