//! One run of Equal Shares: purses of a given size, and what they buy.

use std::cmp::Ordering;

use crate::count::Halt;
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::{
    Bound, Bounds, Filling, Level, Levels, Near, Paid, Proved, Seek, Trust,
};

use super::desk::Standing;
use super::ledger::Ledger;
use super::view::View;

/// What the city's rules say of a purchase, whatever the purses hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permit {
    Granted,
    /// Not before another project is bought.
    Waits,
    /// Not in this run.
    Barred,
}

/// Whom a run asks about what is not its own to decide.
pub(super) trait Desk {
    /// May this be bought after those? The desk keeps in `standing` what it knows of the run that asks.
    fn permit(&self, standing: &mut Standing, bought: &[ProjectIx], project: ProjectIx) -> Permit;
    /// May all of these be bought after those?
    fn permit_all(&self, bought: &[ProjectIx], projects: &[ProjectIx]) -> bool;
    /// The money that all purchases together may cost.
    fn available(&self) -> Money;
    /// Counts steps against what the caller allows.
    fn work(&mut self, steps: u64) -> Result<(), Halt>;
    /// Which would go first among equals, where that is settled? Nothing is recorded.
    fn first(&self, tied: &[ProjectIx]) -> Option<ProjectIx>;
    /// Which goes first among equals?
    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt>;
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nobody can buy any more.
    Complete,
    /// The last purchase costs more than there is.
    Overspent,
}

/// A purchase, with those that it was tied with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Purchase {
    pub(super) project: ProjectIx,
    pub(super) tied: Vec<ProjectIx>,
}

/// What was found out about a project that is not the next.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// After how many purchases.
    pub(super) after: usize,
    pub(super) project: ProjectIx,
    pub(super) low: Low,
}

/// A lower bound of a rate, the exact level, or that there is none.
#[derive(Debug, Clone)]
pub(super) enum Low {
    Rate(Bound),
    Level(Ratio),
    Short,
}

/// What a project would be bought at.
#[derive(Debug, Clone)]
struct Offer {
    project: ProjectIx,
    level: Level,
    paid: Paid,
    exact: Option<Ratio>,
    low: Bound,
    high: Bound,
}

/// The state of a run, kept for the next one so that its memory is used again.
#[derive(Debug, Default)]
pub(super) struct Run<B: Bounds = Proved> {
    pub(super) levels: Levels<B>,
    pub(super) ledger: Ledger,
    pub(super) purchases: Vec<Purchase>,
    pub(super) spent: Money,
    /// Open projects with a lower bound of their rates, the lowest last.
    queue: Vec<(Bound, ProjectIx)>,
    /// Open projects that cost nothing.
    free: Vec<ProjectIx>,
    /// Near each project's last level: where to look first.
    from: Vec<Bound>,
    /// What was found in this round, and what has to wait for another project in it.
    offers: Vec<Offer>,
    waiting: Vec<(Bound, ProjectIx)>,
    standing: Standing,
    /// Who gives the rest at a purchase, and of whom it is not certain.
    emptied: Vec<u32>,
    unsure: Vec<u32>,
    /// How often a level was looked for.
    pub(super) looks: u64,
    /// What was found out on the way, if somebody wants to know.
    pub(super) claims: Option<Vec<Claim>>,
}

impl<B: Bounds> Run<B> {
    /// Runs Equal Shares over these projects, an ordinary voter having this share.
    pub(super) fn run(
        &mut self,
        view: &View<'_>,
        open: &[ProjectIx],
        share: &Ratio,
        trust: Trust,
        desk: &mut dyn Desk,
    ) -> Result<Ended, Halt> {
        self.begin(view, open, share, trust);
        while let Some(tied) = self.next(view, desk) {
            let is_free = tied
                .first()
                .is_some_and(|project| self.free.contains(project));
            let (project, tied) = match tied.as_slice() {
                [only] => (*only, tied),
                // The order of projects that cost nothing matters only if they exclude each other.
                [first, ..] if is_free && desk.permit_all(self.ledger.bought(), &tied) => {
                    (*first, vec![*first])
                }
                _ => (desk.untie(&tied)?, tied),
            };
            self.purchases.push(Purchase { project, tied });
            let cost = view.election.instance().cost_of(project);
            self.spent = self.spent.checked_add(cost).unwrap_or(Money::MAX);
            if self.spent > desk.available() {
                return Ok(Ended::Overspent);
            }
            self.buy(view, project);
        }
        Ok(Ended::Complete)
    }

