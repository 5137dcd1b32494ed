//! Several pots against separate counts: each pot is an election of its own, of its voters and its projects.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::count::Count;
use quartier::record::{About, Decision, DecisionKind};

use crate::common::strategies::{Extras, completion};
use crate::common::{Case, IDS, cases, decided, outcome, plan};
use crate::helpers::{CITY, closes};
use crate::town::{AREAS, RULES, Town, towns};

/// Chains that look at nothing that only the whole city has.
fn chain() -> impl Strategy<Value = &'static str> {
    select(vec![
        "id",
        "id-desc",
        "cheaper,id",
        "dearer,id-desc",
        "lot:seed-7",
    ])
}

/// Relations would bind projects of different pots together.
const APART: Extras = Extras {
    weights: true,
    free_projects: true,
    ..Extras::NONE
};

fn rules() -> impl Strategy<Value = String> {
    let completed = (select(vec!["cost", "cardinality", "effort"]), completion())
        .prop_map(|(utility, completion)| format!("equal-shares:utility={utility}{completion}"));
    let others = RULES
        .into_iter()
        .chain(["fractional-equal-shares:utility=cardinality"]);
    let others = select(others.map(str::to_owned).collect::<Vec<_>>());
    prop_oneof![completed, others]
}

/// A pot of each quartier and one of the city.
fn pots(each: u32) -> String {
    format!(
        "[[pot]]\nid = \"quartiers\"\neach-area = \"{each}\"\nholds = \"local\"\n\
         [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n"
    )
}

/// What a count of one pot alone gives: its voters, its money, everybody else's projects excluded.
fn alone(
    town: &Town,
    pot: Option<usize>,
    amount: u32,
    rule: &str,
    chain: &str,
) -> Vec<(String, String)> {
    let lives = |voter: usize| pot.is_none_or(|area| town.home[voter] == area);
    let voters = town.case.voters.iter().enumerate();
    let voters = voters
        .filter(|(at, _)| lives(*at))
        .map(|(_, voter)| voter.clone());
    let case = Case {
        budget: amount * 4,
        voters: voters.collect(),
        ..town.case.clone()
    };
    let elsewhere = (0..case.projects.len()).filter(|&p| town.place[p] != pot);
    let excluded: Vec<Decision> = elsewhere
        .map(|p| {
            let about = About::Project(IDS[p].to_owned());
            Decision::new(
                DecisionKind::Exclude,
                about,
                "test",
                "another pot pays for it",
            )
        })
        .collect();
    let (election, plan) = (case.election(), plan(rule));
    let count = Count::of(&election, &plan).ties(chain.parse().unwrap());
    let outcome = decided(&count.decisions(&excluded).run().unwrap());
    let paid = outcome.selection().into_iter();
    paid.map(|(id, amount)| (id.to_owned(), amount.to_string()))
        .collect()
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// A purse belongs to a voter and a pot: nothing that happens in one pot matters in another.
    #[test]
    fn each_pot_is_an_election_of_its_own(town in towns(APART), each in 0_u32..12, city in 0_u32..20, rule in rules(), chain in chain()) {
        let edition = town.decide(3 * each + city, &pots(each), "", &rule, chain);
        let mut expected = alone(&town, None, city, &rule, chain);
        for area in 0..AREAS.len() {
            expected.extend(alone(&town, Some(area), each, &rule, chain));
        }
        expected.sort();
        let paid = edition.awards.iter();
        let mut paid: Vec<(String, String)> = paid.map(|paid| (paid.project.clone(), paid.amount.to_string())).collect();
        paid.sort();
        prop_assert_eq!(paid, expected);
        prop_assert!(closes(&edition));
    }

    /// No project draws from a pot that is not its own.
    #[test]
    fn a_project_draws_from_its_own_pot(town in towns(APART), each in 0_u32..12, rule in rules()) {
        let edition = town.decide(3 * each + 9, &pots(each), "", &rule, "id");
        for paid in &edition.awards {
            let project = IDS.iter().position(|id| paid.project == **id).unwrap();
            let pot = town.place[project].map_or("city".to_owned(), |area| format!("quartiers/{}", AREAS[area]));
            prop_assert_eq!(&paid.pot, &pot);
        }
        for refused in &edition.refused {
            // Nobody supports it, nobody who has a purse does, or purses or the pot hold too little.
            let codes = ["not-ranked", "no-utility", "purses-short", "misfit", "pot-stopped", "not-reached"];
            prop_assert!(codes.contains(&refused.reason.code()), "{:?}", refused.reason);
        }
    }

    /// One pot for everything is the plain count.
    #[test]
    fn one_pot_is_the_plain_count(town in towns(Extras { negative_points: false, ..Extras::ALL }), rule in select(RULES.to_vec()), chain in crate::common::strategies::chain()) {
        let edition = town.decide(town.case.budget / 4, CITY, "", rule, chain);
        prop_assert_eq!(edition.winners(), outcome(&town.election(), rule, chain).winners);
    }
}
