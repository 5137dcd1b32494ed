//! Known failures of requirements and of exclusive groups.

use quartier::count::Count;
use quartier::election::{ElectionBuilder, ExclusiveGroup, Project, Relation};
use quartier::record::Reason;

use crate::common::{money, outcome, plan, winners};
use crate::helpers::{BY_VOTES, all_sets, approvals, of, refused, sets};

/// One more vote for a winner and it loses: its turn now comes before that of the project it requires.
#[test]
fn requirements_break_vote_monotonicity() {
    let with = |swing: &[&str]| {
        let lamp = Project::new("lamp", 1).related(Relation::Requires("square".to_owned()));
        let builder = of("10", &[("square", "5")]).project(lamp);
        winners(&outcome(
            &approvals(builder, &[(&["square"], 2), (&["lamp"], 2), (swing, 1)]),
            BY_VOTES,
            "none",
        ))
        .join(" ")
    };
    assert_eq!(with(&["square"]), "lamp square");
    assert_eq!(with(&["lamp"]), "square");
    assert_eq!(
        with(&[]),
        "lamp square",
        "in a tie the lamp has its turn after the square"
    );
}

/// The lamp would fit and is not funded: its turn was over before the square was funded.
#[test]
fn requirements_break_exhaustiveness() {
    for rule in [
        BY_VOTES,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=chamberlin-courant",
    ] {
        let lamp = Project::new("lamp", 1).related(Relation::Requires("square".to_owned()));
        let election = approvals(
            of("10", &[("square", "5")]).project(lamp),
            &[(&["square"], 2), (&["lamp"], 12)],
        );
        let outcome = outcome(&election, rule, "none");
        assert_eq!(
            (outcome.winners.join(" "), outcome.left),
            ("square".to_owned(), money("5")),
            "{rule}"
        );
        assert_eq!(
            refused(&outcome, "lamp"),
            &Reason::RequirementMissing {
                requires: "square".to_owned()
            }
        );
    }
}

/// `far` needs `near`, and the two do not fit together: no order could fund it, so nobody is asked about it.
#[test]
fn a_project_that_no_order_could_fund_asks_for_no_lot() {
    let far = Project::new("far", 8).related(Relation::Requires("near".to_owned()));
    let election = approvals(of("10", &[("near", "4"), ("other", "6")]).project(far), &[]);
    assert_eq!(all_sets(&election, BY_VOTES), sets(["near other"]));
    let counted = Count::of(&election, &plan(BY_VOTES)).run().unwrap();
    assert_eq!(counted.outcome().unwrap().winners, ["near", "other"]);
}

/// Pabulib `greedy-exclusive`: of two plans for one site the one with more votes wins, the other is passed over.
#[test]
fn exclusive_groups_pass_over() {
    let plans = ["skate", "pool"]
        .map(|id| Project::new(id, 40).related(Relation::MemberOf("site".to_owned())));
    let builder = plans.into_iter().fold(
        of("100", &[("trees", "10")]).group(ExclusiveGroup::new("site", 1)),
        ElectionBuilder::project,
    );
    let election = approvals(builder, &[(&["skate"], 3), (&["pool"], 2), (&["trees"], 1)]);
    let outcome = outcome(&election, "greedy:score=votes,misfit=stop", "none");
    assert_eq!(
        outcome.winners,
        ["skate", "trees"],
        "an exclusion is no misfit and does not stop the count"
    );
    assert_eq!(
        refused(&outcome, "pool"),
        &Reason::Exclusive {
            group: "site".to_owned(),
            with: "skate".to_owned()
        }
    );
}
