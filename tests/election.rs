//! The election model as its users meet it: the builder, the serde form, indices, money, utilities.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use proptest::prelude::*;
use quartier::election::{
    Area, Attestation, Ballot, BallotKind, BallotLimits, BallotView, Column, Date, Election,
    ElectionBuilder, ExclusiveGroup, Instance, MergeError, Money, Points, Problem, Problems,
    Profile, ProfileBuilder, Project, ProjectStatus, ProposerKind, Relation, RowError, Stance,
    Utility, UtilityError, VoterClass, Voters, ZeroCost,
};
use quartier::exact::{Ratio, fixed};

use common::strategies::{Extras, KINDS, elections, permutation};
use common::{IDS, SCALE, cases, money, ratio};

fn problems(builder: ElectionBuilder) -> Vec<String> {
    names(&builder.build().unwrap_err())
}

/// The names of the variants, in order.
fn names(problems: &Problems) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            format!("{problem:?}")
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn class(weight: i32, endowment: i32) -> VoterClass {
    VoterClass {
        weight: weight.into(),
        endowment: endowment.into(),
    }
}

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

#[test]
fn look_alikes_are_found_and_plain_ids_are_not() {
    let pairs = [
        ("a", "A"),
        ("cafe\u{301}", "café"),
        ("park", "pаrk"),
        ("ﬁre", "fire"),
        ("１", "1"),
        ("1", "l"),
        ("modern", "rnodern"),
    ];
    for (first, second) in pairs {
        assert_eq!(
            problems(
                Election::builder()
                    .budget(1)
                    .project((first, 1))
                    .project((second, 1))
            ),
            ["LookAlike"],
            "{first} {second}"
        );
    }
    for (first, second) in [
        ("1", "01"),
        ("1", "10"),
        ("a", "á"),
        ("p1", "p2"),
        ("BO.D1", "BOD.1"),
        ("7", "T"),
    ] {
        assert!(
            Election::builder()
                .budget(1)
                .project((first, 1))
                .project((second, 1))
                .build()
                .is_ok(),
            "{first} {second}"
        );
    }
}

