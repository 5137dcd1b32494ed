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
const WORDS: [&str; 29] = [
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
    "area:highest-turnout",
    "area:least-amount",
    "pro-rata",
    "stalled",
    "saved",
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

/// All regulations of the repository.
fn files() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert!(texts.len() > 20);
    texts
}

/// Another value in the place of a line's own, or another character somewhere.
fn damage(lines: &mut Vec<String>, dice: &mut Dice) {
    let at = dice.roll(lines.len());
    let quoted = format!("\"{}\"", WORDS[dice.roll(WORDS.len())]);
    let key = lines[at].split_once(" = ").map(|(key, _)| key.to_owned());
    match (dice.roll(8), key) {
        (0, _) => {
            lines.remove(at);
        }
        (1, Some(key)) => lines[at] = format!("{key} = {}", dice.roll(5)),
        (2, Some(key)) => lines[at] = format!("{key} = [{quoted}]"),
        (3, Some(key)) => lines[at] = format!("{key} = {{ amount = {quoted} }}"),
        (4, Some(key)) => lines[at] = format!("{key} = {}", dice.roll(2) == 0),
        (5 | 6, Some(key)) => lines[at] = format!("{key} = {quoted}"),
        _ => {
            let mut line: Vec<char> = lines[at].chars().collect();
            let place = dice.roll(line.len() + 1);
            let new = ['"', '=', '[', ']', '0', '9', 'a', '%', 'é', '.', '-', ' '][dice.roll(12)];
            if dice.roll(2) == 0 && place < line.len() {
                line[place] = new;
            } else {
                line.insert(place, new);
            }
            lines[at] = line.into_iter().collect();
        }
    }
}

/// The text of a file is damaged, and most of what comes out is still TOML: such a document is read and applied, or
/// refused with faults.
#[test]
fn ten_thousand_mutated_files_most_of_which_parse_never_panic() {
    let files = files();
    let projects: [(&str, u32, &[&str], u64); 4] = [
        ("1", 30_000, &["a"], 9),
        ("2", 60_000, &["a"], 8),
        ("3", 90_000, &["b"], 7),
        ("4", 500_000, &[], 6),
    ];
    let election = voted(&[("a", 10), ("b", 20)], &projects);
    let (mut parsed, mut read, mut applied) = (0, 0, 0);
    for seed in 0..10_000_usize {
        let mut dice = Dice(u64::try_from(seed).unwrap() ^ 0xfeed);
        let mut lines: Vec<String> = files[seed % files.len()]
            .lines()
            .map(str::to_owned)
            .collect();
        // Many take whoever is unknown out, so that some of them decide something.
        let unknown = ("on-unknown = \"refuse\"", "on-unknown = \"exclude\"");
        for line in &mut lines {
            *line = line.replace(unknown.0, unknown.1);
        }
        for _ in 0..=dice.roll(3) {
            damage(&mut lines, &mut dice);
        }
        let Ok(document) = toml::from_str::<Document>(&lines.join("\n")) else {
            continue;
        };
        parsed += 1;
        match Regulation::read(&document) {
            Ok(regulation) => {
                read += 1;
                applied += usize::from(regulation.apply(&election, &[]).is_ok());
            }
            Err(faults) => assert!(!faults.is_empty() && !faults.to_string().is_empty()),
        }
    }
    println!("{parsed} of 10000 parsed, {read} were regulations, {applied} were applied");
    assert!(
        parsed > 5_000 && read > 500 && applied > 100,
        "{parsed} {read} {applied}"
    );
}
