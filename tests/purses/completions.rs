//! Equal Shares completed by Phragmén with what purses have left, and by any rule after a `+`.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::count::{Count, Log};
use quartier::election::{Ballot, Election, Money, VoterClass};
use quartier::record::{About, Decision, DecisionKind};
use quartier::rules::{AnyRule, Completion, EqualShares, PhragmenMisfit};

use crate::common::strategies::{Extras, NAMING, chain, elections};
use crate::common::{Case, IDS, cases, decided, outcome, plan};
use crate::reference::{self, State};

fn units(ids: &[&str], budget: i64, ballots: &[(&[&str], u64)]) -> Election {
    let builder = ids
        .iter()
        .fold(Election::builder().budget(budget), |builder, &id| {
            builder.project((id, 1))
        });
    let add = |builder: quartier::election::ElectionBuilder, &(ballot, count): &(&[&str], u64)| {
        builder.ballots(Ballot::approval(ballot.iter().copied()), count)
    };
    ballots.iter().fold(builder, add).build().unwrap()
}

/// For each award, in order, the project with the rate or the time that was told last.
fn steps(election: &Election, rule: &str) -> Vec<String> {
    let (plan, mut log) = (plan(rule), Log::new());
    let count = Count::of(election, &plan).ties("id".parse().unwrap());
    decided(&count.observe(&mut log).run().unwrap());
    let (mut last, mut steps) = (std::collections::BTreeMap::new(), Vec::new());
    for event in log.lines() {
        let project = event["project"].as_str().unwrap_or_default().to_owned();
        let figure = ["rate", "time"].map(|key| event[key].as_str().map(str::to_owned));
        if event["fact"] == "purchase" || event["fact"] == "time" {
            last.insert(project, figure.into_iter().flatten().next().unwrap());
        } else if event["event"] == "awarded" {
            steps.push(format!("{project} {}", last[&project]));
        }
    }
    steps
}

const COMPLETED: &str = "equal-shares:utility=cardinality,completion=phragmen,misfit=stop";

/// Lackner and Skowron, *Multi-Winner Voting with Approval Preferences*, 2023, Example 11: a is bought for 1/8 from each
/// of 8 purses of 1/3; b, c and d follow at the loads 1/96, 37/384 and 7/24.
#[test]
fn example_11_of_lackner_and_skowron() {
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    let ballots: [(&[&str], u64); 7] = [
        (&["a", "b"], 3),
        (&["a", "c"], 3),
        (&["a", "d"], 2),
        (&["b", "c", "f"], 1),
        (&["e"], 1),
        (&["f"], 1),
        (&["g"], 1),
    ];
    let election = units(&ids, 4, &ballots);
    assert_eq!(
        steps(&election, COMPLETED),
        ["a 1/8", "b 1/96", "c 37/384", "d 7/24"]
    );
    assert_eq!(
        steps(&election, "equal-shares:utility=cardinality"),
        ["a 1/8"]
    );
}

/// The same, Example 12: c at 1/5 and a at 13/40 out of purses of 3/8, then d at 1/40. Phragmén alone takes c, b and d.
#[test]
fn example_12_of_lackner_and_skowron() {
    let ballots: [(&[&str], u64); 4] = [
        (&["c", "d"], 3),
        (&["a", "b"], 2),
        (&["a", "c"], 2),
        (&["b", "d"], 1),
    ];
    let election = units(&["a", "b", "c", "d"], 3, &ballots);
    assert_eq!(steps(&election, COMPLETED), ["c 1/5", "a 13/40", "d 1/40"]);
    assert_eq!(
        steps(&election, "phragmen:misfit=stop"),
        ["c 1/5", "b 1/3", "d 29/60"]
    );
}

