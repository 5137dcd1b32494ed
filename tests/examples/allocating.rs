//! `allocate`: the sample city, faults with their places, expected lists, comparisons, what does not exist yet.

use std::fs;

use serde_json::Value;

use crate::{code, folder, json, path, run, stderr, stdout};

const EXAMPLE: &str = "examples/regulations/example-2018.toml";

#[test]
fn the_sample_closes_its_books() {
    let output = run("allocate", ["--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let sample = json(&output);
    assert_eq!(sample["status"], "ok");
    let amount = |key: &str| {
        sample["envelope"][key]
            .as_str()
            .unwrap()
            .parse::<i64>()
            .unwrap()
    };
    let went: i64 = ["funded", "operation", "carried", "returned", "held"]
        .map(amount)
        .iter()
        .sum();
    assert_eq!(
        amount("voted") + amount("extra") + amount("carried-in"),
        went
    );
    let pots = sample["pots"].as_array().unwrap();
    let number = |pot: &Value, key: &str| pot[key].as_str().unwrap().parse::<i64>().unwrap();
    for pot in pots {
        let (got, gave) = (["opened", "added", "in"], ["out", "funded", "left"]);
        let sum = |keys: [&str; 3]| keys.map(|key| number(pot, key)).iter().sum::<i64>();
        assert_eq!(sum(got), sum(gave), "{pot}");
    }
    assert_eq!(pots.len(), 17);
    let kinds: Vec<&str> = sample["awards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|award| award["kind"].as_str().unwrap())
        .collect();
    for kind in ["guarantee", "vote", "almost-funded", "under-served"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    assert!(
        sample["refused"]
            .as_array()
            .unwrap()
            .iter()
            .all(|refused| refused["code"].is_string())
    );
    assert_eq!(sample["areas"].as_array().unwrap().len(), 15);
}

#[test]
fn faults_are_told_with_line_and_column() {
    let folder = folder("allocate-faults");
    let file = folder.join("regulation.toml");
    let text = fs::read_to_string(EXAMPLE).unwrap();
    let text = text
        .replace("holds = \"city-wide\"", "holds = { area = \"atlantis\" }")
        .replace("on-unknown = \"refuse\"", "on-unknown = \"perhaps\"");
    fs::write(&file, &text).unwrap();
    let output = run(
        "allocate",
        ["--regulation", path(&file), "--format", "json"],
    );
    assert_eq!(code(&output), 1);
    let found = json(&output);
    assert_eq!(found["status"], "error");
    let fault = &found["faults"][0];
    assert_eq!(
        (fault["path"].as_str(), fault["fault"].as_str()),
        (Some("eligibility.on-unknown"), Some("bad-value"))
    );
    let line = text
        .lines()
        .position(|line| line.starts_with("on-unknown"))
        .unwrap()
        + 1;
    assert_eq!(
        (fault["line"].as_u64(), fault["column"].as_u64()),
        (Some(line as u64), Some(14))
    );
    assert_eq!(fault["allowed"], serde_json::json!(["refuse", "exclude"]));
    // What only the election shows has its place too.
    fs::write(&file, text.replace("perhaps", "exclude")).unwrap();
    let found = json(&run(
        "allocate",
        ["--regulation", path(&file), "--format", "json"],
    ));
    let fault = &found["faults"][0];
    assert_eq!(
        (
            fault["path"].as_str(),
            fault["fault"].as_str(),
            fault["column"].as_u64()
        ),
        (Some("pot[1].holds"), Some("unknown-area"), Some(9))
    );
    // A choice that is missing is shown at the table that lacks it.
    fs::write(
        &file,
        text.replace("per = \"project\"", "")
            .replace("perhaps", "exclude"),
    )
    .unwrap();
    let output = run("allocate", ["--regulation", path(&file)]);
    assert!(
        stdout(&output).contains("limit[0].per: missing-choice"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_published_list_is_compared() {
    let folder = folder("allocate-expect");
    let sample = json(&run("allocate", ["--format", "json"]));
    let winners: Vec<String> = sample["awards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|award| award["project"].as_str().unwrap().to_owned())
        .collect();
    let (right, wrong) = (folder.join("right.csv"), folder.join("wrong.csv"));
    fs::write(&right, format!("project_id\n{}\n", winners.join("\n"))).unwrap();
    let output = run("allocate", ["--expect", path(&right), "--format", "json"]);
    assert_eq!(
        (code(&output), &json(&output)["expected"]["agrees"]),
        (0, &Value::Bool(true))
    );
    fs::write(
        &wrong,
        format!("project_id;amount\n{};1\n9999;5\n", winners[0]),
    )
    .unwrap();
    let output = run("allocate", ["--expect", path(&wrong), "--format", "json"]);
    let expected = &json(&output)["expected"];
    assert_eq!(
        (code(&output), &expected["missing"][0]),
        (1, &Value::from("9999"))
    );
    assert_eq!(
        expected["other-amount"][0][0],
        Value::from(winners[0].as_str())
    );
    assert_eq!(
        expected["unexpected"].as_array().unwrap().len(),
        winners.len() - 1
    );
}

/// The pilot's question: what would another regulation change on the same votes?
#[test]
fn two_regulations_are_compared_on_the_same_votes() {
    let folder = folder("allocate-compare");
    let other = folder.join("other.toml");
    let text = fs::read_to_string("examples/data/strasbourg/regulation.toml").unwrap();
    fs::write(
        &other,
        text.replace("misfit=skip", "misfit=stop")
            .replace("by = \"population\"", "by = \"equal\""),
    )
    .unwrap();
    let output = run(
        "allocate",
        ["--compare-with", path(&other), "--format", "json"],
    );
    let compared = &json(&output)["compared"];
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        !compared["lost"].as_array().unwrap().is_empty()
            && compared["areas"].as_array().unwrap().len() == 15
    );
    let french = run("allocate", ["--compare-with", path(&other), "--lang", "fr"]);
    assert!(stdout(&french).contains("Comparé à"), "{}", stdout(&french));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn a_lot_is_asked_for_and_ties_can_be_settled_otherwise() {
    let folder = folder("allocate-lot");
    let (law, projects, votes) = (
        folder.join("law.toml"),
        folder.join("projects.csv"),
        folder.join("votes.csv"),
    );
    let text = fs::read_to_string(EXAMPLE).unwrap();
    fs::write(
        &law,
        text.replace("on-unknown = \"refuse\"", "on-unknown = \"exclude\""),
    )
    .unwrap();
    let row = |id: &str| format!("{id};{id};50000;neudorf;resident;12;yes;yes\n");
    fs::write(
        &projects,
        format!(
            "project_id;name;cost;area;proposer;delivery_months;general_interest;feasible\n{}{}",
            row("1"),
            row("2")
        ),
    )
    .unwrap();
    fs::write(&votes, "voter_id;vote;channel\na;1;internet\nb;2;paper\n").unwrap();
    let areas = folder.join("areas.csv");
    fs::write(&areas, "area_id;name;population\nneudorf;Neudorf;40000\n").unwrap();
    let files = [
        "--regulation",
        path(&law),
        "--projects",
        path(&projects),
        "--areas",
        path(&areas),
        "--votes",
        path(&votes),
        "--format",
        "json",
    ];
    let output = run("allocate", files);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    let lot = json(&output);
    assert_eq!(
        (lot["status"].as_str(), &lot["tied"]),
        (Some("lot-required"), &serde_json::json!(["1", "2"]))
    );
    let decisions = folder.join("decisions.toml");
    fs::write(&decisions, "[[decision]]\nkind = \"lot\"\nabout = \"stage:vote\"\nvalue = [\"2\", \"1\"]\nby = \"mayor\"\njustification = \"drawn in public\"\n").unwrap();
    let drawn = run(
        "allocate",
        files
            .iter()
            .copied()
            .chain(["--decisions", path(&decisions)]),
    );
    assert_eq!(json(&drawn)["awards"][0]["project"], "2");
    let chain = run(
        "allocate",
        files.iter().copied().chain(["--ties", "id-desc"]),
    );
    assert_eq!(
        (code(&chain), &json(&chain)["awards"][0]["project"]),
        (0, &Value::from("2"))
    );
}

#[test]
fn the_printed_regulation_and_sample_can_be_used() {
    let folder = folder("allocate-new");
    let law = folder.join("new.toml");
    fs::write(&law, run("allocate", ["--new"]).stdout).unwrap();
    let output = run(
        "allocate",
        [
            "--regulation",
            path(&law),
            "--ties",
            "more-votes,cheaper,id",
            "--format",
            "json",
        ],
    );
    // The sample has projects of which nobody has said whether they are feasible, and `--new` refuses to count then.
    assert_eq!(code(&output), 1);
    assert!(
        json(&output)["error"]
            .as_str()
            .unwrap()
            .contains("on-unknown"),
        "{}",
        stdout(&output)
    );
    let mut command = crate::programs::program("allocate", ["--print", "sample"]);
    let printed = command.current_dir(&folder).output().unwrap();
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    let file = |name: &str| folder.join("sample-city").join(name);
    let (regulation, projects, areas) = (
        file("regulation.toml"),
        file("projects.csv"),
        file("areas.csv"),
    );
    let (internet, paper) = (file("internet.csv"), file("paper.csv"));
    let args = [
        "--regulation",
        path(&regulation),
        "--projects",
        path(&projects),
        "--areas",
        path(&areas),
        "--votes",
        path(&internet),
        path(&paper),
    ];
    let again = run("allocate", args);
    assert_eq!(stdout(&again), stdout(&run("allocate", [] as [&str; 0])));
}

#[test]
fn files_without_a_regulation_are_told_how_to_get_one() {
    let output = run("allocate", ["--projects", "projects.csv"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("--regulation is missing"),
        "{}",
        stderr(&output)
    );
}
