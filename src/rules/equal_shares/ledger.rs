//! The exact values of a run: a small triangular system over its purchases.
//!
//! A voter who has paid in full for every purchase so far has, of the purse `b`, what these left: `b - sum of level x
//! slope`. One who once gave the rest has nothing. So who gave the rest at which purchase says everything: with P the
//! supporters of a purchase who give their rest at it and R those who pay in full, its level is
//! `(cost - money of P) / slopes of R`, and the money of P is a sum of purses minus earlier levels, each times a
//! number of voters. No fraction is kept per voter, and none is computed before somebody asks.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::exact::certified::{Bounds, Level, Levels, Near};

use super::view::View;

/// Not bought, or not emptied.
const NEVER: u32 = u32::MAX;

/// Who was bought in which order, who gave the rest at which purchase, and the exact levels as far as known.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// The purses of each class at the start.
    purses: Vec<Ratio>,
    bought: Vec<ProjectIx>,
    exact: Vec<Option<Ratio>>,
    place: Vec<u32>,
    emptied: Vec<u32>,
    /// Purses that were computed for this many purchases, by class and purchases paid.
    known: BTreeMap<(usize, Vec<u32>), Ratio>,
    known_at: u32,
    /// How many exact answers were needed.
    pub(super) answers: u64,
}

impl Ledger {
    /// Begins a run with these purses.
    pub(super) fn begin(&mut self, view: &View<'_>, purses: Vec<Ratio>) {
        self.purses = purses;
        self.bought.clear();
        self.exact.clear();
        self.place.clear();
        self.place
            .resize(view.election.instance().projects().len(), NEVER);
        self.emptied.clear();
        self.emptied.resize(view.voters().len(), NEVER);
        self.known.clear();
        self.known_at = 0;
    }

    pub(super) fn bought(&self) -> &[ProjectIx] {
        &self.bought
    }

    /// Notes a purchase, with its level where it is known; who gives the rest is said after.
    pub(super) fn buy(&mut self, project: ProjectIx, exact: Option<Ratio>) {
        let now = self.now();
        if let Some(slot) = self.place.get_mut(project.index()) {
            *slot = now;
        }
        self.bought.push(project);
        self.exact.push(exact);
    }

    /// A ballot's voters gave their rest at the last purchase.
    pub(super) fn empty(&mut self, ballot: u32) {
        let last = self.now().saturating_sub(1);
        if let Some(slot) = self.emptied.get_mut(ballot as usize) {
            *slot = last;
        }
    }

    /// Says what each of these supporters of the last purchase has left after it; it was not certain whether they
    /// pay in full.
    ///
    /// Where the level is not known, it is first that of all of them paying in full, which is a lower bound; whoever
    /// has less than that gives the rest, until nobody has.
    pub(super) fn settle(
        &mut self,
        view: &View<'_>,
        project: ProjectIx,
        unsure: &[u32],
    ) -> Vec<(u32, Ratio)> {
        let Some(last) = self
            .bought
            .len()
            .checked_sub(1)
            .filter(|_| !unsure.is_empty())
        else {
            return Vec::new();
        };
        loop {
            let is_given = self.exact.get(last).is_some_and(Option::is_some);
            let level = self.level(view, last);
            let mut is_stable = true;
            for &ballot in unsure {
                if self.emptied_at(ballot) == NEVER
                    && self.compare(view, project, ballot, &level) == Ordering::Less
                {
                    self.empty(ballot);
                    is_stable = false;
                }
            }
            if is_given || is_stable {
                break;
            }
            if let Some(slot) = self.exact.get_mut(last) {
                *slot = None;
            }
        }
        let level = self.level(view, last);
        let before = u32::try_from(last).unwrap_or(NEVER);
        let mut settled = Vec::with_capacity(unsure.len());
        for &ballot in unsure {
            let mut left = Ratio::ZERO;
            if self.emptied_at(ballot) == NEVER {
                let pays = view
                    .slope(project, ballot)
                    .map_or_else(|| level.clone(), |slope| &level * slope);
                left = self.left(view, ballot, before) - pays;
                if left.is_zero() {
                    self.empty(ballot);
                }
            }
            settled.push((ballot, left));
        }
        settled
    }

    /// How many purchases there are.
    fn now(&self) -> u32 {
        u32::try_from(self.bought.len()).unwrap_or(NEVER - 1)
    }

    fn emptied_at(&self, ballot: u32) -> u32 {
        self.emptied.get(ballot as usize).copied().unwrap_or(0)
    }

