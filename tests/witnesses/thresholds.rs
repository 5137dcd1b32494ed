//! Top-ups and thresholds at their edges.

use quartier::election::{Ballot, Money};
use quartier::record::Reason;
use quartier::tally::{Needed, Threshold};

use crate::common::{money, outcome, ratio};
use crate::helpers::{approvals, of, refused};

/// Poznań: the first misfit is topped up if at least 80% of its cost is left, and the count ends there.
#[test]
fn top_up_at_80_percent_and_just_below() {
    let with = |budget: &str, reserve: &str| {
        let builder = of(budget, &[("a", "20"), ("b", "100"), ("c", "1")]);
        let election = approvals(builder, &[(&["a"], 3), (&["b"], 2), (&["c"], 1)]);
        outcome(
            &election,
            &format!("greedy:score=votes,misfit=top-up,min-covered=80%,reserve={reserve}"),
            "none",
        )
    };
    let paid = with("100", "20");
    let payments: Vec<String> = paid
        .awards
        .iter()
        .map(|award| format!("{} {} {}", award.project, award.amount, award.pot))
        .collect();
    assert_eq!(payments, ["a 20 budget", "b 80 budget", "b 20 reserve"]);
    assert_eq!(
        (paid.spent, paid.left, paid.pots.last().unwrap().left),
        (money("100"), Money::ZERO, Money::ZERO)
    );
    let below = with("99.9999", "1000");
    assert_eq!(
        (below.winners.join(" "), below.left),
        ("a".to_owned(), money("79.9999"))
    );
    let empty = with("100", "19.9999");
    assert_eq!(
        refused(&empty, "b"),
        &Reason::Misfit {
            short_by: money("0.0001")
        },
        "what the reserve is short by"
    );
}

/// Świecie 2023: c22 had 375 of 2553 votes, cost 482,037 of 1,070,000, and needed cost ÷ (3 × budget) of them.
#[test]
fn swiecie_threshold() {
    let with = |votes: u64| {
        let builder = of("1070000", &[("c1", "500000"), ("c22", "482037")]);
        approvals(builder, &[(&["c22"], votes), (&["c1"], 2553 - votes)])
    };
    let (rule, threshold): (_, Threshold) = (
        "greedy:score=votes,misfit=skip,threshold=cost/3",
        "cost/3".parse().unwrap(),
    );
    let published = with(375);
    let c22 = published.instance().find("c22").unwrap();
    let needed = ratio(2553 * 482_037, 3 * 1_070_000);
    assert_eq!(
        threshold.needed(&published, c22).unwrap(),
        [Needed::Votes(needed.clone())]
    );
    assert_eq!(needed.decimal(2), "383.38");
    let outcome_of = |votes| outcome(&with(votes), rule, "none");
    assert_eq!(
        refused(&outcome_of(375), "c22"),
        &Reason::BelowThreshold {
            score: 375.into(),
            needed: needed.clone()
        }
    );
    assert!(!outcome_of(383).has_won("c22") && outcome_of(384).has_won("c22"));
}

/// Duplicating every voter can lift a project over a share of ballots, since the share is rounded up and
/// tied ranks give halves of a point: 1.5 is below 40% of 3 ballots (2), and 3 is not below 40% of 6 (3).
#[test]
fn rounded_thresholds_break_homogeneity() {
    let with = |copies: u64| {
        let tied = Ballot::Ranked(vec![vec!["a".to_owned(), "b".to_owned()]]);
        let blank = Ballot::Ranked(Vec::new());
        of("10", &[("a", "1"), ("b", "1")])
            .ballots(tied, copies)
            .ballots(blank, 2 * copies)
            .build()
            .unwrap()
    };
    let rule = "greedy:score=borda,misfit=skip,threshold=40%";
    assert!(outcome(&with(1), rule, "none").winners.is_empty());
    assert_eq!(outcome(&with(2), rule, "none").winners, ["a", "b"]);
}
