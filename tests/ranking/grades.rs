//! Majority judgment: the gauge against its definition, the experiment of Orsay, and what missing grades mean.

use std::cmp::Ordering;

use proptest::prelude::*;
use quartier::count::{Count, CountError};
use quartier::election::{Ballot, BallotKind, Election};
use quartier::tally::{Figure, Score, ScoreError, Ungraded};

use crate::common::strategies::{Extras, elections};
use crate::common::{Case, SCALE, WEIGHTS, cases, plan};
use crate::helpers::{order, tenths};
use crate::reference::gauge::{compare, gauge};

/// The grades of a project, one for each voter; weights become copies, six for the ordinary voter.
fn grades(case: &Case, project: usize, ungraded: Ungraded) -> Vec<usize> {
    let mut grades = Vec::new();
    for voter in &case.voters {
        let (numerator, denominator) = WEIGHTS[voter.class];
        let copies = usize::try_from(numerator * 6 / denominator).unwrap();
        let copies = copies * usize::try_from(voter.count).unwrap();
        let mark = voter.marks.iter().find(|(other, _)| *other == project);
        let grade = mark.map(|&(_, grade)| usize::try_from(grade).unwrap());
        let grade = grade.or((ungraded == Ungraded::Worst).then_some(0));
        grades.extend(
            grade
                .into_iter()
                .flat_map(|grade| std::iter::repeat_n(grade, copies)),
        );
    }
    grades
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn gauges_by_definition(case in elections(&[BallotKind::Grades], Extras { weights: true, ..Extras::NONE })) {
        let election = case.election();
        for ungraded in [Ungraded::Worst, Ungraded::LeftOut] {
            let ranked = Score::MajorityJudgment(ungraded).order(&election).unwrap();
            let gauges: Vec<_> = (0..case.projects.len()).map(|project| gauge(grades(&case, project, ungraded))).collect();
            let indices: Vec<_> = election.instance().project_indices().collect();
            for (a, &first) in indices.iter().enumerate() {
                match (ranked.figure(first).unwrap(), gauges[a]) {
                    (Figure::Ungraded, None) => {}
                    (Figure::Gauge(found), Some(expected)) => {
                        prop_assert_eq!(found.grade(), SCALE[expected.grade]);
                        let all = expected.all as i128;
                        prop_assert_eq!(found.above().mul_int(all), (expected.above as u64).into());
                        prop_assert_eq!(found.below().mul_int(all), (expected.below as u64).into());
                    }
                    other => panic!("{other:?}"),
                }
                for (b, &second) in indices.iter().enumerate() {
                    let expected = match (gauges[a], gauges[b]) {
                        (Some(a), Some(b)) => compare(b, a),
                        (a, b) => b.is_some().cmp(&a.is_some()),
                    };
                    prop_assert_eq!(ranked.place(first).cmp(&ranked.place(second)), expected);
                }
            }
        }
    }

    /// A better grade for a first project keeps it first; renamed grades change nothing.
    #[test]
    fn a_better_grade_does_not_hurt(case in elections(&[BallotKind::Grades], Extras::NONE), at in any::<u8>()) {
        prop_assume!(!case.voters.is_empty() && !case.projects.is_empty());
        let method = "majority-judgment;ungraded-worst";
        for project in order(&case.election(), method).swap_remove(0) {
            let mut better = case.clone();
            let voter = usize::from(at) % case.voters.len();
            let mut raised = case.voters[voter].clone();
            raised.count = 1;
            better.voters[voter].count -= 1;
            match raised.marks.iter_mut().find(|(other, _)| *other == project) {
                Some((_, grade)) => *grade = (*grade + 1).min(3),
                None => raised.marks.push((project, 1)),
            }
            better.voters.push(raised);
            better.voters.retain(|voter| voter.count > 0);
            prop_assert!(order(&better.election(), method)[0].contains(&project));
        }
    }
}

const ORSAY: [&str; 6] = [
    "reject",
    "poor",
    "acceptable",
    "good",
    "very good",
    "excellent",
];

/// Balinski and Laraki, *A theory of measuring, electing, and ranking*, PNAS 2007, and *Election by majority
/// judgement: experimental evidence*, 2007: three polling stations of Orsay, first round of the French presidential
/// election. Thousandths of 1,733 voters, the best grade first. Bayrou Good+ before Royal Good−
/// before Sarkozy Good− before Voynet Acceptable−.
#[test]
fn orsay_2007() {
    let published: [(&str, [u64; 6]); 4] = [
        ("bayrou", [136, 307, 251, 148, 84, 74]),
        ("royal", [167, 227, 191, 168, 122, 126]),
        ("sarkozy", [191, 198, 143, 115, 71, 282]),
        ("voynet", [29, 93, 175, 237, 261, 205]),
    ];
    let mut builder = Election::builder().budget(1).scale(ORSAY.to_vec());
    for (name, grades) in published {
        builder = builder.project((name, 1));
        for (grade, count) in ORSAY.iter().rev().zip(grades) {
            builder = builder.ballots(Ballot::grades([(name, *grade)]), count);
        }
    }
    let election = builder.build().unwrap();
    let method = Score::MajorityJudgment(Ungraded::LeftOut);
    let ranked = method.order(&election).unwrap();
    let places: Vec<usize> = election
        .instance()
        .project_indices()
        .map(|project| ranked.place(project).unwrap())
        .collect();
    assert_eq!(places, [1, 2, 3, 4], "in the order of their names");
    let gauge = |name: &str| match ranked
        .figure(election.instance().find(name).unwrap())
        .unwrap()
    {
        Figure::Gauge(gauge) => gauge.clone(),
        other => panic!("{other:?}"),
    };
    let bayrou = gauge("bayrou");
    assert_eq!((bayrou.grade(), bayrou.leans_up()), ("good", true));
    assert_eq!(
        (bayrou.above(), bayrou.below()),
        (&tenths(443), &tenths(306))
    );
    let (royal, sarkozy, voynet) = (gauge("royal"), gauge("sarkozy"), gauge("voynet"));
    assert_eq!((royal.grade(), royal.leans_up()), ("good", false));
    assert_eq!((sarkozy.grade(), sarkozy.leans_up()), ("good", false));
    assert_eq!(
        (sarkozy.above(), sarkozy.below()),
        (&tenths(389), &tenths(468))
    );
    assert!(royal.below() < sarkozy.below());
    assert_eq!((voynet.grade(), voynet.leans_up()), ("acceptable", false));
}

