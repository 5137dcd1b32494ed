//! Textbook examples with their known answers, and known failures of the rules, each as a small election.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use std::collections::BTreeSet;

use quartier::count::{AllOutcomes, Count, Counted, Fate, Outcome};
use quartier::election::{
    Ballot, Election, ElectionBuilder, ExclusiveGroup, Money, Project, Relation, Utility,
    VoterClass, ZeroCost,
};
use quartier::exact::Ratio;
use quartier::record::{About, Decision, DecisionKind, DecisionValue, Reason};
use quartier::tally::{Needed, Threshold};

use common::{money, outcome, plan, ratio, winners};

fn of(budget: &str, projects: &[(&str, &str)]) -> ElectionBuilder {
    let builder = Election::builder()
        .budget(money(budget))
        .zero_cost(ZeroCost::Allowed);
    projects.iter().fold(builder, |builder, &(id, cost)| {
        builder.project((id, money(cost)))
    })
}

fn approvals(builder: ElectionBuilder, ballots: &[(&[&str], u64)]) -> Election {
    ballots
        .iter()
        .fold(builder, |builder, &(ballot, count)| {
            builder.ballots(Ballot::approval(ballot.iter().copied()), count)
        })
        .build()
        .unwrap()
}

/// All sets of winners when every tie is open.
fn all_sets(election: &Election, rule: &str) -> BTreeSet<String> {
    match Count::of(election, &plan(rule)).all_outcomes(100).unwrap() {
        AllOutcomes::All(found) => found
            .iter()
            .map(|outcome| winners(outcome).join(" "))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn sets<const N: usize>(sets: [&str; N]) -> BTreeSet<String> {
    sets.map(str::to_owned).into()
}

fn refused<'a>(outcome: &'a Outcome, project: &str) -> &'a Reason {
    match &outcome
        .fates
        .iter()
        .find(|fate| fate.project == project)
        .unwrap()
        .fate
    {
        Fate::Refused { reason } => reason,
        fate => panic!("{project}: {fate:?}"),
    }
}

const BY_VOTES: &str = "greedy:score=votes,misfit=skip";

/// equalshares.net, explanation page: 11 voters, budget 1100. `last` is what voter 11 approves.
fn explanation(last: &[&str]) -> Election {
    let builder = of(
        "1100",
        &[
            ("bike", "700"),
            ("gym", "400"),
            ("park", "250"),
            ("play", "200"),
            ("lib", "100"),
        ],
    );
    approvals(
        builder,
        &[
            (&["bike", "gym"], 3),
            (&["bike", "gym", "park"], 3),
            (&["park", "play", "lib"], 2),
            (&["play"], 1),
            (&["play", "lib"], 1),
            (last, 1),
        ],
    )
}

/// The table of `FIELD.md` 4.1: greedy cost and greedy cardinality of Ex1 and Ex2.
#[test]
fn explanation_page_of_equal_shares() {
    let (first, second) = (explanation(&["bike"]), explanation(&["gym"]));
    for by_votes in ["greedy-welfare:utility=cost", BY_VOTES] {
        assert_eq!(outcome(&first, by_votes, "none").winners, ["bike", "gym"]);
        assert_eq!(outcome(&second, by_votes, "none").winners, ["gym", "bike"]);
    }
    for election in [first, second] {
        assert_eq!(
            outcome(&election, "greedy-welfare:utility=cardinality", "none").winners,
            ["lib", "park", "play", "gym"]
        );
    }
}

/// pabutools, `tests/rules/test_rule.py`, approval example 1: greedy with open ties.
#[test]
fn approval_example_1() {
    let election = approvals(
        of("3", &[("p0", "1"), ("p1", "3"), ("p2", "2"), ("p3", "1")]),
        &[(&["p0", "p1", "p2", "p3"], 2)],
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cost"),
        sets(["p0 p2", "p0 p3", "p1", "p2 p3"])
    );
    assert_eq!(
        all_sets(&election, BY_VOTES),
        sets(["p0 p2", "p0 p3", "p1", "p2 p3"])
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cardinality"),
        sets(["p0 p3"])
    );
}

/// pabutools, examples 2 and 3: no numbers for greedy are published there; by hand, votes 1, 2, 3, 2 within 4
/// give p2 (2), then p1 (0.9) and p3 (1.09) together. Two projects without votes at 1.09 do not fit any more.
#[test]
fn approval_examples_2_and_3() {
    let projects = [
        ("p0", "1"),
        ("p1", "0.9"),
        ("p2", "2"),
        ("p3", "1.09"),
        ("p4", "1.09"),
        ("p5", "1.09"),
    ];
    let ballots: [(&[&str], u64); 3] = [(&["p0"], 1), (&["p1", "p2", "p3"], 2), (&["p2"], 1)];
    for projects in [&projects[..4], &projects[..]] {
        let outcome = outcome(&approvals(of("4", projects), &ballots), BY_VOTES, "none");
        assert_eq!(
            (outcome.winners.join(" "), outcome.left),
            ("p2 p1 p3".to_owned(), money("0.01"))
        );
    }
}

/// pabutools, approval example 4, with a project that costs nothing.
#[test]
fn approval_example_4() {
    let election = approvals(
        of("2", &[("p0", "0"), ("p1", "1"), ("p2", "2")]),
        &[(&["p0"], 1), (&["p0", "p1", "p2"], 1), (&["p2"], 1)],
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cost"),
        sets(["p0 p2"])
    );
    assert_eq!(
        all_sets(&election, "greedy-welfare:utility=cardinality"),
        sets(["p0 p1", "p0 p2"])
    );
}

