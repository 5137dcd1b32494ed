//! What must hold of every count, on random small elections. What does not hold is in `witnesses`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod common;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use quartier::count::{AllOutcomes, Count, Counted, Fate, Log, Outcome, Reached};
use quartier::election::{BallotKind, Election, Money, Profile, ProfileBuilder};
use quartier::record::{About, Decision, DecisionKind, DecisionValue};

use common::strategies::{
    Extras, KINDS, NAMING, chain, counts, elections, greedy, permutation, utility,
};
use common::{Case, IDS, ProjectCase, bytes, cases, decided, outcome, plan, quarters};

/// What an outcome is, apart from the order of selection.
type Selection = Vec<(String, Money)>;

const APPROVAL: [BallotKind; 1] = [BallotKind::Approval];
const NO_REQUIREMENTS: Extras = Extras {
    requires: false,
    ..Extras::ALL
};

fn selection(outcome: &Outcome) -> Selection {
    outcome
        .selection()
        .into_iter()
        .map(|(project, amount)| (project.to_owned(), amount))
        .collect()
}

fn keys(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), length)
}

fn extra_money(amount: u32) -> Decision {
    Decision::new(
        DecisionKind::ExtraMoney,
        About::Envelope,
        "council",
        "more money",
    )
    .value(DecisionValue::Amount(quarters(amount)))
}

fn with_extra(election: &Election, rule: &str, chain: &str, amount: u32) -> Outcome {
    let (plan, decision) = (plan(rule), extra_money(amount));
    decided(
        &Count::of(election, &plan)
            .ties(chain.parse().unwrap())
            .decisions(std::slice::from_ref(&decision))
            .run()
            .unwrap(),
    )
}

fn greedy_counts(
    kinds: &[BallotKind],
    extras: Extras,
) -> impl Strategy<Value = (Case, String)> + use<> {
    elections(kinds, extras).prop_flat_map(|case| {
        let rule = greedy(case.kind);
        (Just(case), rule)
    })
}

/// Elections with a rule that skips what does not fit, without a threshold.
fn skipping(extras: Extras) -> impl Strategy<Value = (Case, String)> {
    elections(&NAMING, extras).prop_flat_map(|case| {
        let utility =
            utility(case.kind).prop_map(|utility| format!("greedy-welfare:utility={utility}"));
        let rule = prop_oneof![Just("greedy:score=votes,misfit=skip".to_owned()), utility];
        (Just(case), rule)
    })
}