    fn begin(&mut self, view: &View<'_>, open: &[ProjectIx], share: &Ratio, trust: Trust) {
        let purses = view.purses(share);
        let near: Vec<Near> = purses.iter().map(Near::of).collect();
        let filling = Filling {
            capacities: &near,
            classes: &view.classes,
            counts: &view.counts,
            most: view.election.profile().voters(),
        };
        let trust = if view.is_sure { trust } else { Trust::Never };
        self.levels.fill(&filling, trust);
        self.ledger.begin(view, purses);
        self.purchases.clear();
        if let Some(claims) = &mut self.claims {
            claims.clear();
        }
        self.spent = Money::ZERO;
        self.from.clear();
        self.from
            .resize(view.election.instance().projects().len(), Bound::ZERO);
        self.queue.clear();
        self.free.clear();
        self.offers.clear();
        self.waiting.clear();
        for &project in open {
            let cost = view.election.instance().cost_of(project);
            if cost.is_zero() {
                self.free.push(project);
            } else {
                self.enqueue(view, project);
            }
        }
        self.queue
            .sort_by(|(a, p), (b, q)| b.cmp(*a).then(q.cmp(p)));
    }

    /// Queues a project with what is known of it before anybody has paid.
    fn enqueue(&mut self, view: &View<'_>, project: ProjectIx) {
        let Some(price) = view.price(project) else {
            return;
        };
        if self.levels.is_beyond(price.least) {
            self.claim(project, Low::Short);
            return;
        }
        let low = if self.levels.is_sure() {
            price.least.low_per(price.part_near)
        } else {
            Bound::ZERO
        };
        if low.cmp(Bound::ZERO) == Ordering::Greater {
            self.claim(project, Low::Rate(low));
        }
        if let Some(from) = self.from.get_mut(project.index()) {
            *from = price.least;
        }
        self.queue.push((low, project));
    }

    /// The projects that are tied for the next purchase, in the order of their ids; `None` at the end.
    fn next(&mut self, view: &View<'_>, desk: &dyn Desk) -> Option<Vec<ProjectIx>> {
        let free = self.next_free(desk);
        if !free.is_empty() {
            return Some(free);
        }
        loop {
            let ceiling = self.look_around(view);
            let mut tied: Vec<Offer> = Vec::new();
            let bought = self.ledger.bought();
            let mut is_permitted = true;
            self.offers.retain(|offer| {
                if offer.low.cmp(ceiling) == Ordering::Greater {
                    return true;
                }
                let permit = desk.permit(&mut self.standing, bought, offer.project);
                if permit == Permit::Waits {
                    self.waiting.push((offer.low, offer.project));
                }
                if permit == Permit::Granted {
                    tied.push(offer.clone());
                    return true;
                }
                is_permitted = false;
                false
            });
            if !is_permitted {
                continue;
            }
            if tied.len() > 1 {
                self.settle_ties(view, &mut tied);
            }
            let mut tied: Vec<ProjectIx> = tied.iter().map(|offer| offer.project).collect();
            tied.sort_unstable();
            return (!tied.is_empty()).then_some(tied);
        }
    }

    /// The projects that cost nothing and may be bought now.
    fn next_free(&mut self, desk: &dyn Desk) -> Vec<ProjectIx> {
        let mut granted = Vec::new();
        let (bought, standing) = (self.ledger.bought(), &mut self.standing);
        self.free.retain(|&project| {
            let permit = desk.permit(standing, bought, project);
            if permit == Permit::Granted {
                granted.push(project);
            }
            permit != Permit::Barred
        });
        granted
    }

    /// Looks at every project that could be the next, and gives an upper bound of the lowest rate.
    fn look_around(&mut self, view: &View<'_>) -> Bound {
        let highs = self.offers.iter().map(|offer| offer.high);
        let mut ceiling = highs.fold(Bound::INFINITE, Bound::min);
        while let Some(&(low, project)) = self.queue.last() {
            if low.cmp(ceiling) == Ordering::Greater {
                break;
            }
            self.queue.pop();
            self.looks += 1;
            if let Some(offer) = self.look(view, project, ceiling) {
                ceiling = ceiling.min(offer.high);
                self.offers.push(offer);
            }
        }
        ceiling
    }

