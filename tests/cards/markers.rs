//! No key of a card without its source, or the word that it is an assumption.

use std::collections::BTreeMap;

use crate::card::CARDS;

/// The evidence that a source may name: recomputed, read, or read in a program's source.
const EVIDENCE: [&str; 3] = ["[D] ", "[R] ", "[S] "];

/// A line with a key: the key, and the comment at its end.
fn keyed(line: &str) -> Option<(&str, Option<&str>)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') || line.starts_with('[') {
        return None;
    }
    let (key, rest) = line.split_once(" = ")?;
    Some((key, rest.split_once("  # ").map(|(_, comment)| comment)))
}

/// How many values a document has that are no tables; a list of texts is one.
fn leaves(value: &toml::Value) -> usize {
    match value {
        toml::Value::Table(table) => table.values().map(leaves).sum(),
        toml::Value::Array(list) if list.iter().any(toml::Value::is_table) => {
            list.iter().map(leaves).sum()
        }
        _ => 1,
    }
}

/// What is wrong with a comment, if it says neither where a key comes from nor that it is assumed.
fn unmarked(comment: Option<&str>) -> bool {
    let Some(comment) = comment else { return true };
    if let Some(source) = comment.strip_prefix("source: ") {
        return !EVIDENCE.iter().any(|tag| {
            source
                .strip_prefix(tag)
                .is_some_and(|what| !what.trim().is_empty())
        });
    }
    let assumed = comment.strip_prefix("assumption: ");
    assumed.is_none_or(|what| what.trim().is_empty())
}

#[test]
fn no_key_is_without_its_source_or_assumption() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for card in &CARDS {
        let text = card.text();
        let value: toml::Value = toml::from_str(&text).unwrap();
        let keys: Vec<(&str, Option<&str>)> = text.lines().filter_map(keyed).collect();
        // A key that hides in another's line would be a leaf without a line.
        assert_eq!(leaves(&value), keys.len(), "{}", card.file);
        for (key, comment) in &keys {
            if unmarked(*comment) {
                faults.push(format!("{}: {key}: {comment:?}", card.file));
            }
        }
        let sources = keys
            .iter()
            .filter(|(_, comment)| comment.is_some_and(|text| text.starts_with("source: ")));
        counts.insert(card.file, (keys.len(), sources.count()));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let all: usize = counts.values().map(|(keys, _)| keys).sum();
    let sources: usize = counts.values().map(|(_, sources)| sources).sum();
    // A card of nothing but assumptions would be an invention.
    for (file, (keys, sources)) in &counts {
        assert!(
            sources * 4 > *keys,
            "{file}: {sources} of {keys} keys have a source"
        );
    }
    assert!(all > sources && sources > 0);
    println!(
        "{all} keys in {} cards: {sources} with a source, {} assumed",
        counts.len(),
        all - sources
    );
}

#[test]
fn a_key_without_a_marker_is_found() {
    assert_eq!(
        keyed("max = 3  # source: [D] META"),
        Some(("max", Some("source: [D] META")))
    );
    assert!(!unmarked(Some("source: [R] press")) && !unmarked(Some("assumption: not established")));
    for comment in [
        None,
        Some("from the press"),
        Some("source: press"),
        Some("source: [M] what everybody knows"),
        Some("source: [R] "),
        Some("assumption: "),
    ] {
        assert!(unmarked(comment), "{comment:?}");
    }
    let hidden: toml::Value = toml::from_str("a = { b = 1, c = [2, 3] }").unwrap();
    assert_eq!(leaves(&hidden), 2);
}

#[test]
fn the_list_of_cards_has_every_card() {
    let list = std::fs::read_to_string(crate::card::folder().join("README.md")).unwrap();
    for card in &CARDS {
        assert!(
            list.contains(&format!("| `{}` |", card.file)),
            "{}",
            card.file
        );
    }
}