    /// The exact level of a purchase.
    pub(super) fn level(&mut self, view: &View<'_>, at: usize) -> Ratio {
        for known in 0..=at {
            if self.exact.get(known).is_some_and(Option::is_none) {
                let level = self.compute(view, known);
                if let Some(slot) = self.exact.get_mut(known) {
                    *slot = Some(level);
                }
            }
        }
        self.exact.get(at).cloned().flatten().unwrap_or_default()
    }

    /// The level of a purchase whose predecessors are known.
    fn compute(&mut self, view: &View<'_>, at: usize) -> Ratio {
        self.answers += 1;
        let Some(&project) = self.bought.get(at) else {
            return Ratio::ZERO;
        };
        let now = u32::try_from(at).unwrap_or(NEVER);
        let (mut poor, mut rich) = (Vec::new(), Vec::new());
        for &ballot in view.supporters(project) {
            match self.emptied_at(ballot).cmp(&now) {
                Ordering::Less => {}
                Ordering::Equal => poor.push(ballot),
                Ordering::Greater => rich.push(ballot),
            }
        }
        self.tangent(view, project, &poor, &rich, now)
            .unwrap_or_else(|| self.highest(view, project, &poor, now))
    }

    /// `(cost - money of P) / slopes of R`; `None` if R is empty.
    fn tangent(
        &self,
        view: &View<'_>,
        project: ProjectIx,
        poor: &[u32],
        rich: &[u32],
        before: u32,
    ) -> Option<Ratio> {
        let cost = &view.price(project)?.cost;
        let slopes = view.slopes_of(project, rich);
        (cost - self.money(view, poor, before)).checked_div(&slopes)
    }

    /// The level at which the last of these gives the rest.
    fn highest(&self, view: &View<'_>, project: ProjectIx, all: &[u32], before: u32) -> Ratio {
        let levels = all.iter().filter_map(|&ballot| {
            let purse = self.purse(view, ballot, before);
            match view.slope(project, ballot) {
                Some(slope) => purse.checked_div(slope),
                None => Some(purse),
            }
        });
        levels.max().unwrap_or_default()
    }

    /// What these ballots' voters have together before a purchase; none of them has given the rest before.
    fn money(&self, view: &View<'_>, ballots: &[u32], before: u32) -> Ratio {
        let mut heads = vec![0_i128; self.purses.len()];
        let mut paid = vec![0_i128; before as usize];
        let mut sloped = vec![
            Ratio::ZERO;
            if view.is_uniform() {
                0
            } else {
                before as usize
            }
        ];
        for &ballot in ballots {
            let count = i128::from(view.count(ballot));
            if let Some(sum) = heads.get_mut(view.class(ballot)) {
                *sum += count;
            }
            for project in view.gains(ballot) {
                let at = self.place.get(project.index()).map_or(NEVER, |&at| at);
                if at >= before {
                    continue;
                }
                if let Some(slope) = view.slope(project, ballot) {
                    if let Some(sum) = sloped.get_mut(at as usize) {
                        *sum += &slope.mul_int(count);
                    }
                } else if let Some(sum) = paid.get_mut(at as usize) {
                    *sum += count;
                }
            }
        }
        let level = |at: usize| self.exact.get(at).and_then(Option::as_ref);
        let started = self.purses.iter().zip(heads);
        let started: Ratio = started.map(|(purse, count)| purse.mul_int(count)).sum();
        let plain = paid
            .into_iter()
            .enumerate()
            .filter(|&(_, count)| count != 0);
        let plain: Ratio = plain
            .filter_map(|(at, count)| Some(level(at)?.mul_int(count)))
            .sum();
        let weighted = sloped.iter().enumerate().filter(|(_, sum)| !sum.is_zero());
        let weighted: Ratio = weighted
            .filter_map(|(at, sum)| Some(level(at)? * sum))
            .sum();
        started - plain - weighted
    }

    /// What one voter of a ballot has before a purchase, having given the rest at none.
    fn purse(&self, view: &View<'_>, ballot: u32, before: u32) -> Ratio {
        let start = self.purses.get(view.class(ballot)).cloned();
        let paid: Ratio = view
            .gains(ballot)
            .filter_map(|project| {
                let at = *self.place.get(project.index())?;
                let level = self
                    .exact
                    .get(at as usize)
                    .filter(|_| at < before)?
                    .as_ref()?;
                Some(match view.slope(project, ballot) {
                    Some(slope) => level * slope,
                    None => level.clone(),
                })
            })
            .sum();
        start.unwrap_or_default() - paid
    }

