//! Exact Equal Shares: textbook, axioms, facts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use quartier::election::{BallotKind, Election, ExclusiveGroup, Project, Relation};
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, NAMING, chain, elections};
use crate::common::{IDS, cases, outcome, ratio, winners};
use crate::helpers::{all_sets, approvals, classed, events, number, of, repeated, sets, told};
use crate::reference;

const EES: &str = "exact-equal-shares:utility=cardinality";
const ADD_OPT: &str = "exact-equal-shares:utility=cardinality,completion=add-opt";

/// Project, payment and number of payers.
fn payments(events: &[serde_json::Value]) -> Vec<(String, Ratio, Ratio)> {
    told(events, "equal-payment")
        .into_iter()
        .map(|(id, fact)| (id, number(&fact["payment"]), number(&fact["payers"])))
        .collect()
}

/// Kraiczy, Robinson and Elkind (arXiv 2502.11797): the first example.
#[test]
fn first_example_of_the_source() {
    let election = approvals(
        of("40", &[("1", "10"), ("2", "16"), ("3", "21")]),
        &[(&["1"], 1), (&["1", "3"], 1), (&["2", "3"], 2)],
    );
    let expected = [("1", 5, 2), ("2", 8, 2)]
        .map(|(id, payment, payers)| (id.to_owned(), Ratio::from(payment), Ratio::from(payers)));
    assert_eq!(payments(&events(&election, EES, "none")), expected);
}

/// The same: leftovers 1, 1, 2/5, 2/5 and 2; half a unit more for each voter changes the outcome to {1, 3}.
#[test]
fn second_example_of_the_source() {
    let projects = [("1", "2"), ("2", "3.2"), ("3", "6")];
    let ballots: [(&[&str], u64); 4] =
        [(&["1"], 1), (&["1", "3"], 1), (&["2", "3"], 2), (&["3"], 1)];
    let election = approvals(of("10", &projects), &ballots);
    assert_eq!(outcome(&election, EES, "none").winners, ["1", "2"]);
    assert_eq!(winners(&outcome(&election, ADD_OPT, "none")), ["1", "3"]);
    // With 10 + 5/2 each of the four supporters of 3 has what they need, and with a little less they have not.
    assert_eq!(
        winners(&outcome(
            &approvals(of("12.5", &projects), &ballots),
            EES,
            "none"
        )),
        ["1", "3"]
    );
    assert_eq!(
        winners(&outcome(
            &approvals(of("12.4999", &projects), &ballots),
            EES,
            "none"
        )),
        ["1", "2"]
    );
}

/// The same: payments are compared, not costs.
#[test]
fn third_example_of_the_source() {
    let projects = [("1", "2"), ("2", "98"), ("3", "100"), ("4", "51")];
    let election = approvals(
        of("150", &projects),
        &[(&["1", "2"], 1), (&["2", "3"], 1), (&["3", "4"], 1)],
    );
    assert_eq!(winners(&outcome(&election, EES, "none")), ["1", "3"]);
}

/// A project that is kept out when it has its turn comes before what keeps it out once more can pay for it.
///
/// Voter 3 buys the three trees and has 1 left. So the plan `b` of the square costs 6 for each of the two others, who take its plan `a` for 5.
/// With 3 more, all three can pay 4 for `b`, which excludes `a`.
#[test]
fn a_larger_group_comes_before_what_excludes_its_project() {
    let square = |id: &str, cost: i64| {
        Project::new(id, cost).related(Relation::MemberOf("square".to_owned()))
    };
    let trees = [("c1", "3"), ("c2", "3"), ("c3", "3")];
    let with = |budget| {
        let builder = of(budget, &trees)
            .group(ExclusiveGroup::new("square", 1))
            .project(square("a", 10))
            .project(square("b", 12));
        approvals(builder, &[(&["a", "b"], 2), (&["c1", "c2", "c3", "b"], 1)])
    };
    let all = ["b", "c1", "c2", "c3"];
    assert_eq!(
        winners(&outcome(&with("30"), EES, "id")),
        ["a", "c1", "c2", "c3"]
    );
    assert_eq!(winners(&outcome(&with("39"), EES, "id")), all);
    assert_eq!(
        winners(&outcome(&with("38.9999"), EES, "id")),
        ["a", "c1", "c2", "c3"]
    );
    for completion in [
        ADD_OPT,
        "exact-equal-shares:utility=cardinality,completion=add-opt-skip",
    ] {
        let completed = outcome(&with("30"), completion, "id");
        assert_eq!(
            (winners(&completed), completed.spent),
            (all.map(str::to_owned).to_vec(), 21.into())
        );
    }
}

