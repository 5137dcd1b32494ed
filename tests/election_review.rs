//! Regressions of the election layer: each test names a mistake that was made once.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop"
)]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use quartier::election::utility::EntryValue;
use quartier::election::{
    Ballot, BallotKind, BallotLimits, Date, Election, ElectionBuilder, Entry, ExclusiveGroup,
    Instance, LookAlikes, Money, Problem, Profile, ProfileBuilder, Project, ProjectIx, Relation,
    RowError, Stance, Utility, UtilityError, VoterClass,
};
use quartier::exact::Ratio;

mod common;
use common::cases;
use common::strategies::{Extras, elections};

const KINDS: [BallotKind; 5] = [
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Grades,
    BallotKind::Signed,
];

fn two_projects() -> Instance {
    Instance::builder()
        .budget(10)
        .project(("a", 5))
        .project(("b", 6))
        .build()
        .unwrap()
}

fn indices(instance: &Instance) -> Vec<ProjectIx> {
    instance.project_indices().collect()
}

fn class(weight: i32, endowment: i32) -> VoterClass {
    VoterClass {
        weight: Ratio::from(weight),
        endowment: Ratio::from(endowment),
    }
}

fn problems(builder: ElectionBuilder) -> Vec<Problem> {
    builder.build().unwrap_err().iter().cloned().collect()
}

/// A number that no class has counted at weight 1 without a word.
#[test]
fn unknown_class_numbers_are_refused() {
    let instance = two_projects();
    let mut builder = ProfileBuilder::new(&instance, BallotKind::Approval);
    assert_eq!(builder.push(&mut [], 1, 1), Err(RowError::UnknownClass(1)));
    assert_eq!(builder.class(&class(2, 1)), Ok(1));
    assert_eq!(builder.push(&mut [], 1, 1), Ok(0));
    assert_eq!(builder.push(&mut [], 2, 1), Err(RowError::UnknownClass(2)));
    assert_eq!(builder.finish().0.voters(), 1);
}

#[test]
fn classes_must_be_positive() {
    let instance = two_projects();
    let mut builder = ProfileBuilder::new(&instance, BallotKind::Approval);
    for (weight, endowment) in [(0, 1), (-1, 1), (1, 0), (1, -2)] {
        assert_eq!(
            builder.class(&class(weight, endowment)),
            Err(RowError::BadClass)
        );
    }
    assert_eq!(builder.class(&VoterClass::default()), Ok(0));
}

#[test]
fn marks_outside_their_kind_are_refused() {
    let instance = two_projects();
    let project = indices(&instance)[0];
    let most = 1_000_000_000_000_000_000;
    let scale = || vec!["bad".to_owned(), "good".to_owned()];
    let table = [
        (
            BallotKind::Points,
            vec![most, -most, 0],
            vec![most + 1, -most - 1, i64::MAX, i64::MIN],
        ),
        (BallotKind::Grades, vec![0, 1], vec![2, -1, i64::MAX]),
        (BallotKind::Signed, vec![1, -1], vec![0, 2, -2]),
        (BallotKind::Ranked, vec![i64::MIN, 0, i64::MAX], vec![]),
        (BallotKind::Approval, vec![i64::MIN, 7], vec![]),
    ];
    for (kind, good, bad) in table {
        let mut builder = if kind == BallotKind::Grades {
            ProfileBuilder::graded(&instance, scale())
        } else {
            ProfileBuilder::new(&instance, kind)
        };
        for weight in good {
            assert!(
                builder.push(&mut [Entry { project, weight }], 0, 1).is_ok(),
                "{kind} {weight}"
            );
        }
        for weight in bad {
            let error = builder
                .push(&mut [Entry { project, weight }], 0, 1)
                .unwrap_err();
            assert_eq!(
                error,
                RowError::BadMark {
                    project,
                    weight,
                    kind
                }
            );
            assert!(error.to_string().contains("give "), "{error}");
        }
    }
}

