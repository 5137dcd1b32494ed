//! Channels of which only totals are known.

use quartier::count::Count;
use quartier::election::Aggregate;
use quartier::rules::Plan;
use quartier::tally::{Intake, IntakeError, Tally};

use crate::helpers::{Vote, instance, intake, rules};

const VOTES: [Vote<'_>; 2] = [
    ["1", "internet", "", "", "a1"],
    ["2", "internet", "", "", "a1,c1"],
];

fn with(options: &str, aggregates: &[Aggregate]) -> Result<Tally, Vec<IntakeError>> {
    let (instance, rules) = (instance(), rules(options));
    let mut intake: Intake<'_> = intake(&instance, &rules, &VOTES);
    for aggregate in aggregates {
        intake.aggregate(aggregate.clone());
    }
    intake.close().map_err(|errors| errors.errors().to_vec())
}

fn winners(tally: &Tally, plan: &str) -> Result<Vec<String>, String> {
    let election = tally.election().unwrap();
    let plan: Plan = plan.parse().unwrap();
    let counted = Count::of(&election, &plan)
        .ties("id".parse().unwrap())
        .run();
    counted
        .map(|counted| counted.outcome().unwrap().winners.clone())
        .map_err(|error| error.to_string())
}

#[test]
fn totals_are_added_to_the_ballots() {
    let paper = Aggregate::new("paper", [("b1", 7_u64), ("c1", 3)]).of_voters(10);
    let tally = with("", &[paper]).unwrap();
    // Votes: a1 2, b1 7, c1 1 + 3; the budget of 100 pays b1 40, c1 20, a2 30.
    let greedy = "greedy:score=votes,misfit=skip";
    assert_eq!(winners(&tally, greedy).unwrap(), ["b1", "c1", "a2"]);
    // A quarter of the 2 + 10 ballots is 3 votes.
    assert_eq!(
        winners(&tally, &format!("{greedy},threshold=25%")).unwrap(),
        ["b1", "c1"]
    );
    // Totals do not change the ballots themselves.
    assert_eq!(tally.profile().mentions(), [2, 0, 0, 1]);
}

#[test]
fn a_rule_that_needs_ballots_refuses_the_channel_by_name() {
    let tally = with("", &[Aggregate::new("paper", [("b1", 7_u64)])]).unwrap();
    let error = winners(&tally, "greedy-welfare:utility=cost").unwrap_err();
    assert!(
        error.contains("rule `greedy-welfare`")
            && error.contains("channel `paper` has totals only"),
        "{error}"
    );
    // Also as a later step of a plan.
    let error = winners(
        &tally,
        "greedy:score=votes,misfit=stop+greedy-welfare:utility=cost",
    )
    .unwrap_err();
    assert!(error.contains("rule `greedy-welfare`"), "{error}");
    // A share of the ballots cannot be told without the number of voters.
    let error = winners(&tally, "greedy:score=votes,misfit=skip,threshold=10%").unwrap_err();
    assert!(
        error.contains("channel `paper` has totals only: say how many people voted there"),
        "{error}"
    );
}

#[test]
fn totals_of_a_consultative_channel_decide_nothing() {
    let options = "channels=internet:binding;paper:consultative";
    let tally = with(options, &[Aggregate::new("paper", [("b1", 7_u64)])]).unwrap();
    assert!(tally.election().unwrap().aggregates().is_empty());
    assert_eq!(tally.aggregates().len(), 1);
    assert_eq!(
        winners(&tally, "greedy-welfare:utility=cost").unwrap()[0],
        "a1"
    );
}

#[test]
fn totals_that_cannot_be_used_are_refused_with_a_remedy() {
    let paper = Aggregate::new("paper", [("b1", 7_u64)]);
    let why = |options: &str, aggregate: &Aggregate| {
        let errors =
            with(options, std::slice::from_ref(aggregate)).expect_err("it should be refused");
        errors[0].to_string()
    };
    assert!(why("channels=internet:binding", &paper).contains("no role"));
    assert!(why("mass=equal-per-channel", &paper).contains("equal mass"));
    let ranked = why("form=ranked", &paper);
    assert!(ranked.contains("ranked"), "{ranked}");
    let tally = with(
        "",
        &[Aggregate::new(
            "paper",
            [("zz", 1_u64), ("b1", 1), ("b1", 2)],
        )],
    )
    .unwrap();
    let problems = tally.election().unwrap_err().to_string();
    assert!(
        problems.contains("`zz` is not a project") && problems.contains("`b1` has two totals"),
        "{problems}"
    );
}

#[test]
fn an_election_with_totals_travels_and_cannot_be_written_where_they_would_be_lost() {
    let tally = with("", &[Aggregate::new("paper", [("b1", 7_u64)]).of_voters(9)]).unwrap();
    let election = tally.election().unwrap();
    let text = serde_json::to_string(&election).unwrap();
    let again: quartier::Election = serde_json::from_str(&text).unwrap();
    assert_eq!(again, election);
    assert_ne!(
        again.digest(),
        election.with_aggregates(Vec::new()).unwrap().digest()
    );
    let error = quartier::pabulib::Document::from_election(election).unwrap_err();
    assert!(
        error.to_string().contains("channel `paper` would be lost"),
        "{error}"
    );
}
