//! Promises of the public interface: types that can be sent and shown, the catalogue's columns, rule texts.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use std::fmt::Debug;

use quartier::count::{Count, CountError};
use quartier::election::{
    Ballot, BallotKind, Election, ElectionBuilder, ExclusiveGroup, Project, Relation, Stance,
    VoterClass,
};
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::rules::{AnyRule, Feature, Plan, RuleError, catalogue};

use common::strategies::KINDS;
use common::{outcome, plan};

fn is_shareable<T: Send + Sync + Unpin + Debug>() {}

macro_rules! shareable {
    ($($type:ty),* $(,)?) => { $(is_shareable::<$type>();)* };
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of types")]
fn public_types_are_send_sync_unpin_and_debug() {
    use quartier::{budget, count, election, exact, law, record, regulation, rules, tally};
    shareable!(exact::Ratio, exact::ParseRatioError);
    shareable!(
        election::Area,
        election::Ballot,
        election::BallotKind,
        election::Stance,
        election::Election,
        election::ElectionBuilder,
        election::Problem,
        election::Problems,
        election::Date,
        election::DateError,
        election::ElectionDocument,
        election::AreaIx,
        election::BallotIx,
        election::ProjectIx,
        election::ExclusiveGroup,
        election::Instance,
        election::ZeroCost,
        election::InstanceBuilder,
        election::BallotLimits,
        election::Money,
        election::MoneyError,
        election::Points,
        election::PointsError,
        election::BallotView<'static>,
        election::Entry,
        election::MergeError,
        election::Profile,
        election::VoterClass,
        election::ProfileBuilder,
        election::RowError,
        election::Supporters,
        election::Attestation,
        election::Project,
        election::ProjectStatus,
        election::ProposerKind,
        election::Relation,
        election::Verdict,
        election::Utility,
        election::UtilityError,
        election::Column,
        election::Voters,
        election::VotersError,
        election::utility::Additive,
        election::utility::EntryValue,
        election::utility::SetUtility<'static>,
        election::ElectionDigest,
    );
    shareable!(
        tally::Score,
        tally::ScoreError,
        tally::ScoreTextError,
        tally::Threshold,
        tally::ThresholdError,
        tally::Needed,
        tally::AppliedThreshold<'static>,
        tally::ThresholdRefused,
        tally::AreaSupport,
        tally::ranking::Ranked,
        tally::ranking::Figure,
        tally::ranking::MajorityGauge,
        tally::ranking::Ungraded,
        tally::ranking::Pairwise,
        tally::ranking::Schulze,
        tally::ranking::RankedPairs,
        tally::ranking::InstantRunoff,
        tally::ranking::Round
    );
    shareable!(
        budget::Account,
        budget::Entry,
        budget::EntryKind,
        budget::Journal,
        budget::JournalFault,
        budget::PotBalance,
        budget::PotIx,
        budget::Posting,
        budget::Totals,
        budget::SplitError,
        budget::Ceiling,
        budget::Limits,
        budget::Crossed,
        budget::Room
    );
    shareable!(
        law::Document,
        law::Value,
        law::Law,
        law::Fault,
        law::Faults,
        law::FaultKind,
        law::Required,
        law::Envelope,
        law::Eligibility,
        law::BallotLaw,
        law::Pot,
        law::Limit,
        law::Stage,
        law::Guarantee,
        law::Redistribution,
        law::Claim,
        law::Selector,
        law::Share,
        law::SplitKey
    );
    shareable!(
        regulation::Regulation,
        regulation::Applied,
        regulation::ApplyError,
        regulation::Edition,
        regulation::AreaReport,
        regulation::Paid,
        regulation::Refused,
        regulation::Movement
    );
    shareable!(
        record::About,
        record::AboutError,
        record::DecisionKind,
        record::UnknownDecisionKind,
        record::Decision,
        record::DecisionFile,
        record::DecisionValue,
        record::DecisionFault,
        record::DecisionFaults,
        record::DecisionProblem,
        record::Event<'static>,
        record::Fact<'static>,
        record::LotDigest,
        record::Reason,
        record::RecordedLot,
        record::RecordedLots,
        record::Contender<'static>,
        record::Resolution,
        record::TieError,
        record::RuleText,
        record::StepText,
        record::RuleTextError,
        record::RuleTextFault,
        record::RuleTextPart,
        record::StepFault,
        record::StepFaults,
        record::StepReader<'static>,
        record::TieChain,
        record::TieChainError,
        record::TieChainFault,
        record::TieWord,
        record::TieWordError,
    );
    shareable!(
        count::AllOutcomes,
        count::Reached,
        count::CountError,
        count::Halt,
        count::Fate,
        count::ProjectFate,
        count::Block,
        count::Funding,
        count::Cancel,
        count::Log,
        count::Award,
        count::Counted,
        count::LotRequired,
        count::Outcome,
        count::TieRecord,
    );
    shareable!(
        rules::AnyRule,
        rules::RuleError,
        rules::Capabilities,
        rules::Feature,
        rules::Greedy,
        rules::GreedyWelfare,
        rules::Misfit,
        rules::Share,
        rules::Plan
    );
}

/// The utilities that are the same for all supporters of a project.
const UNIFORM: [&str; 5] = [
    "cardinality",
    "cost",
    "effort",
    "additive-cost-sqrt",
    "additive-cost-log",
];

/// Some setting of a rule for each kind of ballot that it might read.
fn settings(id: &str) -> Vec<String> {
    let scores = [
        "votes",
        "points",
        "borda",
        "weights;3;2;1",
        "copeland",
        "for-minus-against",
        "majority-judgment;ungraded-worst",
    ]
    .map(|score| format!("greedy:score={score},misfit=skip"));
    let of_each = |is_wanted: fn(&quartier::election::Utility) -> bool| {
        let utilities = quartier::election::Utility::ALL.iter();
        let wanted = utilities.filter(|utility| is_wanted(utility));
        wanted
            .map(|utility| format!("{id}:utility={utility}"))
            .collect()
    };
    match id {
        "greedy" => scores.to_vec(),
        "greedy-welfare" => of_each(|_| true),
        "equal-shares" | "bos" | "bos-plus" | "fractional-equal-shares" => {
            of_each(|utility| utility.is_additive())
        }
        "phragmen" => vec![format!("{id}:misfit=stop"), format!("{id}:misfit=skip")],
        "maximin-support" => vec![id.to_owned()],
        "exact-equal-shares" => UNIFORM
            .map(|utility| format!("{id}:utility={utility}"))
            .to_vec(),
        other => {
            panic!("rule `{other}` is in the catalogue and not in this test: add its settings")
        }
    }
}

fn of(kind: BallotKind) -> ElectionBuilder {
    let ballot = match kind {
        BallotKind::Approval => Ballot::approval(["a"]),
        BallotKind::Ranked => Ballot::ranked(["a", "b"]),
        BallotKind::Points => Ballot::points([("a", 3), ("b", 1)]),
        BallotKind::Grades => Ballot::grades([("a", "good"), ("b", "bad")]),
        BallotKind::Signed => Ballot::signed([("a", Stance::For), ("b", Stance::Against)]),
    };
    Election::builder()
        .budget(10)
        .project(("a", 6))
        .project(("b", 5))
        .scale(if kind == BallotKind::Grades {
            vec!["bad", "good"]
        } else {
            Vec::new()
        })
        .ballots(ballot, 3)
}

/// Each rule reads exactly the ballots that its column lists, with some setting; others it refuses by name.
#[test]
fn catalogue_ballots() {
    for (id, capabilities) in catalogue() {
        for kind in KINDS {
            let election = of(kind).build().unwrap();
            let mut accepted = false;
            for text in settings(id) {
                match Count::of(&election, &plan(&text))
                    .ties("id".parse().unwrap())
                    .run()
                {
                    Ok(_) => accepted = true,
                    Err(CountError::Refused { rule, why }) => assert!(
                        rule == *id && why.contains(&kind.to_string()),
                        "{text}: {why}"
                    ),
                    Err(CountError::Utility(error)) => assert!(
                        error.to_string().contains(&kind.to_string()),
                        "{text}: {error}"
                    ),
                    Err(error) => panic!("{text} of {kind} ballots: {error}"),
                }
            }
            assert_eq!(
                accepted,
                capabilities.ballots.contains(&kind),
                "{id} and {kind} ballots"
            );
        }
    }
}

/// Weights: two votes of weight 3/2 against two of weight 1 (random elections: `axioms.rs`).
#[test]
fn catalogue_weights() {
    for (id, capabilities) in catalogue() {
        // Where voters have purses, three votes come with three purses.
        let purses = if capabilities.honours(Feature::Endowments) {
            3
        } else {
            1
        };
        let heavy = VoterClass {
            weight: 3.into(),
            endowment: purses.into(),
        };
        let election = Election::builder()
            .budget(10)
            .project(("a", 6))
            .project(("b", 6))
            .ballots(Ballot::approval(["a"]), 2)
            .weighted(Ballot::approval(["b"]), 1, heavy);
        let election = election.build().unwrap();
        assert!(
            capabilities.honours(Feature::Weights),
            "{id}: add what it does instead"
        );
        let text = settings(id).remove(0);
        let winners = outcome(&election, &text, "none").winners;
        assert_eq!(winners.first().unwrap(), "b", "{text}");
    }
}

/// Counts: at most one project of an exclusive group, whatever its votes.
#[test]
fn catalogue_counts() {
    let member = |id: &str| Project::new(id, 1).related(Relation::MemberOf("site".to_owned()));
    let builder = Election::builder()
        .budget(10)
        .group(ExclusiveGroup::new("site", 1))
        .project(member("a"))
        .project(member("b"))
        .project(("c", 1));
    let election = builder
        .ballots(Ballot::approval(["a", "b"]), 5)
        .ballots(Ballot::approval(["b", "c"]), 1)
        .build()
        .unwrap();
    for (id, capabilities) in catalogue() {
        let text = settings(id).remove(0);
        if !capabilities.honours(Feature::Counts) {
            let refused = Count::of(&election, &plan(&text)).run().unwrap_err();
            assert!(
                matches!(&refused, CountError::Refused { rule, why } if rule == id && why.contains("exclude")),
                "{text}: {refused}"
            );
            continue;
        }
        let mut winners = outcome(&election, &text, "none").winners;
        winners.sort();
        assert_eq!(winners, ["b", "c"], "{text}");
    }
}

/// Partial awards: only the rules that list them ever pay less than a cost.
#[test]
fn catalogue_partial_awards() {
    let election = of(BallotKind::Approval).build().unwrap();
    let partial = outcome(
        &election,
        "greedy:score=votes,misfit=partial,min-covered=50%",
        "none",
    );
    assert_eq!(
        partial
            .awards
            .iter()
            .map(|award| award.amount.to_string())
            .collect::<Vec<_>>(),
        ["6", "4"]
    );
    let honours = |id: &str| {
        catalogue()
            .iter()
            .find(|(known, _)| *known == id)
            .unwrap()
            .1
            .honours(Feature::PartialAwards)
    };
    assert!(honours("greedy") && !honours("greedy-welfare"));
    let fractional = "fractional-equal-shares:utility=cost";
    let election = Election::builder()
        .budget(10)
        .project(("a", 6))
        .project(("b", 5))
        .ballots(Ballot::approval(["a", "b"]), 3);
    let fractional = outcome(&election.build().unwrap(), fractional, "id");
    let amounts: Vec<String> = fractional
        .awards
        .iter()
        .map(|award| award.amount.to_string())
        .collect();
    assert_eq!(amounts, ["6", "4"]);
    for (id, _) in catalogue() {
        let pays_parts = ["greedy", "fractional-equal-shares"].contains(id);
        assert_eq!(honours(id), pays_parts, "{id}");
    }
}

/// Continues: more money is spent on top of what was awarded.
#[test]
fn catalogue_continues() {
    let election = Election::builder()
        .budget(10)
        .project(("a", 6))
        .project(("b", 5))
        .ballots(Ballot::approval(["a", "b"]), 3)
        .build()
        .unwrap();
    let more = Decision::new(DecisionKind::ExtraMoney, About::Envelope, "council", "more")
        .value(DecisionValue::Amount(1.into()));
    for (id, capabilities) in catalogue() {
        assert!(
            capabilities.honours(Feature::Continues),
            "{id}: add what it does instead"
        );
        let plan = plan(&settings(id).remove(0));
        let counted = Count::of(&election, &plan)
            .ties("id".parse().unwrap())
            .decisions(std::slice::from_ref(&more))
            .run()
            .unwrap();
        let mut winners = counted.outcome().unwrap().winners.clone();
        winners.sort();
        assert_eq!(winners, ["a", "b"], "{id}");
    }
}

/// The rule texts of the contract: read, and printed as they were written.
#[test]
fn rule_texts_of_the_contract_round_trip() {
    let mut texts: Vec<String> = [
        "greedy:score=votes,misfit=skip",
        "greedy:score=borda,misfit=skip",
        "greedy:score=points,misfit=stop",
        "greedy:score=weights;3;2;1,misfit=skip",
        "greedy:score=votes,misfit=skip,threshold=50",
        "greedy:score=votes,misfit=skip,threshold=10%",
        "greedy:score=votes,misfit=skip,threshold=cost/3",
        "greedy:score=votes,misfit=partial,min-covered=80%",
        "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=200000.5",
        "greedy:score=votes,misfit=stop,threshold=1+greedy-welfare:utility=cost",
        "equal-shares:utility=cost",
        "equal-shares:utility=cost+greedy-welfare:utility=cost",
        "equal-shares:utility=cardinality,completion=add1",
        "equal-shares:utility=cost,completion=add1-until-exhaustive,increment=0.5,start=floor",
        "equal-shares:utility=cost,completion=add1,start=floor,comparison=satisfaction",
        "equal-shares:utility=cost,comparison=exclusion-ratio",
        "equal-shares:utility=cost,comparison=welfare",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend(settings("greedy-welfare"));
    for text in texts {
        let read: Plan = text
            .parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.to_string(), text);
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), read);
        assert_eq!(
            outcome_rule(&text),
            text,
            "and an outcome names its rule so"
        );
        if let [rule] = read.rules().as_slice() {
            assert_eq!(text.parse::<AnyRule>().unwrap(), **rule);
        }
    }
}

