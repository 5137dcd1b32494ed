//! Copeland: by the number of pairwise contests won.

use crate::exact::Ratio;

use super::figure::Figure;
use super::pairwise::Pairwise;
use super::ranked::Ranked;

impl Pairwise {
    /// Copeland: every project meets every other one; who wins most contests is first.
    ///
    /// **Definition.** A contest goes to the project that more voters prefer. The score is the contests won
    /// plus half of those tied; the order is by descending score.
    ///
    /// **Ties** are frequent, and stay: projects of equal score form one group.
    ///
    /// **Properties.** A project that beats every other one is alone first, one that loses to every other one
    /// alone last; monotone. Adding copies of a project can change the winner, and so can taking part instead
    /// of staying at home (`tests/ranking`).
    ///
    /// **Complexity.** O(m²).
    ///
    /// **Source.** Copeland, *A reasonable social welfare function*, seminar notes, University of Michigan 1951; in
    /// substance Ramon Llull, *Ars eleccionis*, 1299.
    ///
    /// ```
    /// use quartier::election::{Ballot, Election};
    /// use quartier::tally::{Figure, Pairwise};
    /// let election = Election::builder().budget(10).project(("a", 5)).project(("b", 5))
    ///     .ballots(Ballot::ranked(["b", "a"]), 2).ballots(Ballot::ranked(["a"]), 1)
    ///     .build()?;
    /// let ranked = Pairwise::of(&election)?.copeland();
    /// let b = election.instance().find("b").ok_or("b")?;
    /// assert_eq!(ranked.groups().first(), Some(&vec![b]));
    /// assert_eq!(ranked.figure(b), Some(&Figure::Contests { won: 1, tied: 0 }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn copeland(&self) -> Ranked {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let all = || 0..self.projects().len();
        let figures = self.projects().iter().enumerate().map(|(at, &project)| {
            let won = all().filter(|&other| self.wins(at, other)).count();
            let lost = all().filter(|&other| self.wins(other, at)).count();
            let tied = all().len() - 1 - won - lost;
            let (won, tied) = (number(won), number(tied));
            (project, Figure::Contests { won, tied })
        });
        Ranked::sorted(figures.collect(), |a, b| halves(b).cmp(&halves(a)))
    }
}

/// Twice the Copeland score.
fn halves(figure: &Figure) -> u64 {
    match *figure {
        Figure::Contests { won, tied } => 2 * u64::from(won) + u64::from(tied),
        _ => 0,
    }
}

impl Figure {
    /// The Copeland score: contests won and half of those tied; `None` for the figures of other methods.
    #[must_use]
    pub fn copeland_score(&self) -> Option<Ratio> {
        let Figure::Contests { .. } = self else {
            return None;
        };
        Ratio::from(halves(self)).checked_div(&Ratio::from(2))
    }
}
