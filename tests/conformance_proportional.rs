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
use quartier::election::{Election, ProjectIx};
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
    ("bos", "bos:utility=cardinality", 47),
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

/// Sequential Phragmén as in a textbook, with a fraction for each distinct ballot; ties by id.
fn textbook(election: &Election, skip: bool) -> Vec<&str> {
    let (instance, profile) = (election.instance(), election.profile());
    let mut loads = vec![Ratio::ZERO; profile.len()];
    let (mut left, mut winners) = (instance.budget(), Vec::new());
    let mut open: Vec<ProjectIx> = instance
        .project_indices()
        .filter(|&project| instance.cost_of(project) <= left)
        .collect();
    loop {
        let time = |project: ProjectIx| {
            let (mut paid, mut voters) = (instance.cost_of(project).to_ratio(), Ratio::ZERO);
            for (ballot, _) in profile.supporters().of_project(project) {
                let count = i128::from(profile.ballot(ballot).unwrap().count());
                paid += &loads[ballot.index()].mul_int(count);
                voters += &Ratio::from(count);
            }
            paid.checked_div(&voters)
        };
        let times = open
            .iter()
            .filter_map(|&project| Some((time(project)?, project)));
        let Some((now, next)) = times.min() else {
            return winners;
        };
        open.retain(|&project| project != next);
        match left.checked_sub(instance.cost_of(next)) {
            Some(rest) if !rest.is_negative() => left = rest,
            _ if skip => continue,
            _ => return winners,
        }
        winners.push(instance.id_of(next));
        for (ballot, _) in profile.supporters().of_project(next) {
            loads[ballot.index()] = now.clone();
        }
    }
}

/// Phragmén against the textbook on every election of at most 200 distinct ballots; with `QUARTIER_LONG=1`, 2,000.
#[test]
fn phragmen_is_the_textbooks() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let is_long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let most = if is_long { 2_000 } else { 200 };
    let folder = std::fs::read_dir(shared.join("pabulib")).unwrap();
    let mut files: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pb"))
        .collect();
    files.sort();
    let compared: Vec<usize> = files
        .par_iter()
        .map(|path| {
            let options = ReadOptions::lenient().voters(VoterTable::Drop);
            let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
            let election = document.election().as_approval();
            if election.profile().len() > most {
                return 0;
            }
            for (rule, skip) in [
                ("phragmen:misfit=stop", false),
                ("phragmen:misfit=skip", true),
            ] {
                let plan: Plan = rule.parse().unwrap();
                let counted = Count::of(&election, &plan)
                    .ties("id".parse().unwrap())
                    .run()
                    .unwrap();
                assert_eq!(
                    counted.outcome().unwrap().winners,
                    textbook(&election, skip),
                    "{rule} {}",
                    path.display()
                );
            }
            1
        })
        .collect();
    let compared: usize = compared.iter().sum();
    println!(
        "phragmen: {compared} of {} elections have at most {most} distinct ballots and agree with the textbook",
        files.len()
    );
    assert!(compared > 100, "only {compared} elections");
}
