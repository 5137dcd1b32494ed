//! Runs of equal ballots, and bursts.

use proptest::prelude::*;
use quartier::tally::{AnomalyCheck, CastTime, RunOrder, Tally};

use crate::helpers::{Vote, found, refusal, tally, vote};

fn runs(tally: &Tally, order: RunOrder, at_least: u64) -> Vec<(u64, String, String)> {
    let found = found(tally, AnomalyCheck::EqualRun { order, at_least });
    found
        .into_iter()
        .map(|run| (run.votes, run.place.from.unwrap(), run.place.until.unwrap()))
        .collect()
}

fn bursts(tally: &Tally, seconds: u32, at_most: u64) -> Vec<(String, u64, String, String)> {
    let found = found(tally, AnomalyCheck::Burst { seconds, at_most });
    found
        .into_iter()
        .map(|burst| {
            let place = burst.place;
            (
                burst.figure.to_string(),
                burst.votes,
                place.from.unwrap(),
                place.until.unwrap(),
            )
        })
        .collect()
}

/// `gym,park` and `park,gym` are one ballot: the text does not matter, what it says does.
#[test]
fn equal_ballots_in_a_row_by_line() {
    let texts = [
        "tree", "gym,park", "park,gym", "gym,park", "park", "park", "", "",
    ];
    let tally = tally(&texts.map(vote));
    let line = |number: u64| format!("line {number}");
    assert_eq!(runs(&tally, RunOrder::Line, 3), [(3, line(3), line(5))]);
    assert_eq!(
        runs(&tally, RunOrder::Line, 2),
        [
            (3, line(3), line(5)),
            (2, line(6), line(7)),
            (2, line(8), line(9))
        ]
    );
    assert_eq!(runs(&tally, RunOrder::Line, 4), []);
}

/// The file is sorted by voter; in the order of time three equal ballots follow each other.
#[test]
fn equal_ballots_in_a_row_by_time() {
    let times = [
        ("park", "10:00"),
        ("gym", "10:05"),
        ("park", "10:01"),
        ("gym", "09:00"),
        ("park", "10:02"),
    ];
    let votes = times.map(|(text, time)| vote(text).at("hall").when(format!("2025-03-01 {time}")));
    let tally_of_votes = tally(&votes);
    assert_eq!(
        runs(&tally_of_votes, RunOrder::Time, 3),
        [(
            3,
            "2025-03-01T10:00:00".to_owned(),
            "2025-03-01T10:02:00".to_owned()
        )]
    );
    assert_eq!(runs(&tally_of_votes, RunOrder::Line, 2), []);
    // Another station's votes do not stand between them, and do not prolong the run.
    let mut more = votes.to_vec();
    more.push(vote("gym").at("school").when("2025-03-01 10:01"));
    more.push(vote("park").at("school").when("2025-03-01 10:03"));
    assert_eq!(
        runs(&tally(&more), RunOrder::Time, 3),
        runs(&tally_of_votes, RunOrder::Time, 3)
    );
}

/// Nobody can tell what a void ballot says, so it is equal to no other and ends a run.
#[test]
fn void_ballots_end_a_run() {
    let tally = tally(&["castle", "castle", "park", "park", "castle", "park"].map(vote));
    assert_eq!(
        runs(&tally, RunOrder::Line, 2),
        [(2, "line 4".into(), "line 5".into())]
    );
}

#[test]
fn a_burst_is_as_long_as_its_crowded_windows_reach() {
    let seconds = [0, 1, 2, 3, 30, 31, 59, 60, 61, 62];
    let votes = seconds.map(|second| {
        let time: CastTime = format!("2025-03-01T10:{:02}:{:02}Z", second / 60, second % 60)
            .parse()
            .unwrap();
        vote("park").at("hall").when(time.to_string())
    });
    let tally = tally(&votes);
    let time = |text: &str| format!("2025-03-01T10:{text}Z");
    assert_eq!(
        bursts(&tally, 4, 3),
        [
            ("4".to_owned(), 4, time("00:00"), time("00:03")),
            ("4".to_owned(), 4, time("00:59"), time("01:02"))
        ]
    );
    // 3 seconds do not hold the votes of 0 and 3: they differ by 3, which is not less.
    assert_eq!(bursts(&tally, 3, 3), []);
    assert_eq!(
        bursts(&tally, 33, 4),
        [("6".to_owned(), 10, time("00:00"), time("01:02"))]
    );
}

