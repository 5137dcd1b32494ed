//! Certified skipping: when two runs prove what every run between them does.
//!
//! A completion makes the same run again and again with slightly larger shares, and mostly buys the same projects in
//! the same order. Two runs far apart can prove that, for all shares between theirs.
//!
//! # The proof
//!
//! Let no project cost nothing (elsewhere there is no trace). Fix an order
//! of purchases `w_1, …, w_k`. For an ordinary voter's share `B`, let `b_i^r(B)` be what purse `i` holds after the first `r` of
//! them, and `q_p^r(B)` the level of project `p` at these purses, infinite if its supporters have too little.
//!
//! **Purses and levels are monotone.** *For `B <= B'` and as long as `w_1, …, w_r` can be bought with `B`: `b_i^r(B) <= b_i^r(B')` for
//! every `i`, and `q_p^r(B) >= q_p^r(B')` for every `p`.* By induction on `r`. At the start a purse is `B` times an
//! endowment that is not negative. With larger purses, `F(q) = sum of m_i min(b_i, q y_i)` is not smaller at any `q`, so the least `q`
//! with `F(q) >= c` is not larger: the second claim for `r` follows from the first. A purchase leaves
//! `max(0, b_i - q y_i)`, which grows with `b_i` and falls with `q`: the first claim for `r + 1` follows from both for `r`. ∎
//!
//! **What the law permits depends on what was bought only.** Exclusive groups, variants, requirements and limits look at the projects that are
//! funded and at what they cost, never at purses or shares. So after `w_1, …, w_r` the same set `P_r` of open projects is permitted in
//! every run that has bought these. Whether a project is refused when its turn comes or is left out from the beginning of the round is the
//! same: it is not bought either way, and its supporters keep their money. A run so buys, each time, the project of the lowest rate
//! *among the permitted*, and it is tied with those of the permitted that have the same rate. Where a refused project came in the
//! order of rates, and whether it came to that, differs between the runs, and plays no part.
//!
//! **Claim.** *Let a run with share `B` and one with `B'` buy the same projects in the same order and end in the same way. If before
//! every purchase `r` the rate of `w_r` in the first is strictly below the rate of every other permitted project in the second, then
//! every run with a share `B''` between them buys the same projects in the same order, without a tie, and ends in the same way.*
//!
//! By induction on `r`: let the run with `B''` have bought `w_1, …, w_(r-1)`. It may buy what the other two may, `P_(r-1)`. The rate of `w_r` is a level divided by
//! what belongs to the project only, so by monotony it is at most that with `B`, which is below that of any other
//! `p` with `B'`, which is at most that of `p` with `B''`: `w_r` is the only permitted project of the lowest rate. *The end:* what
//! all purchases together cost is the same, so if the last one overspends, it overspends in all of them, and none before does.
//! If the run with `B'` ends because nothing that is permitted can be bought any more, it cannot with smaller purses after the same
//! purchases either. ∎
//!
//! What a completion concludes from a run (whether more fits what is left, whether anything is left that may be bought) depends on
//! the purchases only, so it is the same for all shares between too. The machine numbers serve because the rate of `w_r`
//! is bounded from above and the others' from below, both by proof: see [`crate::exact::certified`].

use std::cmp::Ordering;

use crate::election::{Money, ProjectIx};
use crate::exact::certified::Bound;

use super::run::{Ended, Purchase};

/// What was found out before a purchase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    /// An upper bound of the rate of what was bought.
    pub(super) bought: Bound,
    /// A lower bound of the rates of all other projects that were permitted. Of those that were not looked at it is not known
    /// whether they were: they count too, which only proves less.
    pub(super) others: Bound,
}

/// What a run came to.
#[derive(Debug, Clone)]
pub(super) struct Finished {
    pub(super) ended: Ended,
    pub(super) bought: Vec<ProjectIx>,
    pub(super) spent: Money,
    /// Purchases that were tied with others: their places, and all that were tied.
    pub(super) ties: Vec<(usize, Vec<ProjectIx>)>,
    /// One for each purchase, or none at all where they were not kept.
    pub(super) rounds: Vec<Round>,
}

impl Finished {
    /// The purchases, each with those that it was tied with.
    pub(super) fn purchases(&self) -> Vec<Purchase> {
        let mut places = self.ties.iter().peekable();
        let purchase = |(at, &project): (usize, &ProjectIx)| {
            let tied = places.next_if(|(place, _)| *place == at);
            let tied = tied.map_or_else(|| vec![project], |(_, tied)| tied.clone());
            Purchase { project, tied }
        };
        self.bought.iter().enumerate().map(purchase).collect()
    }

    /// Do this run and one with a larger share prove that all runs between do the same? See the module for the proof.
    pub(super) fn proves_all_up_to(&self, larger: &Finished) -> bool {
        let is_alike = self.ended == larger.ended && self.bought == larger.bought;
        let are_kept = [self, larger]
            .iter()
            .all(|run| run.rounds.len() == run.bought.len());
        let mut rounds = self.rounds.iter().zip(&larger.rounds);
        is_alike
            && are_kept
            && rounds.all(|(own, other)| own.bought.cmp(other.others) == Ordering::Less)
    }
}
