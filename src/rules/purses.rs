//! The purses: what every voter has left, and what they paid for.

use std::collections::BTreeMap;

use crate::count::Allocation;
use crate::election::{BallotIx, BallotView, Election, Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::Payment;

use super::supporters;

/// Voters of one class who have the same money left.
#[derive(Debug, Clone)]
pub(super) struct State {
    class: usize,
    /// For each unit of weight.
    pub(super) left: Ratio,
}

/// Some supporters of a project who have the same money left.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) state: usize,
    /// The number of what the project gives them.
    pub(super) gain: u32,
    /// Their weight together.
    pub(super) weight: Ratio,
}

/// The purses of all voters, for each unit of a voter's weight: who weighs twice pays twice what others pay, out of
/// a purse that the endowment decides.
#[derive(Debug, Clone)]
pub(super) struct Purses<'e> {
    election: &'e Election,
    states: Vec<State>,
    /// The state of each distinct ballot.
    at: Vec<u32>,
    /// Endowment for each unit of weight, per class.
    rates: Vec<Ratio>,
}

/// How far below zero voters' accounts may fall, for each unit of weight, per class.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    below_zero: Vec<Ratio>,
}

impl Limits {
    /// What a unit of weight may spend.
    pub(super) fn of(&self, state: &State) -> Ratio {
        let more = self.below_zero.get(state.class);
        let amount = more.map_or_else(|| state.left.clone(), |more| &state.left + more);
        amount.max(Ratio::ZERO)
    }
}

impl<'e> Purses<'e> {
    /// All this money in purses, by endowment.
    pub(super) fn new(election: &'e Election, money: &Ratio) -> Purses<'e> {
        let profile = election.profile();
        let endowments = profile.ballots().filter_map(|ballot| {
            let class = profile.classes().get(ballot.class())?;
            Some(class.endowment.mul_int(i128::from(ballot.count())))
        });
        let all: Ratio = endowments.sum();
        let each = money.checked_div(&all).unwrap_or_default();
        let rates: Vec<Ratio> = profile
            .classes()
            .iter()
            .map(|class| {
                class
                    .endowment
                    .checked_div(&class.weight)
                    .unwrap_or_default()
            })
            .collect();
        let state = |(class, rate): (usize, &Ratio)| State {
            class,
            left: rate * &each,
        };
        let class = |ballot: BallotView<'_>| u32::try_from(ballot.class()).unwrap_or(u32::MAX);
        Purses {
            election,
            states: rates.iter().enumerate().map(state).collect(),
            at: profile.ballots().map(class).collect(),
            rates,
        }
    }

    pub(super) fn state(&self, state: usize) -> Option<&State> {
        self.states.get(state)
    }

    /// The state of each distinct ballot; for each state what a unit of weight has left, and how much of an amount that
    /// everybody is given for each unit of endowment reaches it.
    pub(super) fn starts(&self) -> (Vec<u32>, Vec<(Ratio, Ratio)>) {
        let rate = |state: &State| self.rates.get(state.class).cloned().unwrap_or_default();
        let states = self.states.iter();
        (
            self.at.clone(),
            states
                .map(|state| (state.left.clone(), rate(state)))
                .collect(),
        )
    }

    /// How much of an amount for each unit of endowment is for each unit of weight.
    pub(super) fn rate_of(&self, state: &State) -> Ratio {
        self.rates.get(state.class).cloned().unwrap_or_default()
    }

    /// What may be spent if accounts may fall so far below zero, for each unit of endowment.
    pub(super) fn above(&self, overdraft: &Ratio) -> Purses<'e> {
        let limits = self.limits(overdraft);
        let mut purses = self.clone();
        for state in &mut purses.states {
            state.left = limits.of(state);
        }
        purses
    }

    /// The same for each state.
    pub(super) fn limits(&self, overdraft: &Ratio) -> Limits {
        Limits {
            below_zero: self.rates.iter().map(|rate| rate * overdraft).collect(),
        }
    }

    fn weight(&self, state: usize, voters: u64) -> Ratio {
        let class = self.states.get(state).map_or(0, |state| state.class);
        let class = self.election.profile().classes().get(class);
        class.map_or(Ratio::ZERO, |class| {
            class.weight.mul_int(i128::from(voters))
        })
    }

    /// Some voters, each with a number of what the project gives them, by what they have left.
    pub(super) fn parts(&self, voters: impl Iterator<Item = (BallotIx, u32)>) -> Vec<Part> {
        let mut counters: BTreeMap<(usize, u32), u64> = BTreeMap::new();
        let mut plain = vec![0_u64; self.states.len()];
        for (ballot, gain) in voters {
            let state = self.state_of(ballot);
            let view = self.election.profile().ballot(ballot);
            let count = view.map_or(0, BallotView::count);
            match plain.get_mut(state) {
                Some(counter) if gain == 0 => *counter += count,
                _ => *counters.entry((state, gain)).or_default() += count,
            }
        }
        let plain = plain
            .into_iter()
            .enumerate()
            .filter(|&(_, voters)| voters > 0);
        let all = plain
            .map(|(state, voters)| ((state, 0), voters))
            .chain(counters);
        all.map(|((state, gain), voters)| Part {
            state,
            gain,
            weight: self.weight(state, voters),
        })
        .collect()
    }

    fn state_of(&self, ballot: BallotIx) -> usize {
        self.at
            .get(ballot.index())
            .map_or(0, |&state| state as usize)
    }