/// Classes were found by a scan and ordered in n^2: 8,000 of them took seconds.
#[test]
fn many_classes_are_quick() {
    let instance = two_projects();
    let mut builder = ProfileBuilder::new(&instance, BallotKind::Approval);
    let start = Instant::now();
    for weight in (2..20_000).rev() {
        let number = builder.class(&class(weight, 1)).unwrap();
        builder.push(&mut [], number, 1).unwrap();
    }
    let profile = builder.finish().0;
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert_eq!((profile.len(), profile.classes().len()), (19_998, 19_999));
    assert!(profile.classes().windows(2).all(|pair| pair[0] < pair[1]));
}

/// A class without ballots made equal profiles unequal.
#[test]
fn classes_without_ballots_leave_no_trace() {
    let instance = two_projects();
    let project = indices(&instance)[0];
    let profile = |idle: &[VoterClass]| -> Profile {
        let mut builder = ProfileBuilder::new(&instance, BallotKind::Approval);
        for class in idle {
            assert!(builder.class(class).is_ok());
        }
        let number = builder.class(&class(3, 1)).unwrap();
        builder
            .push(&mut [Entry { project, weight: 0 }], number, 2)
            .unwrap();
        builder.finish().0
    };
    let (plain, idle) = (profile(&[]), profile(&[class(2, 1), class(4, 1)]));
    assert_eq!(plain, idle);
    assert_eq!(idle.classes(), [VoterClass::default(), class(3, 1)]);
    let election = |profile| Election::new(instance.clone(), profile, None).unwrap();
    assert_eq!(election(plain).digest(), election(idle.clone()).digest());
    let election = election(idle);
    let read: Election = serde_json::from_str(&serde_json::to_string(&election).unwrap()).unwrap();
    assert_eq!(read, election);
}

#[test]
fn unweighted_is_about_weights_only() {
    let with = |class| {
        Election::builder()
            .budget(1)
            .project(("a", 1))
            .weighted(Ballot::approval(["a"]), 3, class)
            .build()
            .unwrap()
    };
    let (endowed, weighted) = (with(class(1, 2)), with(class(2, 1)));
    assert!(endowed.profile().is_unweighted() && !endowed.profile().has_equal_endowments());
    assert!(!weighted.profile().is_unweighted() && weighted.profile().has_equal_endowments());
    assert_eq!(
        (
            endowed.profile().total_weight(),
            weighted.profile().total_weight()
        ),
        (3_u32.into(), 6_u32.into())
    );
    // The pabulib format has no column for either: nothing may be lost in silence.
    for election in [endowed, weighted] {
        assert!(quartier::pabulib::Document::from_election(election).is_err());
    }
}

/// A signed ballot gave utility from the projects it is against.
#[test]
fn signed_ballots_gain_from_what_they_are_for() {
    let ballot = Ballot::signed([("a", Stance::For), ("b", Stance::Against)]);
    let election = Election::builder()
        .budget(10)
        .project(("a", 5))
        .project(("b", 6))
        .ballot(ballot)
        .build()
        .unwrap();
    let utility = Utility::Cost.additive(&election).unwrap();
    assert_eq!(utility.entries(), EntryValue::Supported);
    let ballot = election.profile().ballot_indices().next().unwrap();
    let values: Vec<Ratio> = utility
        .of_ballot(&election, ballot)
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, [Ratio::from(5_u32), Ratio::from(0_u32)]);
}

proptest! {
    #![proptest_config(cases(300))]

    /// What each voter gains adds up to what all gain, for every utility.
    #[test]
    fn utilities_of_ballots_add_up_to_the_totals(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let profile = election.profile();
        for utility in Utility::ALL.iter().filter(|utility| utility.is_additive() && utility.reads(profile.kind())) {
            let additive = utility.additive(&election).unwrap();
            let mut sums = vec![Ratio::default(); profile.projects()];
            for ballot in profile.ballot_indices() {
                let view = profile.ballot(ballot).unwrap();
                let voters = profile.classes()[view.class()].weight.mul_int(i128::from(view.count()));
                for (project, value) in additive.of_ballot(&election, ballot) {
                    sums[project.index()] += &(value * &voters);
                }
            }
            prop_assert_eq!(additive.totals(&election), sums, "{}", utility);
        }
    }
}