/// pabutools' test of the same completion with costs 2, 2, 3 and 4 to spend. Five have 1/2 each and buy p1 for 2/5. Two
/// want p3 and have its cost one unit of time later, when 2 are left, not 3: the rule stops. Passing over p3, it takes
/// p2 half a unit later.
#[test]
fn a_misfit_stops_or_is_passed_over() {
    let election = Election::builder()
        .budget(4)
        .project(("p1", 2))
        .project(("p2", 2))
        .project(("p3", 3))
        .ballots(Ballot::approval(["p1"]), 5)
        .ballot(Ballot::approval(["p2"]))
        .ballots(Ballot::approval(["p3"]), 2)
        .build()
        .unwrap();
    let rule = "equal-shares:utility=cost,completion=phragmen,misfit=";
    let reasons = |misfit: &str| {
        let outcome = outcome(&election, &format!("{rule}{misfit}"), "none");
        let fates = outcome
            .fates
            .iter()
            .map(|fate| serde_json::to_string(&fate.fate).unwrap());
        (outcome.winners.clone(), fates.collect::<Vec<_>>())
    };
    let (winners, fates) = reasons("stop");
    assert_eq!(winners, ["p1"]);
    assert!(
        fates[1].contains("pot-stopped") && fates[2].contains("misfit"),
        "{fates:?}"
    );
    assert_eq!(reasons("skip").0, ["p1", "p2"]);
    assert_eq!(steps(&election, &format!("{rule}skip"))[1], "p2 3/2");
}

#[test]
fn the_completion_by_phragmen_is_read_and_refused() {
    let rule = EqualShares::new(quartier::election::Utility::Cost);
    let rule = rule.completion(Completion::Phragmen(PhragmenMisfit::Skip));
    let text = "equal-shares:utility=cost,completion=phragmen,misfit=skip";
    assert_eq!(AnyRule::EqualShares(rule).to_string(), text);
    assert_eq!(text.parse(), Ok(AnyRule::EqualShares(rule)));
    for (settings, said) in [
        ("completion=phragmen", "key `misfit` is missing"),
        (
            "completion=phragmen,misfit=partial",
            "expected stop or skip",
        ),
        (
            "completion=phragmen,misfit=stop,increment=2",
            "an increment is used by Add1 only",
        ),
        (
            "completion=phragmen,misfit=stop,comparison=welfare",
            "leave the comparison out",
        ),
        ("misfit=stop", "add completion=phragmen"),
        ("completion=add1,misfit=stop", "add completion=phragmen"),
    ] {
        let error = format!("equal-shares:utility=cost,{settings}").parse::<AnyRule>();
        let error = error.unwrap_err().to_string();
        assert!(error.contains(said), "{settings}: {error}");
    }
    let compared = rule.comparison(quartier::rules::Comparison::Welfare);
    let election = units(&["a"], 1, &[(&["a"], 1)]);
    let error = Count::of(&election, &compared)
        .run()
        .unwrap_err()
        .to_string();
    assert!(error.contains("leave the comparison out"), "{error}");
}

/// Purses of 3. One voter lacks 3 for a, two lack 5/2 for b: earning evenly, b is there after 5/4 and a after 3. A weight is no
/// money.
#[test]
fn voters_earn_by_endowment_and_not_by_weight() {
    let election = |budget: i64, weight: i64, endowment: i64| {
        let class = VoterClass {
            weight: weight.into(),
            endowment: endowment.into(),
        };
        Election::builder()
            .budget(budget)
            .project(("a", 6))
            .project(("b", Money::from_ten_thousandths(85_000).unwrap()))
            .weighted(Ballot::approval(["a"]), 1, class)
            .ballots(Ballot::approval(["b"]), 2)
            .build()
            .unwrap()
    };
    let rule = "equal-shares:utility=cardinality,completion=phragmen,misfit=stop";
    assert_eq!(steps(&election(9, 1, 1), rule), ["b 5/4"]);
    assert_eq!(steps(&election(9, 3, 1), rule), ["b 5/4"]);
    // Different in both, in no proportion: the one has 4 and lacks 2, which twice the endowment earns in one unit of time.
    assert_eq!(steps(&election(8, 5, 2), rule), ["a 1"]);
}

