//! Equal Shares: worked examples with rounds, prices and purses, and what the rule does not promise.

use quartier::count::{Count, Log};
use quartier::election::{Election, Project, Relation, VoterClass};
use quartier::record::Reason;
use serde_json::Value;

use crate::common::{decided, money, outcome, plan, winners};
use crate::helpers::{all_sets, approvals, of, refused, sets};
use crate::textbook::explanation;

const COST: &str = "equal-shares:utility=cost";
/// How the peers settle ties here.
const CHEAPER: &str = "cheaper,id";
const CARDINALITY: &str = "equal-shares:utility=cardinality";

/// Every purchase in one line: who, at which rate, who pays how much in full, and who pays the rest.
fn purchases(election: &Election, rule: &str) -> Vec<String> {
    let (plan, mut log) = (plan(rule), Log::new());
    let count = Count::of(election, &plan).ties("id".parse().unwrap());
    decided(&count.observe(&mut log).run().unwrap());
    let payments = |list: &Value| {
        let each = list.as_array().unwrap().iter();
        let each = each.map(|p| format!("{}x{}", p["voters"], p["amount"].as_str().unwrap()));
        each.collect::<Vec<_>>().join(" ")
    };
    let told = log.lines().iter().filter(|line| line["fact"] == "purchase");
    told.map(|line| {
        let (project, rate) = (
            line["project"].as_str().unwrap(),
            line["rate"].as_str().unwrap(),
        );
        let (full, rest) = (payments(&line["in-full"]), payments(&line["rest"]));
        let rest = if rest.is_empty() {
            rest
        } else {
            format!(" + {rest}")
        };
        format!("{project} at {rate}: {full}{rest}")
    })
    .collect()
}

/// equalshares.net, explanation page (`FIELD.md` 4.1, Ex1 and Ex2): rates, prices and purses of each round.
#[test]
fn explanation_page_rounds() {
    let first = explanation(&["bike"]);
    assert_eq!(
        purchases(&first, COST),
        [
            "bike at 1/7: 7x100",
            "play at 1/4: 4x50",
            "lib at 1/3: 3x100/3"
        ]
    );
    // Purses of 100: the gym takes 400/7 of seven voters; three of the park's five then have 300/7 left, which is all
    // they can give, and the two others pay 425/7 each; the play area has two voters with 275/7 and two with 100.
    let second = explanation(&["gym"]);
    assert_eq!(
        purchases(&second, COST),
        [
            "gym at 1/7: 7x400/7",
            "park at 17/70: 2x425/7 + 3x300/7",
            "play at 17/56: 2x425/7 + 2x275/7",
        ]
    );
}

/// The same page and the table of `FIELD.md` 4.1 for other utilities and with increments.
#[test]
fn explanation_page_for_every_utility() {
    let (first, second) = (explanation(&["bike"]), explanation(&["gym"]));
    let won = |election: &Election, rule: &str| outcome(election, rule, "id").winners;
    let add1 = |rule: &str| format!("{rule},completion=add1-until-exhaustive");
    assert_eq!(
        winners(&outcome(&first, &add1(COST), "id")),
        ["bike", "lib", "play"]
    );
    assert_eq!(
        winners(&outcome(&second, &add1(COST), "id")),
        ["gym", "lib", "park", "play"]
    );
    for election in [&first, &second] {
        assert_eq!(won(election, CARDINALITY), ["lib", "park", "gym", "play"]);
    }
    let effort = "equal-shares:utility=effort";
    assert_eq!(won(&first, effort), ["bike", "lib", "play"]);
    assert_eq!(won(&second, effort), ["gym", "lib", "play"]);
    assert_eq!(
        winners(&outcome(&second, &add1(effort), "id")),
        ["gym", "lib", "park", "play"]
    );
    let sqrt = "equal-shares:utility=additive-cost-sqrt";
    assert_eq!(won(&first, sqrt), ["park", "lib", "gym", "play"]);
    assert_eq!(won(&second, sqrt), ["gym", "lib", "play"]);
    assert_eq!(
        winners(&outcome(&second, &add1(sqrt), "id")),
        ["gym", "lib", "park", "play"]
    );
}

