//! The text of a vote.

use quartier::election::{Ballot, BallotKind, Stance};
use quartier::tally::{Content, MarkValue, Marks};

fn ids<'a>(
    text: &'a str,
    kind: BallotKind,
    known: &[&str],
) -> Vec<(&'a str, MarkValue<'a>, usize)> {
    let marks = Marks::of(Content::Text(text), kind, |id| known.contains(&id));
    marks
        .iter()
        .map(|mark| (mark.project, mark.value, mark.offset))
        .collect()
}

#[test]
fn ids_are_separated_by_commas_or_blanks() {
    let named = MarkValue::Named;
    assert_eq!(
        ids("12,7", BallotKind::Approval, &[]),
        [("12", named, 0), ("7", named, 3)]
    );
    assert_eq!(
        ids(" 12  7 ", BallotKind::Approval, &[]),
        [("12", named, 1), ("7", named, 5)]
    );
    assert_eq!(
        ids("12 , 7,", BallotKind::Approval, &[]),
        [("12", named, 0), ("7", named, 5)]
    );
    assert_eq!(
        ids("é,7", BallotKind::Approval, &[]),
        [("é", named, 0), ("7", named, 3)]
    );
    assert!(ids("", BallotKind::Approval, &[]).is_empty());
    assert!(ids(" ,\u{a0}, ", BallotKind::Approval, &[]).is_empty());
}

#[test]
fn a_known_id_is_recognised_whole() {
    let named = MarkValue::Named;
    assert_eq!(
        ids("Parc du Rhin", BallotKind::Approval, &["Parc du Rhin"]),
        [("Parc du Rhin", named, 0)]
    );
    assert_eq!(
        ids("a,b", BallotKind::Approval, &["a,b"]),
        [("a,b", named, 0)]
    );
    let tied = ids("a=b", BallotKind::Ranked, &["a=b"]);
    assert_eq!(tied, [("a=b", MarkValue::Tier(0), 0)]);
    let points = ids("x:3", BallotKind::Points, &["x:3"]);
    assert_eq!(points, [("x:3", MarkValue::Malformed(""), 0)]);
    let points = ids("x:3:2", BallotKind::Points, &["x:3"]);
    assert_eq!(points, [("x:3", MarkValue::Points(2.into()), 0)]);
}

#[test]
fn ties_points_grades_and_stances() {
    let tier = MarkValue::Tier;
    let ranked = ids("a= b,c", BallotKind::Ranked, &[]);
    assert_eq!(
        ranked,
        [("a", tier(0), 0), ("b", tier(0), 3), ("c", tier(1), 5)]
    );
    let grades = ids("a:very good, b : poor", BallotKind::Grades, &[]);
    assert_eq!(
        grades,
        [
            ("a", MarkValue::Grade("very good"), 0),
            ("b", MarkValue::Grade("poor"), 13)
        ]
    );
    let signed = ids("+a,- b,c", BallotKind::Signed, &[]);
    let expected = [
        ("a", MarkValue::Stance(Stance::For), 0),
        ("b", MarkValue::Stance(Stance::Against), 3),
        ("c", MarkValue::Malformed(""), 7),
    ];
    assert_eq!(signed, expected);
}

#[test]
fn a_ballot_that_is_a_value_reads_like_its_text() {
    let cases = [
        (Ballot::approval(["a", "b"]), "a,b"),
        (
            Ballot::Ranked(vec![vec!["a".into(), "b".into()], vec!["c".into()]]),
            "a=b,c",
        ),
        (Ballot::points([("a", 3), ("b", 1)]), "a:3,b:1"),
        (Ballot::grades([("a", "good")]), "a:good"),
        (
            Ballot::signed([("a", Stance::For), ("b", Stance::Against)]),
            "+a,-b",
        ),
    ];
    for (ballot, text) in cases {
        let kind = ballot.kind();
        let of_value = Marks::of(Content::Ballot(&ballot), kind, |_| false);
        let of_text = Marks::of(Content::Text(text), kind, |_| false);
        let said = |marks: &Marks<'_>| -> Vec<String> {
            marks
                .iter()
                .map(|mark| format!("{} {:?}", mark.project, mark.value))
                .collect()
        };
        assert_eq!(said(&of_value), said(&of_text));
        // A ballot of another kind than was asked for is malformed, mark by mark.
        let other = if kind == BallotKind::Approval {
            BallotKind::Points
        } else {
            BallotKind::Approval
        };
        let marks = Marks::of(Content::Ballot(&ballot), other, |_| false);
        assert!(
            marks
                .iter()
                .all(|mark| matches!(mark.value, MarkValue::Malformed(_)))
        );
    }
}