fn outcome_rule(text: &str) -> String {
    let kind = if text.contains("borda") || text.contains("weights") {
        BallotKind::Ranked
    } else {
        BallotKind::Points
    };
    outcome(&of(kind).build().unwrap(), text, "id").rule
}

/// What is not a rule is refused with what would be one; what is planned is named.
#[test]
fn equal_shares_texts_that_are_refused() {
    let refusals = [
        ("equal-shares", "key `utility` is missing"),
        (
            "equal-shares:utility=chamberlin-courant",
            "not a sum over projects",
        ),
        (
            "equal-shares:utility=cost,completion=add2",
            "none or add1 or add1-until-exhaustive",
        ),
        (
            "equal-shares:utility=cost,completion=add1,increment=0",
            "an amount above 0",
        ),
        ("equal-shares:utility=cost,increment=5", "used by Add1 only"),
        ("equal-shares:utility=cost,start=ceil", "exact or floor"),
        (
            "equal-shares:utility=cost,comparison=size",
            "satisfaction or exclusion-ratio or welfare",
        ),
    ];
    for (text, expected) in refusals {
        let error = text.parse::<Plan>().unwrap_err().to_string();
        assert!(error.contains(expected), "`{text}`: {error}");
    }
}

#[test]
fn rule_texts_that_are_refused() {
    let refusals = [
        ("greedy:score=votes", "key `misfit` is missing"),
        ("greedy:misfit=skip", "key `score` is missing"),
        ("greedy", "key `score` is missing"),
        (
            "greedy:score=votes,misfit=skip,min-covered=80%",
            "unknown key `min-covered`",
        ),
        (
            "greedy:score=votes,misfit=top-up,min-covered=80%",
            "key `reserve` is missing",
        ),
        (
            "greedy:score=votes,misfit=partial,min-covered=101%",
            "is not possible",
        ),
        (
            "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=-5",
            "is not possible",
        ),
        (
            "greedy:score=votes,misfit=skip,threshold=-1",
            "is not possible",
        ),
        (
            "greedy:score=votes,misfit=skip,threshold=cost/0",
            "is not possible",
        ),
        ("greedy:score=copeland;2,misfit=skip", "is not a score"),
        ("greedy:score=elo,misfit=skip", "is not a score"),
        ("greedy:score=weights,misfit=skip", "is not a score"),
        ("greedy:score=votes;3,misfit=skip", "is not a score"),
        (
            "greedy:score=votes,misfit=jump",
            "skip or stop or partial or top-up",
        ),
        ("greedy-welfare", "key `utility` is missing"),
        ("greedy-welfare:utility=happiness", "is not possible"),
        (
            "greedy-welfare:utility=cost,misfit=stop",
            "unknown key `misfit`",
        ),
        ("max-welfare:utility=cost", "not available yet"),
        ("magic", "unknown rule `magic`"),
        ("greedy:score=votes,misfit=skip+", "column"),
        ("", "column"),
    ];
    for (text, expected) in refusals {
        let error = text.parse::<Plan>().unwrap_err().to_string();
        assert!(error.contains(expected), "`{text}`: {error}");
    }
    assert!(
        matches!(
            "greedy-welfare:utility=cost+greedy-welfare:utility=cost".parse::<AnyRule>(),
            Err(RuleError::OneExpected { found: 2 })
        ),
        "two rules are a plan"
    );
}