proptest! {
    #![proptest_config(cases(600))]

    /// May 1952: who cast a ballot, and in which order, does not matter.
    #[test]
    fn anonymity((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), keys in keys(6)) {
        let voters: Vec<_> = permutation(&keys, case.voters.len()).into_iter().map(|at| case.voters[at].clone()).collect();
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let shuffled = case.election_with(&IDS, &order, &voters);
        prop_assert_eq!(bytes(&outcome(&case.election(), &rule, chain)), bytes(&outcome(&shuffled, &rule, chain)));
    }

    /// The order of ballots and projects in a file changes no byte: of the outcome, the events, the election.
    #[test]
    fn shuffling_changes_no_byte((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), keys in keys(12)) {
        let voters: Vec<_> = permutation(&keys[..6], case.voters.len()).into_iter().map(|at| case.voters[at].clone()).collect();
        let elections = [case.election(), case.election_with(&IDS, &permutation(&keys[6..], case.projects.len()), &voters)];
        let [first, second] = elections.map(|election| {
            let mut log = Log::new();
            let plan = plan(&rule);
            let outcome = decided(&Count::of(&election, &plan).ties(chain.parse().unwrap()).observe(&mut log).run().unwrap());
            (bytes(&outcome), serde_json::to_string(log.lines()).unwrap(), serde_json::to_string(&election).unwrap())
        });
        prop_assert_eq!(first, second);
    }

    /// May 1952: renaming projects renames the outcomes, all of them where ties are open.
    #[test]
    fn neutrality_up_to_ties((case, rule) in counts(&NAMING, Extras::ALL), keys in keys(8)) {
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let renamed: Vec<&str> = permutation(&keys, IDS.len()).into_iter().map(|at| IDS[at]).collect();
        let back = |id: &str| IDS[renamed.iter().position(|known| *known == id).unwrap()].to_owned();
        let (there, here) = (all(&case.election_with(&renamed, &order, &case.voters), &rule), all(&case.election(), &rule));
        let there: BTreeSet<Selection> = there.into_iter().map(|selection| {
            let mut selection: Selection = selection.into_iter().map(|(id, amount)| (back(&id), amount)).collect();
            selection.sort();
            selection
        }).collect();
        prop_assert_eq!(there, here);
    }

    /// No pot is overdrawn, no project gets more than its cost, and relations are kept.
    #[test]
    fn feasibility((case, rule) in counts(&NAMING, Extras::ALL), chain in chain()) {
        let outcome = outcome(&case.election(), &rule, chain);
        prop_assert!(outcome.spent <= outcome.budget && !outcome.left.is_negative());
        let won = |project: usize| outcome.has_won(IDS[project]);
        for (at, project) in case.projects.iter().enumerate().filter(|&(at, _)| won(at)) {
            let received = outcome.selection().into_iter().find(|(id, _)| *id == IDS[at]).unwrap().1;
            prop_assert!(received <= quarters(project.cost));
            prop_assert!(project.variant_of.is_none_or(|other| !won(other)));
            prop_assert!(project.requires.iter().all(|&other| won(other)));
        }
        for (group, &at_most) in case.groups.iter().enumerate() {
            let winners = (0..case.projects.len()).filter(|&at| case.projects[at].group == Some(group) && won(at)).count();
            prop_assert!(winners <= at_most as usize);
        }
    }

    /// Talmon and Faliszewski 2019: what is not funded does not fit, or a relation forbids it.
    #[test]
    fn exhaustiveness_of_skip((case, rule) in skipping(NO_REQUIREMENTS), chain in chain()) {
        let outcome = outcome(&case.election(), &rule, chain);
        let won = |project: usize| outcome.has_won(IDS[project]);
        let everything = 0..case.projects.len();
        for (at, project) in case.projects.iter().enumerate().filter(|&(at, _)| !won(at)) {
            let variant = everything.clone().any(|other| won(other) && (project.variant_of == Some(other) || case.projects[other].variant_of == Some(at)));
            let full = project.group.is_some_and(|group| everything.clone().filter(|&other| won(other) && case.projects[other].group == Some(group)).count() >= case.groups[group] as usize);
            prop_assert!(variant || full || quarters(project.cost) > outcome.left, "{} would fit", IDS[at]);
        }
    }

    /// Talmon and Faliszewski 2019: a winner that gets cheaper still wins.
    #[test]
    fn discount_monotonicity_of_greedy((case, rule) in greedy_counts(&NAMING, Extras::ALL), pick in any::<Index>()) {
        let winners = outcome(&case.election(), &rule, "id").winners;
        prop_assume!(!winners.is_empty());
        let winner = IDS.iter().position(|id| *id == winners[pick.index(winners.len())]).unwrap();
        for cheaper in 0..case.projects[winner].cost {
            let mut changed = case.clone();
            changed.projects[winner].cost = cheaper;
            prop_assert!(outcome(&changed.election(), &rule, "id").has_won(IDS[winner]), "not for {cheaper}");
        }
    }

    /// One more approval of a winner keeps it winning (without requirements: see the witness).
    #[test]
    fn vote_monotonicity_of_greedy((case, rule) in greedy_counts(&APPROVAL, NO_REQUIREMENTS), chain in select(vec!["id", "cheaper,id", "natural-id"]), pick in any::<Index>()) {
        let winners = outcome(&case.election(), &rule, chain).winners;
        prop_assume!(!winners.is_empty());
        let winner = IDS.iter().position(|id| *id == winners[pick.index(winners.len())]).unwrap();
        for at in 0..case.voters.len() {
            let mut changed = case.clone();
            let marks = &mut changed.voters[at].marks;
            if !marks.iter().any(|&(project, _)| project == winner) {
                marks.push((winner, 0));
                prop_assert!(outcome(&changed.election(), &rule, chain).has_won(IDS[winner]), "not with ballot {at}");
            }
        }
    }

    /// Another currency unit: the same winners, all amounts multiplied.
    #[test]
    fn scaling_money_changes_nothing(
        (case, score) in elections(&NAMING, Extras::ALL).prop_flat_map(|case| { let score = common::strategies::score(case.kind); (Just(case), score) }),
        misfit in select(vec!["skip", "stop", "partial,min-covered=50%", "top-up,min-covered=50%,reserve=R"]),
        threshold in select(vec!["", ",threshold=1", ",threshold=cost/3"]),
        utility in select(vec!["cost", "cardinality", "effort", "relative-cost", "relative-cost-approx", "relative-cardinality", "chamberlin-courant"]),
        factor in 2_u32..9,
    ) {
        let mut scaled = case.clone();
        scaled.budget *= factor;
        scaled.granularity = scaled.granularity.map(|granularity| granularity * factor);
        scaled.projects.iter_mut().for_each(|project| project.cost *= factor);
        let greedy = format!("greedy:score={score},misfit={misfit}{threshold}");
        for rule in [greedy, format!("greedy-welfare:utility={utility}")] {
            let here = outcome(&case.election(), &rule.replace('R', "2"), "cheaper,id");
            let there = outcome(&scaled.election(), &rule.replace('R', &(2 * factor).to_string()), "cheaper,id");
            let multiplied = |amount: Money| Money::from_ten_thousandths(amount.ten_thousandths() * i128::from(factor)).unwrap();
            let expected: Vec<(String, Money)> = here.awards.iter().map(|award| (award.project.clone(), multiplied(award.amount))).collect();
            prop_assert_eq!(there.awards.iter().map(|award| (award.project.clone(), award.amount)).collect::<Vec<_>>(), expected);
            prop_assert_eq!(there.left, multiplied(here.left));
        }
    }

    /// Young 1975: k copies of every ballot, the same outcome.
    #[test]
    fn duplicating_every_voter_changes_nothing((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), copies in 2_u64..5) {
        prop_assume!(!rule.contains("threshold=1") && !rule.contains("threshold=2") && !rule.contains('%'));
        // An increment per voter is another one for twice the voters: see the axioms of Equal Shares.
        prop_assume!(!rule.contains("start=floor") && !rule.contains("completion=add1"));
        let mut more = case.clone();
        more.voters.iter_mut().for_each(|voter| voter.count *= copies);
        let (here, there) = (outcome(&case.election(), &rule, chain), outcome(&more.election(), &rule, chain));
        prop_assert_eq!((&here.awards, &here.ties, &here.mean_winners), (&there.awards, &there.ties, &there.mean_winners));
        prop_assert_eq!(here.voters * copies, there.voters);
    }

    /// A weight of 2 is two voters, for every rule without purses; there, an endowment of 2 belongs to it.
    #[test]
    fn a_weight_of_two_is_two_voters((case, rule) in counts(&NAMING, Extras { weights: false, ..Extras::ALL }), chain in chain()) {
        prop_assume!(!rule.contains("equal-shares"));
        let (mut weighted, mut doubled) = (case.clone(), case);
        for at in (0..weighted.voters.len()).step_by(2) {
            weighted.voters[at].class = 1;
            doubled.voters[at].count *= 2;
        }
        let (weighted, doubled) = (outcome(&weighted.election(), &rule, chain), outcome(&doubled.election(), &rule, chain));
        prop_assert_eq!((weighted.awards, weighted.ties, weighted.fates), (doubled.awards, doubled.ties, doubled.fates));
    }

    /// A project that nobody wants and that is not funded might as well not have been filed.
    #[test]
    fn unfunded_project_without_votes_is_irrelevant((case, rule) in skipping(Extras::ALL), cost in 1_u32..40) {
        let mut more = case.clone();
        more.projects.push(ProjectCase { cost, filed: None, group: None, variant_of: None, requires: Vec::new() });
        let new = IDS[case.projects.len()];
        let there = outcome(&more.election(), &rule, "id");
        prop_assume!(!there.has_won(new));
        prop_assert_eq!(selection(&outcome(&case.election(), &rule, "id")), selection(&there));
    }

    /// A project that costs more than everything is never asked about, and its filing changes no lot.
    #[test]
    fn a_hopeless_project_changes_no_tie((case, rule) in skipping(Extras::ALL)) {
        let mut more = case.clone();
        more.projects.push(ProjectCase { cost: case.budget + 1, filed: None, group: None, variant_of: None, requires: Vec::new() });
        let plan = plan(&rule);
        let (here, there) = (case.election(), more.election());
        match (Count::of(&here, &plan).run().unwrap(), Count::of(&there, &plan).run().unwrap()) {
            (Counted::Decided(here), Counted::Decided(there)) => prop_assert_eq!((here.awards, here.ties), (there.awards, there.ties)),
            (here, there) => prop_assert_eq!(here, there),
        }
    }

    #[test]
    fn observer_never_changes_outcome((case, rule) in counts(&NAMING, Extras::ALL), chain in prop_oneof![Just("none"), chain()]) {
        let (election, plan, mut log) = (case.election(), plan(&rule), Log::new());
        let alone = Count::of(&election, &plan).ties(chain.parse().unwrap()).run();
        let watched = Count::of(&election, &plan).ties(chain.parse().unwrap()).observe(&mut log).run();
        prop_assert_eq!(alone, watched);
        prop_assert!(!log.lines().is_empty());
    }

    /// Every project has exactly one fate, and it is what was paid.
    #[test]
    fn every_project_has_one_fate((case, rule) in counts(&NAMING, Extras::ALL), chain in chain()) {
        let (election, outcome) = (case.election(), outcome(&case.election(), &rule, chain));
        let ids: Vec<&str> = election.instance().projects().iter().map(|project| project.id.as_str()).collect();
        prop_assert_eq!(outcome.fates.iter().map(|fate| fate.project.as_str()).collect::<Vec<_>>(), ids);
        let paid = selection(&outcome);
        for fate in &outcome.fates {
            let received = paid.iter().find(|(project, _)| *project == fate.project).map(|&(_, amount)| amount);
            let cost = election.instance().cost_of(election.instance().find(&fate.project).unwrap());
            match (&fate.fate, received) {
                (Fate::Funded { amount }, Some(received)) => prop_assert!(*amount == received && received == cost),
                (Fate::PartlyFunded { amount, missing }, Some(received)) => {
                    prop_assert!(*amount == received && amount.checked_add(*missing) == Some(cost) && !missing.is_zero());
                }
                (Fate::Refused { reason }, None) => prop_assert_ne!(reason.code(), "not-reached"),
                (fate, received) => prop_assert!(false, "{fate:?} but received {received:?}"),
            }
        }
    }

    /// Opened + added = funded + left for every pot, and what pots paid is what projects received.
    #[test]
    fn books_close((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), more in 1_u32..9) {
        let outcome = with_extra(&case.election(), &rule, chain, more);
        for pot in &outcome.pots {
            prop_assert_eq!(pot.opened.checked_add(pot.added), pot.funded.checked_add(pot.left));
            let awarded = outcome.awards.iter().filter(|award| award.pot == pot.pot).map(|award| award.amount);
            prop_assert_eq!(Money::checked_sum(awarded), Some(pot.funded));
        }
        prop_assert_eq!(outcome.budget.checked_sub(outcome.spent), Some(outcome.left));
        prop_assert_eq!(Money::checked_sum(outcome.pots.iter().map(|pot| pot.funded)), Some(outcome.funded()));
        prop_assert_eq!((outcome.pots[0].added, outcome.budget), (quarters(more), quarters(case.budget + more)));
    }

    /// `Continue` with more money takes nothing away from anybody.
    #[test]
    fn continue_never_unfunds((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), more in 1_u32..12) {
        let election = case.election();
        let (before, after) = (outcome(&election, &rule, chain), with_extra(&election, &rule, chain, more));
        let after = selection(&after);
        for (project, amount) in selection(&before) {
            prop_assert!(after.iter().any(|(other, received)| *other == project && *received >= amount), "{project} lost");
        }
    }
}

