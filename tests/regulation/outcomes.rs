//! All outcomes of a regulation, and the digests of what it was computed from.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;
use quartier::count::{AllOutcomes, Count};
use quartier::election::{Election, Money};
use quartier::law::Document;
use quartier::record::{About, Decision, DecisionKind, TieChain};
use quartier::regulation::{Applied, Edition, EditionOutcomes, Inputs, Regulation};
use quartier::rules::Plan;
use sha2::{Digest as _, Sha256};

use crate::helpers::{
    CITY, EXAMPLE, SKIP, STOP, document, law, leftovers, read, stage, vote, voted, winners,
};

/// Ties are for nobody to settle.
fn open(text: &str) -> String {
    text.replace("ties = [\"id\"]", "ties = [\"none\"]")
}

fn one_pot(voted: u32, method: &str) -> String {
    let stage = stage("vote", "\"city\"", method, "\"none\"");
    open(&law(
        &voted.to_string(),
        "",
        &[CITY, &stage, &leftovers("", "treasury")].concat(),
    ))
}

fn all(text: &str, election: &Election) -> Vec<Edition> {
    match read(text).outcomes(election, Inputs::new(), 50).unwrap() {
        EditionOutcomes::All(found) => found,
        other => panic!("{other:?}"),
    }
}

fn sets(found: &[Edition]) -> Vec<Vec<&str>> {
    let mut sets: Vec<Vec<&str>> = found.iter().map(winners).collect();
    sets.sort_unstable();
    sets
}

#[test]
fn all_ways_to_draw_are_found_and_each_once() {
    let election = voted(
        &[],
        &[
            ("1", 60, &[], 5),
            ("2", 60, &[], 5),
            ("3", 30, &[], 1),
            ("4", 30, &[], 1),
        ],
    );
    let found = all(&one_pot(100, SKIP), &election);
    assert_eq!(
        sets(&found),
        [["1", "3"], ["1", "4"], ["2", "3"], ["2", "4"]]
    );
    let few = read(&one_pot(100, SKIP))
        .outcomes(&election, Inputs::new(), 3)
        .unwrap();
    assert_eq!(few, EditionOutcomes::TooMany { at_most: 3 });
    // Where the chain settles everything, there is one, as applied.
    let settled = one_pot(100, SKIP).replace("\"none\"]", "\"id\"]");
    let Applied::Decided(applied) = read(&settled).apply(&election, &[]).unwrap() else {
        panic!("the chain settles it");
    };
    assert_eq!(all(&settled, &election), [*applied]);
}

