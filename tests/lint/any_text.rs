//! Any text is taken, in good time.

use std::collections::BTreeSet;

use proptest::prelude::*;
use quartier::pabulib::lint::{apply_fixes, lint};
use quartier::pabulib::{Diagnostic, ReadLimits, Severity};

use crate::bases::{APPROVAL, CHOOSE_ONE, CUMULATIVE};
use crate::helpers::linted;

#[test]
fn a_file_with_a_mistake_in_every_row_is_told_within_the_limit() {
    use std::fmt::Write;
    let mut text = APPROVAL.replacen("num_votes;4", "num_votes;60004", 1);
    for voter in 0..60_000 {
        writeln!(text, "v{voter};1,2; old{voter} ;X;post;North{voter}").unwrap();
    }
    let found = lint(&text, &ReadLimits::new().max_diagnostics(50));
    assert_eq!(
        (found.errors().count(), found.warnings().count() <= 50),
        (50, true)
    );
    assert!(found.error_count() > 60_000);
    let codes: BTreeSet<&str> = found.iter().map(Diagnostic::code).collect();
    assert!(codes.contains("control-mismatch"), "{codes:?}");
}

#[test]
fn a_line_of_very_many_cells_takes_no_time() {
    let columns = "; x".repeat(90_000);
    let row = "; x".repeat(300_000);
    let text = APPROVAL.replacen("neighborhood", &format!("neighborhood{columns}"), 1)
        + &format!("e{row}\n").repeat(5);
    assert!(linted(&text).has_errors());
    assert!(
        linted(&format!(
            "META\nkey;value\n{row}\ncategories;{}",
            " a,b,".repeat(100_000)
        ))
        .has_errors()
    );
}

/// One base with one piece of it put elsewhere, doubled, cut or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let base = prop::sample::select(vec![APPROVAL, CUMULATIVE, CHOOSE_ONE]);
    let piece = prop::sample::select(vec![
        ";",
        ",",
        "\"",
        "\n",
        " ",
        "0",
        "-1",
        "1,5",
        "META",
        "VOTES",
        "\u{feff}",
        "é",
        "#1:",
        "\r",
        "999999999",
        "é\u{301}",
        "\u{a0}",
    ]);
    (
        base,
        prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                any::<prop::sample::Index>(),
                piece,
            ),
            1..6,
        ),
    )
        .prop_map(|(base, edits)| {
            let mut chars: Vec<char> = base.chars().collect();
            for (at, length, piece) in edits {
                let at = at.index(chars.len() + 1);
                let end = (at + length.index(8)).min(chars.len());
                chars.splice(at..end, piece.chars());
            }
            chars.into_iter().collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("QUARTIER_LONG").is_some() { 100_000 } else { 1_000 }))]

    #[test]
    fn never_panics_and_places_are_in_the_text(text in mutated()) {
        let found = linted(&text);
        let lines = text.split('\n').count();
        for diagnostic in &found {
            prop_assert!(usize::try_from(diagnostic.place().line).unwrap() <= lines);
            prop_assert!(diagnostic.severity() <= Severity::Warning);
        }
        // A fix can uncover another mistake that has one, but that ends.
        let fixed = apply_fixes(&text, &found);
        let mut last = fixed;
        for _ in 0..4 {
            let next = apply_fixes(&last, &linted(&last));
            if next == last {
                return Ok(());
            }
            last = next;
        }
        prop_assert!(false, "fixes do not settle:\n{}", last);
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,200}", lines in prop::collection::vec("[;\",a-z0-9 ]{0,30}", 0..20)) {
        let _ = linted(&text);
        let _ = linted(&format!("META\nkey;value\n{}\nVOTES\n{}", text, lines.join("\n")));
    }
}