/// Two projects of the same cost and as many supporters, and money for one of them: the chain decides, in every run.
#[test]
fn a_tie_is_settled_by_the_chain() {
    let election = approvals(
        of("600", &[("a", "600"), ("b", "600")]),
        &[(&["a"], 2), (&["a", "b"], 4), (&["b"], 2)],
    );
    assert_eq!(
        all_sets(&election, &format!("{COST},completion=add1")),
        sets(["a", "b"])
    );
    assert_eq!(
        outcome(&election, &format!("{COST},completion=add1"), "id-desc").winners,
        ["b"]
    );
}

/// Lackner and Skowron, *Multi-Winner Voting with Approval Preferences*, running example: `a` costs 1/8 each; with purses of
/// 1/3, nobody else can be paid for.
#[test]
fn running_example_of_the_book() {
    let election = approvals(
        of(
            "4",
            &[
                ("a", "1"),
                ("b", "1"),
                ("c", "1"),
                ("d", "1"),
                ("e", "1"),
                ("f", "1"),
                ("g", "1"),
            ],
        ),
        &[
            (&["a", "b"], 3),
            (&["a", "c"], 3),
            (&["a", "d"], 2),
            (&["b", "c", "f"], 1),
            (&["e"], 1),
            (&["f"], 1),
            (&["g"], 1),
        ],
    );
    assert_eq!(purchases(&election, COST), ["a at 1/8: 8x1/8"]);
    // pabutools, iterated exhaustion: steps of 1/24 end with a, b, c, d.
    let steps = format!("{COST},completion=add1-until-exhaustive,increment=0.0416");
    assert_eq!(
        winners(&outcome(&election, &steps, "id")),
        ["a", "b", "c", "d"]
    );
}

/// The same book, Example 2.12: prices 1/5 for `a`, 13/40 for `c`; the third seat is left to a completion.
#[test]
fn example_2_12_of_the_book() {
    let election = approvals(
        of("3", &[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]),
        &[
            (&["c", "d"], 3),
            (&["a", "b"], 2),
            (&["a", "c"], 2),
            (&["b", "d"], 1),
        ],
    );
    // Purses of 3/8. `c` is named by five, pays 1/5 each; then `d`: 3 x 7/40 and 3/8 are less than 1 together.
    let bought = purchases(&election, COST);
    assert_eq!(bought, ["c at 1/5: 5x1/5", "a at 13/40: 2x13/40 + 2x7/40"]);
}

/// pabutools, approval examples 2 to 4.
#[test]
fn approval_examples_with_increments() {
    let projects = [("p0", "1"), ("p1", "0.9"), ("p2", "2"), ("p3", "1.09")];
    let ballots: [(&[&str], u64); 3] = [(&["p0"], 1), (&["p1", "p2", "p3"], 2), (&["p2"], 1)];
    let election = approvals(of("4", &projects), &ballots);
    let with_unsupported = approvals(
        of("4", &projects)
            .project(("p4", money("1.09")))
            .project(("p5", money("1.09"))),
        &ballots,
    );
    let iterated = ",completion=add1-until-exhaustive,increment=0.1";
    for election in [&election, &with_unsupported] {
        assert_eq!(
            winners(&outcome(election, CARDINALITY, "id")),
            ["p0", "p1", "p3"]
        );
        assert_eq!(winners(&outcome(election, COST, "id")), ["p0", "p2"]);
        assert_eq!(
            winners(&outcome(
                election,
                &format!("{CARDINALITY}{iterated}"),
                "id"
            )),
            ["p0", "p1", "p3"]
        );
        assert_eq!(
            winners(&outcome(election, &format!("{COST}{iterated}"), "id")),
            ["p0", "p1", "p2"]
        );
    }
    let fourth = approvals(
        of("2", &[("p0", "0"), ("p1", "1"), ("p2", "2")]),
        &[(&["p0"], 1), (&["p0", "p1", "p2"], 1), (&["p2"], 1)],
    );
    assert_eq!(all_sets(&fourth, COST), sets([""]));
    assert_eq!(
        all_sets(&fourth, &format!("{COST}{iterated}")),
        sets(["p2"])
    );
    assert_eq!(all_sets(&fourth, CARDINALITY), sets(["p0"]));
    assert_eq!(
        all_sets(&fourth, &format!("{CARDINALITY}{iterated}")),
        sets(["p0 p1", "p0 p2"])
    );
}

