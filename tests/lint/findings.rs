//! Each mistake is found, where it is, and nothing else is.

use std::collections::BTreeSet;

use quartier::pabulib::Diagnostic;
use quartier::pabulib::lint::{Finding, apply_fixes};

use crate::bases::{APPROVAL, CHOOSE_ONE, CUMULATIVE};
use crate::cases::CASES;
use crate::helpers::{edited, linted};

#[test]
fn clean_files_have_no_diagnostics() {
    for base in [APPROVAL, CUMULATIVE, CHOOSE_ONE] {
        let found = linted(base);
        assert!(found.is_empty(), "{found}");
        assert!(linted(&base.replace('\n', "\r\n")).is_empty());
        assert!(linted(&format!("\u{feff}{base}")).is_empty());
        assert_eq!(apply_fixes(base, &found), base);
    }
}

#[test]
fn each_mistake_is_found_where_it_is() {
    let mut wrong = Vec::new();
    for case in CASES {
        let text = edited(case.base, case.edits);
        let found = linted(&text);
        let severity = Finding::ALL
            .iter()
            .find(|(code, _)| *code == case.code)
            .map(|(_, severity)| *severity);
        let here = |d: &Diagnostic| {
            d.code() == case.code
                && (d.place().line, d.place().column) == case.at
                && Some(d.severity()) == severity
        };
        let expected: BTreeSet<&str> = case.also.iter().copied().chain([case.code]).collect();
        let codes: BTreeSet<&str> = found.iter().map(Diagnostic::code).collect();
        if !found.iter().any(here) || codes != expected {
            wrong.push(format!(
                "{} expected at {:?} with {:?}, found:\n{found}",
                case.code, case.at, case.also
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn codes_are_unique_and_each_has_a_case() {
    let mut codes: Vec<&str> = Finding::ALL.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), distinct.len(), "a code occurs twice");
    for code in &codes {
        assert!(
            code.split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())),
            "{code}"
        );
        assert!(
            CASES.iter().any(|case| case.code == *code),
            "{code} has no case"
        );
    }
    assert!(CASES.iter().all(|case| distinct.contains(case.code)));
}

#[test]
fn messages_are_one_line_and_machine_output_names_the_code() {
    for case in CASES {
        for diagnostic in &linted(&edited(case.base, case.edits)) {
            assert!(!diagnostic.problem().to_string().contains('\n'));
            let json = serde_json::to_value(diagnostic).unwrap();
            assert_eq!(json["code"], diagnostic.code());
        }
    }
}
