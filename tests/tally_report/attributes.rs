//! Further columns: shared values, and values out of range.

use quartier::tally::{AnomalyCheck, AnomalyCode};

use crate::helpers::{RULES, Vote, city, found, ratio, refusal, tally_of, vote};

fn with_column(cells: &[&str]) -> quartier::tally::Tally {
    let votes: Vec<Vote> = cells
        .iter()
        .map(|cell| vote("park").with(&[cell]))
        .collect();
    tally_of(&city(), RULES, &["x"], &votes, &[])
}

#[test]
fn values_shared_by_more_votes_than_the_limit() {
    let tally = with_column(&["a", "b", "a", "", "", "", "b", "a", "c"]);
    let shared = |at_most| {
        let attribute = "x".to_owned();
        let found = found(&tally, AnomalyCheck::SharedValue { attribute, at_most });
        found
            .into_iter()
            .map(|anomaly| {
                (
                    anomaly.place.value.unwrap(),
                    anomaly.votes,
                    anomaly.examples,
                )
            })
            .collect::<Vec<_>>()
    };
    let (a, b) = (
        ("a".to_owned(), 3, vec![0, 2, 7]),
        ("b".to_owned(), 2, vec![1, 6]),
    );
    assert_eq!(shared(3), []);
    assert_eq!(shared(2), std::slice::from_ref(&a));
    assert_eq!(
        shared(1),
        [a, b],
        "the largest first; empty cells share nothing"
    );
}

#[test]
fn at_most_ten_examples_and_a_thousand_findings() {
    let cells: Vec<String> = (0..1_200)
        .flat_map(|value| [format!("{value:04}"), format!("{value:04}")])
        .collect();
    let mut cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    cells.extend(["many"; 25]);
    let check = AnomalyCheck::SharedValue {
        attribute: "x".into(),
        at_most: 1,
    };
    let report = quartier::tally::AnomalyReport::of(&with_column(&cells), &[check]);
    assert_eq!(report.findings.len(), 1_000);
    assert_eq!(
        (report.unlisted[0].check, report.unlisted[0].findings),
        (0, 201)
    );
    assert_eq!(report.findings[0].votes, 25);
    assert_eq!(
        report.findings[0].examples,
        (2_400..2_410).collect::<Vec<_>>()
    );
    assert_eq!(report.findings[1].place.value.as_deref(), Some("0000"));
    assert_eq!(report.findings[999].place.value.as_deref(), Some("0998"));
    assert!(report.to_string().contains("check 0: 201 more findings"));
}

#[test]
fn values_out_of_range_and_no_numbers() {
    let tally = with_column(&["16", "15.5", "120", "142", "200", "142", "young", "", "-3"]);
    let check = AnomalyCheck::OutOfRange {
        attribute: "x".into(),
        at_least: ratio("16"),
        at_most: ratio("120"),
    };
    let told: Vec<(AnomalyCode, String, String, u64)> = found(&tally, check)
        .into_iter()
        .map(|a| (a.code, a.figure.to_string(), a.limit.to_string(), a.votes))
        .collect();
    let out = AnomalyCode::OutOfRange;
    let expected = [
        (out, "200", "120", 1),
        (out, "142", "120", 2),
        (out, "31/2", "16", 1),
        (AnomalyCode::NotANumber, "1", "0", 1),
        (out, "-3", "16", 1),
    ];
    assert_eq!(
        told,
        expected.map(|(code, figure, limit, votes)| (code, figure.into(), limit.into(), votes))
    );
}

#[test]
fn what_cannot_be_seen_is_written_out_in_a_report() {
    let tally = with_column(&["a\u{200b}\nb", "a\u{200b}\nb"]);
    let check = AnomalyCheck::SharedValue {
        attribute: "x".into(),
        at_most: 1,
    };
    let found = found(&tally, check);
    assert_eq!(found[0].place.value.as_deref(), Some("a\\u{200b}\\u{a}b"));
    assert_eq!(
        found[0].to_string(),
        "shared-value: of `x`, value `a\\u{200b}\\u{a}b`: 2 where the limit is 1; 2 votes, such as rows 0, 1"
    );
}

#[test]
fn a_column_that_is_not_there_is_not_a_clean_bill() {
    let tally = with_column(&["16"]);
    let check = AnomalyCheck::SharedValue {
        attribute: "y".into(),
        at_most: 1,
    };
    assert!(refusal(&tally, check).contains("no vote has the column `y`"));
    let check = AnomalyCheck::OutOfRange {
        attribute: "x".into(),
        at_least: ratio("2"),
        at_most: ratio("1"),
    };
    assert!(refusal(&tally, check).contains("exchange its bounds"));
}