/// A tier at places 1, 2, 3 with the maximum length 3 has the mean of 2, 1 and 0 … and at 2, 3, 4 that of 1, 0, 0.
#[test]
fn a_tier_across_the_maximum_length_has_the_mean_of_its_places() {
    let borda = |longest: u32, tiers: Vec<Vec<&str>>| {
        let tiers = tiers
            .into_iter()
            .map(|tier| tier.into_iter().map(str::to_owned).collect())
            .collect();
        let mut limits = BallotLimits::default();
        limits.max_length = Some(longest);
        let builder = ["a", "b", "c", "d", "e"].into_iter().fold(
            Election::builder().budget(1).limits(limits),
            |builder, id| builder.project((id, 1)),
        );
        let election = builder.ballots(Ballot::Ranked(tiers), 2).build().unwrap();
        Utility::ArchiveBorda
            .additive(&election)
            .unwrap()
            .totals(&election)
    };
    let third = |value: i128| Ratio::new(2 * value, 3).unwrap();
    assert_eq!(
        borda(3, vec![vec!["a"], vec!["b"], vec!["c", "d", "e"]]),
        [third(9), third(6), third(1), third(1), third(1)]
    );
    assert_eq!(
        borda(4, vec![vec!["a"], vec!["b"], vec!["c", "d", "e"]]),
        [third(12), third(9), third(3), third(3), third(3)]
    );
    assert_eq!(
        borda(1, vec![vec!["a"], vec!["b"], vec!["c", "d", "e"]]),
        [third(3), third(0), third(0), third(0), third(0)]
    );
}

