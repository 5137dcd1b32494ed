//! Criteria that methods break, each with an election that shows it.

use crate::helpers::{Votes, votes};

fn names(votes: &Votes, method: &str) -> String {
    votes
        .first(method)
        .into_iter()
        .map(crate::helpers::letter)
        .collect()
}

/// A Condorcet winner can lose: most first places, points for places, the runoff.
#[test]
fn condorcet_winner_is_not_first() {
    let capital = votes("42:CDAB 26:DABC 15:ABDC 17:BADC");
    assert!(capital.beats_all(3));
    for (method, first) in [("plurality", "C"), ("instant-runoff", "B")] {
        assert_eq!(names(&capital, method), first, "{method}");
    }
    let majority = votes("3:ABC 2:BCA");
    assert!(majority.beats_all(0));
    assert_eq!(
        (names(&majority, "borda"), names(&majority, "veto")),
        ("B".into(), "B".into())
    );
}

/// A project that loses to every other one can have most first places.
#[test]
fn plurality_elects_a_condorcet_loser() {
    let election = votes("4:ABC 3:BCA 3:CBA");
    assert!(election.loses_to_all(0));
    assert_eq!(names(&election, "plurality"), "A");
}

/// Projects tied for the fewest votes leave the runoff together. Where that is contested, even a Condorcet loser can
/// be first, against a majority that is for B and C: the round says that it is contested.
#[test]
fn a_contested_round_can_elect_a_condorcet_loser() {
    let election = votes("4:A 3:BC 3:CB");
    assert!(election.loses_to_all(0));
    assert_eq!(election.text("instant-runoff"), "A BC");
    assert!(!election.runs_off_clearly());
}

/// The first choice of a majority loses: 3 of 5 put A first.
#[test]
fn borda_and_veto_break_the_majority_criterion() {
    let election = votes("3:ABC 2:BCA");
    assert!(election.weight(|tiers| tiers.first() == Some(&vec![0])) > 2.into());
    assert_eq!(election.text("borda"), "B A C");
    assert_eq!(election.text("veto"), "B A C");
    assert_eq!(names(&election, "plurality"), "A");
}

/// A second project like A (here C) takes its first places: B wins.
#[test]
fn plurality_is_spoiled_by_clones() {
    assert_eq!(names(&votes("4:AB 3:BA"), "plurality"), "A");
    assert_eq!(names(&votes("2:ACB 2:CAB 3:BAC"), "plurality"), "B");
}

/// A copy C of the loser B, always just above or below it, lifts C over A: who files more copies wins.
#[test]
fn borda_is_won_by_clones() {
    assert_eq!(votes("3:AB 2:BA").text("borda"), "A B");
    assert_eq!(votes("3:ACB 2:CBA").text("borda"), "C A B");
    for method in ["schulze", "ranked-pairs", "copeland", "instant-runoff"] {
        assert_eq!(names(&votes("3:ACB 2:CBA"), method), "A", "{method}");
    }
}

/// Copies crowd a project in: E is a copy of B, next to it on every ballot, and wins where A had won. In the first
/// election A beats two projects; in the second B and E together take more contests.
#[test]
fn copeland_is_changed_by_clones() {
    let before = votes("2:CDBA 1:ADCB 1:ADBC 2:BACD");
    let after = votes("2:CDEBA 1:ADCEB 1:ADEBC 2:EBACD");
    assert_eq!(names(&before, "copeland"), "A");
    assert_eq!(names(&after, "copeland"), "E");
    for method in ["schulze", "ranked-pairs"] {
        let without_clone = names(&before, method);
        let with_clone = names(&after, method).replace('E', "B");
        let mut with_clone: Vec<char> = with_clone.chars().collect();
        with_clone.sort_unstable();
        with_clone.dedup();
        assert!(without_clone.chars().eq(with_clone), "{method}");
    }
}

/// More support makes a winner lose the runoff: B wins; when two voters raise B to the first place, A does.
#[test]
fn instant_runoff_is_not_monotone() {
    let before = votes("4:CAB 5:ABC 6:BCA 2:CBA");
    let after = votes("4:CAB 5:ABC 6:BCA 2:BCA");
    assert_eq!(
        (
            names(&before, "instant-runoff"),
            names(&after, "instant-runoff")
        ),
        ("B".into(), "A".into())
    );
    assert!(before.runs_off_clearly() && after.runs_off_clearly());
}

