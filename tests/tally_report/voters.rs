//! Voters with several votes, ids that look alike, ballots that leave something out.

use quartier::tally::{AnomalyCheck, AnomalyCode, look_alike_ids};

use crate::helpers::{Vote, found, ratio, refusal, tally, vote};

/// Anna: internet and paper. Ben: twice by internet. Cora: three times, in two channels. Dora: once.
fn votes() -> Vec<Vote> {
    [
        ("internet", "anna", "1"),
        ("paper", "anna", "2"),
        ("internet", "ben", "1"),
        ("internet", "ben", "2"),
        ("internet", "cora", "1"),
        ("paper", "cora", "2"),
        ("paper", "cora", "3"),
        ("paper", "dora", "1"),
    ]
    .map(|(channel, voter, time)| vote("park").by(channel).of(voter).when(time))
    .to_vec()
}

#[test]
fn voters_in_several_channels() {
    let tally = tally(&votes());
    let found_at = |at_most| found(&tally, AnomalyCheck::SeveralChannels { at_most });
    assert_eq!(found_at(2), []);
    let anomaly = &found_at(1)[0];
    assert_eq!(
        (anomaly.figure.to_string().as_str(), anomaly.votes),
        ("2", 5)
    );
    assert_eq!(anomaly.examples, [0, 4], "the first vote of each");
}

#[test]
fn voters_who_voted_again_in_a_channel() {
    let found = found(&tally(&votes()), AnomalyCheck::SeveralVotes { at_most: 0 });
    let told: Vec<(Option<&str>, &str, u64)> = found
        .iter()
        .map(|a| {
            (
                a.place.channel.as_deref(),
                if a.figure == ratio("1") { "1" } else { "?" },
                a.votes,
            )
        })
        .collect();
    assert_eq!(told, [(Some("internet"), "1", 2), (Some("paper"), "1", 2)]);
}

#[test]
fn anonymous_ballots_cannot_be_looked_at() {
    let tally = tally(&[vote("park"), vote("park")]);
    for check in [
        AnomalyCheck::SeveralChannels { at_most: 0 },
        AnomalyCheck::SeveralVotes { at_most: 0 },
        AnomalyCheck::LookAlikes,
    ] {
        assert!(refusal(&tally, check).contains("no vote has a voter's id"));
    }
}

/// F8: case, accents in one piece or two, full width, other scripts, invisible characters, blanks.
#[test]
fn ids_that_look_alike() {
    let pairs = look_alike_ids([
        "ab12",
        "x",
        "AB12",
        "аb12",
        "ab12 ",
        "ab\u{200b}12",
        "７",
        "7",
        "é",
        "e\u{301}",
        "y",
    ]);
    assert_eq!(
        pairs,
        [
            ("7", "７"),
            ("AB12", "ab12"),
            ("AB12", "ab12 "),
            ("AB12", "ab\u{200b}12"),
            ("AB12", "аb12"),
            ("e\u{301}", "é"),
        ]
    );
}

#[test]
fn look_alikes_are_listed_and_nothing_is_merged() {
    let votes = ["ab12", "AB12", "ab\u{200b}13", "z9"].map(|voter| vote("park").of(voter));
    let tally = tally(&votes);
    assert_eq!(
        tally.ledger().total().accepted,
        4,
        "byte-exact: four voters"
    );
    let found = found(&tally, AnomalyCheck::LookAlikes);
    let told: Vec<(AnomalyCode, &str, &[usize])> = found
        .iter()
        .map(|a| {
            (
                a.code,
                a.place.value.as_deref().unwrap(),
                a.examples.as_slice(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (AnomalyCode::LookAlikes, "AB12 and ab12", &[1, 0][..]),
            (AnomalyCode::InvisibleCharacter, "ab\\u{200b}13", &[2][..]),
        ]
    );
}

#[test]
fn pseudonyms_hide_look_alikes_and_the_report_says_so() {
    let tally = tally(&[vote("park").of("dd231e8192aba977ad603eaf02f124e4")]);
    assert!(refusal(&tally, AnomalyCheck::LookAlikes).contains("before they are replaced"));
}

#[test]
fn ballots_that_leave_something_out() {
    let votes = [
        vote("park,gym").at("hall"),
        vote("park").at("hall"),
        vote("").at("hall"),
        vote("park,gym").at("school"),
        vote("castle").at("school"),
        vote("tree,pool").by("internet"),
    ];
    let tally = tally(&votes);
    let shares = |check| {
        found(&tally, check)
            .into_iter()
            .map(|a| {
                (
                    a.place.channel.unwrap(),
                    a.place.station,
                    a.figure.to_string(),
                    a.examples,
                )
            })
            .collect::<Vec<_>>()
    };
    let (paper, hall) = ("paper".to_owned(), Some("hall".to_owned()));
    // The void ballot of the school is neither complete nor incomplete.
    let incomplete = |at_most| AnomalyCheck::Incomplete {
        marks: 2,
        at_most: ratio(at_most),
    };
    assert_eq!(
        shares(incomplete("1/3")),
        [
            (paper.clone(), hall.clone(), "2/3".to_owned(), vec![1, 2]),
            (paper.clone(), None, "1/2".to_owned(), vec![1, 2])
        ]
    );
    assert_eq!(shares(incomplete("2/3")), []);
    let none = |projects: &[&str]| AnomalyCheck::NamesNone {
        what: "green".into(),
        projects: projects.iter().map(|&id| id.to_owned()).collect(),
        at_most: ratio("2/5"),
    };
    let internet = ("internet".to_owned(), None, "1".to_owned(), vec![5]);
    assert_eq!(shares(none(&["gym", "park"])), [internet]);
    assert!(refusal(&tally, none(&["castle"])).contains("no project `castle`"));
    assert!(refusal(&tally, none(&[])).contains("no project is named"));
}

/// Ballots void since they have too few marks are incomplete, not out of sight.
#[test]
fn too_few_marks_are_incomplete() {
    let rules = crate::helpers::RULES.replace("min=1", "min=2");
    let votes = [vote("park"), vote("park,gym")];
    let tally = crate::helpers::tally_of(&crate::helpers::city(), &rules, &[], &votes, &[]);
    assert_eq!(tally.ledger().total().voids(), 1);
    let check = AnomalyCheck::Incomplete {
        marks: 2,
        at_most: ratio("1/4"),
    };
    assert_eq!(found(&tally, check)[0].figure, ratio("1/2"));
}
