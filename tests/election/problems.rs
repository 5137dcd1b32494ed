//! What the builder refuses, and how it says so.

use quartier::election::{
    Area, Ballot, BallotKind, BallotLimits, Election, ExclusiveGroup, Instance, Money, Project,
    Relation,
};

use crate::common::money;
use crate::helpers::{class, problems};

/// The instance's mistakes and the ballots' mistakes of one election, all at once.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn all_problems_are_reported_at_once() {
    let mut limits = BallotLimits::default();
    (limits.min_length, limits.max_length) = (Some(3), Some(2));
    (limits.min_sum_cost, limits.max_sum_cost) = (Some(money("2")), Some(money("1.5")));
    (limits.min_points, limits.max_points) = (Some(2.into()), Some(1.into()));
    (limits.min_sum_points, limits.max_sum_points) = (Some(9.into()), Some(8.into()));
    let minus = Money::ZERO.checked_sub(money("1")).unwrap();
    let instance = Instance::builder()
        .budget(minus)
        .granularity(Money::ZERO)
        .limits(limits)
        .project(("a", 1))
        .project(("a", 2))
        .project(("A", 2))
        .project(("", 1))
        .project((" b", 1))
        .project(("b\u{200b}", 1))
        .project(("x".repeat(257), 1))
        .project(Project::new("free", 0))
        .project(Project::new("debt", minus))
        .project(Project::new("self", 1).related(Relation::VariantOf("self".into())))
        .project(Project::new("ring-1", 1).related(Relation::Requires("ring-2".into())))
        .project(Project::new("ring-2", 1).related(Relation::Requires("ring-1".into())))
        .project(
            Project::new("lost", 1)
                .in_area("nowhere")
                .related(Relation::MemberOf("no-group".into()))
                .related(Relation::Requires("nobody".into())),
        )
        .area(Area::new("north").part_of("south"))
        .area(Area::new("south").part_of("north"))
        .area(Area::new("east").part_of("west"))
        .area(Area::new("east"))
        .group(ExclusiveGroup::new("g", 1))
        .group(ExclusiveGroup::new("g", 2));
    let found = problems(
        Election::builder()
            .instance(instance)
            .kind(BallotKind::Approval)
            .ballots(Ballot::approval(["a", "nobody", "a", "none"]), 1)
            .ballots(Ballot::approval(["a", "free", "a"]), 1)
            .ballots(Ballot::approval(["a"]), 0)
            .ballot(Ballot::ranked(["a"]))
            .weighted(Ballot::approval(["a"]), 1, class(0, -1)),
    );
    let expected = [
        "NegativeBudget",
        "BadGranularity",
        "ZeroCost",
        "NegativeCost",
        "DuplicateId",
        "EmptyId",
        "BadId",
        "BadId",
        "BadId",
        "DuplicateId",
        "DuplicateId",
        "LookAlike",
        "Circular",
        "UnknownReference",
        "UnknownReference",
        "UnknownReference",
        "UnknownReference",
        "Circular",
        "Circular",
        "Circular",
        "Circular",
        "ContradictoryLimits",
        "ContradictoryLimits",
        "ContradictoryLimits",
        "ContradictoryLimits",
        "UnknownProject",
        "UnknownProject",
        "RepeatedProject",
        "BadCount",
        "MixedKinds",
        "BadWeight",
        "BadWeight",
    ];
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(found), sorted(expected.map(str::to_owned).to_vec()));
}

#[test]
fn the_problems_that_need_an_election_of_their_own() {
    assert_eq!(
        problems(Election::builder().project(("a", 1))),
        ["NoBudget"]
    );
    assert_eq!(
        problems(
            Election::builder()
                .budget(1)
                .project(("a", 1))
                .ballot(Ballot::approval(["a", "a"]))
        ),
        ["RepeatedProject"]
    );
    assert_eq!(
        problems(
            Election::builder()
                .budget(1)
                .project(("a", 1))
                .ballots(Ballot::approval(["a"]), 1 << 63)
                .ballot(Ballot::approval(["a"]))
        ),
        ["BadCount"]
    );
    assert_eq!(
        problems(
            Election::builder()
                .budget(1)
                .project(("a", 1))
                .scale(["bad", "good"])
                .ballot(Ballot::grades([("a", "great"), ("b", "good")]))
        ),
        ["UnknownGrade", "UnknownProject"]
    );
    let mut huge = Money::MAX;
    while let Some(double) = huge.checked_add(huge) {
        huge = double;
    }
    assert_eq!(
        problems(
            Election::builder()
                .budget(1)
                .project(("a", huge))
                .project(("b", huge))
        ),
        ["TotalTooLarge"]
    );
}

/// Every message names the thing and says what to do.
#[test]
fn messages_name_place_and_remedy() {
    let builder = Election::builder()
        .budget(1)
        .project(("a", 1))
        .ballot(Ballot::approval(["a"]))
        .ballot(Ballot::approval(["b\u{7}"]));
    assert_eq!(
        builder.build().unwrap_err().to_string(),
        "ballot 2 names the unknown project `b\\u{7}`: correct the id or add the project"
    );
    let builder = Election::builder()
        .budget(1)
        .project(("a", 0))
        .project(("b\u{202e}", 1));
    assert_eq!(
        builder.build().unwrap_err().to_string(),
        "project `a` costs nothing: correct the cost, or allow zero-cost projects if that is meant\nproject id `b\\u{202e}` contains the invisible character U+202E: remove it"
    );
}

/// At most a thousand problems are kept, whatever a file holds.
#[test]
fn problems_are_bounded() {
    let builder = (0..3_000).fold(Election::builder().budget(1), |builder, _| {
        builder.ballot(Ballot::approval(["nobody"]))
    });
    assert_eq!(builder.build().unwrap_err().iter().count(), 1_000);
}
