//! One test for each fault that a review of rules, tallies and the archive found.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use quartier::archive::{Agreement, MetaRule, Selection, verify};
use quartier::count::{Count, CountError, Counted};
use quartier::election::{
    Ballot, BallotKind, Election, ElectionBuilder, Instance, Money, Points, Project, Relation,
    Stance, Utility, VoterClass,
};
use quartier::exact::Ratio;
use quartier::pabulib::{ReadOptions, read};
use quartier::record::Reason;
use quartier::rules::{
    AnyRule, Feature, Greedy, GreedyWelfare, Misfit, Plan, Reserve, RuleError, Share, catalogue,
};
use quartier::tally::{Score, Threshold, Weights};

use common::{cases, money, outcome, plan};

fn run(election: &Election, rule: &str) -> Counted {
    Count::of(election, &plan(rule)).run().unwrap()
}

/// The winners of a count that asks nobody, in the order of ids.
fn unasked(election: &Election, rule: &str) -> Vec<String> {
    let counted = run(election, rule);
    let mut winners = counted
        .outcome()
        .unwrap_or_else(|| panic!("{rule}: {counted:?}"))
        .winners
        .clone();
    winners.sort();
    winners
}

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

/// M6: a ranking of one great tier, and thresholds of many projects, take one pass over the ballots.
#[test]
fn scores_and_thresholds_take_one_pass() {
    let ids: Vec<String> = (0..400).map(|number| format!("p{number:03}")).collect();
    let builder = ids
        .iter()
        .fold(Election::builder().budget(1000), |builder, id| {
            builder.project((id.as_str(), 1))
        });
    let builder = (0..400_u32).fold(builder, |builder, voter| {
        let weight = VoterClass {
            weight: (voter + 1).into(),
            endowment: 1.into(),
        };
        builder.weighted(Ballot::Ranked(vec![ids.clone()]), 1, weight)
    });
    let election = builder.build().unwrap();
    let start = Instant::now();
    let totals = Score::Weights("3;2;1".parse().unwrap())
        .totals(&election)
        .unwrap();
    assert_eq!(
        totals,
        vec![Ratio::new(6 * 400 * 401 / 2, 400).unwrap(); 400],
        "all share the mean"
    );
    let applied = "10%".parse::<Threshold>().unwrap().applied(&election);
    let needed = election
        .instance()
        .project_indices()
        .map(|project| applied.needed(project))
        .collect::<Vec<_>>();
    assert_eq!(needed.len(), 400);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}: 400 ballots of one tier of 400",
        start.elapsed()
    );
}

/// M10: what could not be read back cannot be made.
#[test]
fn settings_that_have_no_text_cannot_be_made() {
    assert!(Weights::new([]).is_err() && Weights::new(vec![Points::from(1); 101]).is_err());
    assert_eq!(Threshold::at_least((-1).into()), None);
    assert_eq!(Threshold::percent((-1).into()), None);
    assert_eq!(
        (
            Threshold::cost_share(0.into()),
            Threshold::cost_share((-3).into())
        ),
        (None, None)
    );
    assert_eq!(
        Reserve::new(Money::ZERO.checked_sub(5.into()).unwrap()),
        None
    );
    let huge: Ratio = format!("1/{}", "7".repeat(5_000)).parse().unwrap();
    assert_eq!(
        (Threshold::at_least(huge.clone()), Share::percent(&huge)),
        (None, None)
    );
    let long = || {
        AnyRule::Greedy(Greedy::new(
            Score::Weights(Weights::new(vec![Points::from_millionths(-1).unwrap(); 100]).unwrap()),
            Misfit::Skip,
        ))
    };
    let mut longest = Plan::new(long());
    let error = loop {
        match longest.clone().then(long()) {
            Ok(longer) => longest = longer,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, RuleError::Text(_)), "{error}");
    assert_eq!(longest.to_string().parse::<Plan>().unwrap(), longest);
}

fn number() -> impl Strategy<Value = Ratio> {
    let small = (-20..200_i128, 1..40_i128);
    let large = (any::<i128>(), 1..i128::MAX);
    prop_oneof![3 => small, 1 => large]
        .prop_map(|(numerator, denominator)| Ratio::new(numerator, denominator).unwrap())
}

