//! Slow, readable rules, written from the definitions in the documents and not from `src`: nested loops over
//! voters, exact fractions, nothing shared with the library but its numbers and its lots.

#![allow(
    dead_code,
    reason = "every test program compares the rules that it is about"
)]

pub(crate) mod add1;
pub(crate) mod add_opt;
pub(crate) mod bos;
pub(crate) mod bos_plus;
pub(crate) mod ees;
mod ees_once;
pub(crate) mod equal_shares;
pub(crate) mod fractional;
pub(crate) mod greedy;
pub(crate) mod groups;
pub(crate) mod leftovers;
pub(crate) mod maximin;
pub(crate) mod people;
pub(crate) mod phragmen;
pub(crate) mod race;
pub(crate) mod rates;
pub(crate) mod scores;
pub(crate) mod support;
pub(crate) mod threshold;
pub(crate) mod ties;
pub(crate) mod turns;
pub(crate) mod utility;
pub(crate) mod welfare;

use quartier::exact::Ratio;

/// Who receives how much, in order of selection.
pub(crate) type Funded = Vec<(usize, Ratio)>;

/// The state of a slow count.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) funded: Funded,
    pub(crate) left: Ratio,
    /// Which rule of a sequence is running, and what each one's reserve holds.
    pub(crate) step: usize,
    pub(crate) reserves: std::collections::BTreeMap<usize, Ratio>,
}

impl State {
    pub(crate) fn has(&self, project: usize) -> bool {
        self.funded.iter().any(|(funded, _)| *funded == project)
    }

    pub(crate) fn fund(&mut self, project: usize, amount: Ratio) {
        self.left = &self.left - &amount;
        self.funded.push((project, amount));
    }
}
