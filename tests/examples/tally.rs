//! The program `tally`: the contract's output, and files with everything wrong that happens in real ones.

use std::fs;

use serde_json::{Value, json};

use crate::programs::{run, run_with};
use crate::{code, folder, is_golden, json, path, stderr, stdout};

pub(crate) const DATA: &str = "examples/data/tally";
pub(crate) const RULE: &str = "form=approval,max=2,invalid=void,duplicates=last,blank-ballots-count=false,channels=internet:binding;paper:binding";

/// The sample with its regulation and further arguments.
pub(crate) fn sample(more: &[&str]) -> std::process::Output {
    let file = |name: &str| format!("{DATA}/{name}");
    let mut args = vec![
        "--projects".to_owned(),
        file("projects.csv"),
        "--areas".to_owned(),
        file("areas.csv"),
    ];
    args.extend([
        "--votes".to_owned(),
        file("internet.csv"),
        file("paper.csv"),
    ]);
    args.extend(more.iter().map(|arg| (*arg).to_owned()));
    run("tally", args)
}

pub(crate) fn regulated(more: &[&str]) -> std::process::Output {
    let regulation = format!("{DATA}/regulation.toml");
    let mut args = vec!["--regulation", &regulation];
    args.extend(more);
    sample(&args)
}

/// Votes for the sample's projects, by the rules above.
pub(crate) fn tally_of(test: &str, votes: &[u8], more: &[&str]) -> (i32, Value) {
    let file = folder(test).join("votes.csv");
    fs::write(&file, votes).unwrap();
    let projects = format!("{DATA}/projects.csv");
    let mut args = vec![
        "--votes",
        path(&file),
        "--projects",
        &projects,
        "--format",
        "json",
    ];
    if !more.contains(&"--rule") {
        args.extend(["--rule", RULE]);
    }
    args.extend(more);
    let output = run("tally", args);
    (code(&output), json(&output))
}

#[test]
fn the_sample_as_text_and_as_json() {
    let manifest = format!("{DATA}/manifest.csv");
    let text = regulated(&[
        "--manifest",
        &manifest,
        "--side-by-side",
        "--turnout",
        "population",
        "--smallest-group",
        "5",
    ]);
    assert!(is_golden("tally-sample.txt", &text));
    let output = regulated(&["--manifest", &manifest, "--format", "json"]);
    assert_eq!(code(&output), 0);
    let found = json(&output);
    // Worked out by hand from the files: 14 records; a02 and a05 voted on paper as well, a04 named four projects, a06
    // nobody, a08 had moved away, b04 named a project that does not exist.
    assert_eq!(found["received"], 14);
    assert_eq!(found["accepted"], 8);
    assert_eq!(found["blank"], 1);
    assert_eq!(found["void"], json!({"too-many": 1, "unknown-project": 1}));
    assert_eq!(
        (
            &found["superseded"],
            &found["duplicate"],
            &found["ineligible"]
        ),
        (&json!(2), &json!(0), &json!(1))
    );
    assert_eq!(found["by-channel"]["paper"]["accepted"], 5);
    assert_eq!(found["differences"], json!([]));
    // Borda of at most 3: a01 2>1>5, a03 3>4>5, a07 5>3, a02 1>2>5, b01 2, b02 5>2>1, a05 4>3, b03 3>4.
    assert_eq!(
        found["scores"],
        json!({"1": "6", "2": "10", "3": "10", "4": "7", "5": "9"})
    );
    assert_eq!(found["ranking"], json!([["2", "3"], ["5"], ["4"], ["1"]]));
}

#[test]
fn every_difference_to_the_announced_totals_is_listed() {
    let folder = folder("manifest");
    let manifest = folder.join("manifest.csv");
    fs::write(
        &manifest,
        "channel;station;received;blank;void\ninternet;;9;1;1\npaper;school;3;;\n",
    )
    .unwrap();
    let output = regulated(&["--manifest", path(&manifest), "--format", "json"]);
    assert_eq!(code(&output), 1);
    let differences = json(&output)["differences"].clone();
    let codes: Vec<&str> = differences
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["figure", "station-not-announced"]);
}

