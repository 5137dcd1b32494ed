//! The next larger budget with which the rule decides something else.
//!
//! Let every voter have `d` more for each unit of endowment. The run stays as it is, purchase by purchase, until for
//! some project `p` and some group `V` of its supporters a purchase becomes possible that would have had its turn
//! before: each of `V` could pay the equal part `q` at the price `ρ = q / u(p)`, when it would have been bought. At
//! that moment a voter has what is left in the end, and what was paid for purchases that come later: those of a
//! larger price, or of the same price where the tie chain puts `p` first. So a voter *needs*
//!
//! ```text
//! (q − left − paid later than (ρ, p)) / rate
//! ```
//!
//! more, `rate` being endowment per weight, and a group what its neediest member needs. A project that was bought
//! changes something only with more payers than it had. What was bought up to a project that `p` requires is never later.
//!
//! **What lacks something else than money** is not looked at: a project that requires one that is not bought, and one
//! with a group that needs nothing, which a limit, a relation or a tie kept out.
//!
//! Of all groups, those count that are left when the neediest are dropped one after another: whoever needs more
//! than `d` is in no group that `d` can pay for, since with fewer payers the part of each, and so the need, only grows.
//!
//! **Whole numbers.** A need is a difference of at most `k + 2` numbers of which each is less than one unit too small,
//! for a voter who paid `k` times: it is off by less than `k + 1` ([`super::holdings`]). What this does not settle is computed
//! with fractions.

use std::cmp::Ordering;

use crate::count::{Allocation, Halt};
use crate::election::{ProjectIx, Relation};
use crate::exact::Ratio;

use super::run::Run;
use super::view::fixed;

/// The smallest `d > 0` that changes something, among these projects; `None` if nothing ever will.
pub(super) fn next(
    run: &Run<'_, '_>,
    projects: &[ProjectIx],
    allocation: &mut Allocation<'_>,
) -> Result<Option<Ratio>, Halt> {
    let mut least = Least {
        extra: None,
        by_purse: Vec::new(),
    };
    for &project in projects {
        let first = first_possible(run, project, allocation);
        if let Some(first) = first.filter(|_| run.view.is_useful(project)) {
            let mut group = Group {
                run,
                project,
                voters: run.view.supporters(project).to_vec(),
                weight: run.view.support(project),
                first,
                later: Vec::new(),
                asked: 0,
            };
            group.lower(&mut least, allocation)?;
        }
    }
    Ok(least.extra)
}

/// The smallest amount so far, for each unit of endowment.
struct Least {
    extra: Option<Ratio>,
    /// The same as amounts that reach a unit of weight, by purse: exactly, and rounded down.
    by_purse: Vec<(Ratio, Option<i128>)>,
}

impl Least {
    fn of(extra: Ratio, run: &Run<'_, '_>) -> Least {
        let reaches = |rate: &Ratio| {
            let amount = rate * &extra;
            let whole = fixed(&amount, run.holdings.places);
            (amount, whole)
        };
        let purses = run.view.purses().iter();
        Least {
            by_purse: purses.map(|purse| reaches(&purse.rate)).collect(),
            extra: Some(extra),
        }
    }
}

/// The first purchase of the run before which a project could have had its turn: it comes after all that it requires.
/// `None` if one of those is not bought.
fn first_possible(
    run: &Run<'_, '_>,
    project: ProjectIx,
    allocation: &Allocation<'_>,
) -> Option<usize> {
    let instance = run.view.election.instance();
    let mut first = 0;
    for relation in &instance.project(project)?.relations {
        let Relation::Requires(other) = relation else {
            continue;
        };
        let other = instance.find(other)?;
        if allocation.received(other).is_none() {
            let place = run.bought().position(|bought| bought == other)?;
            first = first.max(place + 1);
        }
    }
    Some(first)
}

/// The supporters of a project that are still looked at.
struct Group<'r, 'v, 'e> {
    run: &'r Run<'v, 'e>,
    project: ProjectIx,
    voters: Vec<u32>,
    weight: i128,
    /// The first purchase of the run before which it could have had its turn.
    first: usize,
    /// Per purchase of the run: would it come later than this project, bought by this weight?
    later: Vec<bool>,
    /// What everybody pays, rounded down.
    asked: i128,
}