proptest! {
    #![proptest_config(cases(500))]

    /// What is written is read again as the same election, for every kind of ballot, weights included.
    #[test]
    fn serde_round_trip(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let text = serde_json::to_string(&election).unwrap();
        let read: Election = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &election);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        prop_assert_eq!(read.digest(), election.digest());
    }

    /// With a voter table too, in whatever order the voters came.
    #[test]
    fn serde_round_trip_with_voters(case in elections(&KINDS, Extras { weights: false, ..Extras::ALL }), keys in prop::collection::vec(any::<u8>(), 18)) {
        let election = with_voters(&case.election(), &keys);
        let text = serde_json::to_string(&election).unwrap();
        let read: Election = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &election);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    /// The digest does not depend on the order of a file, positions in the published list included.
    #[test]
    fn digest_ignores_the_order_of_a_file(case in elections(&KINDS, Extras::ALL), keys in prop::collection::vec(any::<u8>(), 6)) {
        let election = |order: &[usize]| {
            let projects = case.election().instance().projects().to_vec();
            let instance = Instance::builder().budget(1).zero_cost(ZeroCost::Allowed).group(ExclusiveGroup::new("group-0", 1)).group(ExclusiveGroup::new("group-1", 1));
            let instance = order.iter().fold(instance, |instance, &at| {
                let mut project = projects[at].clone();
                project.position = None;
                instance.project(project)
            });
            Election::builder().instance(instance).build().unwrap().digest()
        };
        let order: Vec<usize> = (0..case.projects.len()).collect();
        prop_assert_eq!(election(&order), election(&permutation(&keys, case.projects.len())));
    }

    /// Rows are in canonical form, and both indices say the same.
    #[test]
    fn indices_agree(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let (instance, profile) = (election.instance(), election.profile());
        prop_assert!(instance.projects().windows(2).all(|pair| pair[0].id < pair[1].id));
        for project in instance.project_indices() {
            prop_assert_eq!(instance.find(instance.id_of(project)), Some(project));
            let forwards: Vec<_> = profile.ballot_indices().flat_map(|ballot| {
                profile.ballot(ballot).unwrap().entries().filter(move |entry| entry.project == project).map(move |entry| (ballot, entry.weight))
            }).collect();
            prop_assert_eq!(profile.supporters().of_project(project).collect::<Vec<_>>(), forwards);
        }
        prop_assert_eq!(profile.ballots().map(BallotView::count).sum::<u64>(), case.voter_count());
        prop_assert_eq!(profile.voters(), case.voter_count());
        prop_assert_eq!(profile.ballots().map(BallotView::len).sum::<usize>(), profile.marks());
    }

    /// `as_approval` keeps who is named, and its map leads every ballot to what it became.
    #[test]
    fn as_approval_keeps_the_named(case in elections(&KINDS, Extras::ALL)) {
        let election = case.election();
        let (approval, map) = election.profile().as_approval();
        prop_assert_eq!(approval.voters(), election.profile().voters());
        prop_assert_eq!(map.len(), election.profile().len());
        for (old, new) in election.profile().ballots().zip(&map) {
            let mut named: Vec<usize> = old.entries().filter(|entry| case.kind != BallotKind::Signed || entry.weight > 0).map(|entry| entry.project.index()).collect();
            named.sort_unstable();
            let became: Vec<usize> = approval.ballot(*new).unwrap().entries().map(|entry| entry.project.index()).collect();
            prop_assert_eq!(became, named);
        }
        prop_assert_eq!(approval.mentions(), election.profile().mentions());
    }

    /// Amounts: text and back, and text is the shortest.
    #[test]
    fn money_text_round_trips(parts in 0_i128..=10_i128.pow(28)) {
        let amount = Money::from_ten_thousandths(parts).unwrap();
        prop_assert_eq!(amount.to_string().parse::<Money>().unwrap(), amount);
        prop_assert_eq!(amount.to_ratio(), ratio(parts, 10_000));
        prop_assert!(!amount.to_string().contains('.') || !amount.to_string().ends_with('0'));
    }
}

fn with_voters(election: &Election, keys: &[u8]) -> Election {
    let profile = election.profile();
    let all: Vec<_> = profile
        .ballot_indices()
        .flat_map(|ballot| (0..profile.ballot(ballot).unwrap().count()).map(move |_| ballot))
        .collect();
    let ballots: Vec<_> = permutation(keys, all.len())
        .into_iter()
        .map(|at| all[at])
        .collect();
    let ids: Vec<String> = (0..ballots.len())
        .map(|number| format!("v{number}"))
        .collect();
    let areas: Column = ids
        .iter()
        .map(|id| if id.ends_with('1') { "north" } else { "" })
        .collect();
    let voters = Voters::new(
        ids.iter().map(String::as_str).collect(),
        ballots,
        vec![("area".to_owned(), areas)],
    )
    .unwrap();
    Election::new(election.instance().clone(), profile.clone(), Some(voters)).unwrap()
}

