//! Every outcome of the rules that divide money between voters that an independent implementation computed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use std::collections::BTreeMap;

use quartier::count::Count;
use quartier::exact::Ratio;
use quartier::pabulib::{Document, ReadOptions, VoterTable, read_bytes};
use quartier::rules::Plan;
use rayon::prelude::*;
use serde_json::Value;

/// The names in the file with the rule text, and how many lines there are.
const RULES: [(&str, &str, usize); 5] = [
    ("phragmen", "phragmen:misfit=stop", 541),
    ("maximin_support", "maximin-support", 36),
    ("ees", "exact-equal-shares:utility=cardinality", 55),
    (
        "ees+addopt",
        "exact-equal-shares:utility=cardinality,completion=add-opt",
        55,
    ),
    // The reference pays by price × cost where an approval counts 1: by the names here that is utility=cost.
    ("bos", "bos:utility=cost", 47),
];

/// What differs between an expected line and the count: these rules are compared as sets.
fn difference(line: &Value, rule: &str, document: &Document) -> Option<String> {
    let place = format!("{} {}", line["file"], line["rule"]);
    let plan: Plan = rule.parse().unwrap();
    let count = Count::of(document.election(), &plan).ties("id".parse().unwrap());
    let counted = match count.run() {
        Ok(counted) => counted,
        Err(error) => return Some(format!("{place}: {error}")),
    };
    let outcome = counted.outcome().unwrap();
    let mut winners = outcome.winners.clone();
    winners.sort();
    let mut expected: Vec<&str> = line["winners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    expected.sort_unstable();
    let total: Ratio = line["total_cost"].as_str().unwrap().parse().unwrap();
    let same = winners == expected && outcome.spent.to_ratio() == total;
    (!same || outcome.voters != line["num_voters"].as_u64().unwrap()).then(|| {
        format!(
            "{place}: expected {expected:?} ({total}), counted {winners:?} ({})",
            outcome.spent
        )
    })
}

fn compare(name: &str, rule: &str, lines: usize) {
    let Some(shared) = shared::folder() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("conformance/golden.jsonl")).unwrap();
    let all = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut by_file: BTreeMap<String, Value> = BTreeMap::new();
    for line in all.filter(|line| line["rule"] == name) {
        by_file.insert(line["file"].as_str().unwrap().to_owned(), line);
    }
    let files: Vec<_> = by_file.into_iter().collect();
    let differences: Vec<String> = files
        .par_iter()
        .filter_map(|(file, line)| {
            let bytes = std::fs::read(shared.join("pabulib").join(file)).unwrap();
            let options = ReadOptions::lenient().voters(VoterTable::Drop);
            let document = read_bytes(&bytes, &options).unwrap();
            difference(line, rule, &document)
        })
        .collect();
    println!(
        "golden {name}: {} outcomes compared with {rule}, {} differ",
        files.len(),
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(files.len(), lines, "lines of {name}");
}

#[test]
fn every_line_agrees() {
    for (name, rule, lines) in RULES {
        compare(name, rule, lines);
    }
}
