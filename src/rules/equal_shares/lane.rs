//! One of the runs that are made side by side: see [`super::block`].

use std::cmp::Ordering;

use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::{Bound, Level, Near, Paid, Part, Seek};

use super::block::Block;
use super::desk::Standing;
use super::run::{Desk, Ended, Permit};
use super::trace::Round;

/// Where one of the runs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Runs,
    Ended(Ended),
    DroppedOut,
}

/// A project that may be the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer {
    pub(super) project: ProjectIx,
    pub(super) level: Level,
    paid: Paid,
    low: Bound,
}

/// A rate that so many payers share alike: exactly `worth / payers`.
#[derive(Debug, Clone, Copy)]
struct Rate<'w> {
    worth: &'w Ratio,
    payers: u64,
}

impl Rate<'_> {
    fn cmp(&self, other: &Rate<'_>) -> Ordering {
        if self.worth == other.worth {
            return other.payers.cmp(&self.payers);
        }
        let crosswise = |rate: &Rate<'_>, payers: u64| rate.worth.mul_int(i128::from(payers));
        crosswise(self, other.payers).cmp(&crosswise(other, self.payers))
    }
}

/// One of the runs.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) progress: Progress,
    pub(super) bought: Vec<ProjectIx>,
    pub(super) rounds: Vec<Round>,
    pub(super) ties: Vec<(usize, Vec<ProjectIx>)>,
    pub(super) spent: Money,
    /// Open projects with a lower bound of their rates, the lowest last.
    pub(super) queue: Vec<(Bound, ProjectIx)>,
    offers: Vec<Offer>,
    /// Open projects that the law forbids before another one is bought.
    waiting: Vec<(Bound, ProjectIx)>,
    /// The law after what was bought.
    standing: Standing,
    pub(super) from: Vec<Bound>,
    pub(super) ceiling: Bound,
    /// What was known of the project that is looked at.
    taken: Bound,
    /// Others are of interest up to here too: what the run with the next smaller share pays.
    further: Bound,
    /// Has it bought what the run with the next smaller share has?
    is_alike: bool,
}

impl Lane {
    pub(super) fn begin(projects: usize) -> Lane {
        Lane {
            progress: Progress::Runs,
            bought: Vec::new(),
            rounds: Vec::new(),
            ties: Vec::new(),
            spent: Money::ZERO,
            queue: Vec::new(),
            offers: Vec::new(),
            waiting: Vec::new(),
            standing: Standing::default(),
            from: vec![Bound::ZERO; projects],
            ceiling: Bound::INFINITE,
            taken: Bound::ZERO,
            further: Bound::ZERO,
            is_alike: true,
        }
    }

    pub(super) fn runs(&self) -> bool {
        self.progress == Progress::Runs
    }

    /// Up to which rate projects are of interest now.
    pub(super) fn reach(&self) -> Bound {
        if self.further.cmp(self.ceiling) == Ordering::Greater {
            self.further
        } else {
            self.ceiling
        }
    }

    /// The project to look at next; `None` when the round has seen all that are of interest. Those that the law forbids
    /// are taken out on the way, for this purchase or for the rest of the run.
    pub(super) fn front(&mut self, desk: &dyn Desk) -> Option<ProjectIx> {
        loop {
            let &(low, project) = self.queue.last().filter(|_| self.runs())?;
            if low.cmp(self.reach()) == Ordering::Greater {
                return None;
            }
            if self.is_permitted(low, project, desk) {
                return Some(project);
            }
            self.queue.pop();
        }
    }

    /// Does the law permit it next? What waits for another is queued again after the next purchase.
    fn is_permitted(&mut self, low: Bound, project: ProjectIx, desk: &dyn Desk) -> bool {
        let permit = desk.permit(&mut self.standing, &self.bought, project);
        if permit == Permit::Waits {
            self.waiting.push((low, project));
        }
        permit == Permit::Granted
    }

    /// Takes a project out of the queue; says whether it is of interest, or only rides along.
    pub(super) fn take(&mut self, project: ProjectIx, desk: &dyn Desk) -> Part {
        let is_it = |&(_, other): &(Bound, ProjectIx)| other == project;
        let Some(at) = self.queue.iter().rposition(is_it).filter(|_| self.runs()) else {
            return Part::Rests;
        };
        let (low, _) = self.queue.remove(at);
        if !self.is_permitted(low, project, desk) {
            return Part::Rests;
        }
        self.taken = low;
        if low.cmp(self.reach()) == Ordering::Greater {
            Part::Rides
        } else {
            Part::Seeks
        }
    }

    /// The project that is bought next, where it is certain.
    pub(super) fn next(&self) -> Option<ProjectIx> {
        let mut near = self
            .offers
            .iter()
            .filter(|offer| offer.low.cmp(self.ceiling) != Ordering::Greater);
        let next = near.next().filter(|_| self.runs())?;
        near.next().is_none().then_some(next.project)
    }

