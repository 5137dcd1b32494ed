//! Fund by rank, whatever the ranking.

use proptest::prelude::*;
use quartier::count::{Count, CountError, Observer};
use quartier::election::{Ballot, BallotKind, Election, Stance};
use quartier::record::{Event, Fact};

use crate::common::strategies::{Extras, elections};
use crate::common::{Case, IDS, cases, outcome, plan};
use crate::helpers::{RANKED, order};

/// Funds in the order of the ranking, ties by id, skipping what does not fit: from the order alone.
fn by_hand(case: &Case, order: Vec<Vec<usize>>) -> Vec<&'static str> {
    let mut left = case.budget;
    let mut winners = Vec::new();
    for mut group in order {
        group.retain(|&project| case.projects[project].cost <= case.budget);
        if group
            .iter()
            .map(|&project| case.projects[project].cost)
            .sum::<u32>()
            <= left
        {
            group.sort_unstable();
        }
        for project in group {
            if let Some(rest) = left.checked_sub(case.projects[project].cost) {
                left = rest;
                winners.push(IDS[project]);
            }
        }
    }
    winners
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn every_ranking_funds_in_its_order(case in elections(&[BallotKind::Ranked], Extras { weights: true, ..Extras::NONE })) {
        let election = case.election();
        for method in RANKED {
            let rule = format!("greedy:score={method},misfit=skip");
            prop_assert_eq!(outcome(&election, &rule, "id").winners, by_hand(&case, order(&election, method)), "{}", method);
        }
    }

    #[test]
    fn for_minus_against(case in elections(&[BallotKind::Signed], Extras { weights: true, ..Extras::NONE })) {
        let sum = |project: usize| -> quartier::exact::Ratio {
            let marks = case.voters.iter().flat_map(|voter| voter.marks.iter().map(move |mark| (voter, mark)));
            marks.filter(|(_, (other, _))| *other == project)
                .map(|(voter, &(_, sign))| crate::common::weight_of(voter.class).mul_int(i128::from(sign) * i128::from(voter.count)))
                .sum()
        };
        let expected = crate::reference::by_key(case.projects.len(), sum);
        prop_assert_eq!(order(&case.election(), "for-minus-against"), expected);
    }
}

fn tennessee() -> Election {
    let builder = ["chattanooga", "knoxville", "memphis", "nashville"]
        .into_iter()
        .fold(Election::builder().budget(50), |builder, id| {
            builder.project((id, 50))
        });
    builder
        .ballots(
            Ballot::ranked(["memphis", "nashville", "chattanooga", "knoxville"]),
            42,
        )
        .ballots(
            Ballot::ranked(["nashville", "chattanooga", "knoxville", "memphis"]),
            26,
        )
        .ballots(
            Ballot::ranked(["chattanooga", "knoxville", "nashville", "memphis"]),
            15,
        )
        .ballots(
            Ballot::ranked(["knoxville", "chattanooga", "nashville", "memphis"]),
            17,
        )
        .build()
        .unwrap()
}

/// A withdrawn project is out of the contests and of the runoff: its voters count for their next choice.
#[test]
fn who_is_excluded_does_not_stand() {
    use quartier::record::{About, Decision, DecisionKind};
    let (election, rule) = (tennessee(), plan("greedy:score=instant-runoff,misfit=skip"));
    let withdrawn = Decision::new(
        DecisionKind::Withdraw,
        About::Project("memphis".to_owned()),
        "council",
        "No site.",
    );
    let count = Count::of(&election, &rule)
        .decisions(&[withdrawn])
        .run()
        .unwrap();
    assert_eq!(count.outcome().unwrap().winners, ["nashville"]);
}

#[derive(Debug, Default)]
struct Told(Vec<String>);

impl Observer for Told {
    fn observe(&mut self, event: &Event<'_>) {
        if let Event::Noted(Fact::Rank {
            project,
            place,
            figure,
        }) = event
        {
            self.0.push(format!("{place} {project}: {figure}"));
        }
    }
}