fn score() -> impl Strategy<Value = Score> {
    let points = any::<i64>()
        .prop_map(|parts| Points::from_millionths(parts % 1_000_000_000_000_000_001).unwrap());
    let weights = prop::collection::vec(points, 0..120)
        .prop_filter_map("a ranking", |places| Weights::new(places).ok())
        .prop_map(Score::Weights);
    prop_oneof![
        Just(Score::Votes),
        Just(Score::Points),
        Just(Score::Borda),
        weights
    ]
}

fn misfit() -> impl Strategy<Value = Misfit> {
    let share = || number().prop_filter_map("a share", |percent| Share::percent(&percent));
    let reserve = (-10..=Money::MAX.ten_thousandths()).prop_filter_map("a reserve", |parts| {
        Reserve::new(Money::from_ten_thousandths(parts)?)
    });
    let top_up = (share(), reserve).prop_map(|(min_covered, reserve)| Misfit::TopUp {
        min_covered,
        reserve,
    });
    prop_oneof![
        Just(Misfit::Skip),
        Just(Misfit::Stop),
        share().prop_map(|min_covered| Misfit::Partial { min_covered }),
        top_up
    ]
}

fn threshold() -> impl Strategy<Value = Threshold> {
    (0..3, number()).prop_filter_map("a threshold", |(kind, number)| match kind {
        0 => Threshold::at_least(number),
        1 => Threshold::percent(number),
        _ => Threshold::cost_share(number),
    })
}

fn any_rule() -> impl Strategy<Value = AnyRule> {
    let greedy = (score(), misfit(), prop::option::of(threshold())).prop_map(
        |(score, misfit, threshold)| {
            let greedy = Greedy::new(score, misfit);
            AnyRule::Greedy(match threshold {
                Some(threshold) => greedy.threshold(threshold),
                None => greedy,
            })
        },
    );
    let welfare = prop::sample::select(Utility::ALL)
        .prop_map(|utility| AnyRule::GreedyWelfare(GreedyWelfare::new(utility)));
    prop_oneof![4 => greedy, 1 => welfare]
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// M10: every rule that can be made prints a text that is read as the same rule, also with serde.
    #[test]
    fn every_rule_reads_back(rules in prop::collection::vec(any_rule(), 1..4), score in score(), threshold in threshold()) {
        for rule in &rules {
            prop_assert_eq!(&rule.to_string().parse::<AnyRule>().unwrap(), rule);
        }
        let plan = rules.iter().skip(1).try_fold(Plan::new(rules.first().unwrap().clone()), |plan, rule| plan.then(rule.clone()));
        if let Ok(plan) = plan {
            prop_assert_eq!(plan.to_string().parse::<Plan>().unwrap(), plan);
        }
        let json = (serde_json::to_string(&score).unwrap(), serde_json::to_string(&threshold).unwrap());
        prop_assert_eq!(&json.0, &format!("\"{score}\""));
        prop_assert_eq!(serde_json::from_str::<Score>(&json.0).unwrap(), score);
        prop_assert_eq!(serde_json::from_str::<Threshold>(&json.1).unwrap(), threshold);
    }
}

/// A published election of three projects: approval, budget 100.
fn published(meta: &str, selected: [u32; 3]) -> String {
    let [a, b, c] = selected;
    format!(
        "META\nkey;value\ndescription;synthetic\ncountry;France\nunit;Nowhere\ninstance;2026\nnum_projects;3\nnum_votes;6\nbudget;100\nvote_type;approval\n\
         date_begin;2026\ndate_end;2026\nmax_length;3\n{meta}\nPROJECTS\nproject_id;cost;votes;selected\n1;60;3;{a}\n2;50;2;{b}\n3;30;1;{c}\n\
         VOTES\nvoter_id;vote\nv1;1\nv2;1\nv3;1\nv4;2\nv5;2\nv6;3\n"
    )
}

const TOP_UP: &str = "rule;greedy-custom\ncomment;#1: at least 2 votes. If it is enough to fund at least 80% of that project, we fund it as well";

fn document(text: &str) -> quartier::pabulib::Document {
    read(text, &ReadOptions::lenient()).unwrap_or_else(|error| panic!("{error}"))
}

