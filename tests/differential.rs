//! The library against slow rules written from the documents: the same awards on thousands of small elections.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;
mod reference;

use proptest::prelude::*;
use quartier::count::{Count, Outcome};
use quartier::election::Utility;
use quartier::exact::Ratio;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};

use common::strategies::{
    Extras, KINDS, NAMING, chain, counts, elections, equal_shares, greedy, utility,
};
use common::{Case, IDS, cases, outcome, plan, quarters};
use reference::State;

fn run_all(case: &Case, rule: &str, chain: &str, state: &mut State) {
    for (number, step) in rule.split('+').enumerate() {
        state.step = number;
        if step.starts_with("greedy-welfare") {
            reference::welfare::run(case, step, chain, state);
        } else if step.starts_with("equal-shares") {
            reference::add1::run(case, step, chain, state);
        } else {
            reference::greedy::run(case, step, chain, state);
        }
    }
}

fn slow(case: &Case, rule: &str, chain: &str) -> State {
    let mut state = State {
        funded: Vec::new(),
        left: reference::support::quarters(case.budget),
        step: 0,
        reserves: std::collections::BTreeMap::new(),
    };
    run_all(case, rule, chain, &mut state);
    state
}

/// Who receives how much, in the order of ids, and what is left of the budget.
fn selection(state: &State) -> (Vec<(String, Ratio)>, Ratio) {
    let mut funded: Vec<(String, Ratio)> = state
        .funded
        .iter()
        .map(|(project, amount)| (IDS[*project].to_owned(), amount.clone()))
        .collect();
    funded.sort();
    (funded, state.left.clone())
}

fn fast(outcome: &Outcome) -> (Vec<(String, Ratio)>, Ratio) {
    let funded = outcome
        .selection()
        .into_iter()
        .map(|(project, amount)| (project.to_owned(), amount.to_ratio()))
        .collect();
    (funded, outcome.left.to_ratio())
}

fn order(state: &State) -> Vec<&str> {
    state
        .funded
        .iter()
        .map(|(project, _)| IDS[*project])
        .collect()
}

fn with_rule<S: Strategy<Value = R>, R: std::fmt::Debug>(
    extras: Extras,
    rule: impl Fn(&Case) -> S + Clone + 'static,
) -> impl Strategy<Value = (Case, R)> {
    elections(&NAMING, extras).prop_flat_map(move |case| {
        let rule = rule(&case);
        (Just(case), rule)
    })
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn greedy_agrees_with_the_definition((case, rule) in with_rule(Extras::ALL, |case| greedy(case.kind)), chain in chain()) {
        let (slow, fast_outcome) = (slow(&case, &rule, chain), outcome(&case.election(), &rule, chain));
        prop_assert_eq!(selection(&slow), fast(&fast_outcome));
    }

    #[test]
    fn greedy_welfare_agrees_with_the_definition((case, utility) in with_rule(Extras::ALL, |case| utility(case.kind)), chain in chain()) {
        let rule = format!("greedy-welfare:utility={utility}");
        prop_assert_eq!(selection(&slow(&case, &rule, chain)), fast(&outcome(&case.election(), &rule, chain)));
    }
}

proptest! {
    #![proptest_config(cases(4_000))]

    /// The order too, with weights, endowments, relations, projects that cost nothing, and what votes against.
    #[test]
    fn equal_shares_agrees_with_the_definition((case, rule) in with_rule(Extras { endowments: true, ..Extras::ALL }, |case| equal_shares(case.kind)), chain in chain()) {
        let (slow, fast_outcome) = (slow(&case, &rule, chain), outcome(&case.election(), &rule, chain));
        prop_assert_eq!(order(&slow), &fast_outcome.winners[..]);
        prop_assert_eq!(selection(&slow), fast(&fast_outcome));
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// With ties by id the order of selection is the definition's too.
    #[test]
    fn the_order_of_selection_agrees_when_ties_go_by_id((case, rule) in counts(&NAMING, Extras { requires: false, ..Extras::ALL })) {
        let slow = slow(&case, &rule, "id");
        prop_assert_eq!(order(&slow), outcome(&case.election(), &rule, "id").winners);
    }

    /// Rules joined by `+` share the awards: the second starts from what the first has funded.
    #[test]
    fn plans_agree_with_the_definitions((case, rule) in counts(&NAMING, Extras::ALL), chain in chain()) {
        prop_assert_eq!(selection(&slow(&case, &rule, chain)), fast(&outcome(&case.election(), &rule, chain)));
    }

    /// `Continue`: the same allocation with more money.
    #[test]
    fn extra_money_continues_the_count((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), more in 1_u32..12) {
        let mut state = slow(&case, &rule, chain);
        state.left += &reference::support::quarters(more);
        run_all(&case, &rule, chain, &mut state);
        let decision = Decision::new(DecisionKind::ExtraMoney, About::Envelope, "council", "more money").value(DecisionValue::Amount(quarters(more)));
        let election = case.election();
        let plan = plan(&rule);
        let counted = Count::of(&election, &plan).ties(chain.parse().unwrap()).decisions(std::slice::from_ref(&decision)).run().unwrap();
        prop_assert_eq!(selection(&state), fast(&common::decided(&counted)));
    }

    /// Totals of additive utilities are the sums of what each voter gains, for every utility and kind.
    #[test]
    fn additive_totals_agree_with_the_definitions(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        for utility in Utility::ALL.iter().copied().filter(|utility| utility.reads(case.kind) && utility.is_additive()) {
            let totals = utility.additive(&election).unwrap().totals(&election);
            let expected: Vec<Ratio> = (0..case.projects.len()).map(|project| reference::utility::of_all(&case, utility.text(), &[project])).collect();
            prop_assert_eq!(totals, expected, "{}", utility);
        }
    }

    /// What a set gains grows by `gain` with each project that is added.
    #[test]
    fn utilities_of_sets_agree_with_the_definitions(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        for utility in Utility::ALL.iter().copied().filter(|utility| utility.reads(case.kind) && !utility.is_additive()) {
            let (mut gains, mut set) = (utility.of_sets(&election).unwrap(), Vec::new());
            for project in election.instance().project_indices() {
                let before = reference::utility::of_all(&case, utility.text(), &set);
                set.push(project.index());
                prop_assert_eq!(gains.gain(project), reference::utility::of_all(&case, utility.text(), &set) - before, "{}", utility);
                gains.add(project);
            }
        }
    }

    /// Where voters gain from a set is additive, it is so by its definition too.
    #[test]
    fn additive_utilities_add_up(case in elections(&NAMING, Extras::ALL)) {
        let all: Vec<usize> = (0..case.projects.len()).collect();
        for utility in Utility::ALL.iter().filter(|utility| utility.reads(case.kind) && utility.is_additive()) {
            let one_by_one: Ratio = all.iter().map(|&project| reference::utility::of_all(&case, utility.text(), &[project])).sum();
            prop_assert_eq!(one_by_one, reference::utility::of_all(&case, utility.text(), &all), "{}", utility);
        }
    }
}
