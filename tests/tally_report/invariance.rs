//! The order in which votes come does not show in any report.

use proptest::prelude::*;
use quartier::tally::Score;
use quartier::tally::anomaly::{AnomalyCheck, AnomalyReport, FormerFigure, FormerKind, RunOrder};
use quartier::tally::breakdown::{Breakdown, TurnoutBase};
use quartier::tally::manifest::{Manifest, ManifestRow};
use quartier::tally::uniqueness::Uniqueness;

use crate::helpers::{RULES, Vote, city, ratio, tally_of, vote};

fn checks() -> Vec<AnomalyCheck> {
    let attribute = || "x".to_owned();
    vec![
        AnomalyCheck::SharedValue {
            attribute: attribute(),
            at_most: 2,
        },
        AnomalyCheck::OutOfRange {
            attribute: attribute(),
            at_least: ratio("2"),
            at_most: ratio("3"),
        },
        AnomalyCheck::EqualRun {
            order: RunOrder::Time,
            at_least: 2,
        },
        AnomalyCheck::EqualRun {
            order: RunOrder::Line,
            at_least: 2,
        },
        AnomalyCheck::Burst {
            seconds: 5,
            at_most: 2,
        },
        AnomalyCheck::Incomplete {
            marks: 2,
            at_most: ratio("1/3"),
        },
        AnomalyCheck::NamesNone {
            what: "gym".into(),
            projects: vec!["gym".into()],
            at_most: ratio("1/3"),
        },
        AnomalyCheck::SeveralChannels { at_most: 0 },
        AnomalyCheck::SeveralVotes { at_most: 0 },
        AnomalyCheck::LookAlikes,
        AnomalyCheck::EmptyStation {
            expected: Vec::new(),
        },
        AnomalyCheck::RoundFigure { multiple_of: 2 },
        AnomalyCheck::FormerEdition {
            former: vec![FormerFigure {
                channel: None,
                area: None,
                figure: FormerKind::Received,
                votes: 3,
            }],
            change_at_most: ratio("1/5"),
        },
    ]
}

/// All reports, as bytes.
fn reports(votes: &[Vote]) -> String {
    let rules = RULES.replace("duplicates=first", "duplicates=void-all");
    let tally = tally_of(&city(), &rules, &["x"], votes, &[]);
    let anomalies = AnomalyReport::of(&tally, &checks());
    let breakdown = Breakdown::of(
        &tally,
        &Score::Votes,
        &TurnoutBase::Attribute("registered".into()),
    )
    .unwrap();
    let row = ManifestRow::of_channel("paper").received(7);
    let manifest = Manifest::new([row]).unwrap();
    let all = (
        &anomalies,
        &breakdown,
        Uniqueness::of(&tally, 3),
        manifest.compare(&tally),
        manifest.table(&tally),
    );
    format!(
        "{}\n{anomalies}\n{breakdown}",
        serde_json::to_string(&all).unwrap()
    )
}

fn votes() -> impl Strategy<Value = Vec<Vote>> {
    let one = (
        0_usize..6,
        0_usize..3,
        0_usize..3,
        0_usize..3,
        0_usize..8,
        0_usize..4,
        0_i64..12,
    );
    prop::collection::vec(one, 0..40).prop_map(|votes| {
        let numbered = (2..).zip(votes);
        let vote = |(line, (text, channel, area, station, voter, value, second))| Vote {
            line,
            ..vote(["park", "gym", "gym,park", "park,gym", "", "castle"][text])
                .by(["paper", "internet", "opinion"][channel])
                .living_in(["", "north", "south"][area])
                .at(["", "hall", "school"][station])
                .of(["", "", "", "anna", "Anna", "ben", "cora", "dora"][voter])
                .when(format!("2025-03-01T10:00:{second:02}"))
                .with(&[["", "1", "2", "many"][value]])
        };
        numbered.map(vote).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The lines of a file read in any order, as by several threads or stations.
    #[test]
    fn shuffling_the_votes_changes_no_report((votes, shuffled) in votes().prop_flat_map(|votes| (Just(votes.clone()), Just(votes).prop_shuffle()))) {
        prop_assert_eq!(reports(&votes), reports(&shuffled));
    }

    /// The lines of a file written in another order: all but row numbers and runs by line stays.
    #[test]
    fn sorting_the_file_changes_no_figure((votes, shuffled) in votes().prop_flat_map(|votes| (Just(votes.clone()), Just(votes).prop_shuffle()))) {
        let figures = |votes: &[Vote]| {
            let rules = RULES.replace("duplicates=first", "duplicates=void-all");
            let fresh: Vec<Vote> = votes.iter().cloned().map(|vote| Vote { line: 0, ..vote }).collect();
            let tally = tally_of(&city(), &rules, &["x"], &fresh, &[]);
            let mut checks = checks();
            checks.retain(|check| !matches!(check, AnomalyCheck::EqualRun { order: RunOrder::Line, .. }));
            let report = AnomalyReport::of(&tally, &checks);
            let told = report.findings.into_iter().map(|a| (a.check, a.code, a.place, a.figure, a.limit, a.votes));
            (told.collect::<Vec<_>>(), report.not_checked, Uniqueness::of(&tally, 3))
        };
        prop_assert_eq!(figures(&votes), figures(&shuffled));
    }
}

#[test]
fn the_random_votes_meet_every_check() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let rules = RULES.replace("duplicates=first", "duplicates=void-all");
    let mut met = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let votes = votes().new_tree(&mut runner).unwrap().current();
        let tally = tally_of(&city(), &rules, &["x"], &votes, &[]);
        met.extend(
            AnomalyReport::of(&tally, &checks())
                .findings
                .into_iter()
                .map(|anomaly| anomaly.check),
        );
    }
    assert_eq!(
        met.into_iter().collect::<Vec<_>>(),
        (0..checks().len()).collect::<Vec<_>>()
    );
}
