//! F11: faults are put into many honest votes, and the reports must find each of them, and nothing else.

use std::time::Instant;

use quartier::tally::anomaly::{AnomalyCheck, AnomalyCode, AnomalyReport, RunOrder};
use quartier::tally::breakdown::{Breakdown, TurnoutBase};
use quartier::tally::manifest::{Manifest, ManifestRow};
use quartier::tally::uniqueness::Uniqueness;
use quartier::tally::{Score, Tally};

use crate::helpers::{RULES, Vote, city, ratio, tally_of, vote};

const TEXTS: [&str; 7] = [
    "gym",
    "gym,park",
    "park",
    "park,tree",
    "pool",
    "pool,tree",
    "tree,gym",
];
const STATIONS: [&str; 5] = ["hall", "school", "library", "chapel", "gate"];

/// No two neighbours are equal, no value is shared, one vote in ten seconds at each station.
fn honest(number: usize) -> Vote {
    let time = 10 * (number / STATIONS.len());
    let (day, second) = (time / 86_400, time % 86_400);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    );
    vote(TEXTS[number % 7])
        .by("internet")
        .at(STATIONS[number % 5])
        .living_in(["north", "south"][number % 2])
        .of(format!("v{number:07}"))
        .when(format!(
            "2025-{:02}-{:02}T{clock}",
            day / 28 + 1,
            day % 28 + 1
        ))
        .with(&[&format!("ip{number}"), &(16 + number % 80).to_string()])
}

/// Honest votes with 40 votes of one address in one minute among them, two ages, and five voters who vote again.
fn votes(honest_votes: usize) -> Vec<Vote> {
    let middle = honest_votes / 2;
    let mut votes: Vec<Vote> = (0..middle).map(honest).collect();
    votes.extend((0..40).map(|number| {
        vote("pool,gym")
            .by("internet")
            .at("gate")
            .living_in("north")
            .of(format!("x{number}"))
            .when(format!("2024-12-31T23:50:{number:02}"))
            .with(&["203.0.113.7", "40"])
    }));
    votes.extend((middle..honest_votes).map(honest));
    votes[3].cells[1] = "142".into();
    votes[4].cells[1] = "200".into();
    votes.extend((0..5).map(|number| Vote {
        time: "2026-01-01T00:00:00".into(),
        station: "library",
        ..honest(number)
    }));
    votes
}

fn checks() -> Vec<AnomalyCheck> {
    vec![
        AnomalyCheck::SharedValue {
            attribute: "ip".into(),
            at_most: 2,
        },
        AnomalyCheck::OutOfRange {
            attribute: "age".into(),
            at_least: ratio("16"),
            at_most: ratio("120"),
        },
        AnomalyCheck::EqualRun {
            order: RunOrder::Line,
            at_least: 10,
        },
        AnomalyCheck::EqualRun {
            order: RunOrder::Time,
            at_least: 10,
        },
        AnomalyCheck::Burst {
            seconds: 60,
            at_most: 10,
        },
        AnomalyCheck::SeveralVotes { at_most: 0 },
        AnomalyCheck::SeveralChannels { at_most: 0 },
        AnomalyCheck::LookAlikes,
        AnomalyCheck::EmptyStation {
            expected: Vec::new(),
        },
    ]
}

fn took(what: &str, since: Instant) {
    eprintln!("{what}: {} ms", since.elapsed().as_millis());
}

fn look(honest_votes: usize) {
    let votes = votes(honest_votes);
    let since = Instant::now();
    let tally = tally_of(&city(), RULES, &["ip", "age"], &votes, &[]);
    took(&format!("{} votes, intake", votes.len()), since);
    anomalies(&tally);
    figures(&tally, honest_votes);
}

fn anomalies(tally: &Tally) {
    let mut found = Vec::new();
    for (number, check) in checks().into_iter().enumerate() {
        let since = Instant::now();
        let report = AnomalyReport::of(tally, &[check]);
        took(&format!("check {number}"), since);
        assert!(
            report.not_checked.is_empty() && report.unlisted.is_empty(),
            "{report}"
        );
        found.extend(
            report
                .findings
                .into_iter()
                .map(|a| (number, a.code, a.figure.to_string(), a.votes)),
        );
    }
    let expected = [
        (0, AnomalyCode::SharedValue, "40", 40),
        (1, AnomalyCode::OutOfRange, "200", 1),
        (1, AnomalyCode::OutOfRange, "142", 1),
        (2, AnomalyCode::EqualRun, "40", 40),
        (3, AnomalyCode::EqualRun, "40", 40),
        (4, AnomalyCode::Burst, "40", 40),
        (5, AnomalyCode::SeveralVotes, "5", 10),
    ];
    assert_eq!(
        found,
        expected.map(|(check, code, figure, votes)| (check, code, figure.to_owned(), votes))
    );
}

fn figures(tally: &Tally, honest_votes: usize) {
    let since = Instant::now();
    let groups = Uniqueness::of(tally, 5).whole();
    took("uniqueness", since);
    assert_eq!(
        (groups.ballots, groups.unique),
        (honest_votes as u64 + 40, 0)
    );
    // `pool,gym` is cast by the forty alone.
    assert_eq!(groups.distinct, 8);

    let since = Instant::now();
    let base = TurnoutBase::Attribute("registered".into());
    let breakdown = Breakdown::of(tally, &Score::Votes, &base).unwrap();
    took("breakdown", since);
    assert_eq!(breakdown.whole.took_part, honest_votes as u64 + 40);

    let rows = STATIONS.iter().enumerate().map(|(number, station)| {
        let votes = (number..honest_votes).step_by(STATIONS.len()).count() as u64;
        ManifestRow::of_channel("internet")
            .at_station(*station)
            .received(votes)
    });
    let differences = Manifest::new(rows).unwrap().compare(tally);
    let told: Vec<&str> = differences
        .iter()
        .map(quartier::tally::manifest::Difference::code)
        .collect();
    assert_eq!(
        told,
        ["figure", "figure"],
        "the gate has 40 more, the library 5"
    );
}

#[test]
fn the_reports_find_what_was_injected_and_nothing_else() {
    look(7_000);
}

/// `QUARTIER_LONG=1 cargo test --release --test tally_report injected -- --nocapture` prints the times.
#[test]
fn the_same_among_a_million_votes() {
    if std::env::var_os("QUARTIER_LONG").is_none() {
        eprintln!("not run: set QUARTIER_LONG=1");
        return;
    }
    look(1_000_000);
}
