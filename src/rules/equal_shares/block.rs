//! Eight runs at once, each with a larger share than the one before.
//!
//! They go through their rounds together, so that a pass over the supporters of a project serves all of them. A run in
//! which the machine numbers do not tell drops out, and is made again by itself. Ties between projects for which everybody
//! pays in full are common, and need whole numbers only: they are settled here where the chain settles them, and
//! recorded when the run is taken up.

use crate::count::Halt;
use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::exact::certified::{Bound, Bounds, LANES, Lanes, Near, Part};

use super::lane::{Lane, Offer, Progress};
use super::run::Desk;
use super::trace::Finished;
use super::view::View;

/// The run with the next smaller share, if it is to be told what all runs between do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Smaller<'r> {
    Unknown,
    /// Another one of the eight.
    Lane(usize),
    Made(&'r Finished),
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
