//! What spreadsheets do to ids and cells (lost digits, formula errors), named with its remedy.

use crate::helpers::{place, places, read};

#[test]
fn ids_in_scientific_notation_are_an_error_because_voters_became_one() {
    let (seen, read) = read(
        "voter_id;vote;channel\n123456789012;12;web\n1,23457E+11;7;web\n1.23457E+11;8;web\n1e5;9;web\n",
    );
    assert_eq!(
        places(&read.diagnostics),
        [place("scientific-id", 3, 1), place("scientific-id", 4, 1)]
    );
    assert!(
        read.diagnostics
            .to_string()
            .contains("export the ids again as text")
    );
    // They are unreadable, and nobody's: no duplicate of each other.
    assert_eq!((&*seen[1].voter, &seen[1].vote), ("", &None));
    assert_eq!(seen[1].channel, "web");
    assert_eq!(
        (&*seen[3].voter, seen[3].vote.as_deref()),
        ("1e5", Some("9"))
    );
}

#[test]
fn blank_ids_are_counted_and_told_once() {
    let (seen, read) = read("voter_id;vote\n1;12\n;7\n  ;8\n2;9\n;\"x\n");
    assert_eq!(seen.iter().filter(|seen| seen.voter.is_empty()).count(), 3);
    assert_eq!(
        places(&read.diagnostics),
        [
            place("~blank-voter-ids", 3, 0),
            place("unclosed-quote", 6, 2)
        ]
    );
    assert!(
        read.diagnostics
            .to_string()
            .contains("2 rows have no `voter_id`")
    );
    assert_eq!(read.anonymous, 2);
}

#[test]
fn formula_errors_and_placeholders_are_no_values() {
    let (_, read) = read(
        "voter_id;vote;area\n#REF!;12;x\nNaN;12;x\nnull;12;x\n4;#N/A;x\n5;12;#NAME?\n6;########;x\n#7;#12;x\n",
    );
    assert_eq!(
        places(&read.diagnostics),
        [
            place("spreadsheet-error", 2, 1),
            place("placeholder-id", 3, 1),
            place("placeholder-id", 4, 1),
            place("spreadsheet-error", 5, 3),
            place("spreadsheet-error", 6, 6),
            place("spreadsheet-error", 7, 3),
        ]
    );
    assert_eq!((read.rows, read.unreadable), (7, 6));
}

#[test]
fn ids_are_texts_and_keep_their_noughts() {
    let (seen, read) = read("voter_id;vote\n007;007\n7;7\n1-Mar;x\n");
    assert!(read.diagnostics.is_empty());
    assert_eq!((&*seen[0].voter, &*seen[1].voter), ("007", "7"));
    assert_eq!(seen[0].vote.as_deref(), Some("007"));
}

#[test]
fn invisible_characters_in_ids_are_refused() {
    let (seen, read) = read("voter_id;vote;channel\n1\u{200b}7;12;web\n17;12;we\u{ad}b\n");
    assert_eq!(
        places(&read.diagnostics),
        [place("bad-id", 2, 1), place("bad-id", 3, 7)]
    );
    assert_eq!(read.unreadable, 2);
    assert_eq!((&*seen[1].voter, &*seen[1].channel), ("17", ""));
}

#[test]
fn blanks_around_ids_do_not_make_two_voters_of_one() {
    let (seen, _) = read("voter_id;vote\n 17 ;12\n\u{a0}17;7\n\"17 \";8\n");
    assert!(seen.iter().all(|seen| seen.voter == "17"));
}
