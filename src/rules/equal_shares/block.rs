//! Eight runs at once, each with a larger share than the one before, where nothing but the purses decides.
//!
//! They go through their rounds together, so that a pass over the supporters of a project serves all of them. A run in
//! which the machine numbers do not tell, or two projects may be tied, drops out, and is made again by itself: ties
//! are asked about in one place only.

use std::cmp::Ordering;

use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::{Bound, LANES, Lanes, Level, Near, Seek};

use super::run::Ended;
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
    low: Bound,
}

/// One of the runs.
#[derive(Debug, Clone)]
struct Lane {
    progress: Progress,
    bought: Vec<ProjectIx>,
    spent: Money,
    /// Open projects with a lower bound of their rates, the lowest last.
    queue: Vec<(Bound, ProjectIx)>,
    offers: Vec<Offer>,
    from: Vec<Bound>,
    ceiling: Bound,
}

impl Lane {
    fn begin(open: &[ProjectIx], projects: usize) -> Lane {
        Lane {
            progress: Progress::Runs,
            bought: Vec::new(),
            spent: Money::ZERO,
            queue: open.iter().map(|&project| (Bound::ZERO, project)).collect(),
            offers: Vec::new(),
            from: vec![Bound::ZERO; projects],
            ceiling: Bound::INFINITE,
        }
    }

    fn runs(&self) -> bool {
        self.progress == Progress::Runs
    }

    /// The project to look at next; `None` when the round has seen all that could be next.
    fn front(&self) -> Option<ProjectIx> {
        let &(low, project) = self.queue.last().filter(|_| self.runs())?;
        (low.cmp(self.ceiling) != Ordering::Greater).then_some(project)
    }

    /// Takes a project out of the queue if it could be next.
    fn take(&mut self, project: ProjectIx) -> bool {
        if !self.runs() {
            return false;
        }
        let could_be_next =
            |(low, _): &(Bound, ProjectIx)| low.cmp(self.ceiling) != Ordering::Greater;
        let near = self
            .queue
            .iter()
            .rev()
            .take_while(|entry| could_be_next(entry));
        let Some(back) = near.into_iter().position(|&(_, other)| other == project) else {
            return false;
        };
        self.queue.remove(self.queue.len() - 1 - back);
        true
    }

    fn look_later(&mut self, low: Bound, project: ProjectIx) {
        let at = self
            .queue
            .partition_point(|(other, _)| other.cmp(low) == Ordering::Greater);
        self.queue.insert(at, (low, project));
    }

    fn learn(&mut self, project: ProjectIx, part: Near, answer: Seek) {
        match answer {
            Seek::Level(level) => {
                if let Some(from) = self.from.get_mut(project.index()) {
                    *from = level.high();
                }
                self.ceiling = self.ceiling.min(level.high().high_per(part));
                self.offers.push(Offer {
                    project,
                    level,
                    low: level.low().low_per(part),
                });
            }
            Seek::Above(low) => self.look_later(low.low_per(part), project),
            Seek::Short => {}
            Seek::Unsure => self.progress = Progress::DroppedOut,
        }
    }

    /// Ends the round: the purchase, if there is one and nothing is tied with it.
    fn choose(&mut self, view: &View<'_>, available: Money) -> Option<Offer> {
        if !self.runs() {
            return None;
        }
        let ceiling = self.ceiling;
        let is_next = |offer: &Offer| offer.low.cmp(ceiling) != Ordering::Greater;
        let (mut next, mut others) = (None, 0);
        for offer in std::mem::take(&mut self.offers) {
            if is_next(&offer) {
                others += usize::from(next.is_some());
                next = Some(offer);
            } else {
                self.look_later(offer.low, offer.project);
            }
        }
        self.ceiling = Bound::INFINITE;
        let Some(next) = next else {
            self.progress = Progress::Ended(Ended::Complete);
            return None;
        };
        if others > 0 {
            self.progress = Progress::DroppedOut;
            return None;
        }
        let cost = view.election.instance().cost_of(next.project);
        self.spent = self.spent.checked_add(cost).unwrap_or(Money::MAX);
        self.bought.push(next.project);
        if self.spent > available {
            self.progress = Progress::Ended(Ended::Overspent);
            return None;
        }
        Some(next)
    }
}

/// What one of the runs came to.
#[derive(Debug, Clone)]
pub(super) struct Finished {
    pub(super) ended: Ended,
    pub(super) bought: Vec<ProjectIx>,
    pub(super) spent: Money,
}

/// Runs with these shares; `None` for each that has to be made by itself.
///
/// For elections in which all slopes are 1, no project costs nothing, and projects neither exclude nor require each
/// other.
pub(super) fn run(
    view: &View<'_>,
    open: &[ProjectIx],
    shares: &[Ratio; LANES],
    available: Money,
    lanes: &mut Lanes,
    looks: &mut u64,
) -> Vec<Option<Finished>> {
    fill(view, shares, lanes);
    let projects = view.election.instance().projects().len();
    let mut runs: [Lane; LANES] = std::array::from_fn(|_| Lane::begin(open, projects));
    while runs.iter().any(Lane::runs) {
        while let Some(project) = runs.iter().find_map(Lane::front) {
            *looks += 1;
            look(view, project, lanes, &mut runs);
        }
        let chosen = runs.each_mut().map(|lane| lane.choose(view, available));
        draw(view, chosen, lanes, &mut runs);
    }
    let finished = runs.map(|lane| match lane.progress {
        Progress::Ended(ended) => Some(Finished {
            ended,
            bought: lane.bought,
            spent: lane.spent,
        }),
        _ => None,
    });
    finished.into()
}

fn fill(view: &View<'_>, shares: &[Ratio; LANES], lanes: &mut Lanes) {
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
    let classes = view.voters().iter().map(|&(_, class)| class as usize);
    lanes.fill(&by_class, classes);
}

/// Looks at a project in every run in which it could be next.
fn look(view: &View<'_>, project: ProjectIx, lanes: &Lanes, runs: &mut [Lane; LANES]) {
    let Some(price) = view.price(project) else {
        return;
    };
    let wanted = runs.each_mut().map(|lane| lane.take(project));
    let from = runs.each_ref().map(|lane| {
        let from = lane.from.get(project.index());
        from.copied().unwrap_or(Bound::ZERO)
    });
    let ceiling = runs
        .each_ref()
        .map(|lane| lane.ceiling.high_times(price.part_near));
    let row = view.supporters(project);
    let answers = lanes.seek(row, price.cost_near, from, ceiling, wanted);
    for ((lane, answer), is_wanted) in runs.iter_mut().zip(answers).zip(wanted) {
        if is_wanted {
            lane.learn(project, price.part_near, answer);
        }
    }
}

/// Draws what was chosen: once for each project, in all runs that bought it.
fn draw(
    view: &View<'_>,
    mut chosen: [Option<Offer>; LANES],
    lanes: &mut Lanes,
    runs: &mut [Lane; LANES],
) {
    while let Some(project) = chosen.iter().flatten().map(|offer| offer.project).next() {
        let levels = chosen.each_mut().map(|slot| {
            let own = slot.take_if(|offer| offer.project == project);
            own.map(|offer| offer.level)
        });
        let unsure = lanes.draw(view.supporters(project), levels);
        for (lane, is_unsure) in runs.iter_mut().zip(unsure) {
            if is_unsure {
                lane.progress = Progress::DroppedOut;
            }
        }
    }
}