/// A document with everything in it.
fn full() -> Election {
    let mut project = Project::new("p", "12.5".parse::<Money>().unwrap())
        .named("Trees")
        .in_area("north")
        .filed_on(Date::new(2024, 2, 29).unwrap());
    project.categories = vec!["green".to_owned()];
    project.beneficiaries = vec!["children".to_owned()];
    project.proposer = Some(ProposerKind::Other("choir".to_owned()));
    project.delivery_months = Some(18);
    project.location = Some(("50.1".to_owned(), "19.9".to_owned()));
    project.attributes.insert("x".to_owned(), "y".to_owned());
    let attestation: Attestation =
        serde_json::from_str(r#"{"verdict":"unknown","reason":"not asked"}"#).unwrap();
    project
        .attestations
        .insert("feasible".to_owned(), attestation);
    project.status.push(
        serde_json::from_str::<ProjectStatus>(r#"{"what":"filed","on":"2024-02-29"}"#).unwrap(),
    );
    let mut limits = BallotLimits::default();
    (limits.max_length, limits.default_score) = (Some(5), Some("0.5".parse().unwrap()));
    let instance = Instance::builder()
        .name("N")
        .edition("2024")
        .currency("EUR")
        .days(Date::new(2024, 3, 1), Date::new(2024, 3, 9))
        .budget(100)
        .granularity(money("0.01"))
        .zero_cost(ZeroCost::Allowed)
        .limits(limits)
        .area(Area::new("city").named("City"))
        .area(
            Area::new("north")
                .part_of("city")
                .attribute("population", ratio(10_001, 2)),
        )
        .group(ExclusiveGroup::new("site", 1))
        .project(project.related(Relation::MemberOf("site".into())))
        .project(("q", 0));
    let builder = Election::builder()
        .instance(instance)
        .weighted(Ballot::points([("p", 3), ("q", -1)]), 2, class(2, 3))
        .ballot(Ballot::points([("q", 1)]));
    builder
        .ballots(Ballot::points([("p", 3), ("q", -1)]), 2)
        .build()
        .unwrap()
}

#[test]
fn a_full_document_round_trips() {
    let election = with_voters(&full(), &[3, 1, 2, 9, 0]);
    let text = serde_json::to_string(&election).unwrap();
    let read: Election = serde_json::from_str(&text).unwrap();
    assert_eq!(read, election);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        serde_json::from_value::<Election>(value).unwrap(),
        election,
        "also through a value, whose texts are not borrowed"
    );
}

/// Changes a document in one place and says what reading it gives.
fn tampered(
    election: &Election,
    change: impl FnOnce(&mut serde_json::Value),
) -> Result<Election, String> {
    let mut value = serde_json::to_value(election).unwrap();
    change(&mut value);
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// A document cannot smuggle in an election that the builder would refuse.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn documents_that_the_builder_would_refuse_are_refused() {
    use serde_json::json;
    type Change = Box<dyn Fn(&mut serde_json::Value)>;
    let election = with_voters(&full(), &[]);
    let set = |path: &'static str, to: serde_json::Value| -> Change {
        Box::new(move |value| *value.pointer_mut(path).unwrap() = to.clone())
    };
    let refusals: Vec<(&str, Change)> = vec![
        ("is negative", set("/budget", json!("-1"))),
        ("more than 4 decimals", set("/budget", json!("1.00001"))),
        ("invalid type", set("/budget", json!(100))),
        (
            "cannot be negative",
            set("/projects/0/cost", json!("-12.5")),
        ),
        ("costs nothing", set("/zero-cost", json!("refused"))),
        ("is used twice", set("/projects/1/id", json!("p"))),
        (
            "unknown project `z`",
            set("/ballots/0/ballot", json!({"points": [["z", "1"]]})),
        ),
        (
            "more than once",
            set(
                "/ballots/0/ballot",
                json!({"points": [["p", "1"], ["p", "2"]]}),
            ),
        ),
        (
            "the others are points",
            set("/ballots/0/ballot", json!({"approval": ["p"]})),
        ),
        ("stands for 0 voters", set("/ballots/0/count", json!(0))),
        ("invalid value", set("/ballots/0/count", json!(-1))),
        ("it must be above 0", set("/ballots/1/weight", json!("0"))),
        (
            "unknown area `south`",
            set("/projects/0/areas/0", json!("south")),
        ),
        ("unknown group", set("/groups/0/id", json!("other"))),
        (
            "unknown field",
            Box::new(|value| {
                value["extra"] = json!(1);
            }),
        ),
        (
            "unknown field",
            Box::new(|value| {
                value["projects"][0]["colour"] = json!("green");
            }),
        ),
        (
            "missing field `budget`",
            Box::new(|value| {
                value.as_object_mut().unwrap().remove("budget");
            }),
        ),
        ("is not a date", set("/begins", json!("2024-02-30"))),
        (
            "there is no ballot number 9",
            set("/voters/ballots/0", json!(9)),
        ),
        (
            "more or less often",
            Box::new(|value| {
                let other = value["voters"]["ballots"][4].clone();
                value["voters"]["ballots"][0] = other;
            }),
        ),
        ("does not fit", set("/voters/ids", json!(["v0"]))),
        ("does not fit", set("/voters/columns/0/1", json!(["north"]))),
    ];
    for (expected, change) in refusals {
        let error = tampered(&election, change).unwrap_err();
        assert!(
            error.contains(expected),
            "`{error}` does not say `{expected}`"
        );
    }
}

