//! What Equal Shares promises, on random small elections: nobody pays too much, prices that everybody can check, EJR+ up to
//! one project, and outcomes that depend on nothing that they should not.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;
mod reference;

use proptest::prelude::*;
use proptest::sample::select;
use quartier::count::{Count, Log};
use quartier::election::{BallotKind, VoterClass};
use quartier::exact::Ratio;
use serde_json::Value;

use common::strategies::{Extras, NAMING, additive, chain, elections};
use common::{Case, IDS, ProjectCase, cases, endowment_of, outcome, plan, ratio, winners};
use reference::equal_shares::{gains, rate};
use reference::support::{cost, voters};

const APPROVAL: [BallotKind; 1] = [BallotKind::Approval];

fn with_utility(
    kinds: &[BallotKind],
    extras: Extras,
) -> impl Strategy<Value = (Case, &'static str)> + use<> {
    elections(kinds, extras).prop_flat_map(|case| {
        let utility = additive(case.kind);
        (Just(case), utility)
    })
}

fn read(value: &Value) -> Ratio {
    value.as_str().unwrap().parse().unwrap()
}

/// Every fact that a count tells, in order.
fn facts(case: &Case, rule: &str, chain: &str) -> Vec<Value> {
    let (election, plan, mut log) = (case.election(), plan(rule), Log::new());
    Count::of(&election, &plan)
        .ties(chain.parse().unwrap())
        .observe(&mut log)
        .run()
        .unwrap();
    log.lines()
        .iter()
        .filter(|line| line.get("fact").is_some())
        .cloned()
        .collect()
}

fn project(fact: &Value) -> usize {
    IDS.iter().position(|id| fact["project"] == **id).unwrap()
}

/// How many pay which amount, from a list in a fact.
fn payments(list: &Value) -> Vec<(Ratio, u64)> {
    let each = list.as_array().unwrap().iter();
    each.map(|payment| {
        (
            read(&payment["amount"]),
            payment["voters"].as_u64().unwrap(),
        )
    })
    .collect()
}

/// Checks a purchase, and takes what is paid out of the purses.
fn check_purchase(case: &Case, name: &str, fact: &Value, purses: &mut [Ratio]) {
    let (at, price) = (project(fact), read(&fact["rate"]));
    let gains = gains(case, name, at);
    assert_eq!(
        rate(&cost(case, at), &gains, purses),
        Some(price.clone()),
        "{fact}"
    );
    let mut paid: Vec<(Ratio, bool)> = Vec::new();
    for (purse, gain) in purses
        .iter_mut()
        .zip(&gains)
        .filter(|(_, gain)| gain.is_positive())
    {
        let asked = &price * gain;
        let pays = asked.clone().min(purse.clone());
        *purse -= &pays;
        assert!(!purse.is_negative());
        paid.push((pays.clone(), pays == asked));
    }
    assert_eq!(
        paid.iter().map(|(pays, _)| pays).sum::<Ratio>(),
        cost(case, at),
        "paid in full"
    );
    for (list, is_full) in [("in-full", true), ("rest", false)] {
        for (amount, number) in payments(&fact[list]) {
            let same = paid
                .iter()
                .filter(|payment| **payment == (amount.clone(), is_full));
            assert_eq!(same.count() as u64, number, "{fact}");
        }
    }
    let told: u64 = [&fact["in-full"], &fact["rest"]]
        .iter()
        .flat_map(|list| payments(list))
        .map(|(_, number)| number)
        .sum();
    assert_eq!(
        told,
        paid.iter().filter(|(pays, _)| pays.is_positive()).count() as u64
    );
}

/// Replays what was told with a fraction in every purse, and checks each word of it.
fn replay(case: &Case, name: &str, facts: &[Value]) {
    let mut purses: Vec<Ratio> = Vec::new();
    let mut bounds = vec![Ratio::ZERO; case.projects.len()];
    for fact in facts {
        match fact["fact"].as_str().unwrap() {
            "purses" => {
                let share = read(&fact["share"]);
                let endowment =
                    |(voter, _): (usize, Ratio)| endowment_of(case, case.voters[voter].class);
                purses = voters(case)
                    .into_iter()
                    .map(|voter| endowment(voter) * &share)
                    .collect();
            }
            "lower-bound" => {
                let (at, bound) = (project(fact), read(&fact["rate"]));
                let real = rate(&cost(case, at), &gains(case, name, at), &purses);
                assert!(real.is_none_or(|real| bound <= real), "{fact}");
                bounds[at] = bound;
            }
            "purchase" => check_purchase(case, name, fact, &mut purses),
            "short" => {
                let at = project(fact);
                let held: Ratio = gains(case, name, at)
                    .iter()
                    .zip(&purses)
                    .filter(|(gain, _)| gain.is_positive())
                    .map(|(_, purse)| purse)
                    .sum();
                assert_eq!(held, read(&fact["held"]));
                // C5 of priceability: a project that was not bought cannot be bought with what is left.
                assert!(held < cost(case, at), "{fact}");
            }
            _ => {}
        }
    }
}

