//! Ballots grouped by content: one canonical form, merged in any order.

use proptest::prelude::*;
use quartier::election::{Ballot, BallotKind, Election, Instance, Stance, VoterClass};
use quartier::exact::Ratio;
use quartier::tally::read::{ReadError, ReadOptions};
use quartier::tally::{GroupedBallots, GroupedError};

use crate::helpers::{place, places};

const KINDS: [BallotKind; 5] = [
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Grades,
    BallotKind::Signed,
];

fn instance() -> Instance {
    let ids = ["a", "b", "c", "d"];
    ids.iter()
        .fold(Instance::builder().budget(10), |all, id| {
            all.project((*id, 1))
        })
        .build()
        .unwrap()
}

/// A ballot of a kind on projects in this order, each with a number from 0 to 2.
fn ballot_of(kind: BallotKind, marks: &[(String, u8)]) -> Ballot {
    let grade = |mark: u8| ["poor", "fair", "good"][usize::from(mark)].to_owned();
    match kind {
        BallotKind::Approval => Ballot::approval(marks.iter().map(|(id, _)| id.clone())),
        BallotKind::Ranked => Ballot::Ranked(
            (0..3)
                .map(|tier| {
                    let of_tier = marks.iter().filter(|(_, mark)| *mark == tier);
                    of_tier.map(|(id, _)| id.clone()).collect()
                })
                .collect(),
        ),
        BallotKind::Points => Ballot::points(
            marks
                .iter()
                .map(|(id, mark)| (id.clone(), i32::from(*mark))),
        ),
        BallotKind::Grades => {
            Ballot::grades(marks.iter().map(|(id, mark)| (id.clone(), grade(*mark))))
        }
        BallotKind::Signed => Ballot::signed(marks.iter().map(|(id, mark)| {
            let stance = if *mark > 0 {
                Stance::For
            } else {
                Stance::Against
            };
            (id.clone(), stance)
        })),
    }
}

type Row = (String, String, Vec<(String, u8)>, u64);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let ids = Just(["a", "b", "c", "d"].map(str::to_owned).to_vec()).prop_shuffle();
    let marks = (ids, 0_usize..4, prop::collection::vec(0_u8..3, 4))
        .prop_map(|(ids, length, marks)| ids.into_iter().zip(marks).take(length).collect());
    let row = ("(web|paper|)", "(north|south|)", marks, 1_u64..100);
    prop::collection::vec(row, 0..12)
}

fn grouped(kind: BallotKind, rows: &[Row]) -> GroupedBallots {
    let mut ballots = GroupedBallots::new(kind);
    for (channel, area, marks, count) in rows {
        ballots
            .add(channel, area, &ballot_of(kind, marks), *count)
            .unwrap();
    }
    ballots
}

