//! The list of checks in the documentation.

use std::collections::BTreeSet;

use quartier::pabulib::Severity;
use quartier::pabulib::lint::Finding;

use crate::bases::{APPROVAL, CHOOSE_ONE, CUMULATIVE};
use crate::helpers::{edited, linted};

#[test]
fn the_table_in_the_documentation_lists_every_finding() {
    let rows: BTreeSet<(&str, &str)> = include_str!("../../src/pabulib/lint/mod.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split_once("` | "))
        .filter_map(|(code, rest)| Some((code, rest.split_once(" | ")?.0)))
        .collect();
    let shown = |severity: &Severity| {
        if *severity == Severity::Error {
            "error"
        } else {
            "warning"
        }
    };
    let all: BTreeSet<(&str, &str)> = Finding::ALL
        .iter()
        .map(|(code, severity)| (*code, shown(severity)))
        .collect();
    assert_eq!(rows, all);
}

/// What the reader says of mistakes that are its own, so that the list of checks is whole.
#[test]
fn the_checks_of_the_reader_are_in_the_list_too() {
    type Edits = &'static [(&'static str, &'static str)];
    let cases: &[(&str, &str, Edits)] = &[
        (
            "missing-column",
            CUMULATIVE,
            &[("vote;points;", "vote;dots;")],
        ),
        ("bad-amount", APPROVAL, &[("4;900;", "4;;")]),
        ("row-width", APPROVAL, &[("d;3,4;61", "d;3,4;61;1")]),
        ("blank-line", APPROVAL, &[("b;1,3", "\nb;1,3")]),
        ("comma-in-number", APPROVAL, &[("4;900;", "4;900,5;")]),
        ("not-one-choice", CHOOSE_ONE, &[("a;1", "a;1,2")]),
        (
            "contradictory-limits",
            APPROVAL,
            &[("max_length;3", "min_length;4\nmax_length;3")],
        ),
        (
            "below-limit",
            APPROVAL,
            &[("max_length;3\n", "max_length;3\nmin_sum_cost;900\n")],
        ),
        ("points-count", CUMULATIVE, &[("7,3", "7,2,1")]),
        ("control-mismatch", APPROVAL, &[("1;500;3;", "1;500;4;")]),
    ];
    for (code, base, edits) in cases {
        let found = linted(&edited(base, edits));
        assert!(found.iter().any(|d| d.code() == *code), "{code}:\n{found}");
    }
}
