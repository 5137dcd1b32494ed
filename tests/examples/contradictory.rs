//! A regulation that contradicts itself is refused with all its faults, each at its line and column.

use std::fs;

use serde_json::{Value, json};

use crate::{code, folder, json as parsed, path, run, stdout};

/// The example with one fault of each sort, each marked by a comment at the end of its line.
const FAULTY: &str = r#"name = "Contradictory"
edition = "2018"

[envelope]
base = 100000000                    # wrong-type: the amount has no quotes
at-most = "5%"
voted = "1000000"
granularity = "1"                   # missing-choice: no currency, which the table [envelope] lacks

[eligibility]
proposer = "any"
delivery-months-at-most = "any"
attested = []
on-unknown = "refuse"
colour = "blue"                     # unknown-key

[ballot]
form = "approval"
max = 3
invalid = "void"
duplicates = "refuse"
blank-ballots-count = false
channels = { internet = "binding" }

[[pot]]
id = "whole"
amount = "600000"
holds = "all"

[[pot]]
id = "north"
parent = "whole"
amount = "400000"
holds = "all"

[[pot]]
id = "south"
parent = "whole"
amount = "300000"                   # above-parent: 700 000 of 600 000
holds = "all"

[[limit]]
per = "area"
holds = "all"
at-most-projects = 1
after-top-up = "binds"

[[stage]]
id = "vote"
pots = ["north", "south", "west"]   # unknown-pot: west
rule = "greedy:score=votes,misfit=skip"
ties = ["id"]
guarantee = { per = "area", projects = 2, when = "before", if-none = "release" }

[[redistribute]]
from = ["unspent"]
pots = ["north"]
mode = "continue"
claims = []
rest = "pot:south"

[[redistribute]]
from = ["unspent"]
pots = ["south"]
mode = "continue"
claims = []
rest = "pot:north"                  # circular-transfer
"#;

/// Line and column of a text in the file, from 1.
fn place(of: &str) -> (u64, u64) {
    let at = FAULTY.find(of).unwrap();
    let before = &FAULTY[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (
        u64::try_from(line).unwrap(),
        u64::try_from(at - start + 1).unwrap(),
    )
}

#[test]
fn a_contradictory_regulation_is_refused_with_all_its_faults_at_their_places() {
    let folder = folder("contradictory");
    let file = folder.join("regulation.toml");
    fs::write(&file, FAULTY).unwrap();
    let output = run(
        "allocate",
        ["--regulation", path(&file), "--format", "json"],
    );
    assert_eq!(code(&output), 1);
    let report = parsed(&output);
    assert_eq!(report["status"], "error");
    let expected = [
        ("envelope.base", "wrong-type", place("100000000")),
        ("envelope.currency", "missing-choice", place("[envelope]")),
        ("eligibility.colour", "unknown-key", place("\"blue\"")),
        ("pot[2].amount", "above-parent", place("\"300000\"")),
        ("stage[0].pots[2]", "unknown-pot", place("\"west\"")),
        (
            "redistribute[1].rest",
            "circular-transfer",
            place("\"pot:north\""),
        ),
        (
            "stage[0].guarantee",
            "contradiction",
            place("{ per = \"area\", projects"),
        ),
    ];
    let found: Vec<Value> = report["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            json!([
                fault["path"],
                fault["fault"],
                fault["line"],
                fault["column"]
            ])
        })
        .collect();
    let expected = expected.map(|(path, fault, (line, column))| json!([path, fault, line, column]));
    assert_eq!(found, expected);
    // For people: every place, the line itself, and what may stand there.
    let output = run("allocate", ["--regulation", path(&file)]);
    let text = stdout(&output);
    for part in [
        "has 7 fault(s)",
        "line 5, column 8: envelope.base: wrong-type",
        "write an amount in quotes",
        "700000.00 of 600000",
        "limit[0] allows at most 1 projects",
        "what reaches `north` would be taken from it and come back",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

/// An area that the election does not have is found once the regulation itself is right.
#[test]
fn an_unknown_area_has_its_place_too() {
    let folder = folder("unknown-area");
    let file = folder.join("regulation.toml");
    let text = fs::read_to_string("examples/data/strasbourg/regulation.toml").unwrap();
    let wrong = text.replacen(
        "holds = \"city-wide\"",
        "holds = { area = \"atlantis\" }",
        1,
    );
    assert_ne!(wrong, text);
    fs::write(&file, &wrong).unwrap();
    let output = run(
        "allocate",
        ["--regulation", path(&file), "--format", "json"],
    );
    let fault = parsed(&output)["faults"][0].clone();
    let line = wrong
        .lines()
        .position(|line| line.contains("atlantis"))
        .unwrap()
        + 1;
    assert_eq!(
        (code(&output), &fault["fault"]),
        (1, &json!("unknown-area"))
    );
    assert_eq!(
        (fault["line"].as_u64(), fault["column"].as_u64()),
        (Some(line as u64), Some(9))
    );
    assert!(fault["allowed"].as_array().unwrap().len() > 10);
}

/// What would make a result of nothing, or of half the votes, is said.
#[test]
fn votes_that_are_missing_or_void_do_not_go_unnoticed() {
    let folder = folder("votes-unnoticed");
    let (projects, votes) = (folder.join("projects.csv"), folder.join("votes.csv"));
    let law = folder.join("law.toml");
    let text = fs::read_to_string("examples/regulations/example-2018.toml").unwrap();
    fs::write(
        &law,
        text.replace("on-unknown = \"refuse\"", "on-unknown = \"exclude\""),
    )
    .unwrap();
    fs::write(
        &projects,
        "project_id;name;cost;area;proposer;delivery_months;general_interest;feasible\na;A;5;port;resident;2;yes;yes\n",
    )
    .unwrap();
    fs::write(
        &votes,
        "voter_id;vote;channel\n1;a;internet\n2;a;web\n3;b;paper\n",
    )
    .unwrap();
    let areas = folder.join("areas.csv");
    fs::write(&areas, "area_id;name;population\nport;Port;10\n").unwrap();
    let files = [
        "--regulation",
        path(&law),
        "--projects",
        path(&projects),
        "--areas",
        path(&areas),
    ];
    let output = run("allocate", files);
    assert_eq!(code(&output), 2);
    let message = std::str::from_utf8(&output.stderr).unwrap();
    assert!(message.contains("nobody's vote would count"), "{message}");
    for (lang, expected) in [
        (
            "en",
            "  1 void: they came by a channel that the regulation does not name\n",
        ),
        ("fr", "  1 nuls: ils nomment un projet qui n'existe pas\n"),
    ] {
        let more = ["--votes", path(&votes), "--lang", lang];
        let output = run("allocate", files.iter().chain(&more));
        assert!(stdout(&output).contains(expected), "{}", stdout(&output));
    }
}
