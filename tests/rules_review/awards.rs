//! Free projects and partial awards.

use quartier::election::{Ballot, Election, Instance};

use crate::common::{money, outcome};

/// Low: with costs above 0, utility `cost` is greedy by votes; what is free comes last, as the page says.
#[test]
fn welfare_by_cost_takes_free_projects_last() {
    let election = Instance::builder()
        .budget(10)
        .zero_cost(quartier::election::ZeroCost::Allowed)
        .project(("a", 0))
        .project(("b", 6));
    let election = Election::builder()
        .instance(election)
        .ballots(Ballot::approval(["a"]), 5)
        .ballots(Ballot::approval(["b"]), 1)
        .build()
        .unwrap();
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cost", "none").winners,
        ["b", "a"]
    );
    assert_eq!(
        outcome(&election, "greedy:score=votes,misfit=skip", "none").winners,
        ["a", "b"]
    );
}

/// Low: the share of a partial award is of what is paid, after rounding down.
#[test]
fn a_partial_award_covers_its_share_as_it_is_paid() {
    let election = |granularity: i32| {
        let instance = Instance::builder()
            .budget(85)
            .granularity(granularity)
            .project(("a", 100));
        Election::builder()
            .instance(instance)
            .ballots(Ballot::approval(["a"]), 1)
            .build()
            .unwrap()
    };
    let rule = "greedy:score=votes,misfit=partial,min-covered=80%";
    assert_eq!(outcome(&election(10), rule, "none").spent, money("80"));
    assert_eq!(
        outcome(&election(25), rule, "none").spent,
        money("0"),
        "75 does not cover 80%"
    );
}