fn profile_of(case: &Case, from: usize, to: usize) -> Profile {
    let order: Vec<usize> = (0..case.projects.len()).collect();
    let range = from.min(case.voters.len())..to.min(case.voters.len());
    case.election_with(&IDS, &order, &case.voters[range])
        .profile()
        .clone()
}

proptest! {
    #![proptest_config(cases(400))]

    /// Polling stations can be merged in any order and grouping; a station without voters changes nothing.
    #[test]
    fn merge_is_a_commutative_monoid(case in elections(&KINDS, Extras::ALL)) {
        let [a, b, c] = [profile_of(&case, 0, 2), profile_of(&case, 2, 4), profile_of(&case, 4, 6)];
        let (left, right) = (a.merge(&b).unwrap().merge(&c).unwrap(), a.merge(&b.merge(&c).unwrap()).unwrap());
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(a.merge(&b).unwrap(), b.merge(&a).unwrap());
        let election = case.election();
        let nobody = if case.kind == BallotKind::Grades {
            ProfileBuilder::graded(election.instance(), common::SCALE.map(str::to_owned).to_vec()).finish().0
        } else {
            ProfileBuilder::new(election.instance(), case.kind).finish().0
        };
        prop_assert_eq!(&a.merge(&nobody).unwrap(), &a);
        prop_assert_eq!(&nobody.merge(&a).unwrap(), &a);
        prop_assert_eq!(&left, election.profile());
    }

    /// Voters split over stations in any way, then merged: the same profile and the same bytes of outcome.
    #[test]
    fn stations_together_are_the_whole((case, rule) in counts(&NAMING, Extras::ALL), chain in chain(), stations in prop::collection::vec(0_usize..3, 6)) {
        let election = case.election();
        let order: Vec<usize> = (0..case.projects.len()).collect();
        let station = |wanted: usize| {
            let voters: Vec<_> = case.voters.iter().zip(&stations).filter(|&(_, &station)| station == wanted).map(|(voter, _)| voter.clone()).collect();
            case.election_with(&IDS, &order, &voters).profile().clone()
        };
        let merged = station(2).merge(&station(0)).unwrap().merge(&station(1)).unwrap();
        prop_assert_eq!(&merged, election.profile());
        prop_assert_eq!((merged.voters(), merged.total_weight()), (case.voter_count(), election.profile().total_weight()));
        let merged = Election::new(election.instance().clone(), merged, None).unwrap();
        prop_assert_eq!(bytes(&outcome(&merged, &rule, chain)), bytes(&outcome(&election, &rule, chain)));
    }
}

