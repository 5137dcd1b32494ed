//! What is written reads back as it was; what could not is refused.

use proptest::prelude::*;
use quartier::election::{
    Area, Attestation, Ballot, Date, Money, Project, ProposerKind, Relation, Stance,
};
use quartier::exact::Ratio;
use quartier::tally::read::{
    ReadOptions, read_areas_csv, read_projects_csv, write_areas_csv, write_projects_csv,
    write_votes_csv,
};
use quartier::tally::table::WriteError;
use quartier::tally::{CastVote, Content, Eligible};

use crate::helpers::{Seen, read};

const ID: &str = "[A-Za-z0-9é][A-Za-z0-9_.;\"é-]{0,5}";
const TEXT: &str = "([=+@'a-zé;,\"-]([a-z =;,\"']{0,6}[a-z;,\"'])?)?";

fn attestation() -> impl Strategy<Value = Attestation> {
    ("(pass|fail|unknown)", "([a-z]([a-z:;, ]{0,5}[a-z])?)?").prop_map(|(verdict, reason)| {
        let value = serde_json::json!({"verdict": verdict, "reason": reason});
        serde_json::from_value(value).unwrap()
    })
}

fn proposer() -> impl Strategy<Value = ProposerKind> {
    prop_oneof![
        Just(ProposerKind::Resident),
        Just(ProposerKind::PublicBody),
        Just(ProposerKind::Collective),
        "[A-Z][a-z]{1,5}".prop_map(ProposerKind::Other),
    ]
}

fn project() -> impl Strategy<Value = Project> {
    let names = || prop::collection::vec("[a-zé][a-z ]{0,3}[a-z]", 0..3);
    let money =
        (0_i128..10_000_000_000).prop_map(|parts| Money::from_ten_thousandths(parts).unwrap());
    (
        (ID, TEXT, money),
        (names(), names(), names()),
        (
            prop::option::of(proposer()),
            prop::option::of(1_i8..28),
            prop::option::of(any::<u32>()),
        ),
        prop::collection::btree_map("(general-interest|feasible)", attestation(), 0..3),
        prop::option::of(("-?[0-9]{1,2}\\.[0-9]{2}", "[0-9]{1,2}")),
        prop::collection::btree_map(
            "[A-Z][a-z]{1,4}",
            TEXT.prop_filter("said", |text| !text.is_empty()),
            0..3,
        ),
    )
        .prop_map(
            |(
                (id, name, cost),
                (areas, categories, beneficiaries),
                (proposer, day, months),
                attested,
                location,
                attributes,
            )| {
                let mut project = Project::new(id, cost).named(name);
                (project.areas, project.categories, project.beneficiaries) =
                    (areas, categories, beneficiaries);
                (project.proposer, project.delivery_months) = (proposer, months);
                project.filed = day.and_then(|day| Date::new(2017, 2, day));
                (project.attestations, project.location, project.attributes) =
                    (attested, location, attributes);
                project
            },
        )
}

/// The same ids once each, in the order of their positions.
fn placed(mut projects: Vec<Project>) -> Vec<Project> {
    projects.sort_by(|a, b| a.id.cmp(&b.id));
    projects.dedup_by(|a, b| a.id == b.id);
    for (project, position) in projects.iter_mut().zip(1..) {
        project.position = Some(position);
    }
    projects
}

fn vote() -> impl Strategy<Value = Seen> {
    (
        (
            "([a-z0-9]{1,4})?",
            "[+-]?[0-9;,:\"]{0,6}",
            "(web|paper|)",
            "(no;rth|Québec|)",
        ),
        (
            "(s1|)",
            "(2018-03-05 18:00|7|)",
            prop::option::of("([a-z]([a-z: ]{0,5}[a-z])?)?"),
            1_u64..50,
        ),
        prop::collection::vec("[a-z;\"]{0,4}", 2),
    )
        .prop_filter("a real id", |((voter, ..), ..)| {
            !matches!(voter.as_str(), "nan" | "null")
        })
        .prop_map(
            |((voter, vote, channel, area), (station, time, ineligible, count), attributes)| Seen {
                line: 0,
                column: 0,
                count: if voter.is_empty() { count } else { 1 },
                vote: Some(vote),
                voter,
                channel,
                area,
                station,
                time,
                ineligible,
                attributes,
            },
        )
}

