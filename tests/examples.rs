//! The programs of `examples/`, run as processes on the sample data.
//!
//! What they print is compared with `tests/fixtures/examples/`. Where it differs, the new output is written
//! beside the expected one with the ending `.new`: look at it, and rename it if it is right.

#![expect(clippy::unwrap_used, clippy::string_slice, clippy::panic, reason = "a test that meets the unexpected should stop")]

#[path = "common/programs.rs"]
mod programs;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use programs::{program, run, run_with};
use serde_json::Value;

const SAMPLE: &str = "examples/data/sample.pb";
const SKIP: &str = "greedy:score=votes,misfit=skip";

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The one JSON line of an output.
fn json(output: &Output) -> Value {
    serde_json::from_str(stdout(output)).unwrap_or_else(|error| panic!("{error}: {}{}", stdout(output), stderr(output)))
}

fn sample() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE)).unwrap()
}

/// An empty folder for the files of one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples").join(test);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}

/// Is the output as recorded? If not, it is written beside the expected one.
fn is_golden(name: &str, output: &Output) -> bool {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/examples").join(name);
    let found = format!("exit {}\n{}{}", code(output), stdout(output), stderr(output));
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if found != expected {
        fs::write(format!("{}.new", file.display()), &found).unwrap();
    }
    found == expected
}

#[test]
fn outputs_are_as_recorded() {
    let meta = ["--rule", "meta"];
    let cases: &[(&str, &str, &[&str])] = &[
        ("count-sample.txt", "count", &["--rule", SKIP, "--ties", "id", SAMPLE]),
        ("count-sample.json", "count", &["--rule", SKIP, "--ties", "id", "--format", "json", SAMPLE]),
        ("count-folder.txt", "count", &[meta[0], meta[1], "--ties", "cheaper,more-votes,id-desc", "examples/data"]),
        ("count-folder.json", "count", &[meta[0], meta[1], "--format", "json", "examples/data"]),
        ("count-no-rule.txt", "count", &[SAMPLE]),
        ("count-all-ties.txt", "count", &["--rule", SKIP, "--ties", "id", "--all-ties", "10", SAMPLE]),
        ("count-top-up.txt", "count", &["--rule", "greedy:score=votes,misfit=top-up,min-covered=20%,reserve=20000", "--ties", "id", SAMPLE]),
        ("reproduce-folder.txt", "reproduce", &["examples/data/points.pb", "examples/data/ranked.pb", SAMPLE]),
        ("reproduce-folder.json", "reproduce", &["--format", "json", "examples/data"]),
        ("check-folder.txt", "check", &["examples/data"]),
        ("check-folder.json", "check", &["--format", "json", "examples/data"]),
    ];
    let differ: Vec<_> = cases.iter().filter(|(name, program, args)| !is_golden(name, &run(program, *args))).map(|(name, ..)| name).collect();
    assert!(differ.is_empty(), "see tests/fixtures/examples/*.new: {differ:?}");
}