#[test]
fn pseudonyms_meet_across_channels_and_other_methods_are_refused() {
    let key = folder("key").join("key");
    fs::write(&key, (0..32).map(|byte| byte * 7 + 1).collect::<Vec<u8>>()).unwrap();
    let votes = b"voter_id;vote;channel;time\nv1;1;paper;1\nv1;2;internet;2\n";
    let more = ["--pseudonyms", "hmac-sha256", "--pseudonym-key", path(&key)];
    let (status, found) = tally_of("pseudonyms", votes, &more);
    assert_eq!((status, &found["superseded"]), (0, &json!(1)));
    let file = folder("pseudonyms-refused").join("votes.csv");
    fs::write(&file, votes).unwrap();
    let output = run(
        "tally",
        [
            "--votes",
            path(&file),
            "--rule",
            RULE,
            "--pseudonyms",
            "sha256",
            "--pseudonym-key",
            path(&key),
        ],
    );
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("sha256"), "{}", stderr(&output));
}

#[test]
fn grouped_ballots_are_written_and_tallied_again_to_the_same_scores() {
    let folder = folder("grouped");
    let grouped = folder.join("grouped.csv");
    let first = regulated(&["--format", "json", "--grouped", path(&grouped)]);
    let text = fs::read_to_string(&grouped).unwrap();
    assert!(text.starts_with("channel;area;vote;count"), "{text}");
    let projects = format!("{DATA}/projects.csv");
    let regulation = format!("{DATA}/regulation.toml");
    let again = run(
        "tally",
        [
            "--votes",
            path(&grouped),
            "--projects",
            &projects,
            "--regulation",
            &regulation,
            "--format",
            "json",
        ],
    );
    assert_eq!(code(&again), 0, "{}", stdout(&again));
    assert_eq!(json(&again)["scores"], json(&first)["scores"]);
}

#[test]
fn other_forms_of_votes_give_the_same_tally() {
    let csv = "voter_id;vote;channel\nv1;1,2;paper\nv2;2;internet\n";
    let (_, of_csv) = tally_of("forms", csv.as_bytes(), &[]);
    let folder = folder("forms-json");
    let lines = folder.join("votes.jsonl");
    fs::write(&lines, "{\"voter_id\":\"v1\",\"vote\":\"1,2\",\"channel\":\"paper\"}\n{\"voter_id\":\"v2\",\"vote\":{\"approval\":[\"2\"]},\"channel\":\"internet\"}\n").unwrap();
    let projects = format!("{DATA}/projects.csv");
    let args = [
        "--projects",
        &projects,
        "--rule",
        RULE,
        "--format",
        "json",
        "--votes",
    ];
    let of_json = run("tally", args.iter().copied().chain([path(&lines)]));
    assert_eq!(json(&of_json)["scores"], of_csv["scores"]);
    let of_stdin = run_with("tally", args.iter().copied().chain(["-"]), csv.as_bytes());
    assert_eq!(json(&of_stdin)["scores"], of_csv["scores"]);
    // An election of the archive's format.
    let rule = "form=approval,invalid=void,duplicates=refuse,blank-ballots-count=true,channels=internet:binding;paper:binding";
    let of_pb = run(
        "tally",
        [
            "--votes",
            crate::SAMPLE,
            "--election",
            crate::SAMPLE,
            "--lenient",
            "--rule",
            rule,
            "--format",
            "json",
        ],
    );
    assert_eq!(code(&of_pb), 0, "{}{}", stdout(&of_pb), stderr(&of_pb));
    assert!(json(&of_pb)["accepted"].as_u64().unwrap() > 0);
}