proptest! {
    #[test]
    fn projects(found in prop::collection::vec(project(), 0..6)) {
        let projects = placed(found);
        let mut shuffled = projects.clone();
        shuffled.reverse();
        let text = write_projects_csv(&shuffled).unwrap();
        let read = read_projects_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
        prop_assert_eq!(read.projects, projects, "{}", text);
        prop_assert!(read.diagnostics.is_empty());
    }

    #[test]
    fn areas(found in prop::collection::btree_map(ID, (TEXT, prop::option::of(ID), prop::collection::btree_map("[A-Z][a-z]{1,4}", (any::<i64>(), 1_i64..1000), 0..3)), 0..5)) {
        let areas: Vec<Area> = found
            .into_iter()
            .map(|(id, (name, parent, figures))| {
                let mut area = Area::new(id).named(name);
                area.parent = parent;
                for (figure, (above, below)) in figures {
                    area.attributes.insert(figure, Ratio::new(above.into(), below.into()).unwrap());
                }
                area
            })
            .collect();
        let text = write_areas_csv(&areas).unwrap();
        let read = read_areas_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
        prop_assert_eq!(read.areas, areas, "{}", text);
    }

    #[test]
    fn votes(found in prop::collection::vec(vote(), 0..6)) {
        let attributes: Vec<Vec<&str>> =
            found.iter().map(|vote| vote.attributes.iter().map(String::as_str).collect()).collect();
        let votes = found.iter().zip(&attributes).map(|(seen, attributes)| CastVote {
            voter: &seen.voter,
            channel: &seen.channel,
            area: &seen.area,
            station: &seen.station,
            time: &seen.time,
            eligible: seen.ineligible.as_deref().map_or(Eligible::Yes, Eligible::No),
            count: seen.count,
            attributes,
            ..CastVote::new(Content::Text(seen.vote.as_deref().unwrap()))
        });
        let text = write_votes_csv(&["one", "two"], votes).unwrap();
        let (seen, read) = read(&text);
        prop_assert!(!read.diagnostics.has_errors(), "{}\n{}", text, read.diagnostics);
        let seen: Vec<Seen> = seen.into_iter().map(|seen| Seen { line: 0, ..seen.placeless() }).collect();
        prop_assert_eq!(seen, found, "{}", text);
    }
}

#[test]
fn ballots_that_are_values_are_written_as_texts() {
    let ballots = [
        Ballot::approval(["7", "12"]),
        Ballot::Ranked(vec![vec!["9".into()], vec!["7".into(), "12".into()]]),
        Ballot::points([("7", 3)]),
        Ballot::grades([("7", "très bien")]),
        Ballot::signed([("7", Stance::Against), ("12", Stance::For)]),
    ];
    let votes = ballots
        .iter()
        .map(|ballot| CastVote::new(Content::Ballot(ballot)));
    let text = write_votes_csv(&[], votes).unwrap();
    let (seen, _) = read(&text);
    let texts: Vec<&str> = seen
        .iter()
        .map(|seen| seen.vote.as_deref().unwrap())
        .collect();
    assert_eq!(texts, ["12,7", "9,12=7", "7:3", "7:très bien", "+12,-7"]);
}

#[test]
fn what_could_not_be_read_back_is_not_written() {
    let vote = |voter| CastVote {
        voter,
        ..CastVote::new(Content::Text("7"))
    };
    let written = |vote| write_votes_csv(&["x"], [vote]);
    assert!(matches!(
        written(vote("=HYPERLINK(1)")),
        Err(WriteError::Formula { .. })
    ));
    assert!(matches!(
        written(vote("-7")),
        Err(WriteError::Formula { .. })
    ));
    assert!(matches!(
        written(vote("1\n2")),
        Err(WriteError::LineBreak { .. })
    ));
    assert!(matches!(
        written(vote(" 1")),
        Err(WriteError::OuterBlank { .. })
    ));
    let attributes = ["@SUM(1)"];
    let tagged = CastVote {
        attributes: &attributes,
        ..vote("1")
    };
    assert!(matches!(written(tagged), Err(WriteError::Formula { .. })));
    assert!(matches!(
        written(CastVote::new(Content::Unreadable)),
        Err(WriteError::NoPlace { .. })
    ));
    assert!(matches!(
        written(CastVote::new(Content::Text("=1+1"))),
        Err(WriteError::Formula { .. })
    ));
    let comma = Ballot::approval(["a,b"]);
    assert!(matches!(
        written(CastVote::new(Content::Ballot(&comma))),
        Err(WriteError::NoPlace { .. })
    ));
    let project = Project::new("7", 1).related(Relation::Requires("8".into()));
    assert!(matches!(
        write_projects_csv(&[project]),
        Err(WriteError::NoPlace { .. })
    ));
    let project = Project::new("7", 1).in_area("a,b");
    assert!(matches!(
        write_projects_csv(&[project]),
        Err(WriteError::NoPlace { .. })
    ));
    let project = Project::new("+7", 1);
    assert!(matches!(
        write_projects_csv(&[project]),
        Err(WriteError::Formula { .. })
    ));
    let mut project = Project::new("7", 1);
    project.attributes.insert("Name".into(), "x".into());
    assert!(matches!(
        write_projects_csv(&[project]),
        Err(WriteError::NoPlace { .. })
    ));
}