/// Nobody is asked who goes first where it never comes to that, and no such tie is recorded.
///
/// `a` is bought for 3 each while the supporters of `b`, who would pay 3 each too, have 1.5 left. When they have enough, `a` has a
/// third payer and costs 2 each: the two are never tied, and the chain need not say who goes first.
#[test]
fn completions_ask_about_real_ties_only() {
    let projects = [
        ("a", "6"),
        ("b", "6"),
        ("t", "1.5"),
        ("u", "5"),
        ("v", "1.4"),
    ];
    let election = approvals(
        of("20", &projects),
        &[(&["a"], 2), (&["a", "t", "v"], 1), (&["b", "u"], 2)],
    );
    assert_eq!(
        outcome(&election, EES, "none").winners,
        ["v", "t", "u", "a"]
    );
    for completion in ["add-opt", "add-opt-skip"] {
        let completed = outcome(&election, &format!("{EES},completion={completion}"), "none");
        assert_eq!(completed.winners, ["v", "t", "a", "u", "b"]);
        assert!(completed.ties.is_empty());
    }
}

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

/// equalshares.net, explanation page, see `FIELD.md` 4.1.
#[test]
fn explanation_page_of_equal_shares() {
    assert_eq!(
        outcome(&explanation(&["bike"]), EES, "id").winners,
        ["lib", "park"]
    );
    assert_eq!(
        winners(&outcome(&explanation(&["bike"]), ADD_OPT, "id")),
        ["gym", "lib", "park", "play"]
    );
    assert_eq!(
        outcome(&explanation(&["gym"]), EES, "id").winners,
        ["lib", "park", "gym"]
    );
    assert_eq!(
        winners(&outcome(&explanation(&["gym"]), ADD_OPT, "id")),
        ["gym", "lib", "park", "play"]
    );
}

/// Free projects with supporters are first; those that nobody wants are never bought, nor any without utility.
#[test]
fn zero_cost_probe() {
    let probe = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(outcome(&probe, EES, "none").winners, ["zs", "a"]);
    assert_eq!(
        outcome(&probe, "exact-equal-shares:utility=cost", "none").winners,
        ["a"]
    );
}

/// Endowments fill the purses, weights multiply what is paid, and both together are as many voters.
#[test]
fn weights_and_endowments() {
    let with = |weight, endowment| {
        classed(
            of("12", &[("a", "6"), ("b", "6")]),
            &[(&["a"], 2, 1, 1), (&["b"], 1, weight, endowment)],
        )
    };
    // Purses of 4: b's only supporter cannot pay 6, whatever the weight.
    assert_eq!(outcome(&with(3, 1), EES, "none").winners, ["a"]);
    // Purses of 3, 3 and 6.
    assert_eq!(
        payments(&events(&with(1, 2), EES, "none")),
        [
            ("a".to_owned(), 3.into(), 2.into()),
            ("b".to_owned(), 6.into(), 1.into())
        ]
    );
    // As two voters: all pay 3, and the tie is asked about.
    assert_eq!(all_sets(&with(2, 2), EES), sets(["a b"]));
    assert_eq!(
        payments(&events(&with(2, 2), EES, "id-desc")),
        [
            ("b".to_owned(), 3.into(), 2.into()),
            ("a".to_owned(), 3.into(), 2.into())
        ]
    );
}

/// Utilities that differ between supporters are refused by name.
#[test]
fn only_uniform_utilities() {
    for utility in ["points", "relative-cost", "chamberlin-courant"] {
        let error = format!("exact-equal-shares:utility={utility}")
            .parse::<quartier::rules::Plan>()
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(utility) && error.contains("cardinality"),
            "{error}"
        );
    }
    assert_eq!(
        "exact-equal-shares:utility=cost,completion=none"
            .parse::<quartier::rules::Plan>()
            .unwrap()
            .to_string(),
        "exact-equal-shares:utility=cost"
    );
}

