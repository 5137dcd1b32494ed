//! The programs of `examples/`, run as processes on the sample data.
//!
//! What they print is compared with `tests/fixtures/examples/`. Where it differs, the new output is written
//! beside the expected one with the ending `.new`: look at it, and rename it if it is right.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod allocating;
mod allocating_lists;
mod arguments;
mod contradictory;
mod counting;
mod endings;
mod exchange;
mod input;
mod jobs;
#[path = "../common/programs.rs"]
mod programs;
mod register;
mod tally;
mod tally_refused;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use programs::run;
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
    serde_json::from_str(stdout(output))
        .unwrap_or_else(|error| panic!("{error}: {}{}", stdout(output), stderr(output)))
}

fn sample() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE)).unwrap()
}

/// An empty folder for the files of one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("examples")
        .join(test);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}

/// Is the output as recorded? If not, it is written beside the expected one.
fn is_golden(name: &str, output: &Output) -> bool {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/examples")
        .join(name);
    let found = format!(
        "exit {}\n{}{}",
        code(output),
        stdout(output),
        stderr(output)
    );
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if found != expected {
        fs::write(format!("{}.new", file.display()), &found).unwrap();
    }
    found == expected
}

/// A recorded output, the program and the arguments that give it.
const RECORDED: &[(&str, &str, &[&str])] = &[
    (
        "count-sample.txt",
        "count",
        &["--rule", SKIP, "--ties", "id", SAMPLE],
    ),
    (
        "count-sample.json",
        "count",
        &["--rule", SKIP, "--ties", "id", "--format", "json", SAMPLE],
    ),
    (
        "count-folder.txt",
        "count",
        &[
            "--rule",
            "meta",
            "--ties",
            "cheaper,more-votes,id-desc",
            "examples/data",
        ],
    ),
    (
        "count-folder.json",
        "count",
        &["--rule", "meta", "--format", "json", "examples/data"],
    ),
    ("count-no-rule.txt", "count", &[SAMPLE]),
    (
        "count-all-ties.txt",
        "count",
        &["--rule", SKIP, "--ties", "id", "--all-ties", "10", SAMPLE],
    ),
    (
        "count-top-up.txt",
        "count",
        &[
            "--rule",
            "greedy:score=votes,misfit=top-up,min-covered=20%,reserve=20000",
            "--ties",
            "id",
            SAMPLE,
        ],
    ),
    (
        "reproduce-folder.txt",
        "reproduce",
        &["examples/data/points.pb", "examples/data/ranked.pb", SAMPLE],
    ),
    (
        "reproduce-folder.json",
        "reproduce",
        &["--format", "json", "examples/data"],
    ),
    ("check-folder.txt", "check", &["examples/data"]),
    (
        "check-folder.json",
        "check",
        &["--format", "json", "examples/data"],
    ),
    ("allocate-sample.txt", "allocate", &[]),
    ("allocate-sample-fr.txt", "allocate", &["--lang", "fr"]),
    ("allocate-sample.json", "allocate", &["--format", "json"]),
    (
        "allocate-faulty.txt",
        "allocate",
        &["--regulation", "examples/data/faulty-regulation.toml"],
    ),
];

#[test]
fn outputs_are_as_recorded() {
    let differ: Vec<_> = RECORDED
        .iter()
        .filter(|(name, program, args)| !is_golden(name, &run(program, *args)))
        .map(|(name, ..)| name)
        .collect();
    assert!(
        differ.is_empty(),
        "see tests/fixtures/examples/*.new: {differ:?}"
    );
}