/// The voter table names rows of the document, in whatever order they stand; equal ballots of voters of
/// different weight stay apart, or the table would silently give voters each other's weight.
#[test]
fn rows_in_another_order_keep_their_voters() {
    let election = with_voters(&full(), &[]);
    assert_eq!(election.profile().len(), 3);
    for (one, other) in [(0_u64, 1_u64), (1, 2), (0, 2)] {
        let read = tampered(&election, |value| {
            value["ballots"].as_array_mut().unwrap().swap(
                usize::try_from(one).unwrap(),
                usize::try_from(other).unwrap(),
            );
            for row in value["voters"]["ballots"].as_array_mut().unwrap() {
                let at = row.as_u64().unwrap();
                let at = if at == one {
                    other
                } else if at == other {
                    one
                } else {
                    at
                };
                *row = at.into();
            }
        });
        assert_eq!(read.unwrap(), election);
    }
}

/// Equal ballots in several rows are one ballot; nothing is lost and nothing doubled.
#[test]
fn rows_of_one_ballot_are_merged() {
    let text = r#"{"budget":"1","projects":[{"id":"a","cost":"1"}],"kind":"ranked","ballots":[{"ballot":{"ranked":[["a"]]},"count":2},{"ballot":{"ranked":[[],["a"],[]]},"count":3}]}"#;
    let election: Election = serde_json::from_str(text).unwrap();
    assert_eq!(
        (election.profile().len(), election.profile().voters()),
        (1, 5)
    );
}

#[test]
fn money_at_its_limits() {
    let largest = "1000000000000000000000000";
    assert_eq!(money(largest), Money::MAX);
    for text in [
        "1000000000000000000000000.0001",
        "1000000000000000000000001",
        "0.00001",
    ] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
    assert_eq!(Money::from_ten_thousandths(10_i128.pow(28) + 1), None);
    let many = Money::checked_sum(std::iter::repeat_n(Money::MAX, 10_000)).unwrap();
    assert_eq!(many.ten_thousandths(), 10_i128.pow(32));
    assert_eq!(Money::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Money::from(i64::MIN).to_string(), "-9223372036854775808");
    assert_eq!(
        Money::floor_to(&ratio(-1, 3), money("1"))
            .unwrap()
            .to_string(),
        "-1",
        "down, not towards zero"
    );
    assert_eq!(serde_json::to_string(&money("0.10")).unwrap(), "\"0.1\"");
    assert_eq!(
        format!("{:>8}|{:<6}|", money("1.5"), money("2")),
        "     1.5|2     |"
    );
}

