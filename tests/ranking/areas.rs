//! Support in several areas: the projects that unite.

use std::collections::BTreeSet;

use proptest::prelude::*;
use quartier::count::{Count, CountError, Fate};
use quartier::election::{
    Area, Ballot, BallotKind, Column, Election, Entry, Instance, Money, ProfileBuilder, Project,
    Voters,
};
use quartier::record::Reason;
use quartier::tally::{Needed, Threshold};

use crate::common::{cases, outcome, plan};

/// An election of `a`, `b` and `c` with one row a voter: the area and the projects that the voter names.
fn election(rows: &[(&str, Vec<&str>)], areas: &[&str], signed: bool) -> Election {
    let mut instance = Instance::builder().name("areas").budget(Money::from(30));
    for id in ["a", "b", "c"] {
        instance = instance.project(Project::new(id, Money::from(10)));
    }
    for area in areas {
        instance = instance.area(Area::new(*area));
    }
    let instance = instance.build().unwrap();
    let kind = if signed {
        BallotKind::Signed
    } else {
        BallotKind::Approval
    };
    let mut builder = ProfileBuilder::new(&instance, kind);
    let mut cast = Vec::new();
    for (_, named) in rows {
        let mark = |id: &'static str| {
            let weight = if !signed {
                0
            } else if named.contains(&id) {
                1
            } else {
                -1
            };
            let project = instance.find(id).unwrap();
            (signed || named.contains(&id)).then_some(Entry { project, weight })
        };
        let mut marks: Vec<Entry> = ["a", "b", "c"].into_iter().filter_map(mark).collect();
        cast.push(builder.push(&mut marks, 0, 1).unwrap());
    }
    let (profile, map) = builder.finish();
    let ids: Vec<String> = (1..=rows.len()).map(|row| row.to_string()).collect();
    let ballots = cast.into_iter().map(|row| map[row as usize]).collect();
    let column: Column = rows.iter().map(|(area, _)| *area).collect();
    let ids = ids.iter().map(String::as_str).collect();
    let voters = Voters::new(ids, ballots, vec![("area".to_owned(), column)]);
    Election::new(instance, profile, Some(voters.unwrap())).unwrap()
}

const AREAS: [&str; 4] = ["neudorf", "gare", "meinau", ""];

proptest! {
    #![proptest_config(cases(10_000))]

    /// Against the definition, area by area and voter by voter; signed ballots name those they are for.
    #[test]
    fn areas_are_counted(
        rows in prop::collection::vec((0..4_usize, 0..8_u8), 0..12),
        areas in 1..4_u32, voters in 1..4_u64, signed in any::<bool>(),
    ) {
        let named = |set: u8| ["a", "b", "c"].into_iter().enumerate().filter(move |(bit, _)| set >> bit & 1 == 1).map(|(_, id)| id);
        let rows: Vec<(&str, Vec<&str>)> = rows.into_iter().map(|(area, set)| (AREAS[area], named(set).collect())).collect();
        let election = election(&rows, &["gare", "meinau", "neudorf"], signed);
        let threshold = Threshold::in_areas(areas, voters).unwrap();
        let applied = threshold.applied(&election).unwrap();
        let rule = format!("greedy:score=votes,misfit=skip,threshold={threshold}");
        let won: BTreeSet<String> = outcome(&election, &rule, "id").winners.into_iter().collect();
        for id in ["a", "b", "c"] {
            let supporters = |area: &str| rows.iter().filter(|(of, named)| *of == area && named.contains(&id)).count() as u64;
            let found = AREAS[..3].iter().filter(|area| supporters(area) >= voters).count();
            let found = u32::try_from(found).unwrap();
            let project = election.instance().find(id).unwrap();
            prop_assert_eq!(applied.needed(project), [Needed::Areas { areas, voters, found }]);
            prop_assert_eq!(won.contains(id), found >= areas, "{}", id);
        }
    }
}

/// The most votes, from one quartier alone, are not enough where three quartiers are asked for.
#[test]
fn one_quartier_alone_does_not_unite() {
    let mut rows = vec![("neudorf", vec!["a"]); 10];
    rows.extend([
        ("neudorf", vec!["b"]),
        ("gare", vec!["b"]),
        ("meinau", vec!["b", "c"]),
        ("gare", vec!["c"]),
    ]);
    let election = election(&rows, &[], false);
    let plain = outcome(&election, "greedy:score=votes,misfit=skip", "none");
    assert_eq!(plain.winners.first().map(String::as_str), Some("a"));
    let united = outcome(
        &election,
        "greedy:score=votes,misfit=skip,threshold=areas/3",
        "none",
    );
    assert_eq!(united.winners, ["b"]);
    let refused = united
        .fates
        .iter()
        .find(|fate| fate.project == "a")
        .unwrap();
    let reason = Reason::TooFewAreas {
        areas: 1,
        needed: 3,
        voters: 1,
    };
    assert_eq!(
        refused.fate,
        Fate::Refused {
            reason: reason.clone()
        }
    );
    assert_eq!(reason.code(), "too-few-areas");
    let sentence = reason.to_string();
    assert!(
        sentence.contains("in 1 of the areas, below the 3"),
        "{sentence}"
    );
    // All of a list must be met: c has two areas, and no three votes.
    let both = outcome(
        &election,
        "greedy:score=votes,misfit=skip,threshold=3;areas/2",
        "none",
    );
    assert_eq!(both.winners, ["b"]);
    let two = outcome(
        &election,
        "greedy:score=votes,misfit=skip,threshold=areas/2",
        "none",
    );
    assert_eq!(two.winners, ["b", "c"]);
}

/// Without the column, or with an area that nobody knows, the threshold is refused by name.
#[test]
fn areas_must_be_known() {
    let refusal = |election: &Election| match Count::of(
        election,
        &plan("greedy:score=votes,misfit=skip,threshold=areas/2/5"),
    )
    .run()
    {
        Err(CountError::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    let without = Election::builder()
        .budget(10)
        .project(("a", 5))
        .ballots(Ballot::approval(["a"]), 3)
        .build()
        .unwrap();
    let why = refusal(&without);
    assert!(
        why.contains("`areas/2/5`") && why.contains("no column `area`"),
        "{why}"
    );
    let rows = [("neudorf", vec!["a"]), ("neudorff", vec!["a"])];
    let why = refusal(&election(&rows, &["neudorf"], false));
    assert!(why.contains("voter 2 is of `neudorff`"), "{why}");
    assert!(
        election(&rows, &[], false).voters().is_some(),
        "without a list of areas, each is its own"
    );
}

/// Texts of thresholds: what reads back, and what is none.
#[test]
fn texts() {
    for text in [
        "areas/3",
        "areas/3/10",
        "50;areas/3",
        "10%;votes/20;cost/3;areas/2/2",
        "votes/10%",
    ] {
        assert_eq!(text.parse::<Threshold>().unwrap().to_string(), text);
    }
    assert_eq!(
        "areas/3/1".parse::<Threshold>().unwrap().to_string(),
        "areas/3"
    );
    for text in [
        "areas/0",
        "areas/",
        "areas/3/0",
        "areas/+3",
        "areas/3/",
        "areas/03",
        "areas/3/1/1",
        "50;",
        ";50",
        "votes/-1",
        "areas/1.5",
        "1;2;3;4;5;6;7;8;9",
    ] {
        let error = text.parse::<Threshold>().unwrap_err().to_string();
        assert!(error.contains("areas/3/10"), "`{text}`: {error}");
    }
}