/// More support makes a first project of ranked pairs fall where margins become equal. E is first, beside D. Two voters
/// raise E over F, next above it. Now E beats F by as much as F, B, A, C and E beat the next of them: that closes a second
/// circle of the largest margin, none of its majorities stands any more, and what is left is A, C, D and F before E.
#[test]
fn ranked_pairs_is_not_monotone_at_equal_margins() {
    // A to F are 0 to 5.
    let tens = [(5, 1), (1, 0), (0, 2), (2, 4), (4, 3), (3, 2)].map(|(x, y)| (x, y, 10));
    let smaller = [(4, 1, 8), (4, 5, 10), (5, 4, 4), (0, 4, 4)];
    let before = Votes::of_margins(6, &[&tens[..], &smaller].concat());
    let mut after = before.clone();
    let up: Vec<Vec<usize>> = [5, 4, 0, 1, 2, 3].map(|project| vec![project]).into();
    let voters = after.ballots.iter_mut().find(|(tiers, ..)| *tiers == up);
    let (tiers, count, _) = voters.unwrap();
    assert_eq!(
        *count, 2,
        "the two voters who put F above E before all others"
    );
    tiers.swap(0, 1);
    assert_eq!(before.margin(4, 5), 6.into());
    assert_eq!(after.margin(4, 5), 10.into());
    let others = |votes: &Votes| -> Vec<_> {
        let pairs = (0..6).flat_map(|x| (0..6).map(move |y| (x, y)));
        let others = pairs.filter(|pair| ![(4, 5), (5, 4)].contains(pair));
        others.map(|(x, y)| votes.margin(x, y)).collect()
    };
    assert_eq!(others(&before), others(&after));
    assert_eq!(before.text("ranked-pairs"), "DE F B A C");
    assert_eq!(after.text("ranked-pairs"), "ACDF E B");
}

/// Voting can hurt: with more voters who all prefer the winner to X, X wins.
#[test]
fn participation_fails() {
    let cases = [
        ("schulze", "1:BDAC 1:BADC 2:DACB 3:CBDA", "2:ACDB", "C", "D"),
        ("ranked-pairs", "3:ABCD 4:CDAB 2:DABC", "2:BCAD", "C", "A"),
        ("copeland", "2:DCAB 1:BDAC 2:BDCA", "3:ACBD", "B", "D"),
        ("instant-runoff", "2:BAC 4:CAB 3:ACB", "2:BAC", "A", "C"),
    ];
    for (method, before, more, winner, then) in cases {
        let before = votes(before);
        assert_eq!(names(&before, method), winner, "{method}");
        assert_eq!(names(&before.with(more), method), then, "{method}");
        assert!(
            more.find(winner) < more.find(then),
            "{method}: they prefer {winner}"
        );
    }
}

/// The same project is first when all voters turn their ballots upside down.
#[test]
fn reversal_symmetry_fails() {
    let election = votes("1:CAB 2:BCA 2:ABC");
    let upside_down = election.map(|tiers| tiers.iter().rev().cloned().collect());
    assert_eq!(names(&election, "instant-runoff"), "A");
    assert_eq!(names(&upside_down, "instant-runoff"), "A");
    assert!(election.runs_off_clearly() && upside_down.runs_off_clearly());
    let election = votes("1:ABC 1:CBA 1:BAC 1:CAB");
    let upside_down = election.map(|tiers| tiers.iter().rev().cloned().collect());
    assert_eq!(names(&election, "plurality"), "C");
    assert_eq!(names(&upside_down, "plurality"), "C");
}

/// Who names a second project beside the first, and not below it, halves the vote of the first.
#[test]
fn instant_runoff_harms_what_shares_its_tier() {
    let (below, beside) = (votes("3:AC 2:B"), votes("3:(AC) 2:B"));
    assert_eq!(below.text("instant-runoff"), "A B C");
    assert_eq!(names(&beside, "instant-runoff"), "B");
}

/// Naming one more project, below all others, takes the win from one named before.
#[test]
fn later_no_harm_fails() {
    let (before, after) = (votes("2:DB 1:C 2:ACDB 1:B"), votes("2:DB 1:CA 2:ACDB 1:B"));
    assert_eq!(
        (names(&before, "schulze"), names(&after, "schulze")),
        ("C".into(), "A".into())
    );
    let (before, after) = (
        votes("3:CBA 3:A 2:BAC 1:ACB"),
        votes("3:CBA 3:ABC 2:BAC 1:ACB"),
    );
    assert_eq!(
        (
            names(&before, "ranked-pairs"),
            names(&after, "ranked-pairs")
        ),
        ("A".into(), "B".into())
    );
}
