//! The program `tally` on input that is wrong, and on choices that are missing.

use std::fmt::Write as _;
use std::fs;

use serde_json::json;

use crate::programs::run;
use crate::tally::{DATA, RULE, sample, tally_of};
use crate::{code, folder, json, path, stderr, stdout};

#[test]
fn required_choices_are_asked_for_all_at_once() {
    let output = sample(&[]);
    assert_eq!(code(&output), 2);
    for key in [
        "form",
        "invalid",
        "duplicates",
        "blank-ballots-count",
        "channels",
    ] {
        assert!(
            stderr(&output).contains(&format!("`{key}` is missing: choose")),
            "{}",
            stderr(&output)
        );
    }
    let output = sample(&["--rule", "form=approval,invalid=void", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let found = json(&output);
    assert_eq!(found["status"], "error");
    let paths: Vec<&str> = found["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["duplicates", "blank-ballots-count", "channels"]);
    // Ranked ballots can be counted in many ways.
    let ranked = RULE.replace("approval", "ranked");
    let output = sample(&["--rule", &ranked]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("--score is missing"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn faults_of_a_regulation_have_their_paths() {
    let folder = folder("regulation");
    let file = folder.join("regulation.toml");
    let text = fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(DATA)
            .join("regulation.toml"),
    )
    .unwrap();
    fs::write(
        &file,
        text.replace("max = 3", "max = \"three\"")
            .replace("\"void\"", "\"perhaps\""),
    )
    .unwrap();
    let output = sample(&["--regulation", path(&file), "--format", "json"]);
    assert_eq!(code(&output), 1);
    let faults = json(&output)["faults"].clone();
    let paths: Vec<&str> = faults
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["ballot.max", "ballot.invalid"]);
}

#[test]
fn a_wrong_encoding_is_placed_and_what_was_set_aside_is_counted() {
    // `é` in windows-1252 is a byte that is no UTF-8.
    let votes = b"voter_id;vote;channel\nv1;1,2;internet\nv\xe9;1;paper\nv3;2;paper\n";
    let (status, found) = tally_of("encoding", votes, &[]);
    assert_eq!(status, 1);
    assert_eq!(
        (&found["received"], &found["accepted"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(found["void"], json!({"unreadable": 1}));
    let told = &found["diagnostics"][0];
    assert_eq!((&told["line"], &told["column"]), (&json!(3), &json!(2)));
    assert!(told.to_string().contains("windows-1252"), "{told}");
    let (status, found) = tally_of("encoding", votes, &["--encoding", "windows-1252"]);
    assert_eq!((status, &found["accepted"]), (0, &json!(3)));
}

#[test]
fn ten_megabytes_in_one_line_and_open_quotes_set_aside_one_vote_each() {
    let mut votes = b"voter_id;vote;channel\nv1;1;paper\nv2;".to_vec();
    votes.resize(10 << 20, b'1');
    votes.extend_from_slice(b";paper\nv3;2;paper\n\"v4;2;paper\nv5;\"2\"x;paper\nv6;2;paper\n");
    let (status, found) = tally_of("long", &votes, &[]);
    assert_eq!(status, 1);
    assert_eq!(
        (&found["received"], &found["accepted"]),
        (&json!(6), &json!(3))
    );
    assert_eq!(found["void"], json!({"unreadable": 3}));
    let lines: Vec<u64> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| told["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [3, 5, 6]);
}

#[test]
fn wrong_votes_are_placed_and_spreadsheet_damage_is_named() {
    let votes = b"voter_id;vote;channel;area\n\
        v1;1,77;paper;neudorf\n\
        v2;01;paper;neudorf\n\
        1,23457E+11;1;paper;neudorf\n\
        v4;3;paper;neudorf\n\
        v5;1,1;paper;neudorf\n\
        v6;1;telephone;neudorf\n\
        v7;1;paper;neudorf\n";
    let home = RULE.replace("max=2", "max=2,elsewhere.max=0");
    let (status, found) = tally_of("wrong", votes, &["--rule", &home]);
    assert_eq!(status, 1);
    assert_eq!(
        (&found["received"], &found["accepted"]),
        (&json!(7), &json!(1))
    );
    assert_eq!(
        found["void"],
        json!({"unknown-project": 2, "unreadable": 1, "outside-scope": 1, "repeated-project": 1, "unknown-channel": 1})
    );
    let aside = found["set-aside"].as_array().unwrap();
    let place = |at: usize| {
        (
            aside[at]["line"].as_u64().unwrap(),
            aside[at]["column"].as_u64().unwrap(),
        )
    };
    assert_eq!((place(0), place(1)), ((2, 6), (3, 4)));
    assert_eq!(
        aside[1]["detail"],
        "did a spreadsheet change `1` into `01`?"
    );
    assert!(found["diagnostics"][0].to_string().contains("1,23457E+11"));
}

#[test]
fn a_header_that_cannot_be_right_is_refused_with_all_that_is_wrong() {
    let folder = folder("header");
    let file = folder.join("votes.csv");
    fs::write(&file, "voter;vote;vote\nv1;1;1\n").unwrap();
    let output = run(
        "tally",
        ["--votes", path(&file), "--rule", RULE, "--format", "json"],
    );
    assert_eq!(code(&output), 1);
    let found = json(&output);
    assert_eq!(found["status"], "error");
    assert!(found["faults"].as_array().unwrap().len() >= 2, "{found}");
}

#[test]
fn voters_who_are_not_settled_are_named() {
    let rule = RULE.replace("duplicates=last", "duplicates=refuse");
    let (status, found) = tally_of(
        "refuse",
        b"voter_id;vote;channel\nv1;1;paper\nv1;2;internet\n",
        &["--rule", &rule],
    );
    assert_eq!((status, &found["status"]), (1, &json!("error")));
    assert!(
        found["faults"][0]["message"]
            .as_str()
            .unwrap()
            .contains("voter `v1` has 2 votes"),
        "{found}"
    );
    // A ruling settles it, and is kept with the result.
    let rulings = folder("rulings").join("rulings.toml");
    let source = folder("refuse").join("votes.csv");
    fs::write(&rulings, format!("[[ruling]]\nsource = \"{}\"\nline = 3\nverdict = \"void\"\nby = \"clerk\"\njustification = \"minutes 7\"\n", path(&source))).unwrap();
    let more = ["--rule", &rule, "--rulings", path(&rulings)];
    let (status, found) = tally_of(
        "refuse",
        b"voter_id;vote;channel\nv1;1;paper\nv1;2;internet\n",
        &more,
    );
    assert_eq!((status, &found["void"]), (0, &json!({"ruled": 1})));
    assert_eq!(found["rulings"][0]["by"], "clerk");
}

#[test]
fn anonymous_blank_ballots_are_received() {
    let votes = b"voter_id;vote\n;1\n;\n;\n;2\n;\n";
    let (_, found) = tally_of("blank", votes, &[]);
    // The last one cannot be told from what spreadsheets add, and is told.
    assert_eq!(found["received"], 4, "{found}");
    let codes: Vec<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| told["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["blank-voter-ids", "padding"]);
}

const KNAPSACK: &str = "form=knapsack,invalid=void,duplicates=last,blank-ballots-count=false,channels=internet:binding;paper:binding";

#[test]
fn a_knapsack_needs_its_budget() {
    let votes = b"voter_id;vote;channel\nv1;1;paper\n";
    let (status, found) = tally_of("knapsack", votes, &["--rule", KNAPSACK]);
    assert_eq!((status, &found["status"]), (1, &json!("error")), "{found}");
    assert_eq!(found["faults"][0]["fault"], "budget-missing");
    let more = ["--rule", KNAPSACK, "--budget", "10000000"];
    let (status, found) = tally_of("knapsack", votes, &more);
    assert_eq!((status, &found["accepted"]), (0, &json!(1)), "{found}");
    // What the regulation says is the budget; two that differ are a contradiction.
    let regulation = folder("knapsack-regulation").join("r.toml");
    let text = "[envelope]\nvoted = \"10000000\"\n[ballot]\nform = \"knapsack\"\ninvalid = \"void\"\nduplicates = \"last\"\n\
        blank-ballots-count = false\nchannels = { paper = \"binding\" }\n";
    fs::write(&regulation, text).unwrap();
    let output = sample(&["--regulation", path(&regulation), "--format", "json"]);
    let found = json(&output);
    assert!(found["void"].get("cost-above").is_none(), "{found}");
    assert!(found["accepted"].as_u64().unwrap() > 0, "{found}");
    // It has no stage that ranks, and that is said.
    assert!(found["notes"].to_string().contains("--score"), "{found}");
    let output = sample(&["--regulation", path(&regulation), "--budget", "7"]);
    assert_eq!(code(&output), 1);
    assert!(
        stdout(&output).contains("leave one out"),
        "{}",
        stdout(&output)
    );
    // Without costs nothing can be measured.
    let file = folder("knapsack-costs").join("votes.csv");
    fs::write(&file, votes).unwrap();
    let output = run(
        "tally",
        ["--votes", path(&file), "--rule", KNAPSACK, "--budget", "7"],
    );
    assert!(
        stdout(&output).contains("--projects"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_regulation_with_a_rule_that_cannot_be_read_is_refused_at_its_path() {
    let sample_text = fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(DATA)
            .join("regulation.toml"),
    )
    .unwrap();
    let file = folder("typo").join("r.toml");
    fs::write(
        &file,
        sample_text
            .replace("greedy:score=borda", "greedy:score=bodra")
            .replace("max = 3", "max = \"three\""),
    )
    .unwrap();
    let output = sample(&["--regulation", path(&file), "--format", "json"]);
    assert_eq!(code(&output), 1);
    let found = json(&output);
    let paths: Vec<&str> = found["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["ballot.max", "stage[0].rule"]);
}

#[test]
fn ballots_without_the_voters_order_are_not_cut_off() {
    let rule = "form=approval,max=1,invalid=truncate,duplicates=refuse,blank-ballots-count=true,channels=internet:binding;paper:binding";
    let args = [
        "--votes",
        crate::SAMPLE,
        "--election",
        crate::SAMPLE,
        "--lenient",
        "--rule",
        rule,
    ];
    let output = run("tally", args);
    assert_eq!(code(&output), 1);
    assert!(
        stdout(&output).contains("does not keep the voter's order"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn the_same_file_twice_is_refused_and_two_stations_may_use_one_name() {
    let folder = folder("stations");
    let write = |station: &str, text: &str| {
        let file = folder.join(station).join("votes.csv");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    };
    let one = write("one", "voter_id;vote;channel\n;1;paper\n");
    let two = write("two", "voter_id;vote;channel\n;2;paper\n");
    let copy = write("copy", "voter_id;vote;channel\n;1;paper\n");
    let empty = write("empty", "voter_id;vote;channel\n");
    let none = write("none", "voter_id;vote;channel\n");
    let projects = format!("{DATA}/projects.csv");
    let tally = |files: &[&std::path::Path]| {
        let mut args = vec!["--projects", &projects, "--rule", RULE, "--format", "json"];
        args.push("--votes");
        args.extend(files.iter().map(|file| path(file)));
        let output = run("tally", args);
        (code(&output), json(&output))
    };
    let (status, found) = tally(&[&one, &two, &empty, &none]);
    assert_eq!((status, &found["received"]), (0, &json!(2)), "{found}");
    let (status, found) = tally(&[&one, &two, &copy]);
    assert_eq!(
        (status, &found["faults"][0]["fault"]),
        (1, &json!("repeated-file"))
    );
    let message = found["faults"][0]["message"].as_str().unwrap();
    assert!(
        message.contains(path(&one)) && message.contains(path(&copy)),
        "{message}"
    );
}

/// A key of 32 bytes in a folder of its own, with something after it.
#[test]
fn marks_of_another_form_are_no_projects() {
    let file = folder("no-projects").join("votes.csv");
    fs::write(
        &file,
        "voter_id;vote;channel\nv1;a:3,b;paper\nv2;+c;paper\n",
    )
    .unwrap();
    let output = run(
        "tally",
        ["--votes", path(&file), "--rule", RULE, "--format", "json"],
    );
    assert_eq!(code(&output), 1);
    let found = json(&output);
    assert_eq!(found["faults"].as_array().unwrap().len(), 2, "{found}");
    assert!(found.to_string().contains("--projects"));
}

#[test]
fn many_faults_are_counted_and_some_are_shown() {
    let rule = RULE.replace("duplicates=last", "duplicates=refuse");
    let mut votes = "voter_id;vote;channel\n".to_owned();
    for voter in 0..1_500 {
        writeln!(votes, "v{voter};1;paper\nv{voter};2;paper").unwrap();
    }
    let (_, found) = tally_of("many", votes.as_bytes(), &["--rule", &rule]);
    assert_eq!(found["faults"].as_array().unwrap().len(), 1_000);
    assert_eq!(found["faults-in-all"], 1_500);
    let file = folder("many-text").join("votes.csv");
    fs::write(&file, votes).unwrap();
    let projects = format!("{DATA}/projects.csv");
    let output = run(
        "tally",
        [
            "--votes",
            path(&file),
            "--projects",
            &projects,
            "--rule",
            &rule,
            "--list",
            "3",
        ],
    );
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.ends_with("and 1497 more\n"), "{text}");
}
