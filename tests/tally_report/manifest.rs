//! What stations announced, against what was counted.

use proptest::prelude::*;
use quartier::tally::{ControlFigure, Difference, Manifest, ManifestFault, ManifestRow};

use crate::helpers::{Vote, tally, vote};

fn row(channel: &str, station: &str, received: u64) -> ManifestRow {
    ManifestRow {
        channel: channel.into(),
        station: station.into(),
        received: Some(received),
        ..ManifestRow::default()
    }
}

fn manifest(rows: impl IntoIterator<Item = ManifestRow>) -> Manifest {
    Manifest::new(rows).unwrap()
}

/// Hall: 2 valid, 1 blank. School: 1 valid, 1 void (an unknown project). Internet: 1, of no station.
fn votes() -> Vec<Vote> {
    vec![
        vote("park").at("hall"),
        vote("gym").at("hall"),
        vote("").at("hall"),
        vote("park").at("school"),
        vote("castle").at("school"),
        vote("tree").by("internet").of("v1"),
    ]
}

#[test]
fn nothing_differs_where_everything_agrees() {
    let manifest = manifest([
        ManifestRow {
            blank: Some(1),
            void: Some(0),
            ..row("paper", "hall", 3)
        },
        ManifestRow {
            blank: Some(0),
            void: Some(1),
            ..row("paper", "school", 2)
        },
        row("paper", "", 5),
        row("internet", "", 1),
        // A station that announced that nobody came.
        row("paper", "chapel", 0),
    ]);
    let tally = tally(&votes());
    assert_eq!(manifest.compare(tally.ledger()), []);
    let table = manifest.table(tally.ledger());
    let lines: Vec<(&str, Option<&str>, u64)> = table
        .iter()
        .map(|line| {
            let station = line.station.as_deref();
            (line.channel.as_str(), station, line.counts.received)
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("internet", None, 1),
            ("internet", Some(""), 1),
            ("paper", None, 5),
            ("paper", Some("chapel"), 0),
            ("paper", Some("hall"), 3),
            ("paper", Some("school"), 2),
        ]
    );
    assert!(table.iter().all(|line| line.counts.balances()));
    assert_eq!(table[1].announced, None, "a total is not a station's row");
    assert_eq!(table[4].announced.as_ref().unwrap().blank, Some(1));
}

