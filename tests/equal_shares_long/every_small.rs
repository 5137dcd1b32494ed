//! Every election of at most four projects and four voters with costs 1 to 3 and budgets 1 to 12.
//!
//! How many they are: `m` projects have 3^m rows of costs; a voter has one of 2^m ballots, and `n` voters, whose order no rule sees, a
//! multiset of them, C(2^m + n - 1, n); 12 budgets. The sum over m and n from 1 to 4 is 4,876,380. Projects in another order are
//! counted again, since ties go by their ids. Every one is counted by the library as it is; the reference alone shares its runs among the
//! budgets, since a run depends on the total of the shares only. All of them took 2,186 s of one crowded core, optimised; ten
//! thousand a second where nothing else runs.

use std::time::Instant;

use quartier::count::Count;
use quartier::election::{Ballot, BallotKind, Election, ElectionBuilder};
use quartier::record::TieChain;
use quartier::rules::Plan;

use crate::common::{Case, IDS, ProjectCase, VoterCase, plan, quarters};
use crate::integers::{Completion, Runs, Small};
use crate::{is_long, reference, report};

const BUDGETS: u32 = 12;

const COMPLETIONS: [(&str, Completion); 3] = [
    ("", Completion::None),
    (",completion=add1", Completion::Add1),
    (
        ",completion=add1-until-exhaustive",
        Completion::UntilExhaustive,
    ),
];

/// All ways to choose so many of `0..kinds`, order apart.
fn multisets(kinds: usize, number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    let smaller = multisets(kinds, number - 1);
    let grow = |set: &Vec<usize>| {
        let last = set.last().copied().unwrap_or(0);
        (last..kinds)
            .map(|next| [set.as_slice(), &[next]].concat())
            .collect::<Vec<_>>()
    };
    smaller.iter().flat_map(grow).collect()
}

/// The rows of costs from 1 to 3.
fn costs(projects: usize) -> Vec<Vec<u32>> {
    let add = |row: &Vec<u32>| {
        (1..=3)
            .map(|cost| [row.as_slice(), &[cost]].concat())
            .collect::<Vec<_>>()
    };
    (0..projects).fold(vec![Vec::new()], |rows, _| {
        rows.iter().flat_map(add).collect()
    })
}

/// The projects that a ballot names.
fn named(costs: &[u32], mask: usize) -> impl Iterator<Item = usize> {
    (0..costs.len()).filter(move |project| mask >> project & 1 == 1)
}

fn election(costs: &[u32], ballots: &[usize]) -> Election {
    let builder = Election::builder().budget(1);
    let builder = costs.iter().zip(IDS).fold(builder, |builder, (&cost, id)| {
        builder.project((id, quarters(4 * cost)))
    });
    let vote = |builder, &mask: &usize| {
        ElectionBuilder::ballot(
            builder,
            Ballot::approval(named(costs, mask).map(|project| IDS[project])),
        )
    };
    ballots.iter().fold(builder, vote).build().unwrap()
}

/// One rule of the library with what the reference needs to know of it.
struct Counted {
    plan: Plan,
    by_cost: bool,
    completion: Completion,
}

fn rules() -> Vec<Counted> {
    let utilities = [("cost", true), ("cardinality", false)];
    let rule = |(name, by_cost): (&str, bool), (text, completion): (&str, Completion)| Counted {
        plan: plan(&format!("equal-shares:utility={name}{text}")),
        by_cost,
        completion,
    };
    utilities
        .iter()
        .flat_map(|&utility| COMPLETIONS.map(|completion| rule(utility, completion)))
        .collect()
}

/// All budgets of one election by all rules.
fn compare(costs: &[u32], ballots: &[usize], rules: &[Counted], chain: &TieChain) -> usize {
    let by_utility = [false, true].map(|by_cost| {
        Runs::of(
            Small {
                costs,
                ballots,
                by_cost,
            },
            BUDGETS,
        )
    });
    let election = election(costs, ballots);
    for budget in 1..=BUDGETS {
        let election = election.with_budget(quarters(4 * budget)).unwrap();
        for Counted {
            plan,
            by_cost,
            completion,
        } in rules
        {
            let counted = Count::of(&election, plan)
                .ties(chain.clone())
                .run()
                .unwrap();
            let slow = by_utility[usize::from(*by_cost)].complete(budget, *completion);
            let winners = &counted.outcome().unwrap().winners;
            let same = winners.iter().eq(slow.iter().map(|&project| IDS[project]));
            assert!(
                same,
                "{plan}: costs {costs:?}, budget {budget}, ballots {ballots:?}: {winners:?}, {slow:?}"
            );
        }
    }
    BUDGETS as usize
}

#[test]
fn every_small_election() {
    let (rules, chain, begin) = (rules(), "id".parse().unwrap(), Instant::now());
    let mut compared = 0;
    for (projects, voters) in
        (1..=4).flat_map(|projects| (1..=4).map(move |voters| (projects, voters)))
    {
        if !is_long() && (projects + voters > 5 || projects > 3) {
            continue;
        }
        let profiles = multisets(1 << projects, voters);
        for costs in costs(projects) {
            compared += profiles
                .iter()
                .map(|ballots| compare(&costs, ballots, &rules, &chain))
                .sum::<usize>();
            if is_long() && projects == 4 {
                report(&format!(
                    "{compared} small elections, {} s",
                    begin.elapsed().as_secs()
                ));
            }
        }
    }
    report(&format!(
        "small elections: {compared}, each counted by {} rules, the same as the reference, in {} s",
        rules.len(),
        begin.elapsed().as_secs()
    ));
    assert_eq!(compared, if is_long() { 4_876_380 } else { 18_432 });
}

/// The reference in whole numbers is the one with a fraction in every purse.
#[test]
fn whole_numbers_are_the_fractions() {
    for (projects, voters) in [(1, 3), (2, 2), (2, 3), (3, 2)] {
        for costs in costs(projects) {
            for ballots in multisets(1 << projects, voters) {
                for rule in rules() {
                    let runs = Runs::of(
                        Small {
                            costs: &costs,
                            ballots: &ballots,
                            by_cost: rule.by_cost,
                        },
                        BUDGETS,
                    );
                    for budget in (1..=BUDGETS).step_by(4) {
                        let case = case(&costs, budget, &ballots);
                        let mut state = reference::State {
                            funded: Vec::new(),
                            left: reference::support::quarters(case.budget),
                            step: 0,
                            reserves: std::collections::BTreeMap::new(),
                        };
                        reference::add1::run(&case, &rule.plan.to_string(), "id", &mut state);
                        let slow = state.funded.iter().map(|(project, _)| project);
                        let whole = runs.complete(budget, rule.completion);
                        assert!(whole.iter().eq(slow), "{}: {case:?}", rule.plan);
                    }
                }
            }
        }
    }
}

fn case(costs: &[u32], budget: u32, ballots: &[usize]) -> Case {
    let project = |&cost: &u32| ProjectCase {
        cost: 4 * cost,
        filed: None,
        group: None,
        variant_of: None,
        requires: Vec::new(),
    };
    let voter = |&mask: &usize| VoterCase {
        marks: named(costs, mask).map(|project| (project, 0)).collect(),
        count: 1,
        class: 0,
    };
    Case {
        kind: BallotKind::Approval,
        budget: 4 * budget,
        granularity: None,
        max_length: None,
        projects: costs.iter().map(project).collect(),
        groups: Vec::new(),
        voters: ballots.iter().map(voter).collect(),
        endowments: false,
    }
}