/// pabutools, completion by rule combination; and the purses after the first purchase of its analytics example.
#[test]
fn completion_by_greedy() {
    let election = approvals(
        of(
            "5",
            &[
                ("a", "1"),
                ("b", "2"),
                ("c", "2"),
                ("d", "1"),
                ("e", "1"),
                ("f", "1"),
            ],
        ),
        &[
            (&["a", "b"], 2),
            (&["a"], 1),
            (&["a", "c"], 3),
            (&["a", "d"], 2),
            (&["f"], 1),
            (&["e"], 1),
        ],
    );
    assert_eq!(winners(&outcome(&election, COST, "id")), ["a"]);
    let both = format!("{COST}+greedy-welfare:utility=cost");
    assert_eq!(winners(&outcome(&election, &both, "id")), ["a", "b", "c"]);
}

/// Projects that cost nothing: bought first where somebody gains from them, which with cost utilities nobody does.
#[test]
fn projects_that_cost_nothing() {
    let election = approvals(
        of("3", &[("a", "2"), ("b", "2"), ("z", "0"), ("zs", "0")]),
        &[(&["zs", "a"], 1), (&["a"], 1), (&[], 1)],
    );
    assert_eq!(outcome(&election, COST, "none").winners, ["a"]);
    assert_eq!(outcome(&election, CARDINALITY, "none").winners, ["zs", "a"]);
    assert_eq!(
        refused(&outcome(&election, COST, "none"), "zs"),
        &Reason::NoUtility
    );
    assert_eq!(
        refused(&outcome(&election, COST, "none"), "b"),
        &Reason::NotRanked
    );
}

/// A peer divides the whole budget after others have spent from it, and overspends (B = 2, costs 2 and 1).
#[test]
fn an_allocation_that_others_began_is_not_overspent() {
    let election = approvals(
        of("2", &[("a", "2"), ("g", "1")]),
        &[(&["a", "g"], 1), (&["g"], 1)],
    );
    let outcome = outcome(
        &election,
        &format!("greedy:score=votes,misfit=skip,threshold=2+{COST},completion=add1"),
        "id",
    );
    assert_eq!(outcome.winners, ["g"]);
    assert_eq!(
        refused(&outcome, "a"),
        &Reason::PursesShort {
            short_by: money("0.5")
        }
    );
}

/// Add1 is not monotone: with more money per voter it may spend less, so no step may be skipped by bisection. Found by
/// random search (`FIELD.md` 2.4): a linear sweep ends at the fourth increment; galloping finds the eighth.
#[test]
fn add1_is_not_monotone_when_it_ends_exhausted() {
    let election = approvals(
        of(
            "74",
            &[("p0", "23"), ("p1", "34"), ("p2", "18"), ("p3", "22")],
        ),
        &[
            (&[], 1),
            (&["p1"], 2),
            (&["p0"], 1),
            (&["p1", "p2", "p3"], 1),
            (&["p0", "p1", "p2"], 1),
        ],
    );
    let rule = format!("{COST},completion=add1-until-exhaustive,start=floor");
    let outcome = outcome(&election, &rule, CHEAPER);
    assert_eq!(
        (outcome.winners, outcome.spent),
        (vec!["p1".to_owned(), "p0".to_owned()], money("57"))
    );
    let costs: Vec<String> = (12..22)
        .map(|share| spent_at(&election, share * 6))
        .collect();
    assert_eq!(costs.join(" "), "34 34 34 34 57 57 52 52 52 75");
}

/// The same without that stop: a linear sweep ends before the first overspend, which galloping jumps over.
#[test]
fn add1_is_not_monotone_when_it_ends_overspent() {
    let election = approvals(
        of(
            "49",
            &[("p0", "12"), ("p1", "15"), ("p2", "24"), ("p3", "14")],
        ),
        &[
            (&["p0"], 1),
            (&["p0", "p1", "p2", "p3"], 1),
            (&["p2"], 1),
            (&["p0", "p1", "p3"], 1),
        ],
    );
    for start in ["exact", "floor"] {
        let rule = format!("{COST},completion=add1,start={start}");
        let outcome = outcome(&election, &rule, CHEAPER);
        assert_eq!(
            (winners(&outcome), outcome.spent),
            (vec!["p0".to_owned(), "p3".to_owned()], money("26"))
        );
    }
    let costs: Vec<String> = (12..23)
        .map(|share| spent_at(&election, share * 4))
        .collect();
    assert_eq!(costs.join(" "), "26 26 26 26 26 26 50 41 41 41 65");
}