fn station(ids: &[&str], kind: BallotKind, ballot: Option<(Ballot, u64)>) -> Profile {
    let builder = ids
        .iter()
        .fold(Election::builder().budget(1).kind(kind), |builder, &id| {
            builder.project((id, 1))
        });
    let builder = builder.scale(if kind == BallotKind::Grades {
        vec!["bad", "good"]
    } else {
        Vec::new()
    });
    ballot
        .into_iter()
        .fold(builder, |builder, (ballot, count)| {
            builder.ballots(ballot, count)
        })
        .build()
        .unwrap()
        .profile()
        .clone()
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let here = station(
        &["a", "b"],
        BallotKind::Approval,
        Some((Ballot::approval(["a"]), 1)),
    );
    assert_eq!(
        here.merge(&station(&["a", "c"], BallotKind::Approval, None)),
        Err(MergeError::OtherProjects)
    );
    assert_eq!(
        here.merge(&station(&["a"], BallotKind::Approval, None)),
        Err(MergeError::OtherProjects)
    );
    assert_eq!(
        here.merge(&station(&["a", "b"], BallotKind::Signed, None)),
        Err(MergeError::OtherKind)
    );
    let grades = station(&["a", "b"], BallotKind::Grades, None);
    let other_scale = Election::builder()
        .budget(1)
        .project(("a", 1))
        .project(("b", 1))
        .kind(BallotKind::Grades)
        .scale(["bad", "better"])
        .build()
        .unwrap();
    assert_eq!(
        grades.merge(other_scale.profile()),
        Err(MergeError::OtherKind)
    );
    let huge = station(
        &["a", "b"],
        BallotKind::Approval,
        Some((Ballot::approval(["b"]), 1 << 63)),
    );
    assert_eq!(huge.merge(&here), Err(MergeError::TooLarge));
    assert_eq!(huge.voters(), 1 << 63);
}

/// The builder of profiles refuses without changing anything.
#[test]
fn a_refused_row_leaves_no_trace() {
    let election = Election::builder()
        .budget(1)
        .project(("a", 1))
        .project(("b", 1))
        .ballot(Ballot::approval(["a", "b"]))
        .build()
        .unwrap();
    let mut foreign: Vec<_> = election
        .profile()
        .ballots()
        .flat_map(BallotView::entries)
        .collect();
    let smaller = Election::builder()
        .budget(1)
        .project(("a", 1))
        .build()
        .unwrap();
    let mut builder = ProfileBuilder::new(smaller.instance(), BallotKind::Points);
    assert_eq!(
        builder.push(&mut foreign, 0, 1),
        Err(RowError::Unknown(foreign[1].project))
    );
    let mut own = vec![foreign[0], foreign[0]];
    assert_eq!(
        builder.push(&mut own, 0, 1),
        Err(RowError::Repeated(own[0].project))
    );
    assert_eq!(builder.push(&mut own[..1], 0, 0), Err(RowError::Count));
    assert_eq!(builder.push(&mut own[..1], 0, 3), Ok(0));
    assert_eq!(builder.push(&mut own[..1], 0, 4), Ok(0));
    let (profile, became) = builder.finish();
    assert_eq!(
        (
            profile.len(),
            profile.voters(),
            profile.marks(),
            became.len()
        ),
        (1, 7, 1, 1)
    );
}

/// A profile of other projects, or a table with other votes, is no election.
#[test]
fn parts_that_do_not_fit_are_refused() {
    let here = Election::builder()
        .budget(1)
        .project(("a", 1))
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let there = Election::builder()
        .budget(1)
        .project(("b", 1))
        .build()
        .unwrap();
    assert_eq!(
        names(&Election::new(here.instance().clone(), there.profile().clone(), None).unwrap_err()),
        ["BadVoters"]
    );
    let ballot = here.profile().ballot_indices().next().unwrap();
    for times in [1, 3] {
        let voters = Voters::new(
            vec!["v"; times].into_iter().collect(),
            vec![ballot; times],
            Vec::new(),
        )
        .unwrap();
        assert_eq!(
            names(
                &Election::new(
                    here.instance().clone(),
                    here.profile().clone(),
                    Some(voters)
                )
                .unwrap_err()
            ),
            ["BadVoters"]
        );
    }
    assert!(
        here.with_budget(Money::ZERO.checked_sub(money("1")).unwrap())
            .is_none()
    );
}

