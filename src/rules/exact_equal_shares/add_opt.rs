//! The next larger budget with which the rule decides something else.
//!
//! A run is a sequence of *turns*: each time, the projects of the best price that their groups can pay have their turn together, and each
//! is bought, waits for another of them, or is refused (by a limit or a relation) and out. Let every voter have `d` more for each unit
//! of endowment. The run stays as it is, turn by turn, until for some project `p` that is not out yet, some group `V` of its
//! supporters could pay the equal part `q` at the price `ρ = q / u(p)` when the turns of that price come. At
//! that moment a voter has what is left in the end, and what was paid at `ρ` or a higher price. So a voter *needs*
//!
//! ```text
//! (q − left − paid at prices of at least ρ) / rate
//! ```
//!
//! more, `rate` being endowment per weight, and a group what its neediest member needs. A project that was bought or refused changes
//! something only with more payers than it had then: with fewer it is bought or out already. One that had its turn with such a group
//! and saw another one bought is tied again if the group can pay after that too: what that one cost is not given back. A
//! project that requires one that is not bought changes nothing whenever its turn comes, and is not looked at.
//!
//! **It overlooks nothing, and always ends.** Prices never fall in a run, so the turns of a price see all cheaper purchases made and no other.
//! Before the least need of all these groups nobody's turn comes earlier or with more payers, so the whole run is the same. All
//! needs are positive: a group that needs nothing could pay when its price came, or after the last purchase that its project
//! lost a tie to, so it or a larger one had its turn then. And each is where a purse less some of finitely many payments meets another one: there are finitely many such budgets, and
//! each search begins above the last.
//!
//! **Ties.** A project that has the price of others comes to its turn with them, whoever goes first: nobody is asked before it has come to
//! that. If it loses, the run decides the same once more.
//!
//! Of all groups, those count that are left when the neediest are dropped one after another: whoever needs more
//! than `d` is in no group that `d` can pay for, since with fewer payers the part of each, and so the need, only grows.
//!
//! **Whole numbers.** A need is a difference of at most `k + 2` numbers of which each is less than one unit too small,
//! for a voter who paid `k` times: it is off by less than `k + 1` ([`super::holdings`]). What this does not settle is computed
//! with fractions.

use crate::count::{Allocation, Halt};
use crate::election::{ProjectIx, Relation};
use crate::exact::Ratio;

use super::holdings::Purchase;
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
        if !run.view.is_useful(project) || !has_required(run, project, allocation) {
            continue;
        }
        let mut group = Group {
            run,
            project,
            voters: run.view.supporters(project).to_vec(),
            weight: run.view.support(project),
            later: Vec::new(),
            asked: 0,
        };
        group.lower(&mut least, allocation)?;
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

/// Is everything bought that the project requires?
fn has_required(run: &Run<'_, '_>, project: ProjectIx, allocation: &Allocation<'_>) -> bool {
    let instance = run.view.election.instance();
    let relations = instance.project(project).map(|project| &project.relations);
    relations.into_iter().flatten().all(|relation| {
        let Relation::Requires(other) = relation else {
            return true;
        };
        let is_bought = |other| {
            allocation.received(other).is_some() || run.bought().any(|bought| bought == other)
        };
        instance.find(other).is_some_and(is_bought)
    })
}

/// The supporters of a project that are still looked at.
struct Group<'r, 'v, 'e> {
    run: &'r Run<'v, 'e>,
    project: ProjectIx,
    voters: Vec<u32>,
    weight: i128,
    /// Per purchase of the run: is it none that this project would find made, had it its turn with this weight?
    later: Vec<bool>,
    /// What everybody pays, rounded down.
    asked: i128,
}

impl Group<'_, '_, '_> {
    /// Finds the smallest need of a group of this project, if it is above 0 and below `least`.
    fn lower(&mut self, least: &mut Least, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let Some(claim) = self.run.claim(self.project) else {
            return Ok(());
        };
        let mut found: Option<Least> = None;
        while !claim.is_settled(self.weight) {
            allocation.work(1 + self.voters.len() as u64)?;
            self.order();
            if self.drop_needy(found.as_ref().unwrap_or(least)) {
                continue;
            }
            let most = self.most();
            if !most.is_positive() {
                break;
            }
            found = Some(Least::of(most, self.run));
        }
        if let Some(found) = found {
            *least = found;
        }
        Ok(())
    }

    /// Finds out which purchases come at this price or later.
    fn order(&mut self) {
        let view = self.run.view;
        let own = (self.project, self.weight);
        self.asked = view.fixed_payment(self.project, self.weight, self.run.holdings.places);
        let claim = self.run.claim(self.project);
        let lost = claim.and_then(|claim| claim.lost_to(self.weight));
        let bought = self.run.holdings.bought.iter().enumerate();
        let is_later = |(number, purchase): (usize, &Purchase)| {
            lost.is_none_or(|lost| number > lost)
                && view
                    .compare((purchase.project, purchase.weight), own)
                    .is_ge()
        };
        self.later = bought.map(is_later).collect();
    }

    /// The purchases that a voter paid for and that would come later: prices never fall in a run, so they are the last ones.
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