#[test]
fn what_has_no_time_is_not_looked_at_in_silence() {
    let run = |order| AnomalyCheck::EqualRun { order, at_least: 2 };
    let burst = AnomalyCheck::Burst {
        seconds: 60,
        at_most: 1,
    };
    let untimed = tally(&[vote("park"), vote("park")]);
    assert!(refusal(&untimed, run(RunOrder::Time)).contains("no vote has a time"));
    assert!(refusal(&untimed, burst.clone()).contains("date and time"));
    // A number in sequence orders votes but does not tell how long something took.
    let numbered = tally(&[vote("park").when("1"), vote("park").when("2")]);
    assert_eq!(runs(&numbered, RunOrder::Time, 2).len(), 1);
    assert!(refusal(&numbered, burst).contains("number in sequence"));
    let too_short = AnomalyCheck::EqualRun {
        order: RunOrder::Line,
        at_least: 1,
    };
    assert!(refusal(&numbered, too_short).contains("2 or more"));
    let no_time = AnomalyCheck::Burst {
        seconds: 0,
        at_most: 1,
    };
    assert!(refusal(&numbered, no_time).contains("1 or more"));
}

/// The most votes within `seconds` that start at a vote, by trying all of them.
fn naive_peak(times: &[i64], seconds: i64) -> u64 {
    let within = |from: i64| {
        times
            .iter()
            .filter(|&&time| time >= from && time - from < seconds)
            .count() as u64
    };
    times.iter().map(|&from| within(from)).max().unwrap_or(0)
}

fn at(second: i64) -> String {
    format!("2025-03-01T10:{:02}:{:02}", second / 60, second % 60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bursts_agree_with_trying_every_window(times in prop::collection::vec(0_i64..120, 1..40), seconds in 1_u32..30, at_most in 0_u64..8) {
        let votes: Vec<Vote> = times.iter().map(|&time| vote("park").when(at(time))).collect();
        let found = bursts(&tally(&votes), seconds, at_most);
        let peak = naive_peak(&times, i64::from(seconds));
        prop_assert_eq!(!found.is_empty(), peak > at_most);
        if let Some((figure, ..)) = found.first() {
            prop_assert_eq!(figure, &peak.to_string(), "the largest comes first");
        }
        // A vote is in a burst if and only if some crowded window holds it.
        let crowded = |time: i64| times.iter().any(|&from| {
            let window: Vec<i64> = times.iter().copied().filter(|&t| t >= from && t - from < i64::from(seconds)).collect();
            window.len() as u64 > at_most && window.contains(&time)
        });
        let expected = times.iter().filter(|&&time| crowded(time)).count() as u64;
        prop_assert_eq!(found.iter().map(|(_, votes, ..)| votes).sum::<u64>(), expected);
    }

    #[test]
    fn runs_by_line_agree_with_cutting_the_list(texts in prop::collection::vec(0_usize..3, 1..40), at_least in 2_u64..5) {
        let names = ["park", "gym,park", ""];
        let votes: Vec<Vote> = texts.iter().map(|&text| vote(names[text])).collect();
        let mut found: Vec<u64> = runs(&tally(&votes), RunOrder::Line, at_least).into_iter().map(|(votes, ..)| votes).collect();
        let mut expected: Vec<u64> = texts.chunk_by(|a, b| a == b).map(|run| run.len() as u64).filter(|&run| run >= at_least).collect();
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}
