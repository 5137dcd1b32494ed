//! Eight runs at once, each with a larger share than the one before.
//!
//! They go through their rounds together, so that a pass over the supporters of a project serves all of them. A run in
//! which the machine numbers do not tell drops out, and is made again by itself. Ties between projects for which everybody
//! pays in full are common, and need whole numbers only: they are settled here where the chain settles them, and
//! recorded when the run is taken up.

use std::cmp::Ordering;

use crate::count::Halt;
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::{Bound, Bounds, LANES, Lanes, Level, Near, Paid, Part, Seek};

use super::desk::Standing;
use super::run::{Desk, Ended, Permit};
use super::trace::{Finished, Round};
use super::view::View;

/// Where one of the runs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Runs,
    Ended(Ended),
    DroppedOut,
}

/// A project that may be the next.
#[derive(Debug, Clone, Copy)]
struct Offer {
    project: ProjectIx,
    level: Level,
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
struct Lane {
    progress: Progress,
    bought: Vec<ProjectIx>,
    rounds: Vec<Round>,
    ties: Vec<(usize, Vec<ProjectIx>)>,
    spent: Money,
    /// Open projects with a lower bound of their rates, the lowest last.
    queue: Vec<(Bound, ProjectIx)>,
    offers: Vec<Offer>,
    /// Open projects that the law forbids before another one is bought.
    waiting: Vec<(Bound, ProjectIx)>,
    /// The law after what was bought.
    standing: Standing,
    from: Vec<Bound>,
    ceiling: Bound,
    /// What was known of the project that is looked at.
    taken: Bound,
    /// Others are of interest up to here too: what the run with the next smaller share pays.
    further: Bound,
    /// Has it bought what the run with the next smaller share has?
    is_alike: bool,
}

/// The run with the next smaller share, if it is to be told what all runs between do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Smaller<'r> {
    Unknown,
    /// Another one of the eight.
    Lane(usize),
    Made(&'r Finished),
}

impl Lane {
    fn begin(projects: usize) -> Lane {
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

    fn runs(&self) -> bool {
        self.progress == Progress::Runs
    }

    /// Up to which rate projects are of interest now.
    fn reach(&self) -> Bound {
        if self.further.cmp(self.ceiling) == Ordering::Greater {
            self.further
        } else {
            self.ceiling
        }
    }

    /// The project to look at next; `None` when the round has seen all that are of interest. Those that the law forbids
    /// are taken out on the way, for this purchase or for the rest of the run.
    fn front(&mut self, desk: &dyn Desk) -> Option<ProjectIx> {
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
    fn take(&mut self, project: ProjectIx, desk: &dyn Desk) -> Part {
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
    fn next(&self) -> Option<ProjectIx> {
        let mut near = self
            .offers
            .iter()
            .filter(|offer| offer.low.cmp(self.ceiling) != Ordering::Greater);
        let next = near.next().filter(|_| self.runs())?;
        near.next().is_none().then_some(next.project)
    }

    /// Looks at others up to the rate that the run with the next smaller share pays for the same project, unless one
    /// of them is known to be below that.
    fn look_further(&mut self, smaller: Option<(ProjectIx, Bound)>) {
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

    fn learn(&mut self, project: ProjectIx, part: Near, answer: Seek) {
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
                let low = low.low_per(part);
                let is_news = low.cmp(self.taken) == Ordering::Greater;
                self.look_later(if is_news { low } else { self.taken }, project);
            }
            Seek::Short => {}
            Seek::Unsure => self.progress = Progress::DroppedOut,
        }
    }

    /// Ends the round: the purchase, if there is one and it is certain which.
    fn choose(&mut self, block: Block<'_, '_>, desk: &dyn Desk) -> Option<Offer> {
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

/// What is asked of eight runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'b, 'a> {
    pub(super) view: &'b View<'a>,
    pub(super) open: &'b [ProjectIx],
    /// See [`View::worths`].
    pub(super) worths: &'b [Ratio],
    /// Rising.
    pub(super) shares: &'b [Ratio; LANES],
    /// For each the run with the next smaller share.
    pub(super) smaller: &'b [Smaller<'b>; LANES],
}

/// Runs with these shares; `None` for each that has to be made by itself.
///
/// For elections in which all slopes are 1 and no project costs nothing. What the law forbids is asked of the desk, by each run for
/// what it has bought.
///
/// # Errors
/// [`Halt`] where the desk does not allow so much work: a step is a mark that a pass goes over, for all eight runs.
pub(super) fn run<B: Bounds>(
    block: Block<'_, '_>,
    desk: &mut dyn Desk,
    lanes: &mut Lanes<B>,
    looks: &mut u64,
) -> Result<Vec<Option<Finished>>, Halt> {
    let view = block.view;
    desk.work(1 + view.voters().len() as u64)?;
    fill(view, block.shares, lanes);
    let mut runs = begin(block, lanes);
    while runs.iter().any(Lane::runs) {
        look_around(view, desk, lanes, &mut runs, looks)?;
        let rates = runs
            .each_ref()
            .map(|lane| Some((lane.next()?, lane.ceiling)));
        for (lane, smaller) in runs.iter_mut().zip(block.smaller) {
            let smaller = match smaller {
                Smaller::Unknown => None,
                Smaller::Lane(at) => rates.get(*at).copied().flatten(),
                Smaller::Made(run) => {
                    let now = lane.bought.len();
                    let round = run.rounds.get(now).map(|round| round.bought);
                    run.bought.get(now).copied().zip(round)
                }
            };
            lane.look_further(smaller);
        }
        look_around(view, desk, lanes, &mut runs, looks)?;
        let chosen = runs.each_mut().map(|lane| lane.choose(block, desk));
        draw(view, chosen, desk, lanes, &mut runs)?;
    }
    let finished = runs.map(|lane| match lane.progress {
        Progress::Ended(ended) => Some(Finished {
            ended,
            bought: lane.bought,
            spent: lane.spent,
            ties: lane.ties,
            rounds: lane.rounds,
        }),
        _ => None,
    });
    Ok(finished.into())
}

/// All runs at their beginning: what is certainly more than anybody has is not even queued.
fn begin<B: Bounds>(block: Block<'_, '_>, lanes: &Lanes<B>) -> [Lane; LANES] {
    let projects = block.view.election.instance().projects().len();
    let mut runs: [Lane; LANES] = std::array::from_fn(|_| Lane::begin(projects));
    let priced = block
        .open
        .iter()
        .filter_map(|&project| Some((project, block.view.price(project)?)));
    for (project, price) in priced {
        let low = price.least.low_per(price.part_near);
        for (lane, is_beyond) in runs.iter_mut().zip(lanes.are_beyond(price.least)) {
            if !is_beyond {
                lane.queue.push((low, project));
            }
            if let Some(from) = lane.from.get_mut(project.index()) {
                *from = price.least;
            }
        }
    }
    for lane in &mut runs {
        lane.queue
            .sort_by(|(a, p), (b, q)| b.cmp(*a).then(q.cmp(p)));
    }
    runs
}

/// Looks at all projects that are of interest in this round.
fn look_around<B: Bounds>(
    view: &View<'_>,
    desk: &mut dyn Desk,
    lanes: &Lanes<B>,
    runs: &mut [Lane; LANES],
    looks: &mut u64,
) -> Result<(), Halt> {
    while let Some(project) = runs.iter_mut().find_map(|lane| lane.front(desk)) {
        *looks += 1;
        desk.work(1 + view.supporters(project).len() as u64)?;
        look(view, project, desk, lanes, runs);
    }
    Ok(())
}

fn fill<B: Bounds>(view: &View<'_>, shares: &[Ratio; LANES], lanes: &mut Lanes<B>) {
    let purses = shares.each_ref().map(|share| {
        let purses = view.purses(share);
        purses.iter().map(Near::of).collect::<Vec<_>>()
    });
    let classes = view.election.profile().classes().len();
    let by_class: Vec<[Near; LANES]> = (0..classes)
        .map(|class| {
            purses
                .each_ref()
                .map(|near| near.get(class).copied().unwrap_or(Near::of_count(0)))
        })
        .collect();
    let classes = view.voters().map(|(_, class)| class as usize);
    lanes.fill(&by_class, classes);
}

/// Looks at a project in every run in which it could be next.
fn look<B: Bounds>(
    view: &View<'_>,
    project: ProjectIx,
    desk: &dyn Desk,
    lanes: &Lanes<B>,
    runs: &mut [Lane; LANES],
) {
    let Some(price) = view.price(project) else {
        return;
    };
    let parts = runs.each_mut().map(|lane| lane.take(project, desk));
    let from = runs.each_ref().map(|lane| {
        let from = lane.from.get(project.index());
        from.copied().unwrap_or(Bound::ZERO)
    });
    let ceiling = runs
        .each_ref()
        .map(|lane| lane.reach().high_times(price.part_near));
    let row = view.supporters(project);
    let answers = lanes.seek(row, price.cost_near, from, ceiling, parts);
    for ((lane, answer), part) in runs.iter_mut().zip(answers).zip(parts) {
        if part != Part::Rests {
            lane.learn(project, price.part_near, answer);
        }
    }
}

/// Draws what was chosen: once for each project, in all runs that bought it.
fn draw<B: Bounds>(
    view: &View<'_>,
    mut chosen: [Option<Offer>; LANES],
    desk: &mut dyn Desk,
    lanes: &mut Lanes<B>,
    runs: &mut [Lane; LANES],
) -> Result<(), Halt> {
    while let Some(project) = chosen.iter().flatten().map(|offer| offer.project).next() {
        let levels = chosen.each_mut().map(|slot| {
            let own = slot.take_if(|offer| offer.project == project);
            own.map(|offer| offer.level)
        });
        desk.work(1 + view.supporters(project).len() as u64)?;
        let unsure = lanes.draw(view.supporters(project), levels);
        for (lane, is_unsure) in runs.iter_mut().zip(unsure) {
            if is_unsure {
                lane.progress = Progress::DroppedOut;
            }
        }
    }
    Ok(())
}
