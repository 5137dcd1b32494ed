//! What stations announced, against what was counted.

use proptest::prelude::*;
use quartier::tally::manifest::{ControlFigure, Difference, Manifest, ManifestFault, ManifestRow};

use quartier::election::Aggregate;
use quartier::tally::Tally;

use crate::helpers::{RULES, Vote, city, tally, tally_of, vote};

fn row(channel: &str, station: &str, received: u64) -> ManifestRow {
    ManifestRow::of_channel(channel)
        .at_station(station)
        .received(received)
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
        row("paper", "hall", 3).blank(1).void(0),
        row("paper", "school", 2).blank(0).void(1),
        row("paper", "", 5),
        row("internet", "", 1),
        // A station that announced that nobody came.
        row("paper", "chapel", 0),
    ]);
    let tally = tally(&votes());
    assert_eq!(manifest.compare(&tally), []);
    let table = manifest.table(&tally);
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
        row("paper", "hall", 4).blank(0).void(1),
        row("paper", "school", 2),
        row("internet", "", 1),
    ]);
    let differences = manifest.compare(&tally(&votes()));
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
    let differences = manifest.compare(&tally(&votes()));
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
    let differences = manifest.compare(&tally(&votes));
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
    assert_eq!(manifest.compare(&tally(&votes())), []);
}

