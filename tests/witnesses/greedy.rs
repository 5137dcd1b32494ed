//! Known failures of the greedy rules.

use quartier::election::Ballot;
use quartier::record::Reason;

use crate::common::{money, outcome, winners};
use crate::helpers::{BY_VOTES, approvals, of, refused};

/// Talmon and Faliszewski 2019: greedy is not limit monotone. More money, and a winner loses.
#[test]
fn greedy_limit_monotonicity_fails() {
    let with = |budget: &str| {
        let builder = of(budget, &[("x", "2"), ("y", "2"), ("z", "1")]);
        let election = approvals(builder, &[(&["x"], 3), (&["y"], 2), (&["z"], 1)]);
        winners(&outcome(&election, BY_VOTES, "none")).join(" ")
    };
    assert_eq!(with("3"), "x z");
    assert_eq!(with("4"), "x y", "no project costs 4, and yet z lost");
}

/// 51 of 100 voters decide everything; the others get nothing.
#[test]
fn greedy_is_not_proportional() {
    let builder = of(
        "100",
        &[
            ("north-1", "50"),
            ("north-2", "50"),
            ("south-1", "50"),
            ("south-2", "50"),
        ],
    );
    let election = approvals(
        builder,
        &[(&["north-1", "north-2"], 51), (&["south-1", "south-2"], 49)],
    );
    for rule in [
        BY_VOTES,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=cardinality",
    ] {
        let outcome = outcome(&election, rule, "none");
        assert_eq!(
            (winners(&outcome).join(" "), outcome.voters_with_a_winner),
            ("north-1 north-2".to_owned(), 51)
        );
    }
}

/// A small dense project keeps out a large one that is worth five times as much.
#[test]
fn greedy_welfare_is_not_optimal() {
    let election = approvals(
        of("10", &[("big", "10"), ("small", "1")]),
        &[(&["big"], 10), (&["small"], 2)],
    );
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cardinality", "none").winners,
        ["small"]
    );
}

#[test]
fn skip_and_stop_differ() {
    let election = approvals(
        of("100", &[("park", "60"), ("gym", "50"), ("lamp", "30")]),
        &[(&["park"], 5), (&["gym"], 4), (&["lamp"], 3)],
    );
    let (skip, stop) = (
        outcome(&election, BY_VOTES, "none"),
        outcome(&election, "greedy:score=votes,misfit=stop", "none"),
    );
    assert_eq!(
        (skip.winners.join(" "), stop.winners.join(" ")),
        ("park lamp".to_owned(), "park".to_owned())
    );
    assert_eq!(
        refused(&skip, "gym"),
        &Reason::Misfit {
            short_by: money("10")
        }
    );
    assert_eq!(
        refused(&stop, "gym"),
        &Reason::Misfit {
            short_by: money("10")
        }
    );
    assert_eq!(
        refused(&stop, "lamp"),
        &Reason::PotStopped {
            at: "gym".to_owned(),
            short_by: money("10")
        }
    );
}

/// Greedy with skip spends what is left on what nobody wants, even on what voters gave negative points.
#[test]
fn greedy_funds_what_nobody_wants_unless_a_threshold_forbids_it() {
    let election = of("10", &[("loved", "4"), ("hated", "6")])
        .ballot(Ballot::points([("loved", 3), ("hated", -2)]))
        .build()
        .unwrap();
    assert_eq!(
        outcome(&election, "greedy:score=points,misfit=skip", "none").winners,
        ["loved", "hated"]
    );
    assert_eq!(
        outcome(
            &election,
            "greedy:score=points,misfit=skip,threshold=1",
            "none"
        )
        .winners,
        ["loved"]
    );
}