/// Whoever watches is told the place and the figure of every ranking.
#[test]
fn places_and_figures_are_told() {
    let told = |score: &str| {
        let mut told = Told::default();
        let rule = plan(&format!("greedy:score={score},misfit=skip"));
        Count::of(&tennessee(), &rule)
            .observe(&mut told)
            .run()
            .unwrap();
        told.0.sort();
        told.0
    };
    assert_eq!(
        told("instant-runoff"),
        [
            "1 knoxville: round 4 with 100",
            "2 memphis: round 3 with 42",
            "3 nashville: round 2 with 26",
            "4 chattanooga: round 1 with 15"
        ]
    );
    assert_eq!(
        told("copeland").first().map(String::as_str),
        Some("1 nashville: 3 won, 0 tied")
    );
    assert_eq!(
        told("schulze").last().map(String::as_str),
        Some("4 memphis: before 0")
    );
    assert!(told("borda").is_empty(), "sums are told as scores");
}

fn refusal(election: &Election, rule: &str) -> String {
    match Count::of(election, &plan(rule)).run() {
        Err(CountError::Refused { why, .. }) => why,
        other => panic!("{rule}: {other:?}"),
    }
}

/// A threshold in points cannot be compared with an order; the refusal says what can.
#[test]
fn thresholds_that_ask_for_a_score() {
    let election = tennessee();
    for method in ["copeland", "schulze", "ranked-pairs", "instant-runoff"] {
        for threshold in ["50", "10%", "votes/1;50"] {
            let why = refusal(
                &election,
                &format!("greedy:score={method},misfit=skip,threshold={threshold}"),
            );
            assert!(why.contains(method) && why.contains("votes/50"), "{why}");
        }
        for (threshold, winners) in [
            ("votes/100", 1),
            ("votes/101", 0),
            ("votes/100%", 1),
            ("cost/1", 1),
        ] {
            let rule = format!("greedy:score={method},misfit=skip,threshold={threshold}");
            assert_eq!(
                outcome(&election, &rule, "none").winners.len(),
                winners,
                "{rule}"
            );
        }
    }
    let graded = Election::builder()
        .budget(5)
        .project(("a", 5))
        .scale(["bad", "good"])
        .ballots(Ballot::grades([("a", "good")]), 1);
    let graded = graded.build().unwrap();
    let rule = |threshold: &str| {
        format!("greedy:score=majority-judgment,misfit=skip,threshold={threshold}")
    };
    assert!(refusal(&graded, &rule("50")).contains("without a sum"));
    assert!(refusal(&graded, &rule("votes/1")).contains("graded ballots"));
}

/// Methods refuse ballots that do not say what they need, by name.
#[test]
fn ballots_that_a_method_cannot_read() {
    let build = |ballot: Ballot| {
        Election::builder()
            .budget(5)
            .project(("a", 5))
            .ballots(ballot, 1)
            .build()
            .unwrap()
    };
    let (approval, signed) = (
        build(Ballot::approval(["a"])),
        build(Ballot::signed([("a", Stance::For)])),
    );
    for method in [
        "borda",
        "dowdall",
        "plurality",
        "veto",
        "copeland",
        "schulze",
        "ranked-pairs",
        "instant-runoff",
        "for-minus-against",
        "majority-judgment",
    ] {
        let why = refusal(&approval, &format!("greedy:score={method},misfit=skip"));
        assert!(
            why.contains(method) && why.contains("approval") && why.contains("use votes"),
            "{why}"
        );
        if method != "for-minus-against" {
            let why = refusal(&signed, &format!("greedy:score={method},misfit=skip"));
            assert!(
                why.contains("signed") && why.contains("for-minus-against"),
                "{why}"
            );
        }
    }
}

/// Nobody votes, one project, none: every method gives an order all the same.
#[test]
fn degenerate_elections() {
    for projects in 0..3_i32 {
        let builder = (0..projects).fold(Election::builder().budget(1), |builder, number| {
            builder.project((number.to_string(), 1))
        });
        let election = builder.kind(BallotKind::Ranked).build().unwrap();
        for method in RANKED {
            let groups = order(&election, method);
            assert_eq!(
                groups.concat().len(),
                usize::try_from(projects).unwrap(),
                "{method}"
            );
            assert!(groups.len() <= 1, "{method}: nobody prefers anything");
        }
    }
}
