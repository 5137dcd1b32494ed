//! Every method against its slow reference: ties, ballots that leave projects out, voters with weights.

use proptest::prelude::*;
use quartier::election::{Ballot, Election, VoterClass};
use quartier::exact::Ratio;
use quartier::tally::{InstantRunoff, Pairwise, Score};

use crate::common::cases;
use crate::helpers::{CONDORCET, Shape, order, random};
use crate::reference::{self, by_key, pairs, paths, runoff, sums};

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn pairwise_sums_are_what_voters_say(votes in random(5, Shape::Any)) {
        let election = votes.election();
        let pairwise = Pairwise::of(&election).unwrap();
        for (a, &first) in pairwise.projects().iter().enumerate() {
            for (b, &second) in pairwise.projects().iter().enumerate() {
                prop_assert_eq!(pairwise.support(first, second).unwrap(), &votes.prefer(a, b));
            }
        }
        let winner = (0..votes.projects).find(|&project| votes.beats_all(project));
        prop_assert_eq!(pairwise.condorcet_winner().map(quartier::election::ProjectIx::index), winner);
        prop_assert_eq!(votes.order("copeland"), reference::copeland(votes.projects, &votes.slow()));
    }

    #[test]
    fn schulze_by_all_paths(votes in random(5, Shape::Any)) {
        prop_assert_eq!(votes.order("schulze"), paths::schulze(votes.projects, &votes.slow()));
    }

    #[test]
    fn ranked_pairs_by_definition(votes in random(5, Shape::Any)) {
        prop_assert_eq!(votes.order("ranked-pairs"), pairs::ranked_pairs(votes.projects, &votes.slow()));
    }

    /// Zavist and Tideman: where margins differ, the order is the only stack.
    #[test]
    fn ranked_pairs_are_the_stack(votes in random(4, Shape::Any)) {
        let slow = votes.slow();
        prop_assume!(pairs::has_clear_margins(votes.projects, &slow));
        let order = votes.order("ranked-pairs");
        prop_assert!(order.iter().all(|group| group.len() == 1));
        prop_assert_eq!(pairs::stacks(votes.projects, &slow), vec![order.concat()]);
    }

    #[test]
    fn runoff_counted_again_each_round(votes in random(5, Shape::Any)) {
        let (order, exhausted) = runoff::instant_runoff(votes.projects, &votes.slow());
        prop_assert_eq!(votes.order("instant-runoff"), order);
        let runoff = InstantRunoff::of(&votes.election()).unwrap();
        let lost: Vec<Ratio> = runoff.rounds().iter().map(|round| round.exhausted.clone()).collect();
        prop_assert_eq!(lost, exhausted);
        let all = votes.weight(|_| true);
        for round in runoff.rounds() {
            let votes: Ratio = round.votes.iter().map(|(_, votes)| votes).sum();
            prop_assert_eq!(votes + &round.exhausted, all.clone(), "no vote is lost");
        }
    }

    #[test]
    fn sums_voter_by_voter(votes in random(5, Shape::Any)) {
        let (slow, election, last) = (votes.slow(), votes.election(), votes.projects - 1);
        let totals = |text: &str| text.parse::<Score>().unwrap().totals(&election).unwrap();
        let all = 0..votes.projects;
        let borda: Vec<Ratio> = all.clone().map(|project| sums::borda(votes.projects, &slow, project)).collect();
        prop_assert_eq!(totals("borda"), borda.clone());
        prop_assert_eq!(votes.order("borda"), by_key(votes.projects, |project| borda[project].clone()));
        let places = |worth: &dyn Fn(usize) -> Ratio| -> Vec<Ratio> {
            all.clone().map(|project| sums::by_place(&slow, project, worth)).collect()
        };
        prop_assert_eq!(totals("dowdall"), places(&|place| Ratio::new(1, place as i128 + 1).unwrap()));
        prop_assert_eq!(totals("plurality"), places(&|place| Ratio::from(u32::from(place == 0))));
        prop_assert_eq!(totals("plurality"), totals("weights;1"));
        prop_assert_eq!(totals("veto"), places(&|place| Ratio::from(u32::from(place != last))));
        prop_assert_eq!(totals("weights;3;2;1"), places(&|place| Ratio::from(3_u64.saturating_sub(place as u64))));
    }

    /// Some projects ranked as if the others were not on the ballots.
    #[test]
    fn ranking_some_is_ranking_without_the_others(votes in random(5, Shape::Any), keep in prop::collection::vec(any::<bool>(), 5)) {
        let kept: Vec<usize> = (0..votes.projects).filter(|&project| keep[project]).collect();
        let election = votes.election();
        let among: Vec<_> = election.instance().project_indices().filter(|project| keep[project.index()]).collect();
        let fewer = crate::helpers::Votes {
            projects: kept.len(),
            ..votes.map(|tiers| {
                let place = |project: &usize| kept.iter().position(|other| other == project);
                let tiers = tiers.iter().map(|tier| tier.iter().filter_map(place).collect::<Vec<_>>());
                tiers.filter(|tier| !tier.is_empty()).collect()
            })
        };
        for method in ["copeland", "schulze", "ranked-pairs", "instant-runoff"] {
            let ranked = method.parse::<Score>().unwrap().order_among(&election, &among).unwrap();
            let groups: Vec<Vec<usize>> = ranked.groups().iter()
                .map(|group| group.iter().map(|project| kept.iter().position(|other| *other == project.index()).unwrap()).collect())
                .collect();
            prop_assert_eq!(groups, fewer.order(method), "{}", method);
        }
    }
}

/// Weights without a common unit that a machine number could hold are added as fractions.
#[test]
fn weights_without_a_common_unit() {
    let prime = |number: i128| Ratio::new(1, (1 << 90) + number).unwrap();
    let class = |weight: &Ratio| VoterClass {
        weight: weight.clone(),
        ..VoterClass::default()
    };
    let (x, y) = (prime(1), prime(2));
    let election = Election::builder()
        .budget(2)
        .project(("A", 1))
        .project(("B", 1))
        .weighted(Ballot::ranked(["A", "B"]), 2, class(&x))
        .weighted(Ballot::ranked(["B"]), 2, class(&y))
        .build()
        .unwrap();
    let pairwise = Pairwise::of(&election).unwrap();
    let [a, b] = pairwise.projects() else {
        panic!("two projects");
    };
    assert_eq!(pairwise.support(*a, *b), Some(&x.mul_int(2)));
    assert_eq!(pairwise.support(*b, *a), Some(&y.mul_int(2)));
    assert!(x > y, "the difference is in the 28th decimal");
    for method in CONDORCET {
        assert_eq!(order(&election, method), [[0], [1]], "{method}");
    }
}