    /// What one voter of a ballot has now.
    pub(super) fn left(&mut self, view: &View<'_>, ballot: u32, before: u32) -> Ratio {
        if self.emptied_at(ballot) < before {
            return Ratio::ZERO;
        }
        if let Some(last) = (before as usize).checked_sub(1) {
            self.level(view, last);
        }
        if !view.is_uniform() {
            return self.purse(view, ballot, before);
        }
        if self.known_at != before {
            self.known.clear();
            self.known_at = before;
        }
        let places = view
            .gains(ballot)
            .filter_map(|project| self.place.get(project.index()));
        let mut paid: Vec<u32> = places.copied().filter(|&at| at < before).collect();
        paid.sort_unstable();
        let key = (view.class(ballot), paid);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let purse = self.purse(view, ballot, before);
        self.known.insert(key, purse.clone());
        purse
    }

    /// What the supporters of a project have together after so many purchases.
    pub(super) fn held(&mut self, view: &View<'_>, project: ProjectIx, after: usize) -> Ratio {
        if let Some(last) = after.checked_sub(1) {
            self.level(view, last);
        }
        let before = u32::try_from(after).unwrap_or(NEVER);
        let all = view.supporters(project).iter().copied();
        let open: Vec<u32> = all
            .filter(|&ballot| self.emptied_at(ballot) >= before)
            .collect();
        self.money(view, &open, before)
    }

    fn open(&self, view: &View<'_>, project: ProjectIx) -> Vec<u32> {
        let all = view.supporters(project).iter().copied();
        all.filter(|&ballot| self.emptied_at(ballot) == NEVER)
            .collect()
    }

    /// The exact level of a project that is not bought; `None` if its supporters have too little.
    ///
    /// Newton's method in fractions, started from what the machine numbers suggest: see
    /// [`crate::exact::certified`]. It ends at a split that its own level confirms.
    pub(super) fn solve<B: Bounds>(
        &mut self,
        view: &View<'_>,
        levels: &Levels<B>,
        project: ProjectIx,
    ) -> Option<Ratio> {
        self.answers += 1;
        if let Some(last) = self.bought.len().checked_sub(1) {
            self.level(view, last);
        }
        let (open, now) = (self.open(view, project), self.now());
        let price = view.price(project)?;
        let guess = levels.estimate(view.row(project), price.cost_near);
        let (mut poor, mut rich): (Vec<u32>, Vec<u32>) = open.iter().partition(|&&ballot| {
            let slope = slope_near(view, project, ballot);
            guess.is_some_and(|level| levels.seems_poor(ballot, slope, level))
        });
        loop {
            let level = self.tangent(view, project, &poor, &rich, now);
            let Some(level) = level.filter(Ratio::is_positive) else {
                let held = self.money(view, &open, now);
                match held.cmp(&price.cost) {
                    Ordering::Less => return None,
                    Ordering::Equal => return Some(self.highest(view, project, &open, now)),
                    // The guess was too high; without poor, the next level is positive.
                    Ordering::Greater => (poor, rich) = (Vec::new(), open.clone()),
                }
                continue;
            };
            let near = Level::of(&level);
            let (next_poor, next_rich): (Vec<u32>, Vec<u32>) = open.iter().partition(|&&ballot| {
                let slope = slope_near(view, project, ballot);
                if levels.is_certain(ballot, slope, near) {
                    levels.seems_poor(ballot, slope, near)
                } else {
                    self.compare(view, project, ballot, &level) == Ordering::Less
                }
            });
            if next_poor == poor {
                return Some(level);
            }
            (poor, rich) = (next_poor, next_rich);
        }
    }

    /// How the purse of a supporter compares with what it would pay at a level.
    pub(super) fn compare(
        &mut self,
        view: &View<'_>,
        project: ProjectIx,
        ballot: u32,
        level: &Ratio,
    ) -> Ordering {
        let before = self
            .place
            .get(project.index())
            .map_or(NEVER, |&at| at)
            .min(self.now());
        let left = self.left(view, ballot, before);
        match view.slope(project, ballot) {
            Some(slope) => left.cmp(&(level * slope)),
            None => left.cmp(level),
        }
    }
}

fn slope_near(view: &View<'_>, project: ProjectIx, ballot: u32) -> Near {
    view.slope(project, ballot)
        .map_or(Near::of_count(1), Near::of)
}
