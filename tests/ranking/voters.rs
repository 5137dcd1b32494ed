//! What one voter can do: support must not hurt, and where it cannot, taking part and naming more must not either.

use proptest::prelude::*;

use crate::common::cases;
use crate::helpers::{Shape, Votes, random};
use crate::reference::pairs::has_clear_margins;

/// The same votes with a project raised by one tier on one ballot, above those it was tied with or below.
fn raised(votes: &Votes, at: usize, project: usize) -> Votes {
    let mut more = votes.clone();
    let Some((tiers, count, class)) = more.ballots.get(at % votes.ballots.len()).cloned() else {
        return more;
    };
    let mut better = tiers.clone();
    let place = tiers.iter().position(|tier| tier.contains(&project));
    for tier in &mut better {
        tier.retain(|&other| other != project);
    }
    let at_tier = place.map_or(tiers.len(), |place| {
        if tiers[place].len() > 1 {
            place
        } else {
            place.saturating_sub(1)
        }
    });
    better.insert(at_tier, vec![project]);
    better.retain(|tier| !tier.is_empty());
    let number = at % votes.ballots.len();
    // One of the voters who cast it changes their mind.
    more.ballots[number].1 = count - 1;
    more.ballots.push((better, 1, class));
    more.ballots.retain(|(_, count, _)| *count > 0);
    more
}

/// How many projects stand in earlier groups.
fn ahead(votes: &Votes, method: &str, project: usize) -> usize {
    let order = votes.order(method);
    let groups = order.iter().take_while(|group| !group.contains(&project));
    groups.map(Vec::len).sum()
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// Raising a first project keeps it first. Ranked pairs do not promise it where margins are equal: see below.
    #[test]
    fn monotone(votes in random(6, Shape::Any), at in 0..6_usize) {
        for method in ["copeland", "schulze"] {
            for project in votes.first(method) {
                prop_assert!(raised(&votes, at, project).first(method).contains(&project), "{}", method);
            }
        }
    }

    /// Where margins differ before and after, ranked pairs keep a first project first however much it is raised: up to
    /// six projects, all margins at least four apart, one to three voters who raise it over one to five others.
    #[test]
    fn ranked_pairs_are_monotone_where_margins_differ(
        projects in 3..=6_usize,
        sizes in Just((1..=15_u64).collect::<Vec<_>>()).prop_shuffle(),
        sides in prop::collection::vec(any::<bool>(), 15),
        raises in prop::collection::vec((any::<prop::sample::Index>(), 1..=5_usize), 1..=3),
    ) {
        let pairs = (0..projects).flat_map(|a| (0..a).map(move |b| (a, b)));
        let margins: Vec<_> = pairs.zip(sizes).zip(sides)
            .map(|(((a, b), size), side)| if side { (a, b, 4 * size) } else { (b, a, 4 * size) })
            .collect();
        let before = Votes::of_margins(projects, &margins);
        let first = before.first("ranked-pairs");
        prop_assert_eq!(first.len(), 1);
        let mut after = before.clone();
        for (at, places) in raises {
            for step in 0..places {
                // Who has begun to change their mind is on the last ballot.
                let len = after.ballots.len();
                after = raised(&after, if step == 0 { at.index(len) } else { len - 1 }, first[0]);
            }
        }
        prop_assume!(has_clear_margins(projects, &after.slow()));
        prop_assert_eq!(after.first("ranked-pairs"), first);
    }

    /// On ballots that rank all: there nothing else changes but the places.
    #[test]
    fn monotone_sums(votes in random(4, Shape::Weak), at in 0..6_usize) {
        for method in ["borda", "dowdall", "plurality", "veto"] {
            for project in votes.first(method) {
                prop_assert!(raised(&votes, at, project).first(method).contains(&project), "{}", method);
            }
        }
    }

    /// One more voter who prefers a first project to all others keeps it first; sums never punish who takes part.
    #[test]
    fn sums_keep_participation(votes in random(4, Shape::Strict), extra in random(4, Shape::Complete)) {
        prop_assume!(extra.projects == votes.projects);
        let ballot = extra.ballots[0].clone();
        let rank = |project: usize| ballot.0.iter().position(|tier| tier.contains(&project));
        let mut more = votes.clone();
        more.ballots.push((ballot.0.clone(), 1, 0));
        for method in ["borda", "dowdall", "plurality", "veto"] {
            let (before, after) = (votes.first(method), more.first(method));
            // Of those who were first, the voter's favourite stays at least level with whoever the voter likes less.
            let best = before.iter().copied().min_by_key(|&project| rank(project)).unwrap();
            let better = after.iter().all(|&project| rank(project) <= rank(best));
            prop_assert!(better || after.contains(&best), "{}", method);
        }
    }

    /// Naming one more project below all others never costs one named before a place in the runoff: also on ballots with
    /// tied ranks, of voters with weights, and where rounds are contested.
    #[test]
    fn instant_runoff_keeps_later_no_harm(votes in random(5, Shape::Any), at in 0..6_usize, late in 0..5_usize) {
        let at = at % votes.ballots.len();
        let named: Vec<usize> = votes.ballots[at].0.concat();
        prop_assume!(late < votes.projects && !named.contains(&late));
        let mut more = votes.clone();
        more.ballots[at].0.push(vec![late]);
        for project in named {
            prop_assert_eq!(ahead(&more, "instant-runoff", project), ahead(&votes, "instant-runoff", project));
        }
    }
}