#[test]
fn wrong_arguments_end_with_2_and_say_why() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("count", &["--rule", SKIP], "PATH"),
        ("count", &[SAMPLE], "greedy-welfare"),
        ("count", &["--rule", "greedy:score=votes", SAMPLE], "`misfit` is missing"),
        ("count", &["--rule", "greedy:score=votes,misfit=skip,tax=1", SAMPLE], "tax"),
        ("count", &["--rule", "no-such-rule", SAMPLE], "unknown rule `no-such-rule`"),
        ("count", &["--rule", "equal-shares:utility=cost", SAMPLE], "`equal-shares` is not available yet"),
        ("count", &["--rule", SKIP, "--ties", "coin", SAMPLE], "`coin` is not a word"),
        ("count", &["--rule", SKIP, "--budget", "1,000", SAMPLE], "`1,000` is not an amount"),
        ("count", &["--rule", SKIP, "--as", "ranked", SAMPLE], "approval"),
        ("count", &["--rule", SKIP, "--all-ties", "0", SAMPLE], "0 is not in"),
        ("count", &["--rule", SKIP, "--jobs", "100000", SAMPLE], "--jobs"),
        ("count", &["--rule", SKIP, "--no-such-option", SAMPLE], "--no-such-option"),
        ("count", &["--rule", SKIP, "-", "-"], "once"),
        ("count", &["--rule", SKIP, "--decisions", "-", "-"], "both"),
        ("reproduce", &["--decisions", "no-such-folder", SAMPLE], "no-such-folder is not a folder"),
        ("check", &["--fix", SAMPLE, SAMPLE], "one file"),
        ("check", &["--encoding", "utf-7", SAMPLE], "windows-1252"),
    ];
    for (program, args, why) in cases {
        let output = run(program, *args);
        assert_eq!(code(&output), 2, "{program} {args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(why), "{program} {args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{program} {args:?}");
    }
}

#[test]
fn every_program_explains_itself() {
    for name in ["count", "check", "reproduce"] {
        let output = run(name, ["--help"]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("Exit status"), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_line() {
    let empty = folder("unreadable");
    for missing in ["no-such-file.pb", path(&empty)] {
        let output = run("count", ["--rule", SKIP, "--format", "json", missing]);
        let line = json(&output);
        assert_eq!((code(&output), &line["status"]), (1, &"error".into()), "{line}");
        assert_eq!(line["diagnostics"], Value::Array(Vec::new()));
        assert!(line["error"].as_str().unwrap().contains(missing), "{line}");
        assert_eq!(code(&run("check", [missing])), 1);
        let output = run("reproduce", [missing]);
        assert!(code(&output) == 1 && stdout(&output).contains("errors 1"), "{}", stdout(&output));
    }
}

#[test]
fn standard_input_and_encodings_give_the_same_count() {
    let args = ["--rule", SKIP, "--ties", "id", "--format", "json"];
    let text = sample();
    let mut expected = json(&run("count", args.iter().chain(&[SAMPLE])));
    expected["file"] = "-".into();
    let with_mark = format!("\u{feff}{text}");
    let lines = text.replace('\n', "\r\n");
    for input in [&text, &with_mark, &lines] {
        assert_eq!(json(&run_with("count", args.iter().chain(&["-"]), input.as_bytes())), expected);
    }
    // Of these the first 256 characters of Unicode have the same numbers in windows-1252.
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_ne!(bytes.len(), text.len(), "the sample has no letter beyond ASCII");
    let read = run_with("count", args.iter().chain(&["--encoding", "windows-1252", "-"]), &bytes);
    assert_eq!(json(&read), expected);
    let named = run_with("count", ["--rule", SKIP, "--ties", "id", "--encoding", "windows-1252", "-"], &bytes);
    assert!(stdout(&named).contains("Repair café"), "{}", stdout(&named));
    let refused = run_with("count", args.iter().chain(&["-"]), &bytes);
    assert_eq!((code(&refused), &json(&refused)["diagnostics"][0]["code"]), (1, &"not-utf8".into()));
    assert_eq!(code(&run_with("check", ["-"], &bytes)), 1);
}

#[test]
fn a_lot_is_asked_for_recorded_and_obeyed() {
    let folder = folder("lot");
    let args = ["--rule", SKIP, "--format", "json", SAMPLE];
    let open = run("count", args);
    assert_eq!(code(&open), 3);
    let line = json(&open);
    assert_eq!((&line["status"], &line["stage"]), (&"lot-required".into(), &"vote".into()));
    assert_eq!(line["tied"], serde_json::json!(["8", "9"]));
    assert_eq!(line["official"]["agrees"], "up-to-ties");
    let toml = r#"
        [[decision]]
        kind = "lot"
        about = "stage:vote"
        value = ["9", "8"]
        by = "the mayor"
        justification = "drawn in public"
    "#;
    let json_file = r#"{"decision":[{"kind":"lot","about":"stage:vote","value":["8","9"],"by":"the mayor","justification":"drawn"}]}"#;
    for (name, text, won, agrees) in [("lot.toml", toml, "9", "up-to-ties"), ("lot.json", json_file, "8", "yes")] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let drawn = run("count", ["--rule", SKIP, "--format", "json", "--decisions", path(&file), SAMPLE]);
        let line = json(&drawn);
        assert_eq!((code(&drawn), &line["status"]), (0, &"ok".into()), "{line}");
        assert_eq!(line["winners"].as_array().unwrap().last().unwrap(), won);
        assert_eq!(line["official"]["agrees"], agrees);
        assert_eq!(line["ties"], serde_json::json!([{"tied": ["8", "9"], "chosen": [won], "by": "recorded-lot"}]));
    }
    // The same file makes reproduce say yes.
    fs::write(folder.join("sample.toml"), toml.replace(r#"["9", "8"]"#, r#"["8", "9"]"#)).unwrap();
    let line = json(&run("reproduce", ["--format", "json", "--decisions", path(&folder), SAMPLE]));
    assert_eq!(line["agrees"], "yes", "{line}");
}

#[test]
fn faulty_decisions_say_where() {
    let folder = folder("decisions");
    let cases = [
        ("syntax.toml", "[[decision]]\nkind = lot\n", "line 2"),
        ("unknown.toml", "[[decision]]\nkind = \"bribe\"\nabout = \"project:1\"\n", "bribe"),
        ("blank.toml", "[[decision]]\nkind = \"exclude\"\nabout = \"project:1\"\n", "decision 1"),
        ("syntax.json", "{\"decision\":[}", "line 1 column"),
    ];
    for (name, text, place) in cases {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let output = run("count", ["--rule", SKIP, "--decisions", path(&file), SAMPLE]);
        assert_eq!(code(&output), 1, "{name}");
        assert!(stderr(&output).contains(name) && stderr(&output).contains(place), "{}", stderr(&output));
    }
    let file = folder.join("nobody.toml");
    fs::write(&file, "[[decision]]\nkind = \"exclude\"\nabout = \"project:77\"\nby = \"a\"\njustification = \"b\"\n").unwrap();
    let output = run("count", ["--rule", SKIP, "--ties", "id", "--format", "json", "--decisions", path(&file), SAMPLE]);
    assert_eq!(code(&output), 1);
    assert!(json(&output)["error"].as_str().unwrap().contains("no project `77`"), "{}", stdout(&output));
}

#[test]
fn budget_ballots_and_all_outcomes() {
    let output = run("count", ["--rule", SKIP, "--ties", "id", "--budget", "60000.50", "--format", "json", SAMPLE]);
    let line = json(&output);
    assert_eq!((&line["budget"], &line["left"]), (&"60000.5".into(), &"0.5".into()));
    assert_eq!((&line["winners"], &line["official"]["agrees"]), (&serde_json::json!(["1"]), &"no".into()));

    let ranked = ["--rule", SKIP, "--ties", "id", "--format", "json", "examples/data/ranked.pb"];
    let line = json(&run("count", ranked.iter().chain(&["--as", "approval"])));
    assert_eq!(line["status"], "ok", "{line}");
    assert_eq!(line["winners"][0], "A2");

    let both = json(&run("count", ["--rule", SKIP, "--all-ties", "2", "--format", "json", SAMPLE]));
    assert_eq!(both["outcomes"].as_array().unwrap().len(), 2);
    assert_eq!(both["outcomes"][1]["awards"][0]["pot"], "budget");
    let too_many = json(&run("count", ["--rule", SKIP, "--ties", "id", "--all-ties", "1", "--format", "json", SAMPLE]));
    assert_eq!((&too_many["outcomes"], &too_many["status"]), (&"too-many".into(), &"ok".into()));
    assert_eq!(both.get("winners"), None);
}

#[test]
fn a_rule_that_meta_does_not_give_is_never_guessed() {
    let text = sample();
    let cases = [("unknown", 1, "cannot verify: unknown rule `unknown`"), ("equalshares/add1", 2, "rule not available yet: equalshares/add1")];
    for (rule, status, why) in cases {
        let changed = text.replace("rule;greedy-threshold", &format!("rule;{rule}"));
        let output = run_with("count", ["--rule", "meta", "--ties", "id", "--format", "json", "-"], changed.as_bytes());
        let line = json(&output);
        assert_eq!((code(&output), &line["status"], &line["rule"]), (status, &"error".into(), &rule.into()));
        assert!(line["error"].as_str().unwrap().contains(why), "{line}");
        assert_eq!(line["official"]["agrees"], "cannot-verify");
        let line = json(&run_with("reproduce", ["--format", "json", "-"], changed.as_bytes()));
        assert_eq!(line["agrees"], "cannot-verify");
    }
    // Without a published selection there is nothing to compare with.
    let unpublished = text.replace(";selected\n", ";chosen\n");
    let line = json(&run_with("count", ["--rule", SKIP, "--ties", "id", "--lenient", "--format", "json", "-"], unpublished.as_bytes()));
    assert_eq!((&line["status"], line.get("official")), (&"ok".into(), None));
    let line = json(&run_with("reproduce", ["--format", "json", "-"], unpublished.as_bytes()));
    assert_eq!(line["agrees"], "not-published");
}

#[test]
fn the_gravest_file_decides_how_a_program_ends() {
    let folder = folder("gravest");
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        path(&file).to_owned()
    };
    let ok = "examples/data/ranked.pb".to_owned();
    let lot = SAMPLE.to_owned();
    let missing = write("shares.pb", &sample().replace("rule;greedy-threshold", "rule;equalshares"));
    let wrong = write("cut.pb", &sample()[..700]);
    let status = |files: &[&String]| code(&run("count", ["--rule", "meta"].into_iter().map(str::to_owned).chain(files.iter().map(|file| (*file).clone()))));
    assert_eq!(status(&[&ok]), 0);
    assert_eq!(status(&[&lot, &ok]), 3);
    assert_eq!(status(&[&missing, &lot, &ok]), 2);
    assert_eq!(status(&[&ok, &wrong, &missing, &lot]), 1);
}

#[test]
fn a_selection_that_no_count_gives_makes_reproduce_fail() {
    let changed = sample().replace("60000;95;Shade and benches on the market square;public space;adults,seniors;1", "60000;95;Shade;public space;adults,seniors;0");
    let output = run_with("reproduce", ["-"], changed.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("-: no: "), "{}", stdout(&output));
    assert!(stdout(&output).ends_with("no 1, cannot-verify 0; not published 0, errors 0\n"), "{}", stdout(&output));
    let output = run_with("check", ["--format", "json", "-"], changed.as_bytes());
    let line = json(&output);
    let codes: Vec<&str> = line["diagnostics"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert_eq!((code(&output), codes.contains(&"selection-differs")), (1, true), "{codes:?}");
}

#[test]
fn fixes_are_printed_and_what_remains_is_said() {
    let changed = sample().replace("country;France", "country; France ");
    let output = run_with("check", ["--fix", "-"], changed.as_bytes());
    assert_eq!((code(&output), stdout(&output)), (0, sample().as_str()));
    assert!(stderr(&output).contains("blank-ballot"));
    let output = run("check", ["--fix", "examples/data/faulty.pb"]);
    assert_eq!(code(&output), 1);
}

/// Many small files of all samples, faulty ones too, under names that are not in the order of their sizes.
fn many(test: &str) -> PathBuf {
    let folder = folder(test);
    for name in ["sample", "ranked", "points", "faulty"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/data/{name}.pb"));
        for number in 0..30 {
            fs::copy(&from, folder.join(format!("{}-{name}.pb", number * 7 % 30))).unwrap();
        }
    }
    folder
}

#[test]
fn the_same_bytes_however_many_jobs() {
    let folder = many("jobs");
    for (name, args) in [("count", &["--rule", "meta"][..]), ("reproduce", &[]), ("check", &[])] {
        for format in ["text", "json"] {
            let with = |jobs: &str| run(name, args.iter().chain(&["--format", format, "--jobs", jobs, path(&folder)]));
            let one = with("1");
            assert!(one.stderr.is_empty(), "progress is for terminals: {}", stderr(&one));
            for jobs in ["1", "2", "8"] {
                let again = with(jobs);
                assert_eq!((code(&again), again.stdout == one.stdout), (code(&one), true), "{name} {format} {jobs}");
            }
            if format == "json" {
                let names: Vec<String> = stdout(&one).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["file"].as_str().unwrap().to_owned()).collect();
                assert!(names.len() == 120 && names.is_sorted(), "{names:?}");
            }
        }
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = many("pipe");
    let mut args = vec!["--rule", "meta", "--format", "json"];
    // Enough output to fill any pipe.
    args.extend([path(&folder)].repeat(20));
    let mut child = program("count", args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.starts_with('{'));
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}