/// A lot is one order for its stage: in the correction of a guarantee, with leftovers and decided afresh it is the same.
#[test]
fn a_stage_that_is_decided_again_keeps_its_order() {
    // 1 and 2 are equal and cost 60 each; the city has 60, then 20 more, then decides afresh: never both, never changed.
    let pots = "[[pot]]\nid = \"spare\"\namount = \"20\"\nholds = { category = \"none\" }\n[[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"all\"\n";
    let rule = "[[redistribute]]\nfrom = [\"unspent\"]\npots = [\"spare\"]\nmode = \"rerun\"\nstage = \"vote\"\nclaims = []\nrest = \"pot:city\"\n";
    let text = open(&law("80", "", &[pots, &vote("\"city\""), rule].concat()));
    let election = voted(&[], &[("1", 60, &[], 5), ("2", 60, &[], 5)]);
    let found = all(&text, &election);
    assert_eq!(sets(&found), [["1"], ["2"]]);
    assert!(
        found
            .iter()
            .all(|edition| edition.refused[0].reason.code() != "lost-by-rerun")
    );
    // Two stages are drawn apart: 1 may be first in one and 2 in the other.
    let two = [
        "[[pot]]\nid = \"east\"\namount = \"60\"\nholds = \"all\"\n[[pot]]\nid = \"west\"\namount = \"60\"\nholds = \"all\"\n",
        &stage("first", "\"east\"", STOP, "\"none\""),
        &stage("second", "\"west\"", STOP, "\"none\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let election = voted(
        &[],
        &[("1", 60, &[], 5), ("2", 60, &[], 5), ("3", 60, &[], 5)],
    );
    let found = all(&open(&law("120", "", &two)), &election);
    let mut orders: Vec<Vec<&str>> = found.iter().map(Edition::winners).collect();
    orders.sort_unstable();
    // Who gets the east pot and who the west one: all six.
    assert_eq!(
        orders,
        [
            ["1", "2"],
            ["1", "3"],
            ["2", "1"],
            ["2", "3"],
            ["3", "1"],
            ["3", "2"]
        ]
    );
}

fn cases() -> Config {
    Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    /// With one pot and one rule, a regulation has the outcomes of a count, which were found in another way.
    #[test]
    fn one_pot_has_the_outcomes_of_a_count(
        projects in prop::collection::vec((1_u32..6, 1_u64..3), 1..6),
        budget in 1_u32..12,
        stops in any::<bool>(),
    ) {
        let ids = ["1", "2", "3", "4", "5"];
        let projects: Vec<(&str, u32, &[&str], u64)> = ids.into_iter().zip(&projects)
            .map(|(id, (cost, votes))| (id, *cost, &[][..], *votes)).collect();
        let election = voted(&[], &projects);
        let method = if stops { STOP } else { SKIP };
        let plan: Plan = method.trim_start_matches("rule = ").trim_matches('"').parse().unwrap();
        let counted = election.with_budget(Money::from(budget)).unwrap();
        let count = Count::of(&counted, &plan).ties(TieChain::none());
        let AllOutcomes::All(expected) = count.all_outcomes(200).unwrap() else {
            return Ok(());
        };
        let expected: BTreeSet<Vec<String>> = expected.into_iter().map(|outcome| {
            let mut winners = outcome.winners;
            winners.sort_unstable();
            winners
        }).collect();
        let EditionOutcomes::All(found) = read(&one_pot(budget, method)).outcomes(&election, Inputs::new(), 200).unwrap() else {
            panic!("a count finds {expected:?}");
        };
        let found: BTreeSet<Vec<String>> = found.iter()
            .map(|edition| winners(edition).into_iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(found, expected);
    }
}

/// F33: what is published names exactly what it was computed from.
#[test]
fn f33_the_digests_name_the_regulation_the_decisions_and_the_election() {
    let text = one_pot(100, SKIP).replace("\"none\"]", "\"id\"]");
    let election = voted(&[], &[("1", 60, &[], 5), ("2", 60, &[], 4)]);
    let of = |text: &str, election: &Election, decisions: &[Decision]| {
        let edition = crate::helpers::edition(text, election, decisions);
        let digests = edition.digests;
        [digests.regulation, digests.decisions, digests.election].map(|digest| digest.to_string())
    };
    let first = of(&text, &election, &[]);
    assert_eq!(first, of(&text, &election, &[]));
    // Any choice changes the regulation's, and nothing else.
    let other = of(&text.replace("misfit=skip", "misfit=stop"), &election, &[]);
    assert!(other[0] != first[0] && other[1..] == first[1..]);
    // A decision changes the decisions', and its reason too.
    let out = |why: &str| {
        Decision::new(
            DecisionKind::Exclude,
            About::Project("2".into()),
            "office",
            why,
        )
    };
    let (one, two) = (
        of(&text, &election, &[out("sold")]),
        of(&text, &election, &[out("built")]),
    );
    assert!(one[1] != first[1] && two[1] != one[1] && one[0] == first[0] && one[2] == first[2]);
    // A vote changes the election's.
    let more = voted(&[], &[("1", 60, &[], 6), ("2", 60, &[], 4)]);
    assert_ne!(of(&text, &more, &[])[2], first[2]);
    assert_eq!(first[2], election.digest().to_string());
    // The documented bytes.
    let none: [u8; 32] = Sha256::digest(b"quartier-decisions/1\n[]\n").into();
    let edition = crate::helpers::edition(&text, &election, &[]);
    assert_eq!(edition.digests.decisions.bytes(), &none);
    // printf 'quartier-decisions/1\n[]\n' | sha256sum
    assert!(first[1].starts_with("1cbc5346f6fea234"), "{}", first[1]);
}

#[test]
fn f33_the_form_of_a_regulation_does_not_change_its_digest() {
    let toml = Regulation::read(&document(EXAMPLE)).unwrap();
    let json = serde_json::to_string(&document(EXAMPLE)).unwrap();
    let from_json = Regulation::read(&serde_json::from_str::<Document>(&json).unwrap()).unwrap();
    assert_eq!(toml.digest(), from_json.digest());
    let mut keys = document(EXAMPLE).keys().to_vec();
    keys.reverse();
    let reversed = Regulation::read(&Document::new(keys)).unwrap();
    assert_eq!(toml.digest(), reversed.digest());
    // Reproduced by hand: sorted keys, no blanks.
    let sorted: serde_json::Value = serde_json::from_str(&json).unwrap();
    let bytes = format!("quartier-regulation/1\n{}\n", sorted_json(&sorted));
    let expected: [u8; 32] = Sha256::digest(bytes.as_bytes()).into();
    assert_eq!(toml.digest().bytes(), &expected);
}

/// JSON with the keys of all tables in the order of their bytes.
fn sorted_json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(keys) => {
            let mut names: Vec<&String> = keys.keys().collect();
            names.sort_unstable();
            let items: Vec<String> = names
                .into_iter()
                .map(|name| format!("\"{name}\":{}", sorted_json(&keys[name])))
                .collect();
            format!("{{{}}}", items.join(","))
        }
        serde_json::Value::Array(list) => {
            let items: Vec<String> = list.iter().map(sorted_json).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}
