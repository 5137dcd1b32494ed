//! F29 and F30: how the time of a count grows.

use std::time::{Duration, Instant};

use quartier::election::{BallotKind, Election};

use crate::common::outcome;
use crate::helpers::{SKIP, big, pseudo_random};

/// The shortest of a few runs.
fn time(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// Asserts that `times` times the size takes less than `factor` times as long.
fn slope(what: &str, times: usize, factor: u32, run: impl Fn(usize)) {
    let (small, large) = (time(|| run(1)), time(|| run(times)));
    assert!(
        large < small.max(Duration::from_millis(1)) * factor,
        "{what}: {small:?} for n, {large:?} for {times}n"
    );
}

/// Many distinct ballots: building a profile stays close to linear, whatever they hash to.
#[test]
fn f29_distinct_ballots_cost_linear_time() {
    let election = (0..64_u32)
        .fold(Election::builder().budget(1), |builder, number| {
            builder.project((format!("p{number:02}"), 1))
        })
        .build()
        .unwrap();
    let projects: Vec<_> = election.instance().project_indices().collect();
    slope("profile", 16, 120, |times| {
        let ballots = times * 4_000;
        let mut builder =
            quartier::election::ProfileBuilder::new(election.instance(), BallotKind::Approval);
        for (number, bits) in pseudo_random(7).take(ballots).enumerate() {
            let entries = projects
                .iter()
                .enumerate()
                .filter(|(at, _)| (bits ^ number as u64) >> (at % 31) & 1 == 1 && at % 2 == 0);
            let mut entries: Vec<_> = entries
                .map(|(_, &project)| quartier::election::Entry { project, weight: 0 })
                .collect();
            builder.push(&mut entries, 0, 1).unwrap();
        }
        assert!(builder.finish().0.len() > ballots / 2);
    });
}

/// Sixteen times the voters take about sixteen times as long to count; quadratic would be 256.
#[test]
fn f30_counting_is_linear_in_the_voters() {
    let elections = [1, 16].map(|times| big(times * 1_000, 100));
    for rule in [
        SKIP,
        "greedy-welfare:utility=effort",
        "greedy-welfare:utility=cost-sqrt",
    ] {
        slope(rule, 16, 120, |times| {
            assert!(
                !outcome(&elections[times / 16], rule, "id")
                    .winners
                    .is_empty()
            );
        });
    }
}

/// Four times the projects take at worst sixteen times as long, also when all are tied; cubic would be 64.
#[test]
fn f30_counting_is_at_most_quadratic_in_the_projects() {
    let tied = |projects: usize| {
        (0..projects)
            .fold(
                Election::builder().budget(projects as u64),
                |builder, number| builder.project((format!("p{number}"), 3)),
            )
            .build()
            .unwrap()
    };
    let elections = [1, 4].map(|times| tied(times * 300));
    for rule in [
        SKIP,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=chamberlin-courant",
    ] {
        slope(rule, 4, 45, |times| {
            assert_eq!(
                outcome(&elections[times / 4], rule, "id").winners.len(),
                times * 100
            );
        });
    }
}
