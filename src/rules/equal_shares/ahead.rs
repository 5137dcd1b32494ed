//! Runs made ahead of a completion, eight at once, and increments that need no run at all.
//!
//! Which runs are made is a matter of speed only. They stand a stride apart, which doubles where few orders of purchases change
//! and halves where many do. Where two neighbours prove what happens between them (see [`super::trace`]), nothing is run
//! there; elsewhere runs are made between, until they are next to each other.

use std::collections::BTreeMap;

use crate::count::Halt;
use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::exact::certified::{LANES, Lanes, Near};

use super::block::{self, Block, Smaller};
use super::run::Desk;
use super::trace::Finished;
use super::view::View;

/// The widest stride.
const WIDEST: u64 = 4_096;
/// A narrowed view serves at least so many increments.
const SERVES: u64 = 64;
/// How many runs are made at once between the same two.
const BETWEEN: u64 = 3;

/// What is known of an increment.
pub(super) enum Next {
    /// It and so many more do what the last one did.
    Same(u64),
    /// This.
    Made(Finished),
    /// Nothing: it has to be run by itself.
    Alone,
}

/// A view for all increments below `until`.
#[derive(Debug)]
struct Narrow<'a> {
    until: u64,
    /// `None` where the election's own view serves as well.
    view: Option<View<'a>>,
    open: Vec<ProjectIx>,
}

/// The runs that were made ahead.
#[derive(Debug)]
pub(super) struct Ahead<'v, 'a> {
    view: &'v View<'a>,
    open: &'v [ProjectIx],
    start: Ratio,
    step: Ratio,
    /// The share at the start in steps, rounded down.
    base: u64,
    held: Vec<Ratio>,
    narrow: Narrow<'a>,
    lanes: Lanes,
    /// See [`View::worths`].
    worths: Vec<Ratio>,
    /// By increment; `None` for those that dropped out.
    known: BTreeMap<u64, Option<Finished>>,
    /// What the increment before the next one came to, if it was made here.
    last: Option<Finished>,
    stride: u64,
    is_possible: bool,
    pub(super) looks: u64,
}

impl<'v, 'a> Ahead<'v, 'a> {
    /// Nothing is made yet. `is_possible` says whether runs can be made ahead here.
    pub(super) fn new(
        view: &'v View<'a>,
        open: &'v [ProjectIx],
        start: Ratio,
        step: Ratio,
        is_possible: bool,
    ) -> Ahead<'v, 'a> {
        let base = start.checked_div(&step).unwrap_or_default();
        let base = base
            .floor()
            .to_i128()
            .and_then(|base| u64::try_from(base).ok());
        Ahead {
            view,
            open,
            start,
            step,
            base: base.unwrap_or(0),
            held: view.held_by_supporters(),
            narrow: Narrow {
                until: 0,
                view: None,
                open: Vec::new(),
            },
            lanes: Lanes::default(),
            worths: if is_possible {
                view.worths()
            } else {
                Vec::new()
            },
            known: BTreeMap::new(),
            last: None,
            stride: 1,
            is_possible,
            looks: 0,
        }
    }

    /// Are runs made ahead at all?
    pub(super) fn is_possible(&self) -> bool {
        self.is_possible
    }

    /// The share of an ordinary voter after so many increments.
    pub(super) fn share(&self, increments: u64) -> Ratio {
        &self.start + self.step.mul_int(i128::from(increments))
    }

    /// The smallest view that serves for an increment, and what can be bought then.
    pub(super) fn view(
        &mut self,
        increment: u64,
        desk: &mut dyn Desk,
    ) -> Result<(&View<'a>, &[ProjectIx]), Halt> {
        if !self.is_possible {
            return Ok((self.view, self.open));
        }
        self.widen(increment, desk)?;
        let view = self.narrow.view.as_ref().unwrap_or(self.view);
        Ok((view, &self.narrow.open))
    }

    /// What is known of an increment, all before it being settled; runs are made where nothing is.
    pub(super) fn next(&mut self, increment: u64, desk: &mut dyn Desk) -> Result<Next, Halt> {
        if !self.is_possible {
            return Ok(Next::Alone);
        }
        loop {
            if let Some((&at, run)) = self.known.first_key_value() {
                if at <= increment {
                    self.last = self.known.pop_first().and_then(|(_, run)| run);
                    return Ok(self.last.clone().map_or(Next::Alone, Next::Made));
                }
                if proves(self.last.as_ref(), run.as_ref()) {
                    return Ok(Next::Same(at - increment));
                }
            }
            self.make(increment, desk)?;
        }
    }

