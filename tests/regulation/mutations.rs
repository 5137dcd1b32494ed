//! Regulation files that somebody has damaged: refused with faults or applied, never a panic.

use quartier::law::{Document, Value};
use quartier::regulation::Regulation;

use crate::helpers::{EXAMPLE, document, voted};
use crate::rates::RATE;

/// A small generator, so that a failure is found again (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

/// Words and numbers that regulations have, or had better not have.
const WORDS: [&str; 24] = [
    "none",
    "all",
    "local",
    "city-wide",
    "residual",
    "0",
    "1",
    "80000",
    "-5",
    "5%",
    "101%",
    "0%",
    "vote",
    "quartiers",
    "city",
    "pot:city",
    "pot:quartiers/a",
    "treasury",
    "continue",
    "rerun",
    "equal",
    "population",
    "",
    "99999999999999999999999999999999",
];

fn value(dice: &mut Dice) -> Value {
    match dice.roll(6) {
        0 => Value::Flag(dice.roll(2) == 0),
        1 => Value::Integer([0, 1, -1, i64::MAX][dice.roll(4)]),
        2 => Value::List(vec![Value::Text(WORDS[dice.roll(WORDS.len())].to_owned())]),
        3 => Value::Table(vec![("amount".to_owned(), Value::Text("5".to_owned()))]),
        _ => Value::Text(WORDS[dice.roll(WORDS.len())].to_owned()),
    }
}

/// Changes one thing somewhere in a table.
fn mutate(keys: &mut Vec<(String, Value)>, dice: &mut Dice) {
    if keys.is_empty() {
        return keys.push(("new".to_owned(), value(dice)));
    }
    let at = dice.roll(keys.len());
    let deeper = dice.roll(4) != 0;
    match &mut keys[at].1 {
        Value::Table(inner) if deeper => return mutate(inner, dice),
        Value::List(list) if deeper && !list.is_empty() => {
            let item = dice.roll(list.len());
            match &mut list[item] {
                Value::Table(inner) => return mutate(inner, dice),
                other => *other = value(dice),
            }
            return;
        }
        _ => {}
    }
    match dice.roll(5) {
        0 => {
            keys.remove(at);
        }
        1 => {
            let other = keys[dice.roll(keys.len())].1.clone();
            keys[at].1 = other;
        }
        2 => keys.push((format!("{}-", keys[at].0), value(dice))),
        3 => {
            if let Value::List(list) = &mut keys[at].1 {
                let copy = list.first().cloned();
                list.extend(copy);
            }
        }
        _ => keys[at].1 = value(dice),
    }
}

#[test]
fn ten_thousand_mutated_regulations_never_panic() {
    let election = voted(
        &[("a", 10), ("b", 20)],
        &[
            ("1", 30_000, &["a"], 9),
            ("2", 60_000, &["a"], 8),
            ("3", 90_000, &["b"], 7),
            ("4", 500_000, &[], 6),
        ],
    );
    let base = document(
        &[EXAMPLE, "\n", RATE]
            .concat()
            .replace("\"ranked\"", "\"approval\"")
            .replace("borda", "votes")
            .replace("\"refuse\"", "\"exclude\"")
            .replace("[\"resident\", \"collective\"]", "\"any\"")
            .replace(
                "delivery-months-at-most = 24",
                "delivery-months-at-most = \"any\"",
            )
            .replace("[\"general-interest\", \"feasible\"]", "[]"),
    );
    let (mut read, mut refused, mut applied) = (0, 0, 0);
    for seed in 0..10_000 {
        let mut dice = Dice(seed);
        let mut keys = base.keys().to_vec();
        for _ in 0..=dice.roll(3) {
            mutate(&mut keys, &mut dice);
        }
        match Regulation::read(&Document::new(keys)) {
            Ok(regulation) => {
                read += 1;
                applied += usize::from(regulation.apply(&election, &[]).is_ok());
            }
            Err(faults) => {
                refused += 1;
                assert!(!faults.is_empty());
                assert!(
                    faults
                        .iter()
                        .all(|fault| !fault.path.is_empty() && !fault.to_string().is_empty())
                );
            }
        }
    }
    // The mutations are not all nonsense: some are read and applied.
    assert!(
        read > 500 && applied > 300 && refused > 5_000,
        "{read} read, {applied} applied, {refused} refused"
    );
}

/// Damaged text: what is still TOML is a document, and a document is read or refused.
#[test]
fn damaged_text_never_panics() {
    let mut parsed = 0;
    for seed in 0..3_000 {
        let mut dice = Dice(seed ^ 0xfeed);
        let mut text: Vec<char> = EXAMPLE.chars().collect();
        for _ in 0..=dice.roll(2) {
            let at = dice.roll(text.len());
            match dice.roll(3) {
                0 => {
                    text.remove(at);
                }
                1 => text[at] = ['"', '=', '[', ']', '0', '9', 'a', '\n', '%', 'é'][dice.roll(10)],
                _ => text.insert(at, ['"', '#', '.', '-', '1', 'x'][dice.roll(6)]),
            }
        }
        let text: String = text.into_iter().collect();
        if let Ok(document) = toml::from_str::<Document>(&text) {
            parsed += 1;
            let _ = Regulation::read(&document);
        }
    }
    assert!(parsed > 500, "only {parsed} were still documents");
}