/// M11: a project that is topped up as published does not differ.
#[test]
fn projects_topped_up_as_published_do_not_differ() {
    let counted = |published: &str| {
        let document = document(published);
        let plan = plan("greedy:score=votes,misfit=top-up,min-covered=80%,reserve=60");
        let outcome = Count::of(document.election(), &plan)
            .run()
            .unwrap()
            .outcome()
            .unwrap()
            .clone();
        Selection::of(&document).unwrap().differences(&outcome)
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        counted(&published("rule;greedy", [1, 2, 0])),
        (none.clone(), none.clone())
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 2, 1])),
        (vec!["3".to_owned()], none.clone())
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 0, 2])),
        (vec!["3".to_owned()], vec!["2".to_owned()])
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 1, 0])),
        (vec!["2".to_owned()], vec!["2".to_owned()]),
        "funded otherwise"
    );
}

/// M12: what META does not say is named wherever it was assumed.
#[test]
fn an_assumed_rule_is_named() {
    let assumed =
        "META says greedy-custom without a rule that is known; counted as greedy by rank, skip";
    let plain = |selected| {
        verify(
            &document(&published(
                "rule;greedy-custom\ncomment;#1: as the council saw fit",
                selected,
            )),
            &[],
        )
        .unwrap()
    };
    let (agrees, differs) = (plain([1, 0, 1]), plain([1, 1, 0]));
    assert_eq!(
        (agrees.agreement, agrees.remark.as_str()),
        (Agreement::Yes, assumed)
    );
    assert_eq!(differs.agreement, Agreement::No);
    assert!(
        differs
            .remark
            .starts_with(&format!("{assumed}; published and not counted: 2")),
        "{}",
        differs.remark
    );
    let named = verify(&document(&published("rule;greedy", [1, 0, 1])), &[]).unwrap();
    assert_eq!(
        (named.agreement, named.remark.as_str()),
        (Agreement::Yes, "")
    );
}

/// M12: the share is found wherever it stands in the comment.
#[test]
fn a_top_up_is_found_after_other_words() {
    let document = document(&published(TOP_UP, [1, 2, 0]));
    let MetaRule::Known(prepared) = MetaRule::of(&document) else {
        panic!("greedy-custom is known")
    };
    assert_eq!(
        (prepared.plan.to_string().as_str(), prepared.assumption),
        (
            "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=60",
            None
        )
    );
    assert_eq!(verify(&document, &[]).unwrap().agreement, Agreement::Yes);
}

/// Some setting of a rule that reads ballots of a kind.
fn reading(id: &str, kind: BallotKind) -> Vec<Plan> {
    let texts: Vec<String> = match id {
        "greedy" => ["votes", "points", "borda", "weights;2;1"]
            .map(|score| format!("greedy:score={score},misfit=skip"))
            .to_vec(),
        _ => Utility::ALL
            .iter()
            .filter(|utility| utility.reads(kind))
            .map(|utility| format!("{id}:utility={utility}"))
            .collect(),
    };
    texts.iter().map(|text| plan(text)).collect()
}

fn of_kind(kind: BallotKind) -> Election {
    let ballot = match kind {
        BallotKind::Approval => Ballot::approval(["a"]),
        BallotKind::Ranked => Ballot::ranked(["a", "b"]),
        BallotKind::Points => Ballot::points([("a", 3), ("b", 1)]),
        BallotKind::Signed => Ballot::signed([("a", Stance::For)]),
        BallotKind::Grades => Ballot::grades([("a", "good")]),
    };
    let scale = if kind == BallotKind::Grades {
        vec!["bad", "good"]
    } else {
        Vec::new()
    };
    Election::builder()
        .budget(10)
        .project(("a", 6))
        .project(("b", 5))
        .scale(scale)
        .ballots(ballot, 3)
        .build()
        .unwrap()
}