/// What Equal Shares alone would spend of this budget.
fn spent_at(election: &Election, budget: u32) -> String {
    let election = election.with_budget(budget.into()).unwrap();
    outcome(&election, COST, CHEAPER).spent.to_string()
}

/// Add1 always ends: unsupported projects are not waited for, and it stops when everything that is supported is bought.
#[test]
fn add1_always_ends() {
    let election = approvals(
        of("1000", &[("a", "3"), ("b", "5"), ("nobody", "1")]),
        &[(&["a"], 1), (&["b"], 2)],
    );
    for completion in ["add1", "add1-until-exhaustive"] {
        let outcome = outcome(&election, &format!("{COST},completion={completion}"), "id");
        assert_eq!(
            (winners(&outcome), refused(&outcome, "nobody")),
            (vec!["a".to_owned(), "b".to_owned()], &Reason::NotRanked)
        );
    }
    let nobody = approvals(of("10", &[("a", "3")]), &[]);
    assert!(
        outcome(&nobody, &format!("{COST},completion=add1"), "id")
            .winners
            .is_empty()
    );
    let blank = approvals(of("10", &[("a", "3")]), &[(&[], 3)]);
    assert!(
        outcome(&blank, &format!("{COST},completion=add1"), "id")
            .winners
            .is_empty()
    );
}

/// Unequal endowments: three times the money lets a voter pay alone for what others cannot.
#[test]
fn endowments_are_purses() {
    let class = |endowment: u32| VoterClass {
        endowment: endowment.into(),
        ..VoterClass::default()
    };
    let election = |rich: u32| {
        let builder = of("8", &[("a", "6"), ("b", "4")]);
        let builder = builder.weighted(quartier::election::Ballot::approval(["a"]), 1, class(rich));
        builder
            .weighted(quartier::election::Ballot::approval(["b"]), 1, class(1))
            .build()
            .unwrap()
    };
    assert_eq!(outcome(&election(1), COST, "id").winners, ["b"]);
    assert_eq!(outcome(&election(3), COST, "id").winners, ["a"]);
}

/// Exclusive projects: the second is out for the run and its supporters keep their money; one that requires another waits.
#[test]
fn relations_leave_the_money_with_the_voters() {
    let variant = Project::new("b", money("2")).related(Relation::VariantOf("a".to_owned()));
    let needs = Project::new("d", money("1")).related(Relation::Requires("c".to_owned()));
    let builder = of("9", &[("a", "2"), ("c", "4")])
        .project(variant)
        .project(needs);
    let election = approvals(builder, &[(&["a", "b", "c", "d"], 2), (&["c"], 1)]);
    // `d` would be first, at 1/2, but needs `c`; `a` and `b` are tied at 1, `c` is at 4/3.
    let outcome = outcome(&election, CARDINALITY, "id");
    assert_eq!(outcome.winners, ["a", "c", "d"]);
    assert!(matches!(refused(&outcome, "b"), Reason::Exclusive { with, .. } if with == "a"));
}

/// The comparison step counts voters who gain nothing from one of the outcomes: of 10 voters, 4 gain from greedy only.
#[test]
fn comparison_counts_voters_with_nothing() {
    let election = approvals(
        of("100", &[("big", "100"), ("small", "20")]),
        &[(&["big"], 7), (&["small"], 3)],
    );
    let told = |comparison: &str| {
        let (plan, mut log) = (plan(&format!("{COST},comparison={comparison}")), Log::new());
        let outcome = decided(&Count::of(&election, &plan).observe(&mut log).run().unwrap());
        let fact = log
            .lines()
            .iter()
            .find(|line| line["fact"] == "comparison")
            .unwrap()
            .clone();
        (
            outcome.winners.join(" "),
            format!("{} {}", fact["equal-shares"], fact["greedy"]).replace('"', ""),
        )
    };
    assert_eq!(outcome(&election, COST, "id").winners, ["small"]);
    assert_eq!(told("satisfaction"), ("big".to_owned(), "3 7".to_owned()));
    assert_eq!(
        told("exclusion-ratio"),
        ("big".to_owned(), "3 7".to_owned())
    );
    assert_eq!(told("welfare"), ("big".to_owned(), "60 700".to_owned()));
}
