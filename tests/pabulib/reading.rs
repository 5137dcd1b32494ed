//! What a file says is what the election has.

use quartier::election::{
    BallotKind, BallotLimits, Entry, Instance, Money, Points, ProfileBuilder,
};
use quartier::pabulib::{Document, MetaDate, VoteType, write};

use crate::helpers::{round_trip, strict};
use crate::pabulib_common::{approval, file, strict_codes};

#[test]
fn everything_of_a_file_is_there() {
    let document = strict(&approval());
    let instance = document.election().instance();
    assert_eq!(instance.name(), "A sample");
    assert_eq!(instance.budget(), Money::from(100));
    assert_eq!(instance.limits().max_length, Some(3));
    assert_eq!(instance.begins().unwrap().to_string(), "2023-06-08");
    assert_eq!(document.meta().ends(), Some(MetaDate::Year(2023)));
    assert_eq!(document.meta().vote_type(), VoteType::Approval);
    assert_eq!(document.meta().rule(), Some("greedy"));
    assert_eq!(document.meta().get("my_own_key"), Some("kept; as it is"));
    assert_eq!(
        instance
            .projects()
            .iter()
            .map(|project| project.id.as_str())
            .collect::<Vec<_>>(),
        ["1", "10", "2", "P/03"]
    );
    assert_eq!(instance.projects()[0].categories, ["sport", "culture"]);
    assert_eq!(document.selected(), Some(&[1, 0, 2, 0][..]));
    assert_eq!(document.published_votes(), Some(&[3, 1, 2, 1][..]));
    assert_eq!(
        document.projects().column("colour").unwrap().get(1),
        Some("blue")
    );
    let voters = document.election().voters().unwrap();
    assert_eq!(
        voters.column("age").unwrap().iter().collect::<Vec<_>>(),
        ["34", "", "19", "77"]
    );
    assert_eq!(document.vote_header(), ["voter_id", "vote", "age", "mood"]);
    assert_eq!(
        (
            document.election().profile().voters(),
            document.election().profile().len()
        ),
        (4, 4)
    );
    assert!(document.warnings().is_empty());
}

#[test]
fn scores_of_ranked_votes_know_the_longest_ballot() {
    let projects =
        |best, second| format!("project_id;cost;votes;score\n1;5;2;{best}\n2;6;1;{second}");
    let votes = "voter_id;vote\n1;1,2\n2;1";
    strict(&file(
        "vote_type;ordinal\nmax_length;3",
        &projects(6, 2),
        votes,
    ));
    strict(&file("vote_type;ordinal", &projects(3, 1), votes));
    assert_eq!(
        strict_codes(&file("vote_type;ordinal", &projects(6, 2), votes)),
        ["control-mismatch", "control-mismatch"]
    );
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let one = strict(&file(
        "vote_type;cumulative",
        "project_id;cost;name\n1;5;a\n2;6;b",
        "voter_id;vote;points\n1;1,2;3,4\n2;2;1",
    ));
    let other = strict(&file(
        "vote_type;cumulative",
        "project_id;name;cost\n2;b;6\n1;a;5",
        "voter_id;points;vote\n2;1;2\n1;4,3;2,1",
    ));
    assert_eq!(one.election().profile(), other.election().profile());
    let costs = |document: &Document| {
        document
            .election()
            .instance()
            .projects()
            .iter()
            .map(|project| (project.id.clone(), project.cost))
            .collect::<Vec<_>>()
    };
    assert_eq!(costs(&one), costs(&other));
}

#[test]
fn nothing_at_all_is_an_election_too() {
    let none = strict(
        "META\nkey;value\nnum_projects;0\nnum_votes;0\nbudget;0\nvote_type;approval\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n",
    );
    assert_eq!(
        (
            none.election().instance().projects().len(),
            none.election().profile().voters()
        ),
        (0, 0)
    );
    round_trip(&write(&none));
    let huge = file(
        "vote_type;approval",
        "project_id;cost\n1;1000000000000000000000000",
        "voter_id;vote\n1;1",
    );
    assert_eq!(
        strict(&huge).election().instance().projects()[0].cost,
        Money::MAX
    );
    assert_eq!(
        strict_codes(&huge.replace("1000000000000000000000000", "1000000000000000000000001")),
        ["bad-amount"]
    );
}

#[test]
fn points_of_zero_and_of_many_decimals_are_kept() {
    let text = file(
        "vote_type;scoring\nmin_points;-2",
        "project_id;cost;votes;score\n1;5;2;2.500001\n2;6;1;0\n3;7;1;-2",
        "voter_id;vote;points\n1;1,2,3;2.5,0,-2\n2;1;0.000001",
    );
    strict(&text);
    round_trip(&text);
    assert_eq!(
        strict_codes(&text.replace("scoring\nmin_points;-2", "cumulative")),
        ["negative-points"]
    );
}

#[test]
fn weights_and_limits_reach_the_election() {
    let document = strict(&file(
        "vote_type;cumulative\nmax_sum_points;10\nmin_length;1",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote;points\n1;1,2;3,4",
    ));
    let limits: &BallotLimits = document.election().instance().limits();
    assert_eq!(
        (limits.max_sum_points, limits.min_length),
        (Some(Points::from(10)), Some(1))
    );
    let instance = Instance::builder()
        .budget(1)
        .project(("1", 5))
        .project(("2", 6))
        .build()
        .unwrap();
    let mut builder = ProfileBuilder::new(&instance, BallotKind::Points);
    let project = |id| instance.find(id).unwrap();
    builder
        .push(
            &mut [
                Entry {
                    project: project("2"),
                    weight: 4_000_000,
                },
                Entry {
                    project: project("1"),
                    weight: 3_000_000,
                },
            ],
            0,
            1,
        )
        .unwrap();
    assert_eq!(*document.election().profile(), builder.finish().0);
}
