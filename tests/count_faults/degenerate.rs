//! F38 and counts with next to nothing in them.

use quartier::count::Fate;
use quartier::election::{Ballot, Election, Money};
use quartier::record::Reason;

use crate::common::{money, outcome};
use crate::helpers::{RULES, SKIP, STOP, of, reason};

#[test]
fn f38_negative_and_zero_cost() {
    let minus = Money::ZERO.checked_sub(money("90")).unwrap();
    let refused = |cost: Money| {
        Election::builder()
            .budget(100)
            .project(("a", cost))
            .build()
            .unwrap_err()
            .to_string()
    };
    assert!(refused(minus).contains("a cost cannot be negative"));
    assert!(refused(Money::ZERO).contains("costs nothing"));
    let election = of("0", &[("free", "0"), ("other", "0")])
        .ballot(Ballot::approval(["free"]))
        .build()
        .unwrap();
    for rule in [
        SKIP,
        STOP,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=cardinality",
    ] {
        let outcome = outcome(&election, rule, "none");
        assert_eq!(outcome.winners, ["free", "other"], "{rule}");
        assert!(
            outcome
                .awards
                .iter()
                .all(|award| award.amount.is_zero() && award.pot == "budget")
        );
        assert!(
            outcome.fates.iter().all(|fate| fate.fate == serde_free()),
            "{rule}"
        );
    }
}

fn serde_free() -> Fate {
    Fate::Funded {
        amount: Money::ZERO,
    }
}

#[test]
fn nothing_to_count() {
    for rule in RULES {
        let nothing = outcome(&of("0", &[]).build().unwrap(), rule, "none");
        assert!(
            nothing.winners.is_empty()
                && nothing.fates.is_empty()
                && nothing.mean_winners.is_zero(),
            "{rule}"
        );
        let no_projects = outcome(
            &of("100", &[])
                .ballots(Ballot::approval::<String>([]), 7)
                .build()
                .unwrap(),
            rule,
            "none",
        );
        assert_eq!(
            (
                no_projects.left,
                no_projects.voters,
                no_projects.voters_with_a_winner
            ),
            (money("100"), 7, 0),
            "{rule}"
        );
        let no_money = outcome(
            &of("0", &[("a", "5")])
                .ballot(Ballot::approval(["a"]))
                .build()
                .unwrap(),
            rule,
            "none",
        );
        assert!(
            no_money.winners.is_empty() && matches!(no_money.fates[0].fate, Fate::Refused { .. }),
            "{rule}"
        );
    }
}

/// Nobody votes: greedy spends the money on what fits, unless a threshold says otherwise.
#[test]
fn no_voters() {
    let election = of("100", &[("a", "60"), ("b", "30")]).build().unwrap();
    assert_eq!(outcome(&election, SKIP, "none").winners, ["a", "b"]);
    assert!(
        outcome(
            &election,
            "greedy:score=votes,misfit=skip,threshold=1",
            "none"
        )
        .winners
        .is_empty()
    );
    // A share of no ballots is 0, and 0 of 0 votes are in any proportion.
    assert_eq!(
        outcome(
            &election,
            "greedy:score=votes,misfit=skip,threshold=10%",
            "none"
        )
        .winners,
        ["a", "b"]
    );
}

#[test]
fn one_project_above_the_budget() {
    let election = of("100", &[("big", "100.0001"), ("small", "1")])
        .ballots(Ballot::approval(["big"]), 9)
        .ballot(Ballot::approval(["small"]))
        .build()
        .unwrap();
    let (skip, stop) = (
        outcome(&election, SKIP, "none"),
        outcome(&election, STOP, "none"),
    );
    assert_eq!(
        (skip.winners.join(" "), stop.winners.join(" ")),
        ("small".to_owned(), String::new())
    );
    assert_eq!(
        reason(&skip, "big"),
        Reason::Misfit {
            short_by: money("0.0001")
        }
    );
    assert_eq!(
        reason(&stop, "small"),
        Reason::PotStopped {
            at: "big".to_owned(),
            short_by: money("0.0001")
        }
    );
}