/// The case with something else in every project.
fn with_projects(case: &Case, change: impl Fn(&ProjectCase) -> ProjectCase) -> Case {
    Case {
        projects: case.projects.iter().map(change).collect(),
        ..case.clone()
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// Peters, Pierczyński and Skowron 2021; Peters and Skowron 2020: the very rates that are told are a price
    /// system: nobody pays above the purse or for what they gain nothing from, winners are paid in full, losers cannot be bought.
    #[test]
    fn the_told_prices_are_a_price_system((case, utility) in with_utility(&NAMING, Extras { endowments: true, ..Extras::ALL }), chain in chain(), completion in select(vec!["", ",completion=add1", ",completion=add1-until-exhaustive"])) {
        let facts = facts(&case, &format!("equal-shares:utility={utility}{completion}"), chain);
        replay(&case, utility, &facts);
    }

    /// What is told is enough: at every purchase, each open project has a bound that is not below the rate paid, or is tied.
    #[test]
    fn the_bounds_prove_every_choice((case, utility) in with_utility(&NAMING, Extras { endowments: true, weights: true, negative_points: true, ..Extras::NONE })) {
        let facts = facts(&case, &format!("equal-shares:utility={utility}"), "id");
        let mut bounds = vec![Ratio::ZERO; case.projects.len()];
        // Out: bought, out of reach, or without supporters.
        let is_wanted = |p: usize| gains(&case, utility, p).iter().any(Ratio::is_positive);
        let mut is_out: Vec<bool> = (0..case.projects.len()).map(|p| !is_wanted(p)).collect();
        for fact in &facts {
            match fact["fact"].as_str().unwrap() {
                "lower-bound" => bounds[project(fact)] = read(&fact["rate"]),
                "short" => is_out[project(fact)] = true,
                "purchase" => {
                    let (at, price) = (project(fact), read(&fact["rate"]));
                    is_out[at] = true;
                    // Among tied projects, the smallest id goes first.
                    for other in (0..case.projects.len()).filter(|&other| !is_out[other]) {
                        prop_assert!(bounds[other] > price || other > at, "{} and {}", fact, IDS[other]);
                    }
                }
                _ => {}
            }
        }
        prop_assert!(is_out.iter().all(|out| *out), "everything that is wanted is bought or out of reach");
    }

    /// Brill and Peters 2023, after Peters, Pierczyński and Skowron 2021: for every project that lost and every group of
    /// its supporters whose shares pay for it, somebody of the group has, with that project, more utility than the group's
    /// shares buy at its rate.
    #[test]
    fn ejr_plus_up_to_one_project(case in elections(&APPROVAL, Extras::NONE), utility in select(vec!["cost", "cardinality"]), chain in chain()) {
        prop_assume!(case.voter_count() > 0);
        let outcome = outcome(&case.election(), &format!("equal-shares:utility={utility}"), chain);
        let share = reference::support::quarters(case.budget).checked_div(&Ratio::from(case.voter_count())).unwrap();
        let won: Vec<usize> = (0..case.projects.len()).filter(|&p| outcome.has_won(IDS[p])).collect();
        for lost in (0..case.projects.len()).filter(|p| !won.contains(p)) {
            let own = gains(&case, utility, lost);
            let totals: Vec<Ratio> = (0..own.len()).map(|voter| won.iter().map(|&p| gains(&case, utility, p)[voter].clone()).sum()).collect();
            let mut group: Vec<(Ratio, &Ratio)> = totals.into_iter().zip(&own).filter(|(_, gain)| gain.is_positive()).collect();
            group.sort();
            for (size, (total, gain)) in (1_u64..).zip(&group) {
                let money = Ratio::from(size) * &share;
                if money >= cost(&case, lost) {
                    let entitled = (money * *gain).checked_div(&cost(&case, lost)).unwrap();
                    prop_assert!(total + *gain > entitled, "{} voters and {}", size, IDS[lost]);
                }
            }
        }
    }

    /// Every voter twice: the same winners, with the increment halved.
    #[test]
    fn duplicating_voters_changes_nothing((case, utility) in with_utility(&NAMING, Extras { endowments: true, ..Extras::ALL }), chain in chain(), completion in select(vec!["none", "add1", "add1-until-exhaustive"])) {
        let mut twice = case.clone();
        twice.voters.iter_mut().for_each(|voter| voter.count *= 2);
        let rule = |increment: &str| {
            let more = if completion == "none" { "" } else { increment };
            format!("equal-shares:utility={utility},completion={completion}{more}")
        };
        let (once, twice) = (outcome(&case.election(), &rule(""), chain), outcome(&twice.election(), &rule(",increment=0.5"), chain));
        prop_assert_eq!(once.winners, twice.winners);
    }

    /// Cents instead of euros: the same winners, with the increment in cents too. Logarithms and roots do not scale.
    #[test]
    fn scaling_money_changes_nothing((case, utility) in with_utility(&NAMING, Extras { endowments: true, ..Extras::ALL }), chain in chain(), factor in 2_u32..=7, completion in select(vec!["none", "add1", "add1-until-exhaustive"])) {
        prop_assume!(!utility.starts_with("additive"));
        let mut scaled = with_projects(&case, |project| ProjectCase { cost: project.cost * factor, ..project.clone() });
        scaled.budget *= factor;
        let rule = |increment: u32| {
            let more = if completion == "none" { String::new() } else { format!(",increment={increment}") };
            format!("equal-shares:utility={utility},completion={completion}{more}")
        };
        let (one, many) = (outcome(&case.election(), &rule(1), chain), outcome(&scaled.election(), &rule(factor), chain));
        prop_assert_eq!(one.winners, many.winners);
    }

    /// A voter of weight 2 and endowment 2 is two voters, also with increments.
    #[test]
    fn weight_and_endowment_of_two_are_two_voters((case, utility) in with_utility(&NAMING, Extras { weights: false, ..Extras::ALL }), chain in chain(), completion in select(vec!["none", "add1", "add1-until-exhaustive"])) {
        let rule = format!("equal-shares:utility={utility},completion={completion}");
        let mut doubled = case.clone();
        let class = |at: usize| VoterClass { weight: Ratio::from(1 + (at % 2) as u64), endowment: Ratio::from(1 + (at % 2) as u64) };
        doubled.voters.iter_mut().skip(1).step_by(2).for_each(|voter| voter.count *= 2);
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let heavy = case.election_of(&IDS, &order, &case.voters, |at, _| class(at));
        prop_assert_eq!(outcome(&heavy, &rule, chain).winners, outcome(&doubled.election(), &rule, chain).winners);
    }

    /// A project that nobody gains from changes nothing for the others.
    #[test]
    fn an_unsupported_project_changes_nothing((case, utility) in with_utility(&NAMING, Extras { endowments: true, ..Extras::ALL }), chain in chain(), price in 0_u32..12, completion in select(vec!["none", "add1", "add1-until-exhaustive"])) {
        let mut more = case.clone();
        more.projects.push(ProjectCase { cost: price, filed: None, group: None, variant_of: None, requires: Vec::new() });
        // A missing date makes the words about dates silent, which is another matter.
        prop_assume!(!chain.contains("filed"));
        let rule = format!("equal-shares:utility={utility},completion={completion}");
        prop_assert_eq!(outcome(&case.election(), &rule, chain).winners, outcome(&more.election(), &rule, chain).winners);
    }

    /// Endowments that are all the same are the plain rule, whatever they are.
    #[test]
    fn equal_endowments_are_the_plain_rule((case, utility) in with_utility(&NAMING, Extras { free_projects: true, ..Extras::NONE }), chain in chain(), endowment in (1_i128..9, 1_i128..9)) {
        let class = VoterClass { endowment: ratio(endowment.0, endowment.1), ..VoterClass::default() };
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let endowed = case.election_of(&IDS, &order, &case.voters, |_, _| class.clone());
        let rule = format!("equal-shares:utility={utility}");
        prop_assert_eq!(outcome(&case.election(), &rule, chain).winners, outcome(&endowed, &rule, chain).winners);
    }

    /// A ceiling of no projects for a group bars these and is no concern of the others: as if they were not there.
    #[test]
    fn a_ceiling_bars_its_own_projects_only(case in elections(&NAMING, Extras { exclusive: true, endowments: true, ..Extras::NONE }), chain in chain(), utility in select(vec!["cost", "cardinality"])) {
        let mut barred = with_projects(&case, |project| ProjectCase { variant_of: None, ..project.clone() });
        barred.groups = vec![0, u32::MAX];
        let unmarked = |marks: &[(usize, i64)]| marks.iter().copied().filter(|&(p, _)| barred.projects[p].group != Some(0)).collect::<Vec<_>>();
        let mut absent = barred.clone();
        absent.groups = vec![u32::MAX, u32::MAX];
        absent.voters.iter_mut().for_each(|voter| voter.marks = unmarked(&voter.marks));
        let rule = format!("equal-shares:utility={utility}");
        prop_assert_eq!(winners(&outcome(&barred.election(), &rule, chain)), winners(&outcome(&absent.election(), &rule, chain)));
    }
}