fn rules() -> impl Strategy<Value = String> {
    (
        select(vec![
            "cost",
            "cardinality",
            "effort",
            "additive-cost-sqrt",
            "additive-cost-log",
        ]),
        select(vec!["", ",completion=add-opt", ",completion=add-opt-skip"]),
    )
        .prop_map(|(utility, completion)| {
            format!("exact-equal-shares:utility={utility}{completion}")
        })
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn it_agrees_with_the_definition(case in elections(&NAMING, Extras::ALL), rule in rules(), chain in chain()) {
        let mut state = crate::helpers::begin(&case);
        reference::ees::run(&case, &rule, chain, &mut state);
        prop_assert_eq!(crate::helpers::slow_winners(&state), outcome(&case.election(), &rule, chain).winners);
    }

    /// The facts are enough: payers support what they pay for, pay the cost together, and nobody pays more than the
    /// endowment; prices never fall.
    #[test]
    fn payments_are_equal_and_within_the_endowments(case in elections(&NAMING, Extras { weights: false, requires: false, ..Extras::ALL }), utility in select(vec!["cost", "cardinality"]), chain in chain()) {
        let bought = payments(&events(&case.election(), &format!("exact-equal-shares:utility={utility}"), chain));
        let each = reference::support::quarters(case.budget).checked_div(&Ratio::from(case.voter_count())).unwrap_or_default();
        let mut left = vec![each; case.voters.len()];
        for (id, payment, payers) in &bought {
            let place = IDS.iter().position(|known| known == id).unwrap();
            let able: Vec<usize> = (0..case.voters.len()).filter(|&voter| case.named(&case.voters[voter]).contains(&place) && left[voter] >= *payment).collect();
            let number: u64 = able.iter().map(|&voter| case.voters[voter].count).sum();
            prop_assert_eq!(Ratio::from(number), payers.clone());
            prop_assert_eq!(payment * payers, reference::support::cost(&case, place));
            for voter in able {
                left[voter] = &left[voter] - payment;
            }
        }
        prop_assert!(left.iter().all(|left| !left.is_negative()));
        if utility == "cardinality" {
            prop_assert!(bought.is_sorted_by(|(_, a, _), (_, b, _)| a <= b));
        }
    }

    /// The facts say why no other project came first: those that can still be paid have a price that is not lower, and of the
    /// others no group that pays equal parts can raise the cost. Of every project one of the two is told.
    #[test]
    fn what_is_told_of_the_others_holds(case in elections(&NAMING, Extras { requires: false, exclusive: false, ..Extras::ALL }), completion in select(vec!["", ",completion=add-opt-skip"]), chain in chain()) {
        let mut prices: BTreeMap<String, Ratio> = BTreeMap::new();
        let mut settled = BTreeSet::new();
        for event in events(&case.election(), &format!("{EES}{completion}"), chain) {
            let id = event["project"].as_str().unwrap_or_default().to_owned();
            match (event["event"].as_str().unwrap_or_default(), event["fact"].as_str().unwrap_or_default()) {
                ("rejected" | "awarded", _) => {
                    settled.insert(id);
                }
                (_, "lower-bound") => {
                    let price = number(&event["rate"]);
                    prop_assert!(prices.get(&id).is_none_or(|before| *before <= price), "prices only grow");
                    prices.insert(id, price);
                }
                (_, "equally-short") => {
                    let place = IDS.iter().position(|known| *known == id).unwrap();
                    prop_assert!(number(&event["raised"]) < reference::support::cost(&case, place));
                    settled.insert(id);
                }
                (_, "equal-payment") => {
                    let price = number(&event["payment"]);
                    for (other, least) in prices.iter().filter(|(other, _)| !settled.contains(*other) && **other != id) {
                        prop_assert!(*least >= price, "{other} is cheaper than {id}");
                    }
                }
                _ => {}
            }
        }
        for id in &IDS[..case.projects.len()] {
            prop_assert!(settled.contains(*id), "nothing is told of {id}");
        }
    }

    /// Extended justified representation with equal costs: of l/k of the voters who agree on l projects, somebody
    /// has l of theirs.
    #[test]
    fn equal_costs_give_ejr(case in elections(&[BallotKind::Approval], Extras::NONE), seats in 1_u32..=4) {
        let mut case = case;
        case.budget = 4 * seats;
        case.projects.iter_mut().for_each(|project| project.cost = 4);
        let winners = outcome(&case.election(), EES, "id").winners;
        for group in 1_u32..1 << case.voters.len() {
            let members: Vec<_> = case.voters.iter().enumerate().filter(|(at, _)| group >> at & 1 == 1).map(|(_, voter)| voter).collect();
            let size: u64 = members.iter().map(|voter| voter.count).sum();
            let agreed = (0..case.projects.len()).filter(|project| members.iter().all(|voter| case.named(voter).contains(project))).count() as u64;
            let deserved = agreed.min(size * u64::from(seats) / case.voter_count());
            let served = members.iter().map(|voter| case.named(voter).iter().filter(|&&project| winners.contains(&IDS[project].to_owned())).count() as u64).max();
            prop_assert!(served.is_some_and(|served| served >= deserved), "group {group:b} deserves {deserved} and has {served:?}");
        }
    }

    /// Add-Opt overlooks nothing: whatever more money would decide, and can be paid, does not cost more.
    #[test]
    fn no_larger_budget_gives_a_dearer_outcome_that_can_be_paid(case in elections(&NAMING, Extras::ALL), more in prop::collection::vec(1_u32..60, 12)) {
        let spent = outcome(&case.election(), ADD_OPT, "id").spent;
        for more in more {
            let mut richer = case.clone();
            richer.budget += more;
            let other = outcome(&richer.election(), EES, "id").spent;
            prop_assert!(other <= spent || other > crate::common::quarters(case.budget), "{other} with {more} more, {spent} found");
        }
    }

    #[test]
    fn duplicating_every_voter_changes_nothing(case in elections(&NAMING, Extras::ALL), rule in rules(), chain in chain(), copies in 2_u64..5) {
        prop_assert_eq!(outcome(&case.election(), &rule, chain).winners, outcome(&repeated(&case, copies).election(), &rule, chain).winners);
    }

    /// What was awarded before comes out of the purses: nothing is overspent, and more money can follow.
    #[test]
    fn it_continues_what_was_awarded(case in elections(&NAMING, Extras::ALL), rule in rules(), chain in chain()) {
        let both = outcome(&case.election(), &format!("greedy:score=votes,misfit=stop+{rule}"), chain);
        let first = outcome(&case.election(), "greedy:score=votes,misfit=stop", chain);
        prop_assert_eq!(&both.winners[..first.winners.len()], &first.winners[..]);
        prop_assert!(both.spent <= both.budget);
    }
}

