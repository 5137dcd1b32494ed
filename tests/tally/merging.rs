//! Partial tallies merge in any order to the same result.

use proptest::prelude::*;
use quartier::tally::{Intake, IntakeError, Tally};

use crate::helpers::{cast, dispositions, instance, rules};

/// A vote of a small world in which duplicates and faults are common.
fn votes() -> impl Strategy<Value = Vec<(usize, [String; 5])>> {
    let vote = (
        0..3_usize,
        prop::sample::select(vec!["", "v1", "v2", "v3", "v4", "v5"]),
        prop::sample::select(vec!["internet", "paper", "telephone"]),
        prop::sample::select(vec!["north", "south", ""]),
        0..4_u32,
        prop::sample::select(vec![
            "a1",
            "a2,b1",
            "b1 a2",
            "",
            "zz",
            "a1,a1",
            "c1",
            "a1,a2,b1,c1",
        ]),
    );
    let vote = vote.prop_map(|(station, voter, channel, area, time, text)| {
        let time = time.to_string();
        (
            station,
            [
                voter.to_owned(),
                channel.to_owned(),
                area.to_owned(),
                time,
                text.to_owned(),
            ],
        )
    });
    prop::collection::vec(vote, 0..40)
}

/// Everything that can be seen of a tally.
fn shown(
    tally: &Tally,
) -> (
    String,
    Vec<quartier::tally::Disposition>,
    quartier::election::ElectionDigest,
) {
    let election = tally.election().unwrap();
    (
        format!("{:?}", tally.ledger()),
        dispositions(tally),
        election.digest(),
    )
}

fn stations<'a>(
    instance: &'a quartier::election::Instance,
    rules: &'a quartier::tally::BallotRules,
    votes: &[(usize, [String; 5])],
) -> Vec<Intake<'a>> {
    let station = |number: usize| {
        let mut intake = Intake::new(instance, rules).unwrap();
        intake.source(&format!("station-{number}.csv"), &[]);
        let of_station = votes.iter().filter(|(station, _)| *station == number);
        for (line, (_, vote)) in (2..).zip(of_station) {
            intake.cast(&cast(line, std::array::from_fn(|cell| vote[cell].as_str())));
        }
        intake
    };
    (0..3).map(station).collect()
}

fn merged(mut stations: Vec<Intake<'_>>, order: [usize; 3]) -> Result<Tally, String> {
    let mut taken: Vec<Option<Intake<'_>>> = stations.drain(..).map(Some).collect();
    let mut all = taken[order[0]].take().unwrap();
    all.merge(taken[order[1]].take().unwrap());
    all.merge(taken[order[2]].take().unwrap());
    all.close().map_err(|errors| errors.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_order_of_merging_does_not_show(votes in votes(), policy in prop::sample::select(vec!["first", "last", "paper-wins", "paper-wins;last", "void-all", "refuse"])) {
        let (instance, rules) = (instance(), rules(&format!("max=3,duplicates={policy}")));
        let in_order = merged(stations(&instance, &rules, &votes), [0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [2, 1, 0]] {
            let other = merged(stations(&instance, &rules, &votes), order);
            match (&in_order, other) {
                (Ok(a), Ok(b)) => prop_assert_eq!(shown(a), shown(&b)),
                (Err(a), Err(b)) => prop_assert_eq!(a, &b),
                (a, b) => prop_assert!(false, "{:?} against {:?}", a.is_ok(), b.is_ok()),
            }
        }
    }

    /// Anonymous ballots can be tallied by station and the profiles merged: the same profile in any order.
    #[test]
    fn profiles_of_stations_merge_to_the_whole(votes in votes()) {
        let anonymous: Vec<_> = votes.into_iter().map(|(station, mut vote)| { vote[0].clear(); (station, vote) }).collect();
        let (instance, rules) = (instance(), rules("max=3"));
        let whole = merged(stations(&instance, &rules, &anonymous), [2, 0, 1]).unwrap();
        let parts = stations(&instance, &rules, &anonymous).into_iter().map(|part| part.close().unwrap());
        let profiles: Vec<_> = parts.map(|part| part.profile().clone()).collect();
        let left = profiles[0].merge(&profiles[1]).unwrap().merge(&profiles[2]).unwrap();
        let right = profiles[0].merge(&profiles[2].merge(&profiles[1]).unwrap()).unwrap();
        prop_assert_eq!(&left, whole.profile());
        prop_assert_eq!(&right, whole.profile());
    }
}

#[test]
fn the_same_file_twice_is_refused() {
    let (instance, rules) = (instance(), rules(""));
    let station = || {
        let mut intake = Intake::new(&instance, &rules).unwrap();
        intake.source("station-1.csv", &[]);
        intake.cast(&cast(2, ["", "paper", "", "", "a1"]));
        intake
    };
    let mut both = station();
    both.merge(station());
    let errors = both.close().expect_err("the same file twice");
    assert_eq!(
        errors.errors(),
        [IntakeError::RepeatedSource {
            name: "station-1.csv".to_owned()
        }]
    );
}
