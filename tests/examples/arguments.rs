//! What is asked for wrongly.

use crate::programs::run;
use crate::{SAMPLE, SKIP, code, stderr, stdout};

/// A program, its arguments, and what it must say about them.
const WRONG: &[(&str, &[&str], &str)] = &[
    ("count", &["--rule", SKIP], "PATH"),
    ("count", &[SAMPLE], "greedy-welfare"),
    (
        "count",
        &["--rule", "greedy:score=votes", SAMPLE],
        "`misfit` is missing",
    ),
    (
        "count",
        &["--rule", "greedy:score=votes,misfit=skip,tax=1", SAMPLE],
        "tax",
    ),
    (
        "count",
        &["--rule", "no-such-rule", SAMPLE],
        "unknown rule `no-such-rule`",
    ),
    (
        "count",
        &["--rule", "max-welfare:utility=cost", SAMPLE],
        "`max-welfare` is not available yet",
    ),
    (
        "count",
        &["--rule", SKIP, "--ties", "coin", SAMPLE],
        "`coin` is not a word",
    ),
    (
        "count",
        &["--rule", SKIP, "--budget", "1,000", SAMPLE],
        "`1,000` is not an amount",
    ),
    (
        "count",
        &["--rule", SKIP, "--as", "ranked", SAMPLE],
        "approval",
    ),
    (
        "count",
        &["--rule", SKIP, "--all-ties", "0", SAMPLE],
        "0 is not in",
    ),
    (
        "count",
        &["--rule", SKIP, "--jobs", "100000", SAMPLE],
        "--jobs",
    ),
    (
        "count",
        &["--rule", SKIP, "--no-such-option", SAMPLE],
        "--no-such-option",
    ),
    ("count", &["--rule", SKIP, "-", "-"], "once"),
    ("count", &["--rule", SKIP, "--decisions", "-", "-"], "both"),
    (
        "reproduce",
        &["--decisions", "no-such-folder", SAMPLE],
        "no-such-folder is not a folder",
    ),
    ("check", &["--fix", SAMPLE, SAMPLE], "one file"),
    ("check", &["--encoding", "utf-7", SAMPLE], "windows-1252"),
];

#[test]
fn wrong_arguments_end_with_2_and_say_why() {
    for (program, args, why) in WRONG {
        let output = run(program, *args);
        assert_eq!(code(&output), 2, "{program} {args:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains(why),
            "{program} {args:?}: {}",
            stderr(&output)
        );
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
