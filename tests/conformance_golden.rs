//! Every outcome of the greedy family and of Equal Shares that an independent implementation computed: same winners,
//! same order, same total.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use std::collections::BTreeMap;

use quartier::count::Count;
use quartier::exact::Ratio;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::rules::Plan;
use rayon::prelude::*;
use serde_json::Value;

/// The rule text for a name in the file, if it is one of the greedy family or of Equal Shares.
fn plan(name: &str) -> Option<Plan> {
    let utility = |name: &str| match name {
        "cardinal" => "points".to_owned(),
        other => other.to_owned(),
    };
    let text = if let Some(name) = name.strip_prefix("greedy-") {
        format!("greedy-welfare:utility={}", utility(name))
    } else {
        let (name, completion) = name.strip_prefix("mes-")?.split_once('+').map_or_else(
            || (name.trim_start_matches("mes-"), ""),
            |(name, completion)| (name, completion),
        );
        let utility = utility(name);
        let completion = match completion {
            "" => String::new(),
            "greedy" => format!("+greedy-welfare:utility={utility}"),
            "add1" => ",completion=add1-until-exhaustive".to_owned(),
            "add1-until-overspending" => ",completion=add1".to_owned(),
            other => panic!("no completion {other}"),
        };
        format!("equal-shares:utility={utility}{completion}")
    };
    Some(text.parse().unwrap())
}

/// What differs between an expected line and the count.
fn difference(line: &Value, plan: &Plan, document: &quartier::pabulib::Document) -> Option<String> {
    let place = format!("{} {}", line["file"], line["rule"]);
    let counted = Count::of(document.election(), plan)
        .ties("id".parse().unwrap())
        .run();
    let counted = match counted {
        Ok(counted) => counted,
        Err(error) => return Some(format!("{place}: {error}")),
    };
    let outcome = counted.outcome().unwrap();
    let expected: Vec<&str> = line["winners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    assert_eq!(line["ordered"], true, "{place}");
    if outcome.winners != expected {
        return Some(format!(
            "{place}: expected {expected:?}, counted {:?}",
            outcome.winners
        ));
    }
    let total: Ratio = line["total_cost"].as_str().unwrap().parse().unwrap();
    // Three lines do not say how many voters there were.
    let voters = line["num_voters"].as_u64().unwrap_or(outcome.voters);
    let same = outcome.spent.to_ratio() == total && outcome.voters == voters;
    (!same).then(|| {
        format!(
            "{place}: expected {total} of {} voters, counted {} of {}",
            line["num_voters"], outcome.spent, outcome.voters
        )
    })
}

#[test]
fn every_line_of_these_rules_agrees() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("conformance/golden.jsonl")).unwrap();
    let mut by_file: BTreeMap<String, Vec<(Value, Plan)>> = BTreeMap::new();
    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if let Some(plan) = plan(line["rule"].as_str().unwrap()) {
            *by_rule
                .entry(line["rule"].as_str().unwrap().to_owned())
                .or_default() += 1;
            by_file
                .entry(line["file"].as_str().unwrap().to_owned())
                .or_default()
                .push((line, plan));
        }
    }
    let files: Vec<_> = by_file.into_iter().collect();
    let differences: Vec<String> = files
        .par_iter()
        .flat_map_iter(|(file, lines)| {
            let bytes = std::fs::read(shared.join("pabulib").join(file)).unwrap();
            let document =
                read_bytes(&bytes, &ReadOptions::lenient().voters(VoterTable::Drop)).unwrap();
            lines
                .iter()
                .filter_map(|(line, plan)| difference(line, plan, &document))
                .collect::<Vec<_>>()
        })
        .collect();
    let compared: usize = by_rule.values().sum();
    println!(
        "golden: {compared} outcomes of {} elections compared, {} differ; {by_rule:?}",
        files.len(),
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 4_000, "only {compared} lines");
}
