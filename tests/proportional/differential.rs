//! The library against slow rules written from the definitions.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::count::Count;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};

use crate::common::strategies::{Extras, NAMING, chain, elections};
use crate::common::{cases, decided, outcome, plan, quarters};
use crate::helpers::{begin, slow_winners};
use crate::reference;

const PHRAGMEN: [&str; 2] = ["phragmen:misfit=stop", "phragmen:misfit=skip"];

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn phragmen_agrees_with_the_definition(case in elections(&NAMING, Extras::ALL), rule in select(PHRAGMEN.to_vec()), chain in chain()) {
        let mut state = begin(&case);
        reference::phragmen::run(&case, rule, chain, &mut state);
        prop_assert_eq!(slow_winners(&state), outcome(&case.election(), rule, chain).winners);
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn maximin_support_agrees_with_the_definition(case in elections(&NAMING, Extras::ALL), chain in chain()) {
        let mut state = begin(&case);
        reference::maximin::run(&case, chain, &mut state);
        prop_assert_eq!(slow_winners(&state), outcome(&case.election(), "maximin-support", chain).winners);
    }

    #[test]
    fn maximin_support_continues_what_was_awarded(case in elections(&NAMING, Extras { requires: false, ..Extras::ALL })) {
        let first = "greedy:score=votes,misfit=stop";
        let mut state = begin(&case);
        reference::greedy::run(&case, first, "id", &mut state);
        reference::maximin::run(&case, "id", &mut state);
        prop_assert_eq!(slow_winners(&state), outcome(&case.election(), &format!("{first}+maximin-support"), "id").winners);
    }

    /// After another rule, and with money that comes later: what was awarded is carried by its supporters.
    #[test]
    fn phragmen_continues_what_was_awarded(case in elections(&NAMING, Extras { requires: false, ..Extras::ALL }), rule in select(PHRAGMEN.to_vec()), more in 1_u32..12) {
        let first = "greedy:score=votes,misfit=stop";
        let mut state = begin(&case);
        reference::greedy::run(&case, first, "id", &mut state);
        reference::phragmen::run(&case, rule, "id", &mut state);
        state.left = &state.left + &reference::support::quarters(more);
        reference::greedy::run(&case, first, "id", &mut state);
        reference::phragmen::run(&case, rule, "id", &mut state);
        let extra = Decision::new(DecisionKind::ExtraMoney, About::Envelope, "council", "more money").value(DecisionValue::Amount(quarters(more)));
        let (election, plan) = (case.election(), plan(&format!("{first}+{rule}")));
        let counted = Count::of(&election, &plan).ties("id".parse().unwrap()).decisions(std::slice::from_ref(&extra)).run().unwrap();
        prop_assert_eq!(slow_winners(&state), decided(&counted).winners);
    }
}