/// All outcomes with all ties open.
fn all(election: &Election, rule: &str) -> BTreeSet<Selection> {
    let plan = plan(rule);
    match Count::of(election, &plan).all_outcomes(1_000).unwrap() {
        AllOutcomes::All(found) => {
            let payments: BTreeSet<BTreeSet<_>> = found
                .iter()
                .map(|outcome| {
                    outcome
                        .awards
                        .iter()
                        .map(|award| (&award.project, &award.pot, award.amount))
                        .collect()
                })
                .collect();
            assert_eq!(payments.len(), found.len(), "an outcome is listed twice");
            found.iter().map(selection).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn permutations(items: &[&str]) -> Vec<Vec<String>> {
    let Some((first, rest)) = items.split_first() else {
        return vec![Vec::new()];
    };
    let insert = |shorter: &Vec<String>, at: usize| {
        let mut longer = shorter.clone();
        longer.insert(at, (*first).to_owned());
        longer
    };
    permutations(rest)
        .iter()
        .flat_map(|shorter| {
            (0..=shorter.len())
                .map(|at| insert(shorter, at))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The outcomes of every order that could be drawn for the whole stage.
fn by_drawing(election: &Election, rule: &str, extra: Option<u32>) -> BTreeSet<Selection> {
    let ids: Vec<&str> = election
        .instance()
        .projects()
        .iter()
        .map(|project| project.id.as_str())
        .collect();
    let plan = plan(rule);
    let drawn = permutations(&ids).into_iter().map(|order| {
        let mut decisions: Vec<Decision> = extra.map(extra_money).into_iter().collect();
        if order.len() > 1 {
            decisions.push(
                Decision::new(
                    DecisionKind::Lot,
                    About::Stage("vote".to_owned()),
                    "council",
                    "drawn in public",
                )
                .value(DecisionValue::Order(order)),
            );
        }
        selection(&decided(
            &Count::of(election, &plan)
                .decisions(&decisions)
                .run()
                .unwrap(),
        ))
    });
    drawn.collect()
}

fn few(case: &Case) -> Case {
    let mut few = case.clone();
    few.projects.truncate(4);
    let number = few.projects.len();
    for project in &mut few.projects {
        project.variant_of = project.variant_of.filter(|&other| other < number);
        project.requires.retain(|&other| other < number);
    }
    few.voters
        .iter_mut()
        .for_each(|voter| voter.marks.retain(|&(project, _)| project < number));
    few
}

proptest! {
    #![proptest_config(cases(500))]

    /// The listed outcomes are those of all the orders that could be drawn, no more and no fewer.
    #[test]
    fn all_outcomes_are_those_of_all_orders((case, rule) in counts(&NAMING, Extras::ALL)) {
        let election = few(&case).election();
        prop_assert_eq!(all(&election, &rule), by_drawing(&election, &rule, None));
    }

    /// A lot holds for the whole stage: for a second rule, and also when the count continues with more money.
    #[test]
    fn all_outcomes_of_a_continued_count_are_those_of_all_orders((case, rule) in counts(&NAMING, Extras::ALL), more in 1_u32..12) {
        let election = few(&case).election();
        let (plan, decision) = (plan(&rule), extra_money(more));
        let AllOutcomes::All(found) = Count::of(&election, &plan).decisions(std::slice::from_ref(&decision)).all_outcomes(1_000).unwrap() else { panic!("too many") };
        prop_assert_eq!(found.iter().map(selection).collect::<BTreeSet<_>>(), by_drawing(&election, &rule, Some(more)));
    }

    /// Whatever a city's chain decides is one of the outcomes of the open ties.
    #[test]
    fn all_outcomes_contain_the_outcome_of_every_chain((case, rule) in greedy_counts(&NAMING, Extras::ALL), chain in chain()) {
        let election = case.election();
        prop_assert!(all(&election, &rule).contains(&selection(&outcome(&election, &rule, chain))));
    }

    /// `reaches` finds every listed outcome and nothing else.
    #[test]
    fn reaches_agrees_with_all_outcomes((case, rule) in counts(&NAMING, Extras::ALL), pick in any::<Index>(), other in prop::collection::btree_set(select(IDS[..6].to_vec()), 0..4)) {
        let (election, plan) = (case.election(), plan(&rule));
        let listed: Vec<Selection> = all(&election, &rule).into_iter().collect();
        let wanted = &listed[pick.index(listed.len())];
        let preferred: Vec<&str> = wanted.iter().map(|(project, _)| project.as_str()).collect();
        match Count::of(&election, &plan).reaches(&preferred, 100_000, |outcome| selection(outcome) == *wanted).unwrap() {
            Reached::Yes(found) => prop_assert_eq!(&selection(&found), wanted),
            answer => prop_assert!(false, "{answer:?}"),
        }
        let names = |selection: &Selection| selection.iter().map(|(project, _)| project.clone()).collect::<BTreeSet<_>>();
        let other: BTreeSet<String> = other.into_iter().map(str::to_owned).collect();
        let expected = listed.iter().any(|selection| names(selection) == other);
        let preferred: Vec<&str> = other.iter().map(String::as_str).collect();
        let answer = Count::of(&election, &plan).reaches(&preferred, 100_000, |outcome| names(&selection(outcome)) == other).unwrap();
        prop_assert_eq!(matches!(answer, Reached::Yes(_)), expected);
        prop_assert!(answer != Reached::TooMany);
    }

    /// A lot is asked for only where it decides something (requirements apart: see the witness).
    #[test]
    fn a_tie_is_asked_about_only_when_it_binds(
        (case, utility) in elections(&NAMING, NO_REQUIREMENTS).prop_flat_map(|case| { let utility = utility(case.kind); (Just(case), utility) }),
        misfit in select(vec!["skip", "stop"]),
    ) {
        prop_assume!(!["cost-sqrt", "cost-log", "chamberlin-courant"].contains(&utility));
        let election = case.election();
        for rule in [format!("greedy:score=votes,misfit={misfit}"), format!("greedy-welfare:utility={utility}")] {
            let (plan, outcomes) = (plan(&rule), all(&election, &rule).len());
            let asked = matches!(Count::of(&election, &plan).run().unwrap(), Counted::LotRequired(_));
            prop_assert_eq!(asked, outcomes > 1, "{} has {} outcomes", rule, outcomes);
        }
    }
}
