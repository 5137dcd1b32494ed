//! `exchange`: a rule counted from grouped ballots of several stations.

use std::fs;

use crate::programs::run;
use crate::{code, folder, json, path, stderr, stdout};

const STATIONS: [&str; 3] = [
    "examples/data/synthetic-exchange-school.csv",
    "examples/data/synthetic-exchange-canal.csv",
    "examples/data/synthetic-exchange-internet.csv",
];

fn args<'a>(ballots: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
    let projects = [
        "--projects",
        "examples/data/synthetic-exchange-projects.csv",
    ];
    let mut args = projects.to_vec();
    args.extend(["--budget", "100000", "--ballots"]);
    args.extend(ballots);
    args.extend(rest);
    args
}

const VOTES: [&str; 8] = [
    "--form",
    "ranked",
    "--rule",
    "greedy:score=votes,misfit=skip",
    "--ties",
    "none",
    "--format",
    "json",
];

#[test]
fn the_order_of_the_stations_changes_no_byte() {
    let [school, canal, internet] = STATIONS;
    let first = run("exchange", args(&STATIONS, &VOTES));
    assert_eq!(code(&first), 0, "{}", stderr(&first));
    let second = run("exchange", args(&[internet, school, canal], &VOTES));
    assert_eq!(stdout(&first), stdout(&second));
    // By hand: lamp is named by 182 voters, tree by 175, pump by 171, which does not fit any more, bench by 148.
    let line = json(&first);
    assert_eq!(
        line["winners"],
        serde_json::json!(["lamp", "tree", "bench"])
    );
    assert_eq!((&line["voters"], &line["left"]), (&318.into(), &"0".into()));
}

#[test]
fn all_that_is_wrong_with_all_files_is_told() {
    let folder = folder("exchange");
    let one = folder.join("one.csv");
    let two = folder.join("two.csv");
    fs::write(&one, "vote;count\nlamp,,tree;1\n").unwrap();
    fs::write(&two, "vote;count\nlamp;1e3\nlamp;\"2\n").unwrap();
    let output = run(
        "exchange",
        args(&[path(&one), STATIONS[0], path(&two)], &VOTES),
    );
    assert_eq!(code(&output), 1);
    let line = json(&output);
    let told: Vec<(&str, u64, u64)> = line["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let number = |key: &str| found[key].as_u64().unwrap();
            (
                found["code"].as_str().unwrap(),
                number("line"),
                number("column"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("not-a-ballot", 2, 6),
            ("not-a-number", 2, 7),
            ("unclosed-quote", 3, 6)
        ]
    );
}

#[test]
fn a_tie_that_nobody_settles_asks_for_a_lot() {
    let file = folder("exchange-lot").join("tied.csv");
    fs::write(&file, "vote;count;note\npump;3;x\ntree;3;\n").unwrap();
    let output = run("exchange", args(&[path(&file)], &VOTES));
    assert_eq!(code(&output), 3);
    assert_eq!(json(&output)["tied"], serde_json::json!(["pump", "tree"]));
    assert!(
        stderr(&output).contains("unused-column"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_contradicts_itself_is_a_usage_error() {
    let graded = [
        "--form",
        "grades",
        "--rule",
        "greedy:score=votes,misfit=skip",
        "--ties",
        "id",
    ];
    assert_eq!(code(&run("exchange", args(&STATIONS, &graded))), 2);
    assert_eq!(code(&run("exchange", args(&["-", "-"], &VOTES))), 2);
}