    /// Looks at others up to the rate that the run with the next smaller share pays for the same project, unless one
    /// of them is known to be below that.
    pub(super) fn look_further(&mut self, smaller: Option<(ProjectIx, Bound)>) {
        let Some(next) = self.next() else {
            self.is_alike = false;
            return;
        };
        let smaller = smaller.filter(|&(project, _)| self.is_alike && project == next);
        let Some((_, rate)) = smaller else {
            self.is_alike = false;
            return;
        };
        self.further = rate;
        self.check_further(next);
    }

    /// Gives up where another project than the next is not above what the smaller run pays.
    fn check_further(&mut self, next: ProjectIx) {
        let is_below = |offer: &Offer| {
            offer.project != next && offer.low.cmp(self.further) != Ordering::Greater
        };
        if self.offers.iter().any(is_below) {
            self.further = Bound::ZERO;
            self.is_alike = false;
        }
    }

    fn look_later(&mut self, low: Bound, project: ProjectIx) {
        let at = self
            .queue
            .partition_point(|(other, _)| other.cmp(low) == Ordering::Greater);
        self.queue.insert(at, (low, project));
    }

    pub(super) fn learn(&mut self, project: ProjectIx, part: Near, answer: Seek) {
        match answer {
            Seek::Level(level, paid) => {
                if let Some(from) = self.from.get_mut(project.index()) {
                    *from = level.high();
                }
                self.ceiling = self.ceiling.min(level.high().high_per(part));
                let low = level.low().low_per(part);
                self.offers.push(Offer {
                    project,
                    level,
                    paid,
                    low,
                });
                if self.further.cmp(low) == Ordering::Greater {
                    self.further = Bound::ZERO;
                    self.is_alike = false;
                }
            }
            Seek::Above(low) => {
                if let Some(from) = self.from.get_mut(project.index())
                    && low.cmp(*from) == Ordering::Greater
                {
                    *from = low;
                }
                // What was sought is above the reach for certain: rounded down again it could come back under it, and be looked
                // at for ever. What rode along was above it before.
                let reach = self.reach();
                let was_sought = self.taken.cmp(reach) != Ordering::Greater;
                let known = if was_sought {
                    reach.beyond()
                } else {
                    self.taken
                };
                self.look_later(low.low_per(part).max(known), project);
            }
            Seek::Short => {}
            Seek::Unsure => self.progress = Progress::DroppedOut,
        }
    }

    /// Ends the round: the purchase, if there is one and it is certain which.
    pub(super) fn choose(&mut self, block: Block<'_, '_>, desk: &dyn Desk) -> Option<Offer> {
        if !self.runs() {
            return None;
        }
        let (ceiling, mut near) = (self.ceiling, Vec::new());
        for offer in std::mem::take(&mut self.offers) {
            if offer.low.cmp(ceiling) == Ordering::Greater {
                self.look_later(offer.low, offer.project);
            } else {
                near.push(offer);
            }
        }
        self.ceiling = Bound::INFINITE;
        self.further = Bound::ZERO;
        if near.is_empty() {
            self.progress = Progress::Ended(Ended::Complete);
            return None;
        }
        let Some(next) = self.first(block, near, desk) else {
            self.progress = Progress::DroppedOut;
            return None;
        };
        let cost = block.view.election.instance().cost_of(next.project);
        self.spent = self.spent.checked_add(cost).unwrap_or(Money::MAX);
        self.bought.push(next.project);
        // The queue has all others now, the lowest last.
        let others = self.queue.last().map_or(Bound::INFINITE, |&(low, _)| low);
        self.rounds.push(Round {
            bought: ceiling,
            others,
        });
        for (low, project) in std::mem::take(&mut self.waiting) {
            self.look_later(low, project);
        }
        if self.spent > desk.available() {
            self.progress = Progress::Ended(Ended::Overspent);
            return None;
        }
        Some(next)
    }

    /// Which of those that may be next goes first; `None` where only exact arithmetic tells, or a lot is needed.
    ///
    /// Where all who have anything left pay alike for each, whole numbers tell how the rates compare. Those that are
    /// not bought are looked at later.
    fn first(&mut self, block: Block<'_, '_>, near: Vec<Offer>, desk: &dyn Desk) -> Option<Offer> {
        if let [only] = near.as_slice() {
            return Some(*only);
        }
        let mut rates = Vec::with_capacity(near.len());
        for offer in &near {
            let Paid::Alike(payers) = offer.paid else {
                return None;
            };
            let worth = block.worths.get(offer.project.index())?;
            rates.push(Rate { worth, payers });
        }
        let lowest = *rates.iter().min_by(|a, b| a.cmp(b))?;
        let offers = near.iter().zip(&rates);
        let tied = offers.filter(|(_, rate)| rate.cmp(&lowest).is_eq());
        let mut tied: Vec<ProjectIx> = tied.map(|(offer, _)| offer.project).collect();
        tied.sort_unstable();
        let first = match tied.as_slice() {
            [only] => *only,
            _ => desk.first(&tied)?,
        };
        if tied.len() > 1 {
            self.ties.push((self.bought.len(), tied));
        }
        let mut next = None;
        for offer in near {
            if offer.project == first {
                next = Some(offer);
            } else {
                self.look_later(offer.low, offer.project);
            }
        }
        next
    }
}