/// Order of the contract: ids by Unicode code point, "10" before "2".
#[test]
fn projects_stand_in_the_order_of_their_bytes() {
    let election = IDS
        .iter()
        .rev()
        .fold(Election::builder().budget(1), |builder, &id| {
            builder.project((id, 1))
        })
        .build()
        .unwrap();
    assert_eq!(
        election
            .instance()
            .projects()
            .iter()
            .map(|project| project.id.as_str())
            .collect::<Vec<_>>(),
        IDS
    );
    assert_eq!(election.instance().find("nobody"), None);
}

/// All fifteen utilities on one election, by hand. Costs a 4, b 9, c 16 within 20.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn every_utility_by_hand() {
    let base = || {
        Election::builder()
            .budget(20)
            .project(("a", 4))
            .project(("b", 9))
            .project(("c", 16))
    };
    let approval = base()
        .ballots(Ballot::approval(["a", "b"]), 2)
        .ballot(Ballot::approval(["a", "b", "c"]))
        .ballot(Ballot::approval(["c"]))
        .build()
        .unwrap();
    let ranked = base()
        .ballots(Ballot::ranked(["c", "a"]), 2)
        .ballot(Ballot::Ranked(vec![
            vec!["a".into(), "b".into()],
            vec!["c".into()],
        ]))
        .build()
        .unwrap();
    let points = base()
        .ballots(Ballot::points([("a", 5), ("b", 3)]), 2)
        .ballot(Ballot::points([("b", 2), ("c", 4)]))
        .build()
        .unwrap();
    let ln = |cost: i32| fixed::ln_1p(&Ratio::from(cost)).unwrap();
    let thirds = |utility: Utility, expected: [Ratio; 3]| {
        let election = match utility {
            Utility::Borda | Utility::ArchiveBorda => &ranked,
            Utility::Points | Utility::RelativePoints => &points,
            _ => &approval,
        };
        assert_eq!(
            utility.additive(election).unwrap().totals(election),
            expected,
            "{utility}"
        );
    };
    thirds(Utility::Cost, [12, 27, 32].map(Ratio::from));
    thirds(Utility::Cardinality, [3, 3, 2].map(Ratio::from));
    thirds(Utility::Effort, [4, 9, 16].map(Ratio::from));
    thirds(Utility::Points, [10, 8, 4].map(Ratio::from));
    // Two voters: c 1, a 0; one voter: a and b share places 0 and 1 (2 and 1), c 0.
    thirds(Utility::Borda, [ratio(3, 2), ratio(3, 2), ratio(2, 1)]);
    // Two voters: c 2, a 1; one voter: a and b share 3 and 2, c 1.
    thirds(
        Utility::ArchiveBorda,
        [ratio(2, 1) + ratio(5, 2), ratio(5, 2), ratio(5, 1)],
    );
    // The best the budget can buy: {a, b} 13; of {a, b, c} it is {a, c} 20; {c} 16.
    thirds(
        Utility::RelativeCost,
        [
            ratio(8, 13) + ratio(4, 20),
            ratio(18, 13) + ratio(9, 20),
            ratio(16, 20) + ratio(1, 1),
        ],
    );
    thirds(
        Utility::RelativeCostApprox,
        [
            ratio(8, 13) + ratio(4, 20),
            ratio(18, 13) + ratio(9, 20),
            ratio(16, 20) + ratio(1, 1),
        ],
    );
    thirds(
        Utility::RelativeCardinality,
        [ratio(3, 2), ratio(3, 2), ratio(3, 2)],
    );
    // {a, b} 8 points; of b and c (25) only one fits: 4 points.
    thirds(
        Utility::RelativePoints,
        [ratio(10, 8), ratio(6, 8) + ratio(2, 4), ratio(1, 1)],
    );
    thirds(Utility::AdditiveCostSqrt, [6, 9, 8].map(Ratio::from));
    thirds(
        Utility::AdditiveCostLog,
        [ln(4).mul_int(3), ln(9).mul_int(3), ln(16).mul_int(2)],
    );
    let gains = |utility: Utility, expected: [Ratio; 3]| {
        let mut sets = utility.of_sets(&approval).unwrap();
        for (project, expected) in approval.instance().project_indices().zip(expected) {
            assert_eq!(sets.gain(project), expected, "{utility}");
            sets.add(project);
        }
    };
    let root = |cost: i32| fixed::sqrt(&Ratio::from(cost)).unwrap();
    gains(
        Utility::CostSqrt,
        [
            ratio(6, 1),
            (root(13) - ratio(2, 1)).mul_int(3),
            root(29) - root(13) + ratio(4, 1),
        ],
    );
    gains(
        Utility::CostLog,
        [
            ln(4).mul_int(3),
            (ln(13) - ln(4)).mul_int(3),
            ln(29) - ln(13) + ln(16),
        ],
    );
    gains(Utility::ChamberlinCourant, [3, 0, 1].map(Ratio::from));
    let mut best = Utility::ChamberlinCourant.of_sets(&points).unwrap();
    let [a, b, c] = [0, 1, 2].map(|at| points.instance().project_indices().nth(at).unwrap());
    assert_eq!(best.gain(a), 10.into());
    best.add(a);
    assert_eq!(
        (best.gain(b), best.gain(c)),
        (2.into(), 4.into()),
        "the best one counts, not the sum"
    );
    assert_eq!(Utility::ALL.len(), 15);
}

