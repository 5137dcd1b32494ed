//! What must hold of every rule that divides money between voters, on random small elections.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::count::{Count, Fate, Log};
use quartier::election::{Ballot, BallotKind, Election, VoterClass};
use quartier::exact::Ratio;

use crate::common::strategies::{Extras, NAMING, chain, elections, permutation};
use crate::common::{Case, IDS, bytes, cases, decided, outcome, plan, quarters, weight_of};
use crate::helpers::{all_sets, of};

const RULES: [&str; 11] = [
    "phragmen:misfit=stop",
    "phragmen:misfit=skip",
    "maximin-support",
    "exact-equal-shares:utility=cardinality",
    "exact-equal-shares:utility=cost,completion=add-opt",
    "exact-equal-shares:utility=cost,completion=add-opt-skip",
    "bos:utility=cardinality",
    "bos:utility=relative-cost-approx",
    "bos-plus:utility=cardinality",
    "bos-plus:utility=relative-cost-approx",
    "fractional-equal-shares:utility=cardinality",
];

/// Projects do not relate to each other, so that every rule takes part.
const PLAIN: Extras = Extras {
    exclusive: false,
    requires: false,
    ..Extras::ALL
};

fn rule() -> impl Strategy<Value = &'static str> {
    select(RULES.to_vec())
}

fn keys(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), length)
}

/// The outcome and every event, as text.
fn record(election: &Election, rule: &str, chain: &str) -> (String, String) {
    let (mut log, plan) = (Log::new(), plan(rule));
    let outcome = decided(
        &Count::of(election, &plan)
            .ties(chain.parse().unwrap())
            .observe(&mut log)
            .run()
            .unwrap(),
    );
    (bytes(&outcome), serde_json::to_string(log.lines()).unwrap())
}

/// The same election with these weights and endowments for each group of voters.
fn classed(
    case: &Case,
    copies: impl Fn(usize) -> u64,
    class: impl Fn(usize) -> VoterClass,
) -> Election {
    let projects: Vec<(String, String)> = case
        .projects
        .iter()
        .enumerate()
        .map(|(at, project)| (IDS[at].to_owned(), quarters(project.cost).to_string()))
        .collect();
    let projects: Vec<(&str, &str)> = projects
        .iter()
        .map(|(id, cost)| (id.as_str(), cost.as_str()))
        .collect();
    let builder = of(&quarters(case.budget).to_string(), &projects);
    let all = case.voters.iter().enumerate();
    all.fold(builder, |builder, (at, voter)| {
        builder.weighted(
            case.ballot(&voter.marks, &IDS),
            voter.count * copies(at),
            class(at),
        )
    })
    .build()
    .unwrap()
}