    /// Makes eight more runs: between those that do not prove enough, then beyond.
    fn make(&mut self, increment: u64, desk: &mut dyn Desk) -> Result<(), Halt> {
        let (places, beyond) = self.places(increment);
        self.widen(places.last().copied().unwrap_or(increment), desk)?;
        let shares = places.map(|place| self.share(place));
        let smaller: [Smaller<'_>; LANES] =
            std::array::from_fn(|lane| smaller(lane, &places, &self.known, self.last.as_ref()));
        let block = Block {
            view: self.narrow.view.as_ref().unwrap_or(self.view),
            open: &self.narrow.open,
            worths: &self.worths,
            shares: &shares,
            smaller: &smaller,
        };
        let made = block::run(block, desk, &mut self.lanes, &mut self.looks)?;
        self.known.extend(places.into_iter().zip(made));
        self.adapt(beyond);
        Ok(())
    }

    /// Where to run, rising, and the first of these that is beyond all others.
    fn places(&self, increment: u64) -> ([u64; LANES], u64) {
        let mut places = Vec::with_capacity(LANES);
        let mut before = increment.saturating_sub(1);
        let mut run = self.last.as_ref();
        for (&at, next) in &self.known {
            let gap = at.saturating_sub(before);
            if gap > 1 && !proves(run, next.as_ref()) {
                let parts = gap.min(BETWEEN + 1);
                places.extend((1..parts).map(|part| before + part * gap / parts));
            }
            (before, run) = (at, next.as_ref());
        }
        let mut next = if run.is_some() {
            before + self.stride
        } else {
            before + 1
        };
        let beyond = next;
        let places = std::array::from_fn(|lane| {
            places.get(lane).copied().unwrap_or_else(|| {
                let this = next;
                next += self.stride;
                this
            })
        });
        (places, beyond)
    }

    /// Widens the stride where neighbours agree, and narrows it where they do not.
    fn adapt(&mut self, beyond: u64) {
        let (mut pairs, mut failed) = (0_u64, 0_u64);
        let before = self.known.range(..beyond).next_back();
        let mut run = before.map_or(self.last.as_ref(), |(_, run)| run.as_ref());
        for next in self.known.range(beyond..).map(|(_, run)| run.as_ref()) {
            pairs += 1;
            failed += u64::from(!proves(run, next));
            run = next;
        }
        if pairs < 4 {
            return;
        }
        if failed * 8 <= pairs * 3 {
            self.stride = (self.stride * 2).min(WIDEST).min(beyond / 8 + 1);
        } else if failed * 8 >= pairs * 6 {
            self.stride = (self.stride / 2).max(1);
        }
    }

    /// Makes the view large enough for an increment.
    fn widen(&mut self, increment: u64, desk: &mut dyn Desk) -> Result<(), Halt> {
        if increment < self.narrow.until {
            return Ok(());
        }
        desk.work(1 + self.view.marks())?;
        let more = SERVES.max(self.base.saturating_add(increment) / 5);
        let until = increment.saturating_add(more);
        let open = self
            .view
            .within_reach(self.open, &self.share(until), &self.held);
        let view = self.view.narrowed(&open);
        let own = view.as_ref().unwrap_or(self.view);
        self.lanes
            .count(own.voters().map(|(count, _)| Near::of_count(count)));
        self.narrow = Narrow { until, view, open };
        Ok(())
    }
}

/// The run with the next smaller share than one of those that are to be made.
fn smaller<'r>(
    lane: usize,
    places: &[u64; LANES],
    known: &'r BTreeMap<u64, Option<Finished>>,
    last: Option<&'r Finished>,
) -> Smaller<'r> {
    let Some(&own) = places.get(lane) else {
        return Smaller::Unknown;
    };
    let lane = lane.checked_sub(1);
    let lane = lane.and_then(|lane| Some((lane, *places.get(lane)?)));
    let made = known.range(..own).next_back();
    let made_at = made.map(|(&at, _)| at);
    match (lane, made) {
        (Some((lane, place)), _) if made_at.is_none_or(|at| at < place) => Smaller::Lane(lane),
        (_, Some((_, run))) => run.as_ref().map_or(Smaller::Unknown, Smaller::Made),
        (_, None) => last.map_or(Smaller::Unknown, Smaller::Made),
    }
}

fn proves(run: Option<&Finished>, larger: Option<&Finished>) -> bool {
    let both = run.zip(larger);
    both.is_some_and(|(run, larger)| run.proves_all_up_to(larger))
}