    /// All the money in purses, less what was awarded before, see [`Purses::charge`].
    pub(super) fn beginning(election: &'e Election, allocation: &Allocation<'_>) -> Purses<'e> {
        let awarded = allocation.awarded();
        let spent: Ratio = awarded.iter().map(|(_, amount)| amount.to_ratio()).sum();
        let mut money = spent + allocation.available().to_ratio();
        let mut purses = Purses::new(election, &money);
        for (project, amount) in awarded {
            money = purses.charge(project, amount, &money);
        }
        purses
    }

    /// Who of these voters pays `asks` of their gain in full, and who gives all the rest, by what each voter pays.
    pub(super) fn payments(
        &self,
        voters: &[(BallotIx, u32)],
        asks: &dyn Fn(u32) -> Ratio,
    ) -> (Vec<Payment>, Vec<Payment>) {
        let (mut in_full, mut rest) = (BTreeMap::new(), BTreeMap::new());
        let profile = self.election.profile();
        for part in voters {
            let Some((ballot, state)) = profile
                .ballot(part.0)
                .zip(self.states.get(self.state_of(part.0)))
            else {
                continue;
            };
            let asked = asks(part.1);
            let payers = if state.left < asked {
                &mut rest
            } else {
                &mut in_full
            };
            let weight = profile.classes().get(ballot.class());
            let each = weight.map_or(Ratio::ZERO, |class| {
                &class.weight * state.left.clone().min(asked)
            });
            *payers.entry(each).or_insert(0) += ballot.count();
        }
        let list = |payers: BTreeMap<Ratio, u64>| {
            let payers = payers.into_iter().filter(|(each, _)| each.is_positive());
            payers
                .map(|(amount, voters)| Payment { voters, amount })
                .collect()
        };
        (list(in_full), list(rest))
    }

    /// Voters' purses fall by what `pays` says of their state and gain, for each unit of weight.
    pub(super) fn transfer(
        &mut self,
        voters: &[(BallotIx, u32)],
        pays: &dyn Fn(&State, u32) -> Option<Ratio>,
    ) {
        let mut moved: BTreeMap<(usize, u32), Option<u32>> = BTreeMap::new();
        for &(ballot, gain) in voters {
            let old = self.state_of(ballot);
            let states = &mut self.states;
            let new = *moved.entry((old, gain)).or_insert_with(|| {
                let state = states.get(old)?;
                let left = &state.left - pays(state, gain)?;
                let class = state.class;
                states.push(State { class, left });
                u32::try_from(states.len() - 1).ok()
            });
            if let Some((at, new)) = self.at.get_mut(ballot.index()).zip(new) {
                *at = new;
            }
        }
    }

    /// Makes voters of one class with the same money left one state, and drops the states that nobody is in.
    pub(super) fn merge(&mut self) {
        let mut is_used = vec![false; self.states.len()];
        for &at in &self.at {
            if let Some(slot) = is_used.get_mut(at as usize) {
                *slot = true;
            }
        }
        let (mut numbers, mut places) = (BTreeMap::new(), Vec::new());
        for (state, is_used) in self.states.iter().zip(is_used) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let key = (state.class, &state.left);
            places.push(is_used.then(|| *numbers.entry(key).or_insert(next)));
        }
        for at in &mut self.at {
            if let Some(&Some(place)) = places.get(*at as usize) {
                *at = place;
            }
        }
        let mut states: Vec<(u32, State)> = numbers
            .into_iter()
            .map(|((class, left), number)| {
                let left = left.clone();
                (number, State { class, left })
            })
            .collect();
        states.sort_by_key(|&(number, _)| number);
        self.states = states.into_iter().map(|(_, state)| state).collect();
    }

    /// Takes what was awarded before out of the purses: equal parts from its supporters as far as each has it, and
    /// what they do not have from all purses in proportion. `money` is what all purses hold; gives what they hold then.
    pub(super) fn charge(&mut self, project: ProjectIx, amount: Money, money: &Ratio) -> Ratio {
        let amount = amount.to_ratio();
        let voters: Vec<(BallotIx, u32)> = supporters::of_project(self.election, project)
            .map(|ballot| (ballot, 0))
            .collect();
        let mut parts = self.parts(voters.iter().copied());
        let (mut owed, mut level) = (amount.clone(), None);
        loop {
            let weight: Ratio = parts.iter().map(|part| &part.weight).sum();
            let Some(payment) = owed.checked_div(&weight) else {
                break;
            };
            let poor = |part: &Part| {
                self.states
                    .get(part.state)
                    .filter(|state| state.left < payment)
            };
            let spent: Ratio = parts
                .iter()
                .filter_map(|part| Some(&poor(part)?.left * &part.weight))
                .sum();
            let before = parts.len();
            let keep: Vec<bool> = parts.iter().map(|part| poor(part).is_none()).collect();
            let mut keep = keep.into_iter();
            parts.retain(|_| keep.next().unwrap_or(false));
            if parts.len() == before {
                owed = Ratio::ZERO;
                level = Some(payment);
                break;
            }
            owed -= &spent;
        }
        let pays = |state: &State, _: u32| {
            Some(
                level
                    .as_ref()
                    .map_or(&state.left, |level| level.min(&state.left))
                    .clone(),
            )
        };
        self.transfer(&voters, &pays);
        let rest = money - &amount;
        if owed.is_positive() {
            let held = &rest + &owed;
            let kept = rest.checked_div(&held).unwrap_or_default();
            for state in &mut self.states {
                state.left = &state.left * &kept;
            }
        }
        rest
    }
}