proptest! {
    #![proptest_config(cases(1_500))]

    /// The order of ballots and projects in a file changes no byte of the outcome or the record.
    #[test]
    fn shuffling_changes_no_byte(case in elections(&NAMING, PLAIN), rule in rule(), chain in chain(), keys in keys(12)) {
        let voters: Vec<_> = permutation(&keys[..6], case.voters.len()).into_iter().map(|at| case.voters[at].clone()).collect();
        let shuffled = case.election_with(&IDS, &permutation(&keys[6..], case.projects.len()), &voters);
        prop_assert_eq!(record(&case.election(), rule, chain), record(&shuffled, rule, chain));
    }

    /// Costs and money in another unit give the same winners.
    #[test]
    fn scaling_money_changes_nothing(case in elections(&NAMING, PLAIN), rule in rule(), chain in chain(), factor in 2_u32..1_000) {
        let mut scaled = case.clone();
        scaled.budget *= factor;
        scaled.granularity = scaled.granularity.map(|granularity| granularity * factor);
        scaled.projects.iter_mut().for_each(|project| project.cost *= factor);
        let (once, other) = (outcome(&case.election(), rule, chain), outcome(&scaled.election(), rule, chain));
        if rule.starts_with("fractional") {
            // Parts are rounded down to the granularity, so that the smallest may vanish.
            prop_assert!(other.spent.to_ratio() >= once.spent.to_ratio().mul_int(i128::from(factor)));
        } else {
            prop_assert_eq!(once.winners, other.winners);
        }
    }

    /// A group of voters, each with weight and endowment k, is k times as many voters.
    #[test]
    fn weight_and_endowment_together_are_more_voters(case in elections(&[BallotKind::Approval], Extras { weights: false, ..PLAIN }), rule in rule(), chain in chain(), factors in prop::collection::vec(1_u64..4, 6)) {
        let factor = |at: usize| factors[at % factors.len()];
        let heavy = |at: usize| VoterClass { weight: factor(at).into(), endowment: factor(at).into() };
        let (heavy, many) = (classed(&case, |_| 1, heavy), classed(&case, factor, |_| VoterClass::default()));
        // The chain may ask for votes, which count weights too.
        prop_assert_eq!(outcome(&heavy, rule, chain).awards, outcome(&many, rule, chain).awards);
    }

    /// Equal endowments, whatever they are, give the plain rule.
    #[test]
    fn equal_endowments_give_the_plain_rule(case in elections(&[BallotKind::Approval], PLAIN), rule in rule(), chain in chain(), endowment in 1_i128..60) {
        let case = &case;
        let class = |endowment: Ratio| move |at: usize| VoterClass { weight: weight_of(case.voters[at].class), endowment: endowment.clone() };
        let (one, other) = (classed(case, |_| 1, class(Ratio::ONE)), classed(case, |_| 1, class(Ratio::new(endowment, 7).unwrap())));
        prop_assert_eq!(bytes(&outcome(&one, rule, chain)), bytes(&outcome(&other, rule, chain)));
    }

    /// Whoever watches changes nothing, and every project has one fate; nothing is overspent.
    #[test]
    fn watching_changes_nothing_and_books_close(case in elections(&NAMING, PLAIN), rule in rule(), chain in chain()) {
        let election = case.election();
        let silent = outcome(&election, rule, chain);
        prop_assert_eq!(&bytes(&silent), &record(&election, rule, chain).0);
        prop_assert_eq!(silent.fates.len(), case.projects.len());
        prop_assert!(silent.spent <= silent.budget && silent.funded() == silent.spent);
        let partly = silent.fates.iter().any(|fate| matches!(fate.fate, Fate::PartlyFunded { .. }));
        prop_assert!(!partly || rule.starts_with("fractional"));
    }

    /// No voter pays for what nobody supports: such a project is never funded, and changes nothing.
    #[test]
    fn an_unsupported_project_changes_nothing(case in elections(&NAMING, PLAIN), rule in rule(), cost in 0_u32..40) {
        let mut more = case.clone();
        more.projects.push(crate::common::ProjectCase { cost, filed: None, group: None, variant_of: None, requires: Vec::new() });
        prop_assert_eq!(outcome(&case.election(), rule, "id").awards, outcome(&more.election(), rule, "id").awards);
    }
}

proptest! {
    #![proptest_config(cases(150))]

    /// Where every tie stays open, the outcome of each chain is one of all outcomes.
    #[test]
    fn all_outcomes_contain_that_of_every_chain(case in elections(&[BallotKind::Approval], Extras { weights: false, ..PLAIN }), rule in rule(), chain in select(vec!["id", "id-desc", "cheaper,id", "lot:seed-7"])) {
        prop_assume!(!rule.starts_with("fractional"));
        let mut case = case;
        case.projects.truncate(4);
        case.voters.iter_mut().for_each(|voter| voter.marks.retain(|&(project, _)| project < 4));
        let election = case.election();
        prop_assert!(all_sets(&election, rule).contains(&crate::common::winners(&outcome(&election, rule, chain)).join(" ")));
    }

    /// On elections too large for luck, whole numbers and fractions give the same: shares with a denominator beyond
    /// the clock's range leave fractions alone. Few different costs make exact ties and near ties common.
    #[test]
    fn the_clock_and_fractions_agree(seed in any::<u64>(), projects in 10_usize..30, kinds in 1_u64..6) {
        let election = |weight: Ratio| {
            let mut state = seed | 1;
            let mut next = |below: u64| { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407); (state >> 33) % below };
            let ids: Vec<String> = (0..projects).map(|at| format!("p{at:02}")).collect();
            let mut builder = ids.iter().fold(Election::builder().budget(100), |builder, id| builder.project((id.as_str(), i64::try_from(3 + next(kinds)).unwrap())));
            for _ in 0..120 {
                let named: Vec<&str> = ids.iter().filter(|_| next(5) == 0).map(String::as_str).collect();
                builder = builder.weighted(Ballot::approval(named), 1 + next(3), VoterClass { weight: weight.clone(), ..VoterClass::default() });
            }
            builder.build().unwrap()
        };
        let (clock, fractions) = (election(Ratio::ONE), election(Ratio::new(1, (1 << 61) - 1).unwrap()));
        for rule in ["phragmen:misfit=stop", "phragmen:misfit=skip"] {
            prop_assert_eq!(bytes(&outcome(&clock, rule, "id")), bytes(&outcome(&fractions, rule, "id")));
        }
    }
}
