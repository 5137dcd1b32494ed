//! One grammar of numbers; what could mean two things is refused with its place.

use quartier::tally::read::{
    ReadError, ReadOptions, read_aggregates_csv, read_areas_csv, read_manifest_csv,
    read_projects_csv,
};
use quartier::tally::table::Diagnostics;

use crate::helpers::{place, places};

const BAD_NUMBERS: [(&str, u64); 12] = [
    ("1,500", 1),
    ("1.500", 1),
    ("1 500", 1),
    ("1\u{a0}500", 1),
    ("1'500", 1),
    ("1e3", 1),
    ("１２", 0),
    ("+5", 0),
    ("-0", 0),
    ("-3", 0),
    ("0x10", 1),
    ("", 0),
];

fn errors<T: std::fmt::Debug>(result: Result<T, ReadError>) -> Diagnostics {
    match result {
        Err(ReadError::Refused(found)) => found,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn numbers_of_votes_are_digits() {
    for (number, after) in BAD_NUMBERS {
        let text = format!("channel;project_id;votes\npaper;é7;{number}\n");
        let found = errors(read_aggregates_csv(
            text.as_bytes(),
            "x",
            &ReadOptions::strict(),
        ));
        assert_eq!(
            places(&found),
            [place("not-a-number", 2, 10 + after)],
            "{number}"
        );
        let text = format!("channel;received;blank\npaper;{number};x\n");
        let found = errors(read_manifest_csv(
            text.as_bytes(),
            "x",
            &ReadOptions::strict(),
        ));
        // In a manifest an empty cell states nothing.
        let expected = usize::from(!number.is_empty()) + 1;
        assert_eq!(found.len(), expected, "{number}");
    }
    let text = "channel;project_id;votes\npaper;7;18446744073709551616\n";
    let found = errors(read_aggregates_csv(
        text.as_bytes(),
        "x",
        &ReadOptions::strict(),
    ));
    assert_eq!(places(&found), [place("too-large", 2, 9)]);
}

#[test]
fn amounts_are_digits_and_a_point() {
    for (cost, code) in [
        ("1,500", "not-an-amount"),
        ("1.500", "ambiguous-amount"),
        ("12.345", "ambiguous-amount"),
        ("1 500", "not-an-amount"),
        ("1e3", "not-an-amount"),
        ("１２", "not-an-amount"),
        ("+5", "not-an-amount"),
        ("-0", "not-an-amount"),
        ("0x10", "not-an-amount"),
        ("12 €", "not-an-amount"),
        ("", "not-an-amount"),
        ("#REF!", "not-an-amount"),
    ] {
        let text = format!("project_id;cost\n7;{cost}\n");
        let found = errors(read_projects_csv(
            text.as_bytes(),
            "x",
            &ReadOptions::strict(),
        ));
        assert_eq!(places(&found), [place(code, 2, 3)], "{cost}");
    }
    for (cost, shown) in [
        ("1500", "1500"),
        ("1.5", "1.5"),
        ("1.5000", "1.5"),
        ("0.125", "0.125"),
    ] {
        let text = format!("project_id;cost\n7;{cost}\n");
        let read = read_projects_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
        assert_eq!(read.projects[0].cost.to_string(), shown);
    }
}

#[test]
fn figures_of_areas_may_be_fractions() {
    for (figure, shown) in [
        ("12", "12"),
        ("-0.25", "-1/4"),
        ("3/4", "3/4"),
        ("1234.567", "1234567/1000"),
    ] {
        let text = format!("area_id;income\nnorth;{figure}\n");
        let read = read_areas_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
        assert_eq!(read.areas[0].attributes["income"].to_string(), shown);
    }
    for (figure, code) in [
        ("1,500", "not-a-figure"),
        ("1.500", "ambiguous-amount"),
        ("-1.500", "ambiguous-amount"),
        ("1 500", "not-a-figure"),
        ("1e3", "not-a-figure"),
        ("１２", "not-a-figure"),
        ("+5", "not-a-figure"),
        ("-0", "minus-nought"),
        ("-0.0", "minus-nought"),
        ("0x10", "not-a-figure"),
        ("1/0", "not-a-figure"),
    ] {
        let text = format!("area_id;income\nnorth;{figure}\n");
        let found = errors(read_areas_csv(text.as_bytes(), "x", &ReadOptions::strict()));
        assert_eq!(places(&found), [place(code, 2, 7)], "{figure}");
    }
}
