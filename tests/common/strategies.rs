//! Random small elections, rules and tie chains; they shrink to few voters and few projects.

use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use quartier::election::BallotKind;

use super::{Case, ProjectCase, VoterCase};

/// The most projects of a small election.
pub(crate) const MOST: usize = 6;

/// What a random election may hold beyond projects and ballots.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is named where it is set"
)]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Extras {
    pub(crate) exclusive: bool,
    pub(crate) requires: bool,
    pub(crate) weights: bool,
    pub(crate) endowments: bool,
    pub(crate) free_projects: bool,
    pub(crate) negative_points: bool,
}

impl Extras {
    pub(crate) const ALL: Extras = Extras {
        exclusive: true,
        requires: true,
        weights: true,
        // Most rules refuse them.
        endowments: false,
        free_projects: true,
        negative_points: true,
    };
    pub(crate) const NONE: Extras = Extras {
        exclusive: false,
        requires: false,
        weights: false,
        endowments: false,
        free_projects: false,
        negative_points: false,
    };
}

/// Every kind of ballot.
pub(crate) const KINDS: [BallotKind; 5] = [
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Grades,
    BallotKind::Signed,
];
/// The kinds that name supporters.
pub(crate) const NAMING: [BallotKind; 4] = [
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Signed,
];

type RawProject = (u32, Option<i8>, Option<usize>, Option<usize>, Option<usize>);
type RawVoter = (Vec<Option<i64>>, u64, usize);

fn raw_project() -> impl Strategy<Value = RawProject> {
    let cost = prop_oneof![8 => 1_u32..=12, 1 => Just(0), 3 => select(vec![4_u32, 8])];
    (
        cost,
        weighted(0.6, 1_i8..=3),
        weighted(0.3, 0_usize..2),
        weighted(0.15, 0..MOST),
        weighted(0.25, 0..MOST),
    )
}

fn raw_voter() -> impl Strategy<Value = RawVoter> {
    (
        prop::collection::vec(weighted(0.5, 0_i64..=4), MOST),
        1_u64..=3,
        prop_oneof![3 => Just(0_usize), 1 => 0..super::WEIGHTS.len()],
    )
}

/// Elections of one of these kinds of ballots.
pub(crate) fn elections(
    kinds: &[BallotKind],
    extras: Extras,
) -> impl Strategy<Value = Case> + use<> {
    let kinds = kinds.to_vec();
    let instance = (
        select(kinds),
        0_u32..=24,
        weighted(0.3, select(vec![1_u32, 2, 4])),
        weighted(0.3, 1_u32..=6),
        any::<bool>(),
    );
    let groups = prop::collection::vec(0_u32..=2, 2);
    let projects = (0..=MOST, prop::collection::vec(raw_project(), MOST));
    let voters = prop::collection::vec(raw_voter(), 0..=6);
    (instance, groups, projects, voters).prop_map(
        move |(instance, groups, (number, raw), voters)| {
            let (kind, budget, granularity, max_length, upwards) = instance;
            let raw = &raw[..number];
            let mut projects: Vec<ProjectCase> = raw
                .iter()
                .enumerate()
                .map(|(at, raw)| project(at, raw, number, upwards, extras))
                .collect();
            drop_contradictions(&mut projects);
            Case {
                kind,
                budget,
                granularity,
                max_length,
                projects,
                groups,
                voters: voters
                    .iter()
                    .map(|raw| voter(kind, raw, number, extras))
                    .collect(),
                endowments: extras.endowments,
            }
        },
    )
}

/// A project that excludes what it requires is refused by the builder.
fn drop_contradictions(projects: &mut [ProjectCase]) {
    let all = projects.to_vec();
    for (at, project) in projects.iter_mut().enumerate() {
        let (group, variant_of) = (project.group, project.variant_of);
        project.requires.retain(|&other| {
            variant_of != Some(other)
                && all[other].variant_of != Some(at)
                && (group.is_none() || group != all[other].group)
        });
    }
}

/// Requirements lead upwards only or downwards only, so that they never go in a circle.
fn project(
    at: usize,
    raw: &RawProject,
    number: usize,
    upwards: bool,
    extras: Extras,
) -> ProjectCase {
    let &(cost, filed, group, variant_of, requires) = raw;
    let other = |wanted: Option<usize>| wanted.filter(|&other| other < number && other != at);
    ProjectCase {
        cost: if extras.free_projects {
            cost
        } else {
            cost.max(1)
        },
        filed,
        group: group.filter(|_| extras.exclusive),
        variant_of: other(variant_of).filter(|_| extras.exclusive),
        requires: other(requires)
            .filter(|&other| extras.requires && (other > at) == upwards)
            .into_iter()
            .collect(),
    }
}

fn voter(
    kind: BallotKind,
    (marks, count, class): &RawVoter,
    number: usize,
    extras: Extras,
) -> VoterCase {
    let value = |raw: i64| match kind {
        BallotKind::Approval => 0,
        BallotKind::Ranked => raw,
        BallotKind::Points if extras.negative_points => (raw - 1) * 500,
        BallotKind::Points => raw * 500,
        BallotKind::Grades => raw.min(3),
        BallotKind::Signed => {
            if raw > 1 {
                1
            } else {
                -1
            }
        }
    };
    let marks = marks
        .iter()
        .enumerate()
        .take(number)
        .filter_map(|(project, mark)| Some((project, value((*mark)?))))
        .collect();
    VoterCase {
        marks,
        count: *count,
        class: if extras.weights || extras.endowments {
            *class
        } else {
            0
        },
    }
}