/// H6: endowments that differ are refused by each rule that does not list them, whoever calls it.
#[test]
fn endowments_are_refused_unless_they_are_listed() {
    let class = |endowment: i32| VoterClass {
        weight: 2.into(),
        endowment: endowment.into(),
    };
    let election = |other: i32| {
        let builder = Election::builder()
            .budget(10)
            .project(("a", 6))
            .project(("b", 5));
        builder
            .weighted(Ballot::approval(["a"]), 2, class(3))
            .weighted(Ballot::approval(["b"]), 1, class(other))
            .build()
            .unwrap()
    };
    for (id, capabilities) in catalogue() {
        for rule in reading(id, BallotKind::Approval)
            .iter()
            .filter(|rule| rule.to_string().contains("votes") || *id != "greedy")
        {
            let result = Count::of(&election(1), rule)
                .ties("id".parse().unwrap())
                .run();
            let refused = matches!(&result, Err(CountError::Refused { rule, why }) if rule == id && why.contains("give all of them the same endowment"));
            assert_eq!(
                refused,
                !capabilities.honours(Feature::Endowments),
                "{rule}: {result:?}"
            );
            assert!(
                Count::of(&election(3), rule)
                    .ties("id".parse().unwrap())
                    .run()
                    .is_ok(),
                "{rule}: all have the same endowment"
            );
        }
    }
}

/// H6: the catalogue's columns tell the truth: ballots, weights, counts, partial awards; and nothing untested.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn capability_columns_tell_the_truth() {
    for (id, capabilities) in catalogue() {
        for kind in [
            BallotKind::Approval,
            BallotKind::Ranked,
            BallotKind::Points,
            BallotKind::Grades,
            BallotKind::Signed,
        ] {
            let election = of_kind(kind);
            let reads = reading(id, kind).iter().any(|rule| {
                Count::of(&election, rule)
                    .ties("id".parse().unwrap())
                    .run()
                    .is_ok()
            });
            assert_eq!(
                reads,
                capabilities.ballots.contains(&kind),
                "{id} and {kind} ballots"
            );
        }
        let text = if *id == "greedy" {
            "greedy:score=votes,misfit=skip".to_owned()
        } else {
            format!("{id}:utility=cost")
        };
        let heavy = VoterClass {
            weight: 3.into(),
            endowment: 1.into(),
        };
        let weighted = Election::builder()
            .budget(10)
            .project(("a", 6))
            .project(("b", 6))
            .ballots(Ballot::approval(["a"]), 2)
            .weighted(Ballot::approval(["b"]), 1, heavy);
        assert_eq!(
            unasked(&weighted.build().unwrap(), &text) == ["b"],
            capabilities.honours(Feature::Weights),
            "{id}: weights"
        );
        let variant = Election::builder()
            .budget(10)
            .project(("a", 4))
            .project(Project::new("b", 4).related(Relation::VariantOf("a".to_owned())));
        let variant = variant
            .ballots(Ballot::approval(["a", "b"]), 1)
            .ballots(Ballot::approval(["a"]), 1)
            .build()
            .unwrap();
        assert_eq!(
            unasked(&variant, &text) == ["a"],
            capabilities.honours(Feature::Counts),
            "{id}: counts"
        );
        let partial = format!("{id}:score=votes,misfit=partial,min-covered=10%").parse::<Plan>();
        assert_eq!(
            partial.is_ok(),
            capabilities.honours(Feature::PartialAwards),
            "{id}: partial awards"
        );
        assert!(
            ![Feature::Caps, Feature::SeveralPots]
                .iter()
                .any(|&feature| capabilities.honours(feature)),
            "{id}: nothing can ask for it yet"
        );
    }
}

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

/// Low: messages that say what is wrong and nothing else.
#[test]
fn messages_about_rules() {
    let of = |text: &str| text.parse::<AnyRule>().unwrap_err().to_string();
    assert!(
        of("greedy:score=votes,misfit=skip+greedy:score=votes,misfit=skip")
            .starts_with("one rule is expected here, and 2 are given")
    );
    assert_eq!(
        of("greedy:score=weights,misfit=skip"),
        "rule `greedy`: `score=weights` is not possible: expected votes, points, borda or weights;3;2;1 (`weights` is not a score)"
    );
    let missing = of("greedy:score=votes,min-covered=80%,reserve=5");
    assert!(
        missing.contains("key `misfit` is missing") && !missing.contains("unknown key"),
        "{missing}"
    );
    assert!(of("greedy:score=votes,misfit=stop,reserve=5").contains("unknown key `reserve`"));
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