    /// The offer of a project. `None` if its supporters cannot pay, or if it is above the ceiling: then it is queued.
    fn look(&mut self, view: &View<'_>, project: ProjectIx, ceiling: Bound) -> Option<Offer> {
        let price = view.price(project)?;
        let from = self.from.get(project.index()).copied()?;
        let highest = ceiling.high_times(price.part_near);
        let sought = self
            .levels
            .seek(view.row(project), price.cost_near, from, highest);
        let exact = match sought {
            Seek::Unsure => self.ledger.solve(view, &self.levels, project),
            _ => None,
        };
        let level = match (sought, &exact) {
            (Seek::Level(level, _), _) => level,
            (_, Some(exact)) => Level::of(exact),
            (Seek::Above(low), None) => {
                if let Some(from) = self.from.get_mut(project.index()) {
                    *from = low;
                }
                // Above the ceiling for certain: rounded down again it could come back under it, and be looked at for ever.
                let low = low.low_per(price.part_near).max(ceiling.beyond());
                self.claim(project, Low::Rate(low));
                self.look_later(low, project);
                return None;
            }
            (Seek::Short | Seek::Unsure, None) => {
                self.claim(project, Low::Short);
                return None;
            }
        };
        if let Some(from) = self.from.get_mut(project.index()) {
            *from = level.high();
        }
        let low = level.low().low_per(price.part_near);
        self.claim(project, exact.clone().map_or(Low::Rate(low), Low::Level));
        let paid = match sought {
            Seek::Level(_, paid) => paid,
            _ => Paid::Otherwise,
        };
        Some(Offer {
            project,
            level,
            paid,
            exact,
            low,
            high: level.high().high_per(price.part_near),
        })
    }

    fn claim(&mut self, project: ProjectIx, low: Low) {
        let after = self.purchases.len();
        if let Some(claims) = &mut self.claims {
            claims.push(Claim {
                after,
                project,
                low,
            });
        }
    }

    fn look_later(&mut self, low: Bound, project: ProjectIx) {
        let at = self
            .queue
            .partition_point(|(other, _)| other.cmp(low) == Ordering::Greater);
        self.queue.insert(at, (low, project));
    }

    /// Leaves only the offers of the lowest rate, by exact comparison.
    fn settle_ties(&mut self, view: &View<'_>, tied: &mut Vec<Offer>) {
        let mut lowest: Option<Ratio> = None;
        let mut rates = Vec::new();
        for offer in tied.iter_mut() {
            if let (None, Paid::Alike(payers)) = (&offer.exact, offer.paid) {
                let price = view.price(offer.project);
                offer.exact = price.and_then(|price| price.alike(payers));
            }
            if offer.exact.is_none() {
                offer.exact = self.ledger.solve(view, &self.levels, offer.project);
            }
            let part = view.price(offer.project).map(|price| &price.part);
            let rate = offer
                .exact
                .as_ref()
                .zip(part)
                .and_then(|(level, part)| level.checked_div(part));
            if let Some(rate) = &rate
                && lowest.as_ref().is_none_or(|lowest| rate < lowest)
            {
                lowest = Some(rate.clone());
            }
            rates.push(rate);
        }
        for offer in tied.iter() {
            if let Some(exact) = &offer.exact {
                self.claim(offer.project, Low::Level(exact.clone()));
            }
            if let Some(own) = self
                .offers
                .iter_mut()
                .find(|own| own.project == offer.project)
            {
                own.exact.clone_from(&offer.exact);
            }
        }
        let mut rates = rates.into_iter();
        tied.retain(|_| rates.next().flatten() == lowest);
    }

    /// Buys a project: its supporters pay, and the other offers wait for the next round.
    fn buy(&mut self, view: &View<'_>, project: ProjectIx) {
        let mut exact = Some(Ratio::ZERO);
        let mut level = None;
        self.free.retain(|&other| other != project);
        for offer in std::mem::take(&mut self.offers) {
            if offer.project == project {
                exact = offer.exact;
                level = Some(offer.level);
            } else {
                self.look_later(offer.low, offer.project);
            }
        }
        for (low, other) in std::mem::take(&mut self.waiting) {
            self.look_later(low, other);
        }
        self.ledger.buy(project, exact.clone());
        let Some(level) = level else {
            return;
        };
        // Where the exact level is known, nearer to it than the offer.
        let level = exact.as_ref().map_or(level, Level::of);
        let (emptied, unsure) = (&mut self.emptied, &mut self.unsure);
        self.levels.draw(view.row(project), level, emptied, unsure);
        self.ledger.empty_all(&self.emptied);
        for (ballot, left) in self.ledger.settle(view, project, &self.unsure) {
            self.levels.settle(ballot, &left);
        }
    }
}