impl Group<'_, '_, '_> {
    /// Finds the smallest need of a group of this project, if it is above 0 and below `least`.
    fn lower(&mut self, least: &mut Least, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let mut bought = self.run.holdings.bought.iter();
        let own = bought.find(|purchase| purchase.project == self.project);
        let own = own.map_or(0, |own| own.weight);
        let mut found: Option<Least> = None;
        while self.weight > own {
            allocation.work(1 + self.voters.len() as u64)?;
            self.order(allocation)?;
            if self.drop_needy(found.as_ref().unwrap_or(least)) {
                continue;
            }
            let most = self.most();
            if !most.is_positive() {
                return Ok(());
            }
            found = Some(Least::of(most, self.run));
        }
        if let Some(found) = found {
            *least = found;
        }
        Ok(())
    }

    /// Finds out which purchases would come later.
    fn order(&mut self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let view = self.run.view;
        let own = (self.project, self.weight);
        self.asked = view.fixed_payment(self.project, self.weight, self.run.holdings.places);
        let mut later = Vec::with_capacity(self.run.holdings.bought.len());
        for (at, purchase) in self.run.holdings.bought.iter().enumerate() {
            if at < self.first {
                later.push(false);
                continue;
            }
            later.push(
                match view.compare((purchase.project, purchase.weight), own) {
                    Ordering::Less => false,
                    Ordering::Greater => true,
                    Ordering::Equal => self.goes_before(purchase.project, allocation)?,
                },
            );
        }
        self.later = later;
        Ok(())
    }

    /// Does the project go before one of the same price?
    fn goes_before(&self, other: ProjectIx, allocation: &mut Allocation<'_>) -> Result<bool, Halt> {
        if other == self.project {
            return Ok(false);
        }
        let mut tied = [self.project, other];
        tied.sort_unstable();
        Ok(allocation.try_untie(&tied)? == self.project)
    }

    /// The purchases that a voter paid for and that would come later. Prices never fall in a run, so they are the last ones,
    /// but for some of the same price.
    fn paid_later(&self, ballot: u32) -> impl Iterator<Item = usize> + '_ {
        let is_later = |&number: &usize| self.later.get(number).copied().unwrap_or(false);
        self.run.holdings.paid(ballot).filter(is_later)
    }

    /// What a voter needs more, for each unit of weight.
    fn need(&self, ballot: u32) -> Ratio {
        let holdings = &self.run.holdings;
        let mut need = self.run.view.payment(self.project, self.weight) - holdings.left(ballot);
        for purchase in self
            .paid_later(ballot)
            .filter_map(|number| holdings.bought.get(number))
        {
            need -= &purchase.payment;
        }
        need
    }

    /// The same in whole numbers, and how far it may be off.
    fn near_need(&self, ballot: u32) -> (i128, i128) {
        let holdings = &self.run.holdings;
        let (left, off) = holdings.near_left(ballot);
        let later = self
            .paid_later(ballot)
            .filter_map(|number| holdings.bought.get(number));
        let later: i128 = later.map(|purchase| purchase.fixed).sum();
        (self.asked - left - later, off)
    }

    /// Drops those who need at least the smallest amount so far, if there are such.
    fn drop_needy(&mut self, least: &Least) -> bool {
        if least.extra.is_none() {
            return false;
        }
        let mut voters = std::mem::take(&mut self.voters);
        let mut dropped = 0;
        voters.retain(|&ballot| {
            let is_needy = self.is_needy(ballot, least);
            if is_needy {
                dropped += self.run.view.weight(ballot);
            }
            !is_needy
        });
        self.voters = voters;
        self.weight -= dropped;
        dropped > 0
    }

    fn is_needy(&self, ballot: u32, least: &Least) -> bool {
        let purse = self.run.holdings.purse_of(ballot) as usize;
        let Some((exact, whole)) = least.by_purse.get(purse) else {
            return false;
        };
        let (need, off) = self.near_need(ballot);
        match whole {
            Some(whole) if need - off > *whole => true,
            Some(whole) if need + off <= *whole => false,
            _ => self.need(ballot) >= *exact,
        }
    }

    /// What the neediest voter needs more, for each unit of endowment.
    fn most(&self) -> Ratio {
        let (holdings, purses) = (&self.run.holdings, self.run.view.purses());
        let mut by_purse: Vec<Vec<(i128, i128, u32)>> = vec![Vec::new(); purses.len()];
        for &ballot in &self.voters {
            let (need, off) = self.near_need(ballot);
            if let Some(needs) = by_purse.get_mut(holdings.purse_of(ballot) as usize) {
                needs.push((need, off, ballot));
            }
        }
        let mut most: Option<Ratio> = None;
        for (purse, mut needs) in purses.iter().zip(by_purse) {
            let at_least = needs.iter().map(|&(need, off, _)| need - off).max();
            needs.retain(|&(need, off, _)| at_least.is_some_and(|least| need + off >= least));
            // Voters of one state have the same need.
            needs.sort_unstable_by_key(|&(_, _, ballot)| holdings.number_of(ballot));
            needs.dedup_by_key(|&mut (_, _, ballot)| holdings.number_of(ballot));
            let exact = needs.iter().map(|&(_, _, ballot)| self.need(ballot)).max();
            let each = exact.and_then(|exact| exact.checked_div(&purse.rate));
            most = most.max(each);
        }
        most.unwrap_or_default()
    }
}