/// A utility that the ballots cannot give is refused by name.
#[test]
fn utilities_refuse_what_ballots_do_not_say() {
    let project = |builder: ElectionBuilder| builder.project(("a", 1)).build().unwrap();
    for kind in KINDS {
        let election = project(Election::builder().budget(1).kind(kind).scale(
            if kind == BallotKind::Grades {
                SCALE.to_vec()
            } else {
                Vec::new()
            },
        ));
        for &utility in Utility::ALL {
            let result = if utility.is_additive() {
                utility.additive(&election).map(|_| ())
            } else {
                utility.of_sets(&election).map(|_| ())
            };
            let expected = if utility.reads(kind) {
                Ok(())
            } else {
                Err(UtilityError::Ballots { utility, kind })
            };
            assert_eq!(result, expected, "{utility} of {kind}");
            assert_eq!(utility.text().parse::<Utility>(), Ok(utility));
        }
    }
    assert!(matches!(
        "costs".parse::<Utility>(),
        Err(UtilityError::Unknown { .. })
    ));
}

/// Signed ballots name the projects they are for, in votes as in utilities.
#[test]
fn against_is_no_support() {
    let election = Election::builder()
        .budget(9)
        .project(("a", 1))
        .project(("b", 1))
        .ballots(
            Ballot::signed([("a", Stance::Against), ("b", Stance::For)]),
            3,
        )
        .build()
        .unwrap();
    assert_eq!(election.profile().mentions(), [0, 3]);
    for &utility in Utility::ALL
        .iter()
        .filter(|utility| utility.reads(BallotKind::Signed) && utility.is_additive())
    {
        assert_eq!(
            utility.additive(&election).unwrap().totals(&election)[0],
            Ratio::ZERO,
            "{utility}"
        );
    }
}

#[test]
fn points_keep_their_decimals() {
    let election = Election::builder()
        .budget(9)
        .project(("a", 1))
        .ballot(Ballot::Points(vec![(
            "a".into(),
            "0.000001".parse::<Points>().unwrap(),
        )]))
        .build()
        .unwrap();
    assert_eq!(
        Utility::Points
            .additive(&election)
            .unwrap()
            .totals(&election),
        [ratio(1, 1_000_000)]
    );
    assert!(serde_json::from_str::<Points>("3").is_err(), "as text only");
    let problem = Problem::NoBudget;
    assert_eq!(
        problem.to_string(),
        "no budget was given: say how much money there is, even if it is 0"
    );
}