#[test]
fn a_total_that_is_not_the_sum_of_its_stations() {
    let of = |total, chapel: Option<u64>| {
        let mut row_of_chapel = row("paper", "chapel", 0).blank(0);
        row_of_chapel.received = chapel;
        let rows = [
            row("paper", "hall", 3),
            row("paper", "school", 2),
            row("paper", "", total),
            row_of_chapel,
        ];
        let differences = manifest(rows).compare(&tally(&votes()));
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
    let impossible = row("paper", "school", 5).blank(u64::MAX).void(2);
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

/// Stations write down what they see when they open the votes; duplicates are settled later, between channels.
#[test]
fn blank_and_void_votes_are_those_that_the_station_saw() {
    let votes = [
        vote("").at("hall").of("ann"),
        vote("castle").at("hall").of("bob"),
        vote("park").at("hall").of("cat"),
        // Not on the roll, and blank all the same when the envelope was opened.
        Vote {
            eligible: false,
            ..vote("").at("hall").of("dan")
        },
        vote("park").by("internet").at("server").of("ann"),
        vote("gym").by("internet").at("server").of("bob"),
    ];
    let rules = RULES.replace("duplicates=first", "duplicates=internet-wins");
    let tally = tally_of(&city(), &rules, &[], &votes, &[]);
    let counts = tally.ledger().by_channel()["paper"].clone();
    assert_eq!((counts.blank, counts.voids(), counts.superseded), (0, 0, 2));
    let manifest = manifest([
        row("paper", "hall", 4).blank(2).void(1),
        row("internet", "server", 2).blank(0).void(0),
    ]);
    assert_eq!(manifest.compare(&tally), []);
    let table = manifest.table(&tally);
    let hall = table
        .iter()
        .find(|line| line.station.as_deref() == Some("hall"));
    let seen = hall.unwrap().counted;
    assert_eq!((seen.received, seen.blank, seen.void), (4, 2, 1));
    assert_eq!(hall.unwrap().counts, counts);
}

/// A blank vote that was not announced is told, also where another vote counts in its place.
#[test]
fn a_figure_that_differs_is_that_of_the_votes() {
    let votes = [
        vote("").at("hall").of("ann"),
        vote("park").by("internet").at("server").of("ann"),
    ];
    let rules = RULES.replace("duplicates=first", "duplicates=internet-wins");
    let tally = tally_of(&city(), &rules, &[], &votes, &[]);
    let manifest = manifest([row("paper", "hall", 1).blank(0), row("internet", "", 1)]);
    let differences = manifest.compare(&tally);
    assert!(
        matches!(
            differences.as_slice(),
            [Difference::Figure {
                figure: ControlFigure::Blank,
                announced: 0,
                counted: 1,
                ..
            }]
        ),
        "{differences:?}"
    );
}

/// One vote by internet, and paper of which only totals exist.
fn with_totals(paper: &[Aggregate]) -> Tally {
    let votes = [vote("park").by("internet").of("ann")];
    tally_of(&city(), RULES, &[], &votes, paper)
}

fn codes(rows: &[ManifestRow], tally: &Tally) -> Vec<&'static str> {
    let manifest = manifest([rows, &[row("internet", "", 1)]].concat());
    let differences = manifest.compare(tally);
    differences.iter().map(Difference::code).collect()
}

#[test]
fn totals_are_compared_by_their_voters() {
    let north = Aggregate::new("paper", [("park", 30)])
        .in_area("north")
        .of_voters(40);
    let south = Aggregate::new("paper", [("gym", 9)])
        .in_area("south")
        .of_voters(10);
    let tally = with_totals(&[north, south]);
    let paper = |received| row("paper", "", received);
    assert_eq!(codes(&[paper(50)], &tally), [] as [&str; 0]);
    assert_eq!(
        codes(&[paper(49)], &tally),
        ["totals"],
        "more voters than votes"
    );
    assert_eq!(codes(&[paper(51)], &tally), ["totals"], "a vote is missing");
    assert_eq!(
        codes(&[paper(53).blank(2).void(1)], &tally),
        [] as [&str; 0],
        "blank and void votes may be left out of the totals"
    );
    assert_eq!(codes(&[paper(54).blank(2).void(1)], &tally), ["totals"]);
    let stations = [row("paper", "hall", 20), row("paper", "school", 30)];
    assert_eq!(
        codes(&stations, &tally),
        [] as [&str; 0],
        "stations together"
    );
    let stations = [row("paper", "hall", 20), row("paper", "school", 20)];
    assert_eq!(codes(&stations, &tally), ["totals"]);
    let whole = [&stations[..], &[paper(50)]].concat();
    assert_eq!(codes(&whole, &tally), ["inconsistent"]);
    let difference = manifest([paper(51).blank(0), row("internet", "", 1)]).compare(&tally);
    assert_eq!(
        difference[0].to_string(),
        "channel `paper`: announced with 51 received, 0 blank, and 50 counted: 50 as voters of its totals, the others as single votes"
    );
}

#[test]
fn totals_without_voters_say_that_they_cannot_be_compared() {
    let north = Aggregate::new("paper", [("park", 30)])
        .in_area("north")
        .of_voters(40);
    let south = Aggregate::new("paper", [("gym", 9)]).in_area("south");
    let tally = with_totals(&[north, south]);
    assert_eq!(codes(&[row("paper", "", 50)], &tally), ["totals-only"]);
    let stations = [row("paper", "hall", 20), row("paper", "school", 30)];
    assert_eq!(
        codes(&stations, &tally),
        ["totals-only"],
        "once, not for each station"
    );
    assert_eq!(codes(&[], &tally), ["totals-not-announced"]);
}

/// Single votes of a station and totals of the others: both are the channel's.
#[test]
fn totals_and_single_votes_of_one_channel() {
    let votes = [vote("park").at("hall"), vote("").at("hall")];
    let totals = [Aggregate::new("paper", [("gym", 9)]).of_voters(10)];
    let tally = tally_of(&city(), RULES, &[], &votes, &totals);
    let compare = |hall: u64, school: u64| {
        let rows = [row("paper", "hall", hall), row("paper", "school", school)];
        let differences = manifest(rows).compare(&tally);
        differences.iter().map(Difference::code).collect::<Vec<_>>()
    };
    assert_eq!(compare(2, 10), [] as [&str; 0]);
    assert_eq!(
        compare(3, 9),
        ["figure"],
        "the hall's own votes are compared"
    );
    assert_eq!(compare(2, 11), ["totals"]);
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
            .map(|((channel, station), counts)| {
                row(&channel, &station, counts.received).blank(counts.blank).void(counts.voids())
            })
            .collect();
        prop_assert_eq!(manifest(rows.clone()).compare(&tally), []);
        let wrong = wrong % rows.len();
        rows[wrong].received = rows[wrong].received.map(|votes| votes + 1);
        let differences = manifest(rows).compare(&tally);
        prop_assert_eq!(differences.len(), 1);
        prop_assert_eq!(differences[0].code(), "figure");
    }
}