/// A score that ballots of this kind can give, as rule text.
pub(crate) fn score(kind: BallotKind) -> BoxedStrategy<&'static str> {
    match kind {
        BallotKind::Points => select(vec!["votes", "points"]).boxed(),
        BallotKind::Ranked => select(vec![
            "votes",
            "borda",
            "weights;5;3;1",
            "weights;1",
            "weights;3;2.5;2;0.5",
        ])
        .boxed(),
        _ => Just("votes").boxed(),
    }
}

pub(crate) fn misfit() -> impl Strategy<Value = &'static str> {
    select(vec![
        "skip",
        "skip",
        "skip",
        "stop",
        "stop",
        "partial,min-covered=0%",
        "partial,min-covered=50%",
        "partial,min-covered=80%",
        "top-up,min-covered=80%,reserve=1",
        "top-up,min-covered=50%,reserve=0.5",
        "top-up,min-covered=0%,reserve=3",
    ])
}

pub(crate) fn threshold() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "",
        "threshold=1",
        "threshold=2",
        "threshold=1.5",
        "threshold=10%",
        "threshold=40%",
        "threshold=cost/1",
        "threshold=cost/3",
    ])
}

/// A greedy rule for ballots of this kind, as text.
pub(crate) fn greedy(kind: BallotKind) -> impl Strategy<Value = String> {
    (score(kind), misfit(), threshold()).prop_map(|(score, misfit, threshold)| {
        let comma = if threshold.is_empty() { "" } else { "," };
        format!("greedy:score={score},misfit={misfit}{comma}{threshold}")
    })
}

/// A utility that ballots of this kind can give, as text.
pub(crate) fn utility(kind: BallotKind) -> impl Strategy<Value = &'static str> {
    let mut words = vec![
        "cost",
        "cardinality",
        "effort",
        "relative-cost",
        "relative-cost-approx",
        "relative-cardinality",
        "cost-sqrt",
        "cost-log",
        "additive-cost-sqrt",
        "additive-cost-log",
        "chamberlin-courant",
    ];
    match kind {
        BallotKind::Points => words.extend(["points", "relative-points"]),
        BallotKind::Ranked => words.extend(["borda", "archive-borda"]),
        _ => {}
    }
    select(words)
}

/// An additive utility that ballots of this kind can give, as text.
pub(crate) fn additive(kind: BallotKind) -> impl Strategy<Value = &'static str> {
    utility(kind).prop_filter("additive", |utility| {
        !["cost-sqrt", "cost-log", "chamberlin-courant"].contains(utility)
    })
}

/// A completion of Equal Shares as settings; the increments are not tiny, so that runs stay few.
pub(crate) fn completion() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        ",start=floor",
        ",completion=add1",
        ",completion=add1,increment=0.25",
        ",completion=add1-until-exhaustive",
        ",completion=add1-until-exhaustive,increment=0.3,start=floor",
    ])
}

/// Equal Shares for ballots of this kind, as text.
pub(crate) fn equal_shares(kind: BallotKind) -> impl Strategy<Value = String> {
    (additive(kind), completion())
        .prop_map(|(utility, completion)| format!("equal-shares:utility={utility}{completion}"))
}

/// Any rule, or two of them in a row.
pub(crate) fn rule(kind: BallotKind) -> impl Strategy<Value = String> {
    let one = || {
        prop_oneof![
            2 => greedy(kind),
            1 => utility(kind).prop_map(|utility| format!("greedy-welfare:utility={utility}")),
            2 => equal_shares(kind),
        ]
    };
    (one(), prop::option::weighted(0.3, one())).prop_map(|(first, second)| {
        second.map_or(first.clone(), |second| format!("{first}+{second}"))
    })
}

/// An election together with a rule that can count it.
pub(crate) fn counts(
    kinds: &[BallotKind],
    extras: Extras,
) -> impl Strategy<Value = (Case, String)> + use<> {
    elections(kinds, extras).prop_flat_map(|case| {
        let rule = rule(case.kind);
        (Just(case), rule)
    })
}

/// Tie chains that settle every tie.
pub(crate) fn chain() -> impl Strategy<Value = &'static str> {
    select(vec![
        "id",
        "id-desc",
        "natural-id",
        "natural-id-desc",
        "cheaper,id",
        "dearer,more-votes,id-desc",
        "more-votes,cheaper,id",
        "fewer-votes,id",
        "earlier-filed,id",
        "cheaper,later-filed,more-votes,natural-id",
        "lot:seed-7",
    ])
}

/// A permutation of `0..length` from random keys: stable, and the identity when it shrinks.
pub(crate) fn permutation(keys: &[u8], length: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by_key(|&at| keys.get(at).copied().unwrap_or(0));
    order
}
