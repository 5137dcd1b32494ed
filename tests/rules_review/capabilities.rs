//! What the catalogue says a rule can do.

use quartier::count::{Count, CountError};
use quartier::election::{
    Ballot, BallotKind, Election, Project, Relation, Stance, Utility, VoterClass, Voters,
};
use quartier::rules::{Feature, Plan, catalogue};

use crate::common::plan;
use crate::helpers::{run, unasked};

/// Some setting of a rule that reads ballots of a kind.
fn reading(id: &str, kind: BallotKind) -> Vec<Plan> {
    let texts: Vec<String> = match id {
        "greedy" => [
            "votes",
            "points",
            "borda",
            "weights;2;1",
            "majority-judgment;ungraded-worst",
        ]
        .map(|score| format!("greedy:score={score},misfit=skip"))
        .to_vec(),
        "phragmen" => vec![format!("{id}:misfit=stop"), format!("{id}:misfit=skip")],
        "maximin-support" => vec![id.to_owned()],
        "exact-equal-shares" => ["cost", "cardinality", "effort"]
            .map(|utility| format!("{id}:utility={utility}"))
            .to_vec(),
        "bos" | "bos-plus" | "fractional-equal-shares" => Utility::ALL
            .iter()
            .filter(|utility| utility.reads(kind) && utility.is_additive())
            .map(|utility| format!("{id}:utility={utility}"))
            .collect(),
        _ => Utility::ALL
            .iter()
            .filter(|utility| utility.reads(kind))
            .filter(|utility| id != "equal-shares" || utility.is_additive())
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
        let text = match *id {
            "greedy" => "greedy:score=votes,misfit=skip".to_owned(),
            "phragmen" => "phragmen:misfit=stop".to_owned(),
            "maximin-support" => "maximin-support".to_owned(),
            _ => format!("{id}:utility=cost"),
        };
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
        let weighted = Election::builder()
            .budget(10)
            .project(("a", 6))
            .project(("b", 6))
            .ballots(Ballot::approval(["a"]), 2)
            .ballots(Ballot::approval(["a", "b"]), 7)
            .weighted(Ballot::approval(["b"]), 2, heavy);
        let weighted = run(&weighted.build().unwrap(), &text);
        let weighted = weighted.outcome().unwrap();
        assert_eq!(
            weighted.winners.first().unwrap() == "b",
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
        let refused = Count::of(&variant, &plan(&text)).run().is_err();
        assert_eq!(
            !refused && unasked(&variant, &text) == ["a"],
            capabilities.honours(Feature::Counts),
            "{id}: counts"
        );
        let partial = format!("{id}:score=votes,misfit=partial,min-covered=10%").parse::<Plan>();
        assert_eq!(
            partial.is_ok() || weighted.awards.iter().any(|award| award.amount < 6.into()),
            capabilities.honours(Feature::PartialAwards),
            "{id}: partial awards"
        );
        let honours =
            capabilities.honours(Feature::Caps) && capabilities.honours(Feature::SeveralPots);
        assert_eq!(
            under_a_regulation(&text),
            honours,
            "{id}: caps and several pots"
        );
    }
}

/// Does a stage by this rule keep to two pots and a cap? Where the rule does not honour them, it is refused by name.
fn under_a_regulation(rule: &str) -> bool {
    let example = include_str!("../../examples/regulations/example-2018.toml");
    let text = example
        .replace("greedy:score=borda,misfit=skip", rule)
        .replace("\"ranked\"", "\"approval\"")
        .replace("\"refuse\"", "\"exclude\"")
        .replace(
            "guarantee = { per = \"area\", projects = 1, when = \"before\", if-none = \"release\" }",
            "rank-by = \"votes\"\nguarantee = \"none\"",
        );
    let document: quartier::law::Document = toml::from_str(&text).unwrap();
    let regulation = match quartier::regulation::Regulation::read(&document) {
        Ok(regulation) => regulation,
        Err(faults) => {
            assert!(
                faults
                    .iter()
                    .all(|fault| fault.kind.code() == "rule-cannot-honour"),
                "{faults}"
            );
            return false;
        }
    };
    let project = |id: &str, cost: u32| {
        Project::new(id, cost)
            .in_area("quartier")
            .proposed_by(quartier::election::ProposerKind::Resident)
            .delivered_within(1)
            .attested("general-interest", quartier::election::Verdict::Pass)
            .attested("feasible", quartier::election::Verdict::Pass)
    };
    let people = quartier::exact::Ratio::from(10);
    let election = Election::builder()
        .budget(1)
        .area(quartier::election::Area::new("quartier").attribute("population", people))
        .project(project("dear", 90_000))
        .project(project("fits", 50_000))
        .ballots(Ballot::approval(["dear", "fits"]), 3)
        .build()
        .unwrap();
    // All of them live there: rules that give voters purses divide a quartier's pot among its people.
    let (ids, homes) = (
        ["1", "2", "3"].into_iter().collect(),
        ["quartier"; 3].into_iter().collect(),
    );
    let ballots = vec![election.profile().ballot_indices().next().unwrap(); 3];
    let voters = Voters::new(ids, ballots, vec![("area".to_owned(), homes)]).unwrap();
    let (instance, profile) = (election.instance().clone(), election.profile().clone());
    let election = Election::new(instance, profile, Some(voters)).unwrap();
    let applied = regulation.apply(&election, &[]).unwrap();
    let edition = applied.edition().unwrap();
    let by_rule = edition.awards.iter().all(|paid| paid.stage == "vote");
    edition.winners() == ["fits"] && by_rule
}
