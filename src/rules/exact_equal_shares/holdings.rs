//! What every voter has left in a run, in whole numbers that are certainly right, and exactly where they do not tell.
//!
//! Amounts are kept in ten-thousandths with so many binary places, rounded down. A voter who paid for `k` purchases has the
//! purse minus `k` payments, `k + 1` numbers that are each less than one unit too small: so what is left is more than the
//! whole number minus `k`, and less than it plus 1. A payment is at least its whole number and less than that plus 1.
//! Where these bounds do not decide a comparison, the fractions are computed from the purchases that the voter paid for, and
//! compared. Nothing is kept that grows from purchase to purchase.

use std::collections::BTreeMap;

use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::view::{View, fixed};

/// One purchase.
#[derive(Debug, Clone)]
pub(super) struct Purchase {
    pub(super) project: ProjectIx,
    /// The weight of all who paid.
    pub(super) weight: i128,
    /// What each unit of weight paid.
    pub(super) payment: Ratio,
    /// The same, rounded down.
    pub(super) fixed: i128,
}

/// Voters with the same purse who paid for the same purchases.
#[derive(Debug, Clone, Copy)]
struct State {
    purse: u32,
    left: i128,
    /// For how many purchases they paid.
    paid: u32,
    /// The state before the last purchase they paid for, and its number.
    last: Option<(u32, u32)>,
}

/// What everybody has left, and what was bought.
#[derive(Debug)]
pub(super) struct Holdings<'v, 'e> {
    view: &'v View<'e>,
    /// The purses at the beginning of this run.
    purses: Vec<Ratio>,
    /// Binary places of all amounts.
    pub(super) places: u32,
    states: Vec<State>,
    /// The state of each distinct ballot.
    at: Vec<u32>,
    pub(super) bought: Vec<Purchase>,
}

impl<'v, 'e> Holdings<'v, 'e> {
    /// With this much more for each unit of endowment than the view's purses; `None` if that is too much to compute with.
    pub(super) fn new(view: &'v View<'e>, extra: &Ratio) -> Option<Holdings<'v, 'e>> {
        let purses: Vec<Ratio> = view
            .purses()
            .iter()
            .map(|purse| &purse.left + &(&purse.rate * extra))
            .collect();
        let places = view.places(&purses)?;
        let state = |(number, purse): (usize, &Ratio)| {
            Some(State {
                purse: u32::try_from(number).ok()?,
                left: fixed(purse, places)?,
                paid: 0,
                last: None,
            })
        };
        let states = purses
            .iter()
            .enumerate()
            .map(state)
            .collect::<Option<Vec<State>>>()?;
        Some(Holdings {
            view,
            purses,
            places,
            states,
            at: view.purse_of().to_vec(),
            bought: Vec::new(),
        })
    }

    fn state(&self, number: u32) -> Option<&State> {
        self.states.get(number as usize)
    }

    fn state_of(&self, ballot: u32) -> Option<&State> {
        self.state(self.number_of(ballot))
    }

    /// The number of a ballot's state.
    pub(super) fn number_of(&self, ballot: u32) -> u32 {
        self.at.get(ballot as usize).copied().unwrap_or(0)
    }

    /// The number of a ballot's purse.
    pub(super) fn purse_of(&self, ballot: u32) -> u32 {
        self.state_of(ballot).map_or(0, |state| state.purse)
    }

    /// The purchases that the voters of a ballot paid for, the last one first.
    pub(super) fn paid(&self, ballot: u32) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.state_of(ballot).and_then(|state| state.last);
        std::iter::from_fn(move || {
            let (before, purchase) = next?;
            next = self.state(before).and_then(|state| state.last);
            Some(purchase as usize)
        })
    }

    /// What a unit of weight has left.
    pub(super) fn left(&self, ballot: u32) -> Ratio {
        let purse = self.purses.get(self.purse_of(ballot) as usize);
        let mut left = purse.cloned().unwrap_or_default();
        for purchase in self
            .paid(ballot)
            .filter_map(|number| self.bought.get(number))
        {
            left -= &purchase.payment;
        }
        left
    }

    /// The same in whole numbers, and how far it may be off, up or down.
    pub(super) fn near_left(&self, ballot: u32) -> (i128, i128) {
        let state = self.state_of(ballot);
        state.map_or((0, 0), |state| (state.left, i128::from(state.paid) + 1))
    }

    /// Drops those of the ballots whose voters have less than their part of the cost, again and again, until all that are
    /// left can pay; gives their weight, 0 if none is left.
    ///
    /// Purses only shrink in a run, and parts only grow as voters drop out: who cannot pay once never can later.
    pub(super) fn keep_payers(
        &self,
        project: ProjectIx,
        payers: &mut Vec<u32>,
        mut weight: i128,
    ) -> i128 {
        while weight > 0 {
            let asked = self.view.fixed_payment(project, weight, self.places);
            let (mut payment, mut known) = (None, BTreeMap::new());
            let mut dropped = 0;
            payers.retain(|&ballot| {
                let Some(state) = self.state_of(ballot) else {
                    return false;
                };
                let more = state.left - asked;
                let can_pay = if more < 0 || more > i128::from(state.paid) {
                    more > 0
                } else {
                    *known.entry(self.number_of(ballot)).or_insert_with(|| {
                        let payment =
                            payment.get_or_insert_with(|| self.view.payment(project, weight));
                        self.left(ballot) >= *payment
                    })
                };
                if !can_pay {
                    dropped += self.view.weight(ballot);
                }
                can_pay
            });
            if dropped == 0 {
                return weight;
            }
            weight -= dropped;
        }
        0
    }

    /// These voters pay for a project in equal parts.
    pub(super) fn buy(&mut self, project: ProjectIx, payers: &[u32], weight: i128) {
        let number = u32::try_from(self.bought.len()).unwrap_or(u32::MAX);
        let fixed = self.view.fixed_payment(project, weight, self.places);
        let mut moved = vec![None; self.states.len()];
        for &ballot in payers {
            let old = self.number_of(ballot);
            let Some((slot, state)) = moved.get_mut(old as usize).zip(self.state(old).copied())
            else {
                continue;
            };
            let new = *slot.get_or_insert_with(|| {
                self.states.push(State {
                    left: state.left - fixed,
                    paid: state.paid + 1,
                    last: Some((old, number)),
                    ..state
                });
                u32::try_from(self.states.len() - 1).unwrap_or(u32::MAX)
            });
            if let Some(at) = self.at.get_mut(ballot as usize) {
                *at = new;
            }
        }
        self.bought.push(Purchase {
            project,
            weight,
            payment: self.view.payment(project, weight),
            fixed,
        });
    }
}