/// pabutools' test of completions: costs a1 b2 c2 d1 e1 f1 and 5 to spend. Ten purses of 1/2 buy a alone. With 4 left,
/// greedy (by votes, which is by utility for the cost too) takes c with 3 votes and b before d; starting from f, c and d.
#[test]
fn any_rule_completes_after_a_plus() {
    let builder = [("a", 1), ("b", 2), ("c", 2), ("d", 1), ("e", 1), ("f", 1)]
        .into_iter()
        .fold(Election::builder().budget(5), |builder, project| {
            builder.project(project)
        });
    let ballots: [(&[&str], u64); 6] = [
        (&["a", "b"], 2),
        (&["a"], 1),
        (&["a", "c"], 3),
        (&["a", "d"], 2),
        (&["f"], 1),
        (&["e"], 1),
    ];
    let builder = ballots.iter().fold(builder, |builder, &(ballot, count)| {
        builder.ballots(Ballot::approval(ballot.iter().copied()), count)
    });
    let election = builder.build().unwrap();
    let given = Decision::new(
        DecisionKind::Award,
        About::Project("f".to_owned()),
        "council",
        "promised",
    );
    let winners = |completion: &str, decisions: &[Decision]| {
        let plan = plan(&format!("equal-shares:utility=cost{completion}"));
        let count = Count::of(&election, &plan).ties("id".parse().unwrap());
        decided(&count.decisions(decisions).run().unwrap())
            .winners
            .join(" ")
    };
    assert_eq!(winners("", &[]), "a");
    for greedy in [
        "+greedy-welfare:utility=cost",
        "+greedy:score=votes,misfit=skip",
    ] {
        assert_eq!(winners(greedy, &[]), "a c b");
        assert_eq!(winners(greedy, std::slice::from_ref(&given)), "f a c d");
    }
    // By times after a for 1/8: d 5/8, c 19/24, then e, f (1) before b. With purses of 3/8 left: d 1/8, c 7/24, e 1/2.
    assert_eq!(winners("+phragmen:misfit=skip", &[]), "a d c e");
    assert_eq!(winners(",completion=phragmen,misfit=skip", &[]), "a d c e");
    // Three rules in a row: each has what the one before left.
    let both = "+phragmen:misfit=stop+greedy:score=votes,misfit=skip";
    assert_eq!(winners(both, std::slice::from_ref(&given)), "f a d c");
}

fn slow(case: &Case, rule: &str, chain: &str) -> Vec<&'static str> {
    let mut state = State {
        funded: Vec::new(),
        left: reference::support::quarters(case.budget),
        step: 0,
        reserves: std::collections::BTreeMap::new(),
    };
    reference::leftovers::run(case, rule, chain, &mut state);
    state
        .funded
        .iter()
        .map(|(project, _)| IDS[*project])
        .collect()
}

fn completed() -> impl Strategy<Value = String> {
    (
        select(vec!["cost", "cardinality", "additive-cost-sqrt"]),
        select(vec!["stop", "skip"]),
    )
        .prop_map(|(utility, misfit)| {
            format!("equal-shares:utility={utility},completion=phragmen,misfit={misfit}")
        })
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn the_completion_by_phragmen_agrees_with_the_definition(case in elections(&NAMING, Extras { negative_points: false, ..Extras::ALL }), endowments in any::<bool>(), rule in completed(), chain in chain()) {
        let case = Case { endowments, ..case };
        prop_assert_eq!(slow(&case, &rule, chain), outcome(&case.election(), &rule, chain).winners);
    }

    /// Nobody loses by a completion, and nothing is overspent.
    #[test]
    fn a_completion_by_phragmen_only_adds(case in elections(&NAMING, Extras::ALL), rule in completed(), chain in chain()) {
        let alone = rule.split(",completion").next().unwrap();
        let (alone, both) = (outcome(&case.election(), alone, chain), outcome(&case.election(), &rule, chain));
        prop_assert!(both.winners.starts_with(&alone.winners));
        prop_assert!(both.spent <= both.budget && both.funded() == both.spent);
    }

    /// Two voters are one of weight 2 and endowment 2.
    #[test]
    fn the_completion_by_phragmen_counts_two_voters_as_two(case in elections(&NAMING, Extras { weights: false, ..Extras::ALL }), rule in completed()) {
        let two = || quartier::election::VoterClass { weight: 2.into(), endowment: 2.into() };
        let class = |at: usize, _: &crate::common::VoterCase| if at % 2 == 1 { two() } else { quartier::election::VoterClass::default() };
        let mut many = case.clone();
        many.voters.iter_mut().skip(1).step_by(2).for_each(|voter| voter.count *= 2);
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let heavy = case.election_of(&IDS, &order, &case.voters, class);
        prop_assert_eq!(outcome(&heavy, &rule, "id").winners, outcome(&many.election(), &rule, "id").winners);
    }
}