#[test]
fn totals_of_paper_are_added_and_anomalies_shown() {
    let folder = folder("totals");
    let totals = folder.join("paper.csv");
    fs::write(&totals, "channel;area;project_id;votes\npaper;;2;40\n").unwrap();
    let checks = folder.join("checks.toml");
    fs::write(
        &checks,
        "[[check]]\ncheck = \"shared-value\"\nattribute = \"ip\"\nat-most = 1\n",
    )
    .unwrap();
    let votes = b"voter_id;vote;channel;ip\nv1;1;internet;10.0.0.1\nv2;1;internet;10.0.0.1\n";
    let (status, found) = tally_of(
        "totals-votes",
        votes,
        &["--aggregates", path(&totals), "--checks", path(&checks)],
    );
    assert_eq!(status, 0, "{found}");
    assert_eq!(
        (&found["scores"]["1"], &found["scores"]["2"]),
        (&json!("2"), &json!("40"))
    );
    assert_eq!(found["anomalies"]["findings"][0]["code"], "shared-value");
}

fn key(test: &str, after: &str) -> std::path::PathBuf {
    let key = folder(test).join("key");
    let mut bytes: Vec<u8> = (0..32).map(|byte| byte * 7 + 1).collect();
    bytes.extend_from_slice(after.as_bytes());
    fs::write(&key, bytes).unwrap();
    key
}

#[test]
fn with_pseudonyms_no_message_shows_an_id() {
    let votes = b"voter_id;vote;channel\nWeber-1984;\"1;paper\nWeber-1985;1;paper;x\n";
    let key = key("withheld-key", "");
    let more = ["--pseudonyms", "hmac-sha256", "--pseudonym-key", path(&key)];
    let (status, found) = tally_of("withheld", votes, &more);
    assert_eq!(status, 1);
    let told = found["diagnostics"].as_array().unwrap();
    assert_eq!((told.len(), &told[0]["line"]), (2, &json!(2)));
    assert!(!found.to_string().contains("Weber"), "{found}");
    // Nor where the file is refused as a whole.
    let (_, found) = tally_of("withheld", b"voter_id;vote;vote\nWeber-1984;\"1;1\n", &more);
    assert_eq!(found["status"], "error");
    assert!(!found.to_string().contains("Weber"), "{found}");
    // Without a key they are shown, so that they can be found.
    assert!(
        tally_of("withheld", votes, &[])
            .1
            .to_string()
            .contains("Weber")
    );
}

#[test]
fn a_line_end_after_the_key_is_not_the_key() {
    let votes = b"voter_id;vote;channel;time\nv1;1;paper;1\nv1;2;internet;2\n";
    let of_voter = |test: &str, after: &str| {
        let key = key(test, after);
        let more = ["--pseudonyms", "hmac-sha256", "--pseudonym-key", path(&key)];
        tally_of(&format!("{test}-votes"), votes, &more).1["settled"][0]["voter"].clone()
    };
    let plain = of_voter("key-plain", "");
    assert!(plain.as_str().is_some_and(|voter| voter.len() == 32));
    assert_eq!(of_voter("key-lf", "\n"), plain);
    assert_eq!(of_voter("key-crlf", "\r\n"), plain);
    assert_ne!(of_voter("key-two", "\n\n"), plain);
}