proptest! {
    #[test]
    fn partial_tallies_merge_in_any_order_to_the_same_bytes(rows in rows(), cut in 0_usize..12, other in 0_usize..12, kind in 0_usize..5) {
        let kind = KINDS[kind];
        let whole = grouped(kind, &rows);
        let (one, rest) = rows.split_at(cut.min(rows.len()));
        let (two, three) = rest.split_at(other.min(rest.len()));
        let parts = [grouped(kind, one), grouped(kind, two), grouped(kind, three)];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let mut merged = GroupedBallots::new(kind);
            for at in order {
                merged.merge(&parts[at]).unwrap();
            }
            prop_assert_eq!(merged.to_csv().unwrap(), whole.to_csv().unwrap());
            prop_assert_eq!(&merged, &whole);
        }
        let mut right = parts[1].clone();
        right.merge(&parts[2]).unwrap();
        let mut all = parts[0].clone();
        all.merge(&right).unwrap();
        prop_assert_eq!(&all, &whole);
        prop_assert_eq!(whole.voters(), rows.iter().map(|row| row.3).sum::<u64>());
    }

    #[test]
    fn both_forms_read_back(rows in rows(), kind in 0_usize..5) {
        let whole = grouped(KINDS[kind], &rows);
        let text = whole.to_csv().unwrap();
        let (read, found) = GroupedBallots::read_csv(text.as_bytes(), "x", KINDS[kind], &ReadOptions::strict()).unwrap();
        prop_assert_eq!(&read, &whole, "{}", text);
        prop_assert!(found.is_empty());
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&serde_json::from_str::<GroupedBallots>(&json).unwrap(), &whole);
    }

    #[test]
    fn the_profile_is_that_of_the_ballots(rows in rows(), kind in 0_usize..5) {
        let (instance, kind) = (instance(), KINDS[kind]);
        let scale = if kind == BallotKind::Grades { vec!["poor", "fair", "good"] } else { vec![] };
        let builder = Election::builder().budget(10).kind(kind).scale(scale.clone());
        let builder = ["a", "b", "c", "d"].iter().fold(builder, |builder, id| builder.project((*id, 1)));
        let election = rows
            .iter()
            .fold(builder, |builder, (_, _, marks, count)| builder.ballots(ballot_of(kind, marks), *count))
            .build()
            .unwrap();
        let whole = grouped(kind, &rows);
        prop_assert_eq!(&whole.to_profile(&instance, &scale).unwrap(), election.profile());
        // And from the profile again, where channels and areas are gone.
        let mut again = GroupedBallots::new(kind);
        again.add_profile("", "", election.instance(), election.profile()).unwrap();
        prop_assert_eq!(&again.to_profile(&instance, &scale).unwrap(), election.profile());
        prop_assert_eq!(again.voters(), whole.voters());
    }
}

