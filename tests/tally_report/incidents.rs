//! Counts that failed, each as a small case that a report of this crate shows. The figures are the published ones.

use quartier::tally::Disposition;
use quartier::tally::anomaly::{
    AnomalyCheck, AnomalyCode, AnomalyReport, FormerFigure, FormerKind, RunOrder,
};
use quartier::tally::manifest::{Difference, Manifest, ManifestRow};

use crate::helpers::{RULES, Vote, city, found, ratio, tally, tally_of, vote};

/// Gdańsk 2017: 26% of the cards were incomplete, since the votes of 11,414 people were not all recorded. Authors of
/// a project that lost saw it by comparing the voters without a city-wide vote with earlier years.
#[test]
fn gdansk_2017_incomplete_cards() {
    let complete = vote("pool,gym");
    let without_city_wide = vote("gym");
    let mut votes = vec![complete; 74];
    votes.extend(vec![without_city_wide; 26]);
    let tally = tally(&votes);
    let incomplete = AnomalyCheck::Incomplete {
        marks: 2,
        at_most: ratio("1/10"),
    };
    let city_wide = AnomalyCheck::NamesNone {
        what: "city-wide".into(),
        projects: vec!["pool".into()],
        at_most: ratio("1/10"),
    };
    let report = AnomalyReport::of(&tally, &[incomplete, city_wide]);
    let told: Vec<(AnomalyCode, String)> = report
        .findings
        .iter()
        .map(|a| (a.code, a.figure.decimal(2)))
        .collect();
    assert_eq!(
        told,
        [
            (AnomalyCode::Incomplete, "0.26".into()),
            (AnomalyCode::NamesNone, "0.26".into())
        ]
    );
    assert_eq!(tally.ledger().total().accepted, 100, "nothing is decided");
}

/// Gdańsk 2017, the other half of it: 4,393 people voted again when they were asked to. A former edition's totals
/// show that something is odd.
#[test]
fn gdansk_2017_beside_the_year_before() {
    let again: Vec<Vote> = (0..4_393)
        .flat_map(|voter| {
            ["1", "2"].map(|time| {
                vote("pool")
                    .by("internet")
                    .of(format!("v{voter}"))
                    .when(time)
            })
        })
        .collect();
    let tally = tally(&again);
    let former = vec![FormerFigure {
        channel: Some("internet".into()),
        area: None,
        figure: FormerKind::Duplicate,
        votes: 12,
    }];
    let found = found(
        &tally,
        AnomalyCheck::FormerEdition {
            former,
            change_at_most: ratio("1/2"),
        },
    );
    assert_eq!(
        (found[0].figure.clone(), found[0].limit.clone()),
        (ratio("4393"), ratio("18"))
    );
}

/// Gdynia 2020: a fault of the configuration let people log in and vote again, 365 of them; their second sessions were annulled.
#[test]
fn gdynia_2020_second_sessions() {
    let once = (0..1_000).map(|voter| {
        vote("park")
            .by("internet")
            .of(format!("v{voter:04}"))
            .when("1")
    });
    let again = (0..365).map(|voter| {
        vote("gym")
            .by("internet")
            .of(format!("v{voter:04}"))
            .when("2")
    });
    let tally = tally(&once.chain(again).collect::<Vec<Vote>>());
    let found = found(&tally, AnomalyCheck::SeveralVotes { at_most: 0 });
    assert_eq!(found[0].figure, ratio("365"));
    assert_eq!(found[0].place.channel.as_deref(), Some("internet"));
    let total = tally.ledger().total();
    assert_eq!(
        (total.received, total.accepted, total.duplicate),
        (1_365, 1_000, 365)
    );
    let example = tally.register().row(1_000).unwrap();
    assert_eq!(example.disposition(), Disposition::Duplicate);
    assert_eq!(example.in_favour_of(), Some(0));
}

/// Wrocław 2025: 320 votes from one address with 65 phones, voters aged 142 and 200.
#[test]
fn wroclaw_2025_one_address_and_impossible_ages() {
    let honest = (0..200_usize).map(|number| {
        vote("park").with(&[
            &format!("10.0.{}.{}", number / 100, number % 100),
            &format!("6{number:08}"),
            "41",
        ])
    });
    let stuffed = (0..320_usize).map(|number| {
        let age = ["142", "200", "35", "36"][number % 4];
        vote("gym").with(&["203.0.113.7", &format!("7{:08}", number % 65), age])
    });
    let votes: Vec<Vote> = honest.chain(stuffed).collect();
    let tally = tally_of(&city(), RULES, &["ip", "phone", "age"], &votes, &[]);
    let shared = |attribute: &str, at_most| AnomalyCheck::SharedValue {
        attribute: attribute.into(),
        at_most,
    };
    let address = found(&tally, shared("ip", 50));
    assert_eq!(address.len(), 1);
    assert_eq!(
        (address[0].votes, address[0].place.value.as_deref()),
        (320, Some("203.0.113.7"))
    );
    assert_eq!(found(&tally, shared("phone", 3)).len(), 65);
    let ages = AnomalyCheck::OutOfRange {
        attribute: "age".into(),
        at_least: ratio("16"),
        at_most: ratio("110"),
    };
    let told: Vec<(String, u64)> = found(&tally, ages)
        .into_iter()
        .map(|a| (a.figure.to_string(), a.votes))
        .collect();
    assert_eq!(told, [("200".to_owned(), 80), ("142".to_owned(), 80)]);
    let run = AnomalyCheck::EqualRun {
        order: RunOrder::Line,
        at_least: 300,
    };
    assert_eq!(found(&tally, run)[0].votes, 320);
}

