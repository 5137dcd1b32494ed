//! Scores and thresholds take one pass.

use std::time::{Duration, Instant};

use quartier::election::{Ballot, Election, VoterClass};
use quartier::exact::Ratio;
use quartier::tally::{Score, Threshold};

/// M6: a ranking of one great tier, and thresholds of many projects, take one pass over the ballots.
#[test]
fn scores_and_thresholds_take_one_pass() {
    let ids: Vec<String> = (0..400).map(|number| format!("p{number:03}")).collect();
    let builder = ids
        .iter()
        .fold(Election::builder().budget(1000), |builder, id| {
            builder.project((id.as_str(), 1))
        });
    let builder = (0..400_u32).fold(builder, |builder, voter| {
        let weight = VoterClass {
            weight: (voter + 1).into(),
            endowment: 1.into(),
        };
        builder.weighted(Ballot::Ranked(vec![ids.clone()]), 1, weight)
    });
    let election = builder.build().unwrap();
    let start = Instant::now();
    let totals = Score::Weights("3;2;1".parse().unwrap())
        .totals(&election)
        .unwrap();
    assert_eq!(
        totals,
        vec![Ratio::new(6 * 400 * 401 / 2, 400).unwrap(); 400],
        "all share the mean"
    );
    let threshold: Threshold = "10%".parse().unwrap();
    let applied = threshold.applied(&election).unwrap();
    let needed = election
        .instance()
        .project_indices()
        .map(|project| applied.needed(project))
        .collect::<Vec<_>>();
    assert_eq!(needed.len(), 400);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}: 400 ballots of one tier of 400",
        start.elapsed()
    );
}