fn graded(ballots: &[(&[(&str, &str)], u64)]) -> Election {
    let builder = Election::builder()
        .budget(10)
        .project(("a", 6))
        .project(("b", 5))
        .scale(ORSAY.to_vec());
    let builder = ballots.iter().fold(builder, |builder, (grades, count)| {
        builder.ballots(Ballot::grades(grades.iter().copied()), *count)
    });
    builder.build().unwrap()
}

/// The lower of the two grades in the middle; the order of + and −.
#[test]
fn gauges_are_compared_as_defined() {
    let of = |grades: [u64; 6]| {
        let voters: Vec<(&str, u64)> = ORSAY
            .into_iter()
            .zip(grades)
            .filter(|&(_, count)| count > 0)
            .collect();
        let mut builder = Election::builder()
            .budget(1)
            .project(("a", 1))
            .scale(ORSAY.to_vec());
        for (grade, count) in voters {
            builder = builder.ballots(Ballot::grades([("a", grade)]), count);
        }
        let election = builder.build().unwrap();
        let ranked = Score::MajorityJudgment(Ungraded::Refused)
            .order(&election)
            .unwrap();
        match ranked.figure(election.instance().find("a").unwrap()) {
            Some(Figure::Gauge(gauge)) => gauge.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        of([0, 1, 0, 0, 1, 0]).grade(),
        "poor",
        "two voters: the lower"
    );
    assert_eq!(of([0, 1, 0, 0, 2, 0]).grade(), "very good");
    let best = [
        of([1, 2, 0, 0, 7, 0]),
        of([0, 0, 0, 6, 4, 0]),
        of([0, 0, 1, 6, 3, 0]),
        of([0, 0, 1, 6, 2, 1]),
        of([0, 0, 0, 10, 0, 0]),
        of([0, 0, 2, 6, 2, 0]),
        of([0, 0, 4, 6, 0, 0]),
    ];
    let expected = [
        Ordering::Greater,
        Ordering::Greater,
        Ordering::Equal,
        Ordering::Greater,
        Ordering::Greater,
        Ordering::Greater,
    ];
    for (pair, expected) in best.windows(2).zip(expected) {
        assert_eq!(
            pair[0].compare(&pair[1]),
            expected,
            "{} and {}",
            pair[0],
            pair[1]
        );
    }
}

/// Missing grades are refused until somebody says what they mean; the choice changes the winner.
#[test]
fn missing_grades_must_be_chosen() {
    let election = graded(&[
        (&[("a", "excellent")], 2),
        (&[("a", "good"), ("b", "very good")], 1),
        (&[("b", "good")], 2),
    ]);
    let refused = Score::MajorityJudgment(Ungraded::Refused).order(&election);
    let Err(ScoreError::Ungraded { project, missing }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((project.as_str(), missing), ("a", 2.into()));
    let more = graded(&[(&[("a", "good")], 3), (&[("b", "excellent")], 2)]);
    assert_eq!(order(&more, "majority-judgment;ungraded-worst"), [[0], [1]]);
    assert_eq!(
        order(&more, "majority-judgment;ungraded-left-out"),
        [[1], [0]]
    );
    let run = |text: &str| Count::of(&more, &plan(text)).run();
    let error = run("greedy:score=majority-judgment,misfit=skip");
    assert!(
        matches!(&error, Err(CountError::Refused { why, .. }) if why.contains("ungraded-worst")),
        "{error:?}"
    );
    let won = run("greedy:score=majority-judgment;ungraded-worst,misfit=skip").unwrap();
    assert_eq!(won.outcome().unwrap().winners, ["a"]);
}

/// Known failures: a majority prefers A, and B has the better median; a voter who prefers A makes B win.
#[test]
fn medians_break_majority_and_participation() {
    let method = "majority-judgment";
    let majority = graded(&[
        (&[("a", "excellent"), ("b", "very good")], 1),
        (&[("a", "acceptable"), ("b", "poor")], 1),
        (&[("a", "reject"), ("b", "very good")], 1),
    ]);
    assert_eq!(order(&majority, method), [[1], [0]]);
    let few: [(&[(&str, &str)], u64); 2] = [
        (&[("a", "good"), ("b", "very good")], 1),
        (&[("a", "good"), ("b", "acceptable")], 1),
    ];
    assert_eq!(order(&graded(&few), method), [[0], [1]]);
    let one_more: (&[(&str, &str)], u64) = (&[("a", "excellent"), ("b", "very good")], 1);
    assert_eq!(
        order(&graded(&[few[0], few[1], one_more]), method),
        [[1], [0]]
    );
}
