//! No lot is asked for where it decides nothing.

use quartier::count::Counted;
use quartier::election::{Ballot, Election, ElectionBuilder, Instance, Money, Project, Relation};
use quartier::record::Reason;

use crate::helpers::{run, unasked};

fn all_tied(budget: i32, projects: &[(&str, i32)]) -> ElectionBuilder {
    let builder = projects
        .iter()
        .fold(Election::builder().budget(budget), |builder, &project| {
            builder.project(project)
        });
    builder.ballots(Ballot::approval(projects.iter().map(|(id, _)| *id)), 1)
}

/// M2: nobody is asked to draw a lot where neither order funds anybody.
#[test]
fn no_lot_where_no_misfit_is_paid() {
    let election = all_tied(90, &[("a", 100), ("b", 100)]).build().unwrap();
    for rule in [
        "misfit=top-up,min-covered=80%,reserve=0",
        "misfit=top-up,min-covered=80%,reserve=5",
        "misfit=partial,min-covered=91%",
        "misfit=stop",
    ] {
        assert!(
            unasked(&election, &format!("greedy:score=votes,{rule}")).is_empty(),
            "{rule}"
        );
    }
    let coarse = Instance::builder()
        .budget(90)
        .granularity(100)
        .project(("a", 100))
        .project(("b", 100));
    let coarse = Election::builder()
        .instance(coarse)
        .ballots(Ballot::approval(["a", "b"]), 1)
        .build()
        .unwrap();
    assert!(unasked(&coarse, "greedy:score=votes,misfit=partial,min-covered=50%").is_empty());
    for rule in [
        "misfit=top-up,min-covered=80%,reserve=10",
        "misfit=partial,min-covered=90%",
    ] {
        let counted = run(&election, &format!("greedy:score=votes,{rule}"));
        assert!(
            matches!(counted, Counted::LotRequired(_)),
            "{rule}: one of them is paid: {counted:?}"
        );
    }
}

/// M3: a project that waits for another counts with the other's cost.
#[test]
fn no_lot_for_a_project_that_cannot_be_paid_with_what_it_requires() {
    let builder = Election::builder()
        .budget(100)
        .project(("a", 60))
        .project(Project::new("b", 60).related(Relation::Requires("a".to_owned())))
        .project(("c", 40));
    let election = builder
        .ballots(Ballot::approval(["a", "b", "c"]), 1)
        .build()
        .unwrap();
    for rule in [
        "greedy:score=votes,misfit=skip",
        "greedy-welfare:utility=cost",
    ] {
        assert_eq!(unasked(&election, rule), ["a", "c"], "{rule}");
    }
    let counted = run(&election, "greedy:score=votes,misfit=skip");
    let fates = &counted.outcome().unwrap().fates;
    assert!(
        format!("{fates:?}").contains(&format!(
            "{:?}",
            Reason::Misfit {
                short_by: Money::from(20)
            }
        )),
        "{fates:?}"
    );
}

/// M3: and so does a chain of them, and one whose requirement excludes it.
#[test]
fn no_lot_for_a_chain_of_requirements_that_cannot_be_met() {
    let requires = |id: &str, cost: i32, other: &str| {
        Project::new(id, cost).related(Relation::Requires(other.to_owned()))
    };
    let chain = Election::builder()
        .budget(100)
        .project(("a", 40))
        .project(requires("b", 30, "a"))
        .project(requires("c", 40, "b"))
        .project(("d", 30));
    let chain = chain
        .ballots(Ballot::approval(["a", "b", "c", "d"]), 1)
        .build()
        .unwrap();
    assert_eq!(
        unasked(&chain, "greedy:score=votes,misfit=skip"),
        ["a", "b", "d"]
    );
    let excluded = Project::new("b", 10)
        .related(Relation::Requires("a".to_owned()))
        .related(Relation::VariantOf("a".to_owned()));
    let excluded = Election::builder()
        .budget(100)
        .project(("a", 60))
        .project(excluded)
        .project(("c", 40))
        .ballots(Ballot::approval(["a", "b", "c"]), 1);
    if let Ok(excluded) = excluded.build() {
        assert_eq!(
            unasked(&excluded, "greedy:score=votes,misfit=stop"),
            ["a", "c"]
        );
    }
}