#[test]
fn the_register_says_which_vote_was_set_aside_for_which() {
    let register = folder("register-out").join("register.csv");
    let votes = b"voter_id;vote;channel;time\nv1;1;paper;1\nv1;2;internet;2\nv2;77;paper;1\n";
    let (status, found) = tally_of("register", votes, &["--register", path(&register)]);
    assert_eq!(status, 0);
    let settled = &found["settled"][0];
    assert_eq!(
        (&settled["voter"], &settled["as"]),
        (&json!("v1"), &json!("superseded"))
    );
    assert_eq!(
        (&settled["kept"]["line"], &settled["set-aside"]["line"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(found["settled-in-all"], 1);
    let text = fs::read_to_string(&register).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(
        lines[1].starts_with("v1;paper;") && lines[1].ends_with("line 3"),
        "{text}"
    );
    assert!(lines[1].contains(";2;superseded;"), "{text}");
    assert!(lines[3].contains(";void;unknown-project"), "{text}");
}

#[test]
fn voters_whose_ids_look_alike_are_always_listed() {
    let votes = b"voter_id;vote;channel\n007;1;paper\n7;2;internet\nab;1;paper\nAB;1;paper\n";
    let (status, found) = tally_of("alike", votes, &[]);
    assert_eq!(status, 0);
    assert_eq!(found["look-alikes"], json!([["007", "7"], ["AB", "ab"]]));
    // Before they become pseudonyms, by which they are told.
    let key = key("alike-key", "");
    let more = ["--pseudonyms", "hmac-sha256", "--pseudonym-key", path(&key)];
    let (_, found) = tally_of("alike", votes, &more);
    assert_eq!(found["look-alikes-in-all"], 2);
    assert_eq!(found["look-alikes"][0][0].as_str().unwrap().len(), 32);
}

#[test]
fn channels_that_decide_nothing_are_ranked_by_the_same_score() {
    let rule = RULE
        .replace("form=approval,max=2", "form=ranked,max=3")
        .replace("internet:binding", "internet:consultative");
    let votes = b"voter_id;vote;channel\nv1;1,2,3;paper\nv2;3,2,1;internet\nv3;3,1;internet\n";
    let (status, found) = tally_of(
        "consultative",
        votes,
        &["--rule", &rule, "--score", "borda"],
    );
    assert_eq!(status, 0, "{found}");
    let internet = &found["other-channels"]["internet"];
    assert_eq!(internet["role"], "consultative");
    // Borda of at most 3: v2 gives 3, 2, 1; v3 gives 3, 2.
    assert_eq!(
        (
            &internet["scores"]["3"],
            &internet["scores"]["1"],
            &internet["scores"]["2"]
        ),
        (&json!("6"), &json!("3"), &json!("2"))
    );
    assert_eq!(internet["ranking"][0], json!(["3"]));
    assert_eq!(found["ranking"][0], json!(["1"]));
}

#[test]
fn a_regulation_may_be_in_another_encoding() {
    let file = folder("regulation-1252").join("r.toml");
    let text = fs::read(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(DATA)
            .join("regulation.toml"),
    )
    .unwrap();
    fs::write(&file, [&b"# r\xe9glement\n"[..], &text].concat()).unwrap();
    assert_eq!(code(&sample(&["--regulation", path(&file)])), 1);
    let more = ["--regulation", path(&file), "--encoding", "windows-1252"];
    assert_eq!(code(&sample(&more)), 0);
}

#[test]
fn places_in_an_array_are_records() {
    let file = folder("array").join("votes.json");
    fs::write(
        &file,
        "[{\"vote\": \"1\", \"channel\": \"paper\"},\n\n{\"vote\": 3}, 4]",
    )
    .unwrap();
    let projects = format!("{DATA}/projects.csv");
    let output = run(
        "tally",
        [
            "--votes",
            path(&file),
            "--projects",
            &projects,
            "--rule",
            RULE,
        ],
    );
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    assert!(
        text.contains(": record 2: ") && text.contains(": record 3: "),
        "{text}"
    );
    assert!(text.contains("is the number of the record"), "{text}");
}

#[test]
fn rare_ballots_are_reported_only_with_a_stated_number() {
    let votes = b"voter_id;vote;channel\nv1;1;paper\n";
    assert!(tally_of("rare", votes, &[]).1.get("uniqueness").is_none());
    let (_, found) = tally_of("rare", votes, &["--smallest-group", "3"]);
    assert_eq!(found["uniqueness"]["k"], 3);
}