/// Many ballots of a moderate knapsack each: the work is bounded over all of them, and bounded in time.
#[test]
fn relative_utilities_have_one_bound_for_all_ballots() {
    let ids: Vec<String> = (0..24).map(|number| format!("p{number}")).collect();
    let cost = |number: usize| {
        Money::from_ten_thousandths(
            100_000_003 + (1_i128 << number) * 7 + i128::try_from(number * number).unwrap(),
        )
        .unwrap()
    };
    let builder = ids.iter().enumerate().fold(
        Election::builder().budget(110_000),
        |builder, (number, id)| builder.project((id.clone(), cost(number))),
    );
    let builder = (0..24_usize)
        .flat_map(|one| (one + 1..24).map(move |other| (one, other)))
        .fold(builder, |builder, (one, other)| {
            builder.ballot(Ballot::approval(
                ids.iter()
                    .enumerate()
                    .filter(|&(at, _)| at != one && at != other)
                    .map(|(_, id)| id.clone()),
            ))
        });
    let election = builder.build().unwrap();
    let start = Instant::now();
    let error = Utility::RelativeCost.additive(&election).unwrap_err();
    assert!(
        matches!(
            error,
            UtilityError::TooMuchWork {
                utility: Utility::RelativeCost,
                projects: 22,
                ..
            }
        ),
        "{error}"
    );
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

/// Equal costs under other names are searched once, so that many such ballots stay within the bound.
#[test]
fn equal_sets_of_costs_are_searched_once() {
    let pairs: Vec<(String, Money)> = (0..34_u32)
        .map(|number| {
            let half = number / 2;
            (
                format!("p{number:02}"),
                Money::from_ten_thousandths(100_000_003 + (1_i128 << half) * 7).unwrap(),
            )
        })
        .collect();
    let builder = pairs
        .iter()
        .fold(Election::builder().budget(90_000), |builder, pair| {
            builder.project(pair.clone())
        });
    let builder = (0..2_000_usize).fold(builder, |builder, mask| {
        builder.ballot(Ballot::approval(
            (0..17_usize).map(|half| pairs[2 * half + (mask >> half & 1)].0.clone()),
        ))
    });
    let election = builder.build().unwrap();
    assert_eq!(election.profile().len(), 2_000);
    assert!(Utility::RelativeCost.additive(&election).is_ok());
}

#[test]
fn years_that_have_no_text_are_no_dates() {
    assert_eq!(
        (
            Date::new(-1, 1, 1),
            Date::new(-9999, 1, 1),
            Date::new(10_000, 1, 1)
        ),
        (None, None, None)
    );
    for year in [0, 1, 9999] {
        let date = Date::new(year, 12, 31).unwrap();
        assert_eq!(date.to_string().parse::<Date>(), Ok(date));
    }
}

#[test]
fn grades_must_differ_and_have_names() {
    let builder = Election::builder()
        .budget(1)
        .project(("a", 1))
        .scale(["bad", " ", "good", "bad"])
        .ballot(Ballot::grades([("a", "good")]));
    let expected = [
        Problem::BlankGrade { number: 2 },
        Problem::DuplicateGrade {
            number: 4,
            grade: "bad".to_owned(),
        },
    ];
    assert_eq!(problems(builder), expected);
    let instance = two_projects();
    let profile = ProfileBuilder::graded(&instance, vec!["x".to_owned(), "x".to_owned()])
        .finish()
        .0;
    assert!(Election::new(instance, profile, None).is_err());
}

/// Every setting of the instance's builder can be reached from the election's.
#[test]
fn the_election_builder_sets_all_of_the_instance() {
    let (begins, ends) = (Date::new(2024, 1, 2), Date::new(2024, 2, 3));
    let builder = Election::builder()
        .budget(1)
        .edition("5th")
        .granularity(1)
        .days(begins, ends)
        .look_alikes(LookAlikes::Allowed);
    let election = builder
        .project(("O1", 1))
        .project(("01", 1))
        .build()
        .unwrap();
    let instance = election.instance();
    assert_eq!(
        (
            instance.edition(),
            instance.granularity(),
            instance.begins(),
            instance.ends()
        ),
        ("5th", Some(Money::from(1)), begins, ends)
    );
    assert_eq!(instance.look_alikes(), LookAlikes::Allowed);
}

#[test]
fn projects_that_exclude_what_they_require_are_reported() {
    let requires = |id: &str| Relation::Requires(id.to_owned());
    let variant = |id: &str| Relation::VariantOf(id.to_owned());
    let member = || Relation::MemberOf("g".to_owned());
    let of = |at_most: u32, a: Vec<Relation>, b: Vec<Relation>| {
        let project = |id: &str, relations: Vec<Relation>| {
            relations
                .into_iter()
                .fold(Project::new(id, 1), Project::related)
        };
        Election::builder()
            .budget(1)
            .group(ExclusiveGroup::new("g", at_most))
            .project(project("a", a))
            .project(project("b", b))
    };
    for (a, b) in [
        (vec![requires("b"), variant("b")], vec![]),
        (vec![requires("b")], vec![variant("a")]),
        (vec![requires("b"), member()], vec![member()]),
    ] {
        let found = problems(of(1, a, b));
        assert!(
            matches!(found.as_slice(), [Problem::NeverFunded { project, required, .. }] if project == "a" && required == "b"),
            "{found:?}"
        );
    }
    assert!(
        of(2, vec![requires("b"), member()], vec![member()])
            .build()
            .is_ok()
    );
    assert!(of(1, vec![requires("b"), member()], vec![]).build().is_ok());
    assert!(of(1, vec![requires("b")], vec![]).build().is_ok());
}

/// Small letters hid what is alike in capitals.
#[test]
fn ids_alike_in_capitals_are_found() {
    for (first, second) in [("O1", "01"), ("BO.1", "B0.1"), ("I", "1"), ("a", "А")] {
        let found = problems(
            Election::builder()
                .budget(1)
                .project((first, 1))
                .project((second, 1)),
        );
        assert!(
            matches!(found.as_slice(), [Problem::LookAlike { .. }]),
            "{first} {second}: {found:?}"
        );
    }
}

#[test]
fn voter_classes_travel() {
    let class = VoterClass {
        weight: Ratio::new(1, 3).unwrap(),
        ..VoterClass::default()
    };
    let text = serde_json::to_string(&class).unwrap();
    assert_eq!(serde_json::from_str::<VoterClass>(&text).unwrap(), class);
    assert_eq!(
        serde_json::from_str::<VoterClass>("{}").unwrap(),
        VoterClass::default()
    );
    assert!(serde_json::from_str::<VoterClass>(r#"{"wieght":"2"}"#).is_err());
}