/// The award of a project by decision, and its supporters pay for it before anything else.
#[test]
fn awards_before_are_paid_by_supporters() {
    let election = approvals(
        of("12", &[("a", "6"), ("b", "6"), ("c", "6")]),
        &[(&["a", "b"], 2), (&["c"], 2)],
    );
    // Purses of 3. The supporters of a pay 3 each, so that b cannot be paid any more, and c can.
    let plan =
        "greedy:score=votes,misfit=stop,threshold=cost/1+exact-equal-shares:utility=cardinality";
    let first = outcome(
        &election,
        "greedy:score=votes,misfit=stop,threshold=cost/1",
        "id",
    )
    .winners;
    assert_eq!(first, ["a", "b"]);
    assert_eq!(outcome(&election, plan, "id").winners, ["a", "b"]);
    let decision = quartier::record::Decision::new(
        quartier::record::DecisionKind::Award,
        quartier::record::About::Project("a".to_owned()),
        "council",
        "general interest",
    );
    let rule = crate::common::plan(EES);
    let count = quartier::count::Count::of(&election, &rule).ties("id".parse().unwrap());
    let counted = count
        .decisions(std::slice::from_ref(&decision))
        .run()
        .unwrap();
    assert_eq!(crate::common::decided(&counted).winners, ["a", "c"]);
    assert_eq!(ratio(6, 2), Ratio::from(3));
}