/// pabutools: one blank ballot, so that all exhaustive sets are outcomes.
#[test]
fn one_blank_ballot_leaves_all_exhaustive_sets() {
    let election = approvals(
        of("3", &[("p0", "1"), ("p1", "3"), ("p2", "2"), ("p3", "1")]),
        &[(&[], 1)],
    );
    for rule in [
        BY_VOTES,
        "greedy-welfare:utility=cost",
        "greedy-welfare:utility=cardinality",
        "greedy-welfare:utility=chamberlin-courant",
    ] {
        assert_eq!(
            all_sets(&election, rule),
            sets(["p0 p2", "p0 p3", "p1", "p2 p3"]),
            "{rule}"
        );
    }
}

/// The zero-cost probe of `FIELD.md` 4.1: free projects come first if somebody gains from them, else last.
#[test]
fn zero_cost_probe() {
    let election = approvals(
        of("3", &[("z", "0"), ("zs", "0"), ("a", "2"), ("b", "2")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cost", "none").winners,
        ["a", "z", "zs"]
    );
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=cardinality", "none").winners,
        ["zs", "a", "z"]
    );
    // For utilities of sets pabutools gives every free project infinite density; here an unwanted one is last.
    assert_eq!(
        outcome(&election, "greedy-welfare:utility=chamberlin-courant", "id").winners,
        ["zs", "a", "z"]
    );
}

/// pabutools, `test_satisfaction.py`: the utility of p1 (and p1 to p4 for effort).
#[test]
fn satisfaction_numbers() {
    let projects = [
        ("p1", "4"),
        ("p2", "2"),
        ("p3", "3"),
        ("p4", "1"),
        ("p5", "20"),
    ];
    let of_p1 = |budget: &str, utility: Utility| {
        let election = approvals(of(budget, &projects), &[(&["p1", "p2", "p3", "p4"], 1)]);
        utility
            .additive(&election)
            .unwrap()
            .totals(&election)
            .first()
            .cloned()
            .unwrap()
    };
    assert_eq!(of_p1("6", Utility::RelativeCardinality), ratio(1, 3));
    assert_eq!(of_p1("6", Utility::RelativeCost), ratio(4, 6));
    assert_eq!(of_p1("60", Utility::RelativeCostApprox), ratio(4, 10));
    assert_eq!(of_p1("7", Utility::RelativeCostApprox), ratio(4, 7));
    let projects = [
        ("p1", "8"),
        ("p2", "4"),
        ("p3", "5"),
        ("p4", "16"),
        ("p5", "1"),
    ];
    let election = approvals(
        of("60", &projects),
        &[(&["p1", "p2", "p3", "p4"], 1), (&["p1", "p2"], 1)],
    );
    // pabutools gives one voter's 4 + 2 + 5 + 16; the totals count both voters of p1 and p2.
    assert_eq!(
        Utility::Effort
            .additive(&election)
            .unwrap()
            .totals(&election),
        [8, 4, 5, 16, 0].map(Ratio::from)
    );
}

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
        threshold.needed(&published, c22),
        Needed::Votes(needed.clone())
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

/// All tied outcomes follow one order for the whole stage: whoever goes first under one rule goes first under
/// the next and after more money has come. Answering each tie anew would list a fifth outcome, which no drawn
/// order leads to.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn an_open_tie_is_answered_once_for_the_whole_stage() {
    let election = approvals(
        of(
            "0.5",
            &[("big", "1.5"), ("middle", "0.75"), ("small", "0.25")],
        ),
        &[],
    );
    let rule = "greedy:score=votes,misfit=top-up,min-covered=50%,reserve=0.5+greedy:score=votes,misfit=partial,min-covered=0%";
    let more = Decision::new(
        DecisionKind::ExtraMoney,
        About::Envelope,
        "council",
        "more money",
    )
    .value(DecisionValue::Amount(money("2")));
    let drawn = |order: [&str; 3]| {
        let lot = Decision::new(
            DecisionKind::Lot,
            About::Stage("vote".to_owned()),
            "council",
            "drawn in public",
        );
        let lot = lot.value(DecisionValue::Order(order.map(str::to_owned).to_vec()));
        let outcome = Count::of(&election, &plan(rule))
            .decisions(&[more.clone(), lot])
            .run()
            .unwrap();
        outcome
            .outcome()
            .unwrap()
            .selection()
            .iter()
            .map(|(id, amount)| format!("{id} {amount}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let orders = [
        ["big", "middle", "small"],
        ["big", "small", "middle"],
        ["middle", "big", "small"],
        ["middle", "small", "big"],
        ["small", "big", "middle"],
        ["small", "middle", "big"],
    ];
    let AllOutcomes::All(listed) = Count::of(&election, &plan(rule))
        .decisions(std::slice::from_ref(&more))
        .all_outcomes(100)
        .unwrap()
    else {
        panic!("too many")
    };
    let listed: BTreeSet<String> = listed
        .iter()
        .map(|outcome| {
            outcome
                .selection()
                .iter()
                .map(|(id, amount)| format!("{id} {amount}"))
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect();
    assert_eq!(listed, orders.map(drawn).into());
    assert_eq!(listed.len(), 4);
}
