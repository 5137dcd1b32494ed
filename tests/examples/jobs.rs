//! Many files at once.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::programs::{program, run};
use crate::{code, folder, path, stderr, stdout};

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
    for (name, args) in [
        ("count", &["--rule", "meta"][..]),
        ("reproduce", &[]),
        ("check", &[]),
    ] {
        for format in ["text", "json"] {
            let with = |jobs: &str| {
                run(
                    name,
                    args.iter()
                        .chain(&["--format", format, "--jobs", jobs, path(&folder)]),
                )
            };
            let one = with("1");
            assert!(
                one.stderr.is_empty(),
                "progress is for terminals: {}",
                stderr(&one)
            );
            for jobs in ["1", "2", "8"] {
                let again = with(jobs);
                assert_eq!(
                    (code(&again), again.stdout == one.stdout),
                    (code(&one), true),
                    "{name} {format} {jobs}"
                );
            }
            if format == "json" {
                let names: Vec<String> = stdout(&one)
                    .lines()
                    .map(|line| {
                        serde_json::from_str::<Value>(line).unwrap()["file"]
                            .as_str()
                            .unwrap()
                            .to_owned()
                    })
                    .collect();
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
    let mut child = program("count", args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.starts_with('{'));
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}
