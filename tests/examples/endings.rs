//! How programs end.

use std::fs;

use crate::programs::{run, run_with};
use crate::{SAMPLE, code, folder, json, path, sample, stderr, stdout};

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
    let missing = write(
        "shares.pb",
        &sample().replace("rule;greedy-threshold", "rule;equalshares/other"),
    );
    let wrong = write("cut.pb", &sample()[..700]);
    let status = |files: &[&String]| {
        code(&run(
            "count",
            ["--rule", "meta"]
                .into_iter()
                .map(str::to_owned)
                .chain(files.iter().map(|file| (*file).clone())),
        ))
    };
    assert_eq!(status(&[&ok]), 0);
    assert_eq!(status(&[&lot, &ok]), 3);
    assert_eq!(status(&[&missing, &lot, &ok]), 2);
    assert_eq!(status(&[&ok, &wrong, &missing, &lot]), 1);
}

#[test]
fn a_selection_that_no_count_gives_makes_reproduce_fail() {
    let changed = sample().replace(
        "60000;95;Shade and benches on the market square;public space;adults,seniors;1",
        "60000;95;Shade;public space;adults,seniors;0",
    );
    let output = run_with("reproduce", ["-"], changed.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("-: no: "), "{}", stdout(&output));
    assert!(
        stdout(&output).ends_with("no 1, cannot-verify 0; not published 0, errors 0\n"),
        "{}",
        stdout(&output)
    );
    let output = run_with("check", ["--format", "json", "-"], changed.as_bytes());
    let line = json(&output);
    let codes: Vec<&str> = line["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        (code(&output), codes.contains(&"selection-differs")),
        (1, true),
        "{codes:?}"
    );
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
