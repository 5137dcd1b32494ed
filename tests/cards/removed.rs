//! Every key of every card is taken out once: what decides is missed by exactly one fault at its place.

use std::collections::BTreeSet;

use quartier::law::{Document, FaultKind, Value};
use quartier::regulation::Regulation;

use crate::card::CARDS;

/// The places of all keys, tables included.
fn places(keys: &[(String, Value)], before: &str, all: &mut Vec<String>) {
    for (key, value) in keys {
        let path = format!("{before}{key}");
        inside(value, &path, all);
        all.push(path);
    }
}

fn inside(value: &Value, path: &str, all: &mut Vec<String>) {
    match value {
        Value::Table(keys) => places(keys, &format!("{path}."), all),
        Value::List(list) => {
            for (at, item) in list.iter().enumerate() {
                inside(item, &format!("{path}[{at}]"), all);
            }
        }
        _ => {}
    }
}

/// The document without the key at a place.
fn without(keys: &[(String, Value)], before: &str, place: &str) -> Vec<(String, Value)> {
    let keep = keys
        .iter()
        .filter(|(key, _)| format!("{before}{key}") != place);
    keep.map(|(key, value)| {
        (
            key.clone(),
            thinned(value, &format!("{before}{key}"), place),
        )
    })
    .collect()
}

fn thinned(value: &Value, path: &str, place: &str) -> Value {
    match value {
        Value::Table(keys) => Value::Table(without(keys, &format!("{path}."), place)),
        Value::List(list) => {
            let items = list.iter().enumerate();
            Value::List(
                items
                    .map(|(at, item)| thinned(item, &format!("{path}[{at}]"), place))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A place with `[]` for every number, as the list of required choices has it.
fn general(place: &str) -> String {
    let mut text = String::new();
    let mut digits = false;
    for character in place.chars() {
        digits = character == '[' || digits && character != ']';
        if !digits || character == '[' {
            text.push(character);
        }
    }
    text
}

/// Keys that may be left out: without them there is no such bound, condition or further money, or the choice is asked for
/// when an election needs it (`several-areas`), or a rule, a guarantee or a claim does (`rank-by`).
const OPTIONAL: [&str; 37] = [
    "ballot.category:large",
    "ballot.category:large.max",
    "ballot.category:small",
    "ballot.category:small.max",
    "ballot.channels.internet",
    "ballot.channels.paper",
    "ballot.city-wide",
    "ballot.city-wide.max",
    "ballot.city-wide.max-cost",
    "ballot.each-area",
    "ballot.each-area.max",
    "ballot.local",
    "ballot.local.max",
    "ballot.max-areas",
    "ballot.max-cost",
    "ballot.max-sum",
    "ballot.min",
    "envelope.carried-in",
    "limit",
    "limit[].holds.category",
    "limit[].holds.territory",
    "limit[].scaled-by",
    "limit[].stages",
    "pot[].holds.area",
    "pot[].holds.beneficiary",
    "pot[].holds.category",
    "pot[].holds.cost-above",
    "pot[].holds.cost-at-least",
    "pot[].holds.cost-at-most",
    "pot[].holds.not",
    "pot[].holds.territory",
    "redistribute[].pots",
    "redistribute[].stage",
    "several-areas",
    "stage[].article",
    "stage[].candidates",
    "stage[].rank-by",
];

/// Where one of several keys must stand, its absence is told at the first of them; and the last binding channel is
/// missed where channels are.
const TOLD_AT: [(&str, &str); 8] = [
    ("ballot.channels.assembly", "ballot.channels"),
    ("ballot.channels.internet", "ballot.channels"),
    ("ballot.exactly", "ballot.max"),
    ("limit[].at-most-share", "limit[].at-most"),
    ("pot[].holds.not.beneficiary", "pot[].holds.not"),
    ("pot[].split", "pot[].each-area"),
    ("pot[].split.by.mix", "pot[].split.by.ratio"),
    ("stage[].method", "stage[].rule"),
];

fn told_at(place: &str) -> String {
    let place = general(place);
    let other = TOLD_AT.iter().find(|(key, _)| *key == place);
    other.map_or(place, |(_, told)| (*told).to_owned())
}

#[test]
fn each_key_that_decides_is_missed_by_exactly_one_fault_at_its_place() {
    let (mut missed, mut optional) = (0, BTreeSet::new());
    for card in &CARDS {
        let document: Document = toml::from_str(&card.text()).unwrap();
        let mut all = Vec::new();
        places(document.keys(), "", &mut all);
        // The calendar decides neither money nor winners, and has a list of its own.
        all.retain(|place| !place.starts_with("calendar"));
        // A stage in which people decide needs no tie chain; without its method it would need one too.
        let asked_twice = |place: &str| {
            let ties = place.replace(".method", ".ties");
            place.ends_with(".method") && !all.contains(&ties)
        };
        let all: Vec<&String> = all.iter().filter(|place| !asked_twice(place)).collect();
        for place in all {
            let thin = Document::new(without(document.keys(), "", place));
            let Err(faults) = Regulation::read(&thin) else {
                optional.insert(general(place));
                continue;
            };
            let found: Vec<_> = faults.iter().collect();
            let [fault] = found.as_slice() else {
                panic!("{}: {place}:\n{faults}", card.file);
            };
            assert_eq!(general(&fault.path), told_at(place), "{}", card.file);
            if place == "ballot.channels.assembly" {
                // The other channel only advises.
                assert_eq!(fault.kind, FaultKind::Contradiction);
                continue;
            }
            assert_eq!(fault.kind, FaultKind::MissingChoice, "{place}");
            assert!(!fault.allowed.is_empty(), "{place}");
            missed += 1;
        }
    }
    let optional: Vec<&str> = optional.iter().map(String::as_str).collect();
    assert_eq!(optional, OPTIONAL);
    println!(
        "{missed} keys of {} cards, each missed by one fault",
        CARDS.len()
    );
    assert!(missed > 900);
}