/// Courbevoie 2019: one person with more than 100 accounts, one device. They voted in one night.
#[test]
fn courbevoie_2019_a_hundred_accounts() {
    let votes: Vec<Vote> = (0..300_u32)
        .map(|number| {
            let (device, minute) = if number < 104 {
                (
                    "d-1".to_owned(),
                    format!("2019-06-03 03:{:02}:{:02}", number / 60, number % 60),
                )
            } else {
                (
                    format!("d-{number}"),
                    format!("2019-06-{:02} 12:00:{:02}", number % 28 + 1, number % 60),
                )
            };
            vote("park")
                .by("internet")
                .of(format!("account{number}"))
                .when(minute)
                .with(&[&device])
        })
        .collect();
    let tally = tally_of(&city(), RULES, &["device"], &votes, &[]);
    let checks = [
        AnomalyCheck::SharedValue {
            attribute: "device".into(),
            at_most: 5,
        },
        AnomalyCheck::Burst {
            seconds: 60,
            at_most: 30,
        },
    ];
    let report = AnomalyReport::of(&tally, &checks);
    assert_eq!(report.findings.len(), 2, "{report}");
    assert_eq!(report.findings[0].votes, 104);
    assert_eq!(
        (report.findings[1].figure.clone(), report.findings[1].votes),
        (ratio("60"), 104)
    );
}

/// Ciechanów 2025: national numbers of others were used. Who may vote is said with each vote, never inferred.
#[test]
fn ciechanow_2025_votes_of_others() {
    let mut votes = vec![vote("park"); 20];
    for vote in votes.iter_mut().take(7) {
        vote.eligible = false;
    }
    let tally = tally(&votes);
    let total = tally.ledger().total();
    assert_eq!(
        (total.received, total.accepted, total.ineligible),
        (20, 13, 7)
    );
    assert_eq!(tally.profile().voters(), 13);
    let former = vec![FormerFigure {
        channel: None,
        area: None,
        figure: FormerKind::Ineligible,
        votes: 0,
    }];
    let check = AnomalyCheck::FormerEdition {
        former,
        change_at_most: ratio("1/2"),
    };
    assert_eq!(found(&tally, check)[0].figure, ratio("7"));
}

/// Barcelona 2021 (Decidim): one document number, written in two ways, was two voters.
#[test]
fn barcelona_2021_one_document_twice() {
    let votes =
        ["12345678z", "12345678Z", "87654321X"].map(|id| vote("park").by("internet").of(id));
    let found = found(&tally(&votes), AnomalyCheck::LookAlikes);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].place.value.as_deref(),
        Some("12345678Z and 12345678z")
    );
    assert_eq!(found[0].examples, [1, 0]);
}

fn announced(station: &str, received: u64) -> ManifestRow {
    ManifestRow::of_channel("paper")
        .at_station(station)
        .received(received)
}

/// New York 2021: about 135,000 test ballots were left in the tally; the total was above the turnout.
#[test]
fn new_york_2021_test_ballots_left_in() {
    let mut votes = vec![vote("park").at("queens"); 80];
    votes.extend(vec![vote("gym").at("queens"); 13]);
    votes.extend(vec![vote("gym").at("test"); 5]);
    let manifest = Manifest::new([announced("queens", 80)]).unwrap();
    let differences = manifest.compare(&tally(&votes));
    assert_eq!(differences.len(), 2, "{differences:?}");
    assert!(
        matches!(&differences[0], Difference::Figure { station, announced: 80, counted: 93, .. } if station == "queens")
    );
    assert!(
        matches!(&differences[1], Difference::StationNotAnnounced { station, counts, .. } if station == "test" && counts.received == 5)
    );
}

/// Maine 2018: a batch of 6,125 ballots was lost; 2020: a wrong file was taken for a station's.
#[test]
fn maine_2018_and_2020_a_batch_lost_and_a_wrong_file() {
    let votes = vec![vote("park").at("bangor"); 61];
    let manifest = Manifest::new([
        announced("bangor", 61),
        announced("augusta", 6_125),
        announced("", 6_186),
    ])
    .unwrap();
    let differences = manifest.compare(&tally(&votes));
    assert_eq!(differences.len(), 2, "{differences:?}");
    assert!(
        matches!(&differences[0], Difference::Figure { station, announced: 6_186, counted: 61, .. } if station.is_empty())
    );
    assert!(matches!(&differences[1], Difference::NotCounted { row } if row.station == "augusta"));
    let expected = vec![("paper".to_owned(), "augusta".to_owned())];
    let empty = found(&tally(&votes), AnomalyCheck::EmptyStation { expected });
    assert_eq!(empty[0].place.station.as_deref(), Some("augusta"));
}

/// `BetterVoting` #1478: a ballot that was not blank was taken for one. Blank ballots have their own line and control total.
#[test]
fn bettervoting_1478_blank_is_a_figure_of_its_own() {
    let votes = [
        vote("park").at("hall"),
        vote("").at("hall"),
        vote(" ").at("hall"),
    ];
    let rows = [announced("hall", 3).blank(1)];
    let differences = Manifest::new(rows).unwrap().compare(&tally(&votes));
    assert!(
        matches!(
            &differences[..],
            [Difference::Figure {
                announced: 1,
                counted: 2,
                ..
            }]
        ),
        "{differences:?}"
    );
}
