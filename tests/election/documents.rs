//! The serde form: round trips by hand, and documents that are refused.

use quartier::election::{
    Area, Attestation, Ballot, BallotLimits, Date, Election, ExclusiveGroup, Instance, Money,
    Project, ProjectStatus, ProposerKind, Relation, ZeroCost,
};

use crate::common::{money, ratio};
use crate::helpers::{class, with_voters};

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
