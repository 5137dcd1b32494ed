//! Several lists as one election: nothing is lost, nothing is mixed up, and what does not go together is refused.

use proptest::prelude::*;
use quartier::election::{
    Aggregate, Area, Ballot, BallotKind, Election, ExclusiveGroup, Join, JoinPart, Project,
    Relation,
};
use quartier::exact::Ratio;

fn list(ids: &[&str]) -> Election {
    let mut builder = Election::builder().budget(100).kind(BallotKind::Approval);
    for id in ids {
        builder = builder.project((*id, 10));
    }
    builder
        .ballots(Ballot::approval(ids.iter().copied()), 2)
        .build()
        .unwrap()
}

fn refused(join: Join) -> String {
    join.build().unwrap_err().to_string()
}

#[test]
fn ids_that_collide_are_refused_by_name_or_qualified() {
    let parts = || {
        [
            JoinPart::new("wola", list(&["1", "2"])),
            JoinPart::new("ursus", list(&["2", "3"])),
        ]
    };
    let [one, two] = parts();
    let message = refused(Join::new().part(one).part(two));
    assert!(
        message.contains("project `2`") && message.contains("`wola` and `ursus`"),
        "{message}"
    );
    let [one, two] = parts().map(JoinPart::qualified);
    let joined = Join::new().part(one).part(two).build().unwrap();
    let ids: Vec<&str> = joined
        .instance()
        .projects()
        .iter()
        .map(|project| project.id.as_str())
        .collect();
    assert_eq!(ids, ["ursus/2", "ursus/3", "wola/1", "wola/2"]);
    assert_eq!(joined.profile().voters(), 4);
    assert_eq!(joined.profile().mentions(), [2, 2, 2, 2]);
}

#[test]
fn what_names_a_project_is_renamed_with_it() {
    let election = Election::builder()
        .budget(10)
        .group(ExclusiveGroup::new("site", 1))
        .project(Project::new("a", 1_u32).related(Relation::MemberOf("site".into())))
        .project(
            Project::new("b", 1_u32)
                .related(Relation::Requires("a".into()))
                .related(Relation::VariantOf("c".into())),
        )
        .project(("c", 1))
        .ballots(Ballot::ranked(["c", "a"]), 1)
        .build()
        .unwrap()
        .with_aggregates(vec![Aggregate::new("paper", [("b", 4)])])
        .unwrap();
    let joined = Join::new()
        .part(JoinPart::new("x", election).qualified())
        .build()
        .unwrap();
    let instance = joined.instance();
    assert_eq!(instance.groups()[0].id, "x/site");
    assert_eq!(
        instance.projects()[0].relations,
        [Relation::MemberOf("x/site".into())]
    );
    assert_eq!(
        instance.projects()[1].relations,
        [
            Relation::Requires("x/a".into()),
            Relation::VariantOf("x/c".into())
        ]
    );
    assert_eq!(joined.aggregate_votes(), Some(&[0, 4, 0][..]));
    let ballot = joined.profile().ballots().next().unwrap();
    let named: Vec<&str> = ballot
        .entries()
        .map(|entry| instance.id_of(entry.project))
        .collect();
    assert_eq!(named, ["x/c", "x/a"]);
}

#[test]
fn areas_are_one_each_and_the_known_one_counts() {
    let wola = || Area::new("wola").attribute("population", Ratio::from(140_000));
    let part = JoinPart::new("wola", list(&["1"]))
        .in_area("wola")
        .in_category("trees");
    let joined = Join::new().part(part.clone()).area(wola()).build().unwrap();
    assert_eq!(joined.instance().areas(), [wola()]);
    let project = &joined.instance().projects()[0];
    assert_eq!(
        (&project.areas, &project.categories),
        (&vec!["wola".to_owned()], &vec!["trees".to_owned()])
    );
    let other = Area::new("wola").named("Wola");
    let message = refused(Join::new().part(part).area(wola()).area(other));
    assert!(message.contains("area `wola`"), "{message}");
}

#[test]
fn what_does_not_go_together_is_refused_all_at_once() {
    assert!(refused(Join::new()).contains("no list"));
    let points = Election::builder()
        .budget(1)
        .currency("PLN")
        .project(("9", 1))
        .ballots(Ballot::points([("9", 2)]), 1);
    let euros = Election::builder()
        .budget(1)
        .currency("EUR")
        .project(("9", 1))
        .ballots(Ballot::approval(["9"]), 1);
    let message = refused(
        Join::new()
            .part(JoinPart::new("a", euros.build().unwrap()))
            .part(JoinPart::new("b", points.build().unwrap())),
    );
    assert_eq!(message.lines().count(), 3, "{message}");
    for says in [
        "project `9`",
        "`a` (approval) and `b` (points)",
        "different currencies",
    ] {
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn voters_of_different_lists_stay_different() {
    use quartier::pabulib::{ReadOptions, read_bytes};
    let file = |id: &str| {
        let text = format!(
            "META\nkey;value\ndescription;d\ncountry;PL\nunit;U\ninstance;2024\nnum_projects;1\nnum_votes;2\nbudget;100\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost;votes\n{id};10;2\nVOTES\nvoter_id;age;vote\n1;20;{id}\n2;30;{id}\n"
        );
        read_bytes(text.as_bytes(), &ReadOptions::lenient())
            .unwrap()
            .into_election()
    };
    let joined = Join::new()
        .part(JoinPart::new("a", file("7")))
        .part(JoinPart::new("b", file("8")))
        .build()
        .unwrap();
    let voters = joined.voters().unwrap();
    let ids: Vec<&str> = voters.ids().iter().collect();
    assert_eq!(ids, ["a/1", "a/2", "b/1", "b/2"]);
    assert_eq!(
        voters.column("age").unwrap().iter().collect::<Vec<_>>(),
        ["20", "30", "20", "30"]
    );
    assert_eq!(joined.profile().voters(), 4);
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 2_000, ..Default::default() })]

    /// Nothing is lost: projects, money, voters and every project's mentions are those of the lists.
    #[test]
    fn all_that_was_in_the_lists_is_in_the_whole(
        lists in prop::collection::vec(prop::collection::vec((1_u32..9, 0_u64..5), 1..4), 1..4),
    ) {
        let mut join = Join::new();
        let (mut money, mut voters, mut mentions) = (0, 0, Vec::new());
        for (at, projects) in lists.iter().enumerate() {
            let mut builder = Election::builder().budget(10).kind(BallotKind::Approval);
            money += 10;
            for (number, (cost, votes)) in projects.iter().enumerate() {
                let id = number.to_string();
                builder = builder.project((id.clone(), *cost)).ballots(Ballot::approval([id]), *votes + 1);
                voters += *votes + 1;
                mentions.push((format!("{at}/{number}"), *votes + 1));
            }
            join = join.part(JoinPart::new(at.to_string(), builder.build().unwrap()).qualified());
        }
        mentions.sort();
        let joined = join.build().unwrap();
        let found: Vec<(String, u64)> = joined.instance().projects().iter()
            .map(|project| project.id.clone()).zip(joined.profile().mentions()).collect();
        prop_assert_eq!(found, mentions);
        prop_assert_eq!(joined.profile().voters(), voters);
        prop_assert_eq!(joined.instance().budget(), money.into());
    }
}