#[test]
fn the_table_is_sorted_and_canonical() {
    let text =
        "count,vote,area,channel\n2,\"b, a\",north,web\n3,\"a,b\",north,web\n1,,,\n4,b,,paper\n";
    let (ballots, _) = GroupedBallots::read_csv(
        text.as_bytes(),
        "x",
        BallotKind::Approval,
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(
        ballots.to_csv().unwrap(),
        "channel;area;vote;count\n;;;1\npaper;;b;4\nweb;north;a,b;5\n"
    );
    let ranked = "vote;count\nc=a,b;2\na=c,b;1\n";
    let (ballots, _) = GroupedBallots::read_csv(
        ranked.as_bytes(),
        "x",
        BallotKind::Ranked,
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(
        ballots.to_csv().unwrap(),
        "channel;area;vote;count\n;;a=c,b;3\n"
    );
}

#[test]
fn weights_are_part_of_the_content() {
    let text = "vote;count;weight;endowment\na;2;1/2;1\na;3;1;1\na;1;0.5;1\n";
    let (ballots, _) = GroupedBallots::read_csv(
        text.as_bytes(),
        "x",
        BallotKind::Approval,
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(
        ballots.to_csv().unwrap(),
        "channel;area;vote;count;weight;endowment\n;;a;3;1/2;1\n;;a;3;1;1\n"
    );
    let profile = ballots.to_profile(&instance(), &[]).unwrap();
    let half = VoterClass {
        weight: Ratio::new(1, 2).unwrap(),
        endowment: Ratio::from(1_u32),
    };
    assert_eq!(profile.classes(), [VoterClass::default(), half]);
    assert_eq!(ballots.hand_on(0, &mut |_| {}), Err(GroupedError::Weighted));
    let json = serde_json::to_string(&ballots).unwrap();
    assert_eq!(
        serde_json::from_str::<GroupedBallots>(&json).unwrap(),
        ballots
    );
}

#[test]
fn all_that_is_wrong_with_a_table_is_told_at_once() {
    let text = "channel;vote;count;weight\n\
        web;é,,b;1;1\n\
        web;a:3;x;0\n\
        web;a,a;1;1\n\
        we\u{200b}b;a;0;\n\
        web;a;18446744073709551615;1\n\
        web;b;1;1\n";
    let Err(ReadError::Refused(found)) = GroupedBallots::read_csv(
        text.as_bytes(),
        "x",
        BallotKind::Approval,
        &ReadOptions::strict(),
    ) else {
        panic!("not refused")
    };
    assert_eq!(
        places(&found),
        [
            place("not-a-ballot", 2, 7),
            place("not-a-ballot", 3, 5),
            place("not-a-number", 3, 9),
            place("not-above-zero", 3, 11),
            place("not-a-ballot", 4, 5),
            place("bad-id", 5, 1),
            place("not-above-zero", 5, 8),
            place("missing", 5, 10),
            place("not-a-ballot", 7, 0),
        ]
    );
}

#[test]
fn what_cannot_be_added_is_refused_and_changes_nothing() {
    let mut ballots = GroupedBallots::new(BallotKind::Approval);
    ballots
        .add("", "", &Ballot::approval(["a"]), u64::MAX)
        .unwrap();
    let before = ballots.clone();
    let other = Ballot::ranked(["a"]);
    assert!(matches!(
        ballots.add("", "", &other, 1),
        Err(GroupedError::OtherKind { .. })
    ));
    let twice = Ballot::approval(["a", "a"]);
    assert!(matches!(
        ballots.add("", "", &twice, 1),
        Err(GroupedError::RepeatedProject { .. })
    ));
    let one = Ballot::approval(["b"]);
    assert_eq!(ballots.add("", "", &one, 0), Err(GroupedError::Nobody));
    assert_eq!(
        ballots.add("", "", &one, 1),
        Err(GroupedError::TooManyVoters)
    );
    assert_eq!(ballots.merge(&before), Err(GroupedError::TooManyVoters));
    let signed = GroupedBallots::new(BallotKind::Signed);
    assert!(matches!(
        ballots.merge(&signed),
        Err(GroupedError::OtherKind { .. })
    ));
    assert_eq!(ballots, before);
    assert!(matches!(
        ballots.to_profile(&instance(), &[]),
        Err(GroupedError::Row(_))
    ));
}

#[test]
fn unknown_projects_and_grades_are_all_told() {
    let mut ballots = GroupedBallots::new(BallotKind::Grades);
    ballots
        .add("", "", &Ballot::grades([("x", "good"), ("a", "superb")]), 1)
        .unwrap();
    ballots
        .add("", "", &Ballot::grades([("w", "good")]), 1)
        .unwrap();
    let projects = vec!["w".to_owned(), "x".to_owned()];
    assert_eq!(
        ballots.to_profile(&instance(), &["poor", "good"]),
        Err(GroupedError::UnknownProjects { projects })
    );
    let mut ballots = GroupedBallots::new(BallotKind::Grades);
    ballots
        .add("", "", &Ballot::grades([("a", "superb")]), 1)
        .unwrap();
    let grades = vec!["superb".to_owned()];
    assert_eq!(
        ballots.to_profile(&instance(), &["poor", "good"]),
        Err(GroupedError::UnknownGrades { grades })
    );
}

#[test]
fn ids_that_a_table_cannot_hold_go_by_json() {
    let mut ballots = GroupedBallots::new(BallotKind::Approval);
    ballots.add("", "", &Ballot::approval(["a,b"]), 1).unwrap();
    assert!(
        ballots
            .to_csv()
            .unwrap_err()
            .to_string()
            .contains("write JSON")
    );
    let json = serde_json::to_string(&ballots).unwrap();
    assert_eq!(
        json,
        r#"{"kind":"approval","rows":[{"vote":{"approval":["a,b"]},"count":1}]}"#
    );
    assert_eq!(
        serde_json::from_str::<GroupedBallots>(&json).unwrap(),
        ballots
    );
    let wrong = json.replace(r#""count":1"#, r#""count":0"#);
    let error = serde_json::from_str::<GroupedBallots>(&wrong).unwrap_err();
    assert!(error.to_string().contains("row 1"));
}