#[test]
fn every_figure_that_differs_is_told_with_the_whole_identity() {
    let manifest = manifest([
        ManifestRow {
            blank: Some(0),
            void: Some(1),
            ..row("paper", "hall", 4)
        },
        row("paper", "school", 2),
        row("internet", "", 1),
    ]);
    let differences = manifest.compare(tally(&votes()).ledger());
    let figures: Vec<(ControlFigure, u64, u64)> = differences
        .iter()
        .map(|difference| match difference {
            Difference::Figure {
                station,
                figure,
                announced,
                counted,
                ..
            } if station == "hall" => (*figure, *announced, *counted),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(
        figures,
        [
            (ControlFigure::Received, 4, 3),
            (ControlFigure::Blank, 0, 1),
            (ControlFigure::Void, 1, 0)
        ]
    );
    assert_eq!(
        differences[0].to_string(),
        "station `hall` of channel `paper`: 4 received votes were announced and 3 counted; 3 received = 2 accepted + 1 \
         blank + 0 void + 0 superseded + 0 duplicate + 0 ineligible"
    );
}

/// The identity in a message names the reasons of void votes.
#[test]
fn void_votes_are_told_by_reason() {
    let manifest = manifest([
        row("paper", "hall", 3),
        row("paper", "school", 1),
        row("internet", "", 1),
    ]);
    let differences = manifest.compare(tally(&votes()).ledger());
    assert_eq!(differences.len(), 1);
    assert!(
        differences[0]
            .to_string()
            .contains("1 void (1 unknown-project)"),
        "{}",
        differences[0]
    );
}

#[test]
fn what_was_not_announced_and_what_was_not_counted() {
    let mut votes = votes();
    votes.push(vote("park"));
    let manifest = manifest([
        row("paper", "hall", 3),
        row("paper", "chapel", 40),
        row("bus", "", 7),
    ]);
    let differences = manifest.compare(tally(&votes).ledger());
    let told: Vec<(&str, String)> = differences
        .iter()
        .map(|difference| {
            let place = match difference {
                Difference::ChannelNotAnnounced { channel, .. } => channel.clone(),
                Difference::StationNotAnnounced {
                    channel, station, ..
                } => {
                    format!("{channel}/{station}")
                }
                Difference::NotCounted { row } => format!("{}/{}", row.channel, row.station),
                other => panic!("{other}"),
            };
            (difference.code(), place)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("not-counted", "bus/".to_owned()),
            ("channel-not-announced", "internet".to_owned()),
            ("not-counted", "paper/chapel".to_owned()),
            ("station-not-announced", "paper/".to_owned()),
            ("station-not-announced", "paper/school".to_owned()),
        ]
    );
    assert!(differences[3].to_string().contains("name no station"));
    assert!(
        differences[2]
            .to_string()
            .contains("announced with 40 received")
    );
}

#[test]
fn a_channel_announced_as_a_whole_needs_no_stations() {
    let manifest = manifest([row("paper", "", 5), row("internet", "", 1)]);
    assert_eq!(manifest.compare(tally(&votes()).ledger()), []);
}

#[test]
fn a_total_that_is_not_the_sum_of_its_stations() {
    let of = |total, chapel: Option<u64>| {
        let chapel = ManifestRow {
            received: chapel,
            blank: Some(0),
            ..row("paper", "chapel", 0)
        };
        let rows = [
            row("paper", "hall", 3),
            row("paper", "school", 2),
            row("paper", "", total),
            chapel,
        ];
        let differences = manifest(rows).compare(tally(&votes()).ledger());
        differences
            .into_iter()
            .filter_map(|difference| match difference {
                Difference::Inconsistent {
                    figure,
                    total,
                    stations,
                    ..
                } => Some((figure, total, stations)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(of(5, Some(0)), []);
    assert_eq!(of(6, Some(0)), [(ControlFigure::Received, 6, 5)]);
    assert_eq!(
        of(6, None),
        [],
        "a station that announced nothing may make up the rest"
    );
    assert_eq!(
        of(4, None),
        [(ControlFigure::Received, 4, 5)],
        "but cannot take away"
    );
    assert_eq!(
        of(u64::MAX, Some(u64::MAX)),
        [(ControlFigure::Received, u64::MAX, u128::from(u64::MAX) + 5)]
    );
}

#[test]
fn all_faults_of_a_manifest_at_once() {
    let impossible = ManifestRow {
        blank: Some(u64::MAX),
        void: Some(2),
        ..row("paper", "school", 5)
    };
    let faults = Manifest::new([
        row("paper", "hall", 3),
        impossible,
        row("paper", "hall", 3),
        row("internet", "", 1),
        row("internet", "", 2),
    ])
    .unwrap_err();
    let told: Vec<&ManifestFault> = faults.iter().collect();
    assert_eq!(told.len(), 3);
    assert!(
        matches!(told[0], ManifestFault::Impossible { number: 2, invalid, .. } if *invalid == u128::from(u64::MAX) + 2)
    );
    assert!(matches!(
        told[1],
        ManifestFault::Repeated {
            first: 1,
            second: 3,
            ..
        }
    ));
    assert!(matches!(
        told[2],
        ManifestFault::Repeated {
            first: 4,
            second: 5,
            ..
        }
    ));
    assert_eq!(faults.to_string().lines().count(), 3);
    assert!(
        faults
            .to_string()
            .contains("row 5 announces channel `internet` again after row 4")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A manifest that says what was counted has no difference; one more vote announced anywhere is one difference.
    #[test]
    fn the_counted_figures_agree_and_no_others(stations in prop::collection::vec((0_usize..3, 0_usize..4), 1..40), wrong in 0_usize..40) {
        let names = ["hall", "school", "chapel", "gate"];
        let votes: Vec<Vote> = stations
            .iter()
            .map(|&(channel, station)| {
                let text = ["park", "", "castle"][(channel + station) % 3];
                vote(text).by(["paper", "internet", "opinion"][channel]).at(names[station])
            })
            .collect();
        let tally = tally(&votes);
        let mut rows: Vec<ManifestRow> = tally
            .ledger()
            .by_station()
            .into_iter()
            .map(|((channel, station), counts)| ManifestRow {
                channel,
                station,
                received: Some(counts.received),
                blank: Some(counts.blank),
                void: Some(counts.voids()),
            })
            .collect();
        prop_assert_eq!(manifest(rows.clone()).compare(tally.ledger()), []);
        let wrong = wrong % rows.len();
        rows[wrong].received = rows[wrong].received.map(|votes| votes + 1);
        let differences = manifest(rows).compare(tally.ledger());
        prop_assert_eq!(differences.len(), 1);
        prop_assert_eq!(differences[0].code(), "figure");
    }
}
