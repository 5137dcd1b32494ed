//! Levels at which capacities add up to a target, and drawing from them.

use std::marker::PhantomData;

use crate::exact::Ratio;

use super::bounds::{Bounds, Proved};
use super::eight::dispatch;
use super::near::{Bound, Near};
use super::pass::Pass;
use super::question::{Question, Step, slack, summit};
use super::row::{Draw, Fill, Hold, Item, PassOver};
use super::{ENLARGED, UNIT};

/// How many passes may be made for one level; each ends between two capacities, so few are needed.
pub(super) const PASSES: usize = 64;

/// The slopes of a row, parallel to its items.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slopes {
    values: Vec<f64>,
    least: f64,
}

impl Slopes {
    /// Slopes near these positive numbers.
    pub(crate) fn new(values: impl Iterator<Item = Near>) -> Slopes {
        let values: Vec<f64> = values.map(|near| near.0).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        Slopes { values, least }
    }

    /// Are all of them in the range that the bounds need?
    pub(crate) fn is_sure(&self) -> bool {
        self.values
            .iter()
            .all(|&value| value > 0.0 && Near(value).is_sure())
    }
}

/// Some of the items, with their slopes; without, all slopes are 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) items: &'a [u32],
    pub(crate) slopes: Option<&'a Slopes>,
}

/// A level that lies within `error` of `value`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    pub(super) value: f64,
    pub(super) error: f64,
}

impl Level {
    /// The level that is this fraction.
    pub(crate) fn of(exact: &Ratio) -> Level {
        let value = Near::of(exact).0;
        Level {
            value,
            error: 4.0 * UNIT * value,
        }
    }

    pub(crate) fn low(self) -> Bound {
        Bound((self.value - self.error).max(0.0))
    }

    pub(crate) fn high(self) -> Bound {
        Bound(self.value + self.error)
    }
}

/// What is known of a level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Seek {
    /// It is this.
    Level(Level, Paid),
    /// It is above the ceiling, and at least this.
    Above(Bound),
    /// There is none: all capacities together are less than the target.
    Short,
    /// The machine numbers do not tell.
    Unsure,
}

/// No multiplicity nor sum of multiplicities may be above this, which is below 2^53.
pub(super) const MOST: u64 = 9_000_000_000_000_000;

/// What items are filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filling<'a> {
    /// The capacity of each class of items.
    pub(crate) capacities: &'a [Near],
    /// The class of each item; empty where all are of the first.
    pub(crate) classes: &'a [u32],
    /// The multiplicity of each item, and what they are at most together.
    pub(crate) counts: &'a [u64],
    pub(crate) most: u64,
}

/// How a level comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paid {
    /// By so many alike, and the others have nothing left: it is exactly the target divided by them.
    Alike(u64),
    /// By some with their rest, or by different slopes.
    Otherwise,
}

/// The capacities of all items, each with its multiplicity, within one error.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels<B: Bounds = Proved> {
    /// Capacity and multiplicity; both 0 where nothing is left.
    items: Vec<Item>,
    error: f64,
    top: f64,
    is_sure: bool,
    bounds: PhantomData<B>,
}

impl<B: Bounds> Levels<B> {
    /// Fills all items anew. Without `trust`, no answer is ever sure.
    pub(crate) fn fill(&mut self, filling: &Filling<'_>, trust: Trust) {
        let purses: Vec<f64> = filling.capacities.iter().map(|near| near.0).collect();
        dispatch(Fill {
            items: &mut self.items,
            purses: &purses,
            counts: filling.counts,
            classes: filling.classes,
        });
        self.top = purses.iter().copied().fold(0.0, f64::max);
        self.error = 4.0 * UNIT * self.top;
        // Multiplicities and their sums are whole numbers below 2^53.
        let is_countable = filling.most <= MOST;
        let are_sure = filling.capacities.iter().all(|near| near.is_sure());
        self.is_sure = trust == Trust::Proved && is_countable && are_sure;
    }

    /// May machine numbers answer at all?
    pub(crate) fn is_sure(&self) -> bool {
        self.is_sure
    }

    /// Is a level of unit slopes certainly more than anybody has, so that nothing adds up to it?
    pub(crate) fn is_beyond(&self, level: Bound) -> bool {
        self.is_sure && level.0 > summit(self.top, 1.0)
    }

    fn get(&self, item: u32) -> [f64; 2] {
        self.items.get(item as usize).copied().unwrap_or([0.0; 2])
    }

    /// A guess, for exact arithmetic to start from: is the capacity below `level` times the slope?
    pub(crate) fn seems_poor(&self, item: u32, slope: Near, level: Level) -> bool {
        self.get(item)[0] < level.value * slope.0
    }

    /// Is it certain, and not only a guess, how the capacity compares with `level` times the slope?
    pub(crate) fn is_certain(&self, item: u32, slope: Near, level: Level) -> bool {
        let capacity = self.get(item)[0];
        self.is_sure
            && (capacity - level.value * slope.0).abs() > self.guard(capacity, slope.0, level)
    }

    /// A guess of the level for exact arithmetic to start from, without any claim.
    pub(crate) fn estimate(&self, row: Row<'_>, target: Near) -> Option<Level> {
        let mut at = f64::MIN_POSITIVE;
        for _ in 0..PASSES {
            let pass = self.pass(row, at);
            let value = (target.0 - pass.poor) / pass.rich;
            if !value.is_finite() || value <= at {
                break;
            }
            at = value;
        }
        (at > f64::MIN_POSITIVE).then_some(Level {
            value: at,
            error: 0.0,
        })
    }

    fn guard(&self, capacity: f64, slope: f64, level: Level) -> f64 {
        2.0 * (self.error + level.error * slope + 8.0 * UNIT * (capacity + level.value * slope))
    }

    fn pass(&self, row: Row<'_>, at: f64) -> Pass {
        if let Some(slopes) = row.slopes {
            let mut pass = Pass::EMPTY;
            for (&item, &slope) in row.items.iter().zip(&slopes.values) {
                pass.take_sloped(self.get(item), slope, at);
            }
            return pass;
        }
        dispatch(PassOver {
            items: &self.items,
            row: row.items,
            at,
            bounds: self.bounds,
        })
    }

    /// The least level at which the row adds up to the target; see the module for the proof.
    ///
    /// `from` is where to start looking, best a level that is not much too high. Above `ceiling` only that is
    /// of interest.
    pub(crate) fn seek(&self, row: Row<'_>, target: Near, from: Bound, ceiling: Bound) -> Seek {
        if !self.is_sure || !target.is_sure() {
            return Seek::Unsure;
        }
        let least_slope = row.slopes.map_or(1.0, |slopes| slopes.least);
        let length = Near::of_count(row.items.len() as u64).0;
        // Eight sums side by side make the chains of additions shorter; unit slopes add up exactly.
        let (terms, slope_terms) = match row.slopes {
            Some(_) => (2.0 * UNIT * (length + 8.0), 2.0 * UNIT * (length + 8.0)),
            None => (2.0 * UNIT * (length / 8.0 + 8.0), 0.0),
        };
        let mut at = from.0.max(f64::MIN_POSITIVE);
        let question = Question {
            target: target.0,
            error: self.error,
            least_slope,
            terms,
            slope_terms,
            ceiling: ceiling.0,
            top: summit(self.top, least_slope),
            is_even: row.slopes.is_none(),
        };
        for _ in 0..PASSES {
            match question.judge(self.bounds, self.pass(row, at), at) {
                Step::Done(answer) => return answer,
                Step::Again(next) => at = next,
            }
        }
        Seek::Unsure
    }

    /// By how much the capacities of a row are less than the target, in whole steps, rounded up; `None` if the machine
    /// numbers do not tell.
    pub(crate) fn missing(&self, row: Row<'_>, target: Near, step: Near) -> Option<i128> {
        if !self.is_sure || !target.is_sure() {
            return None;
        }
        let pass = dispatch(Hold {
            items: &self.items,
            row: row.items,
        });
        let terms = 2.0 * UNIT * (Near::of_count(row.items.len() as u64).0 + 8.0);
        let slack = slack(pass, self.error, terms, target.0);
        let missing = target.0 - pass.poor;
        // Two more units of rounding for the quotient, which the enlarged slack covers as the target does its own.
        let low = ((missing - 2.0 * slack) / step.0).ceil();
        let high = ((missing + 2.0 * slack) / step.0).ceil();
        (low > 0.0 && low.total_cmp(&high).is_eq())
            .then(|| Bound(low).to_ratio()?.to_i128())
            .flatten()
    }

    /// Takes `min(capacity, level x slope)` from every item of the row.
    ///
    /// Items that certainly give their rest are told in `emptied`; those of which it is not certain stay as
    /// they are and are told in `unsure`: settle each by [`Levels::settle`].
    pub(crate) fn draw(
        &mut self,
        row: Row<'_>,
        level: Level,
        emptied: &mut Vec<u32>,
        unsure: &mut Vec<u32>,
    ) {
        unsure.clear();
        let steepest = if let Some(slopes) = row.slopes {
            emptied.clear();
            self.draw_sloped(row.items, slopes, level, emptied, unsure)
        } else if self.is_sure {
            dispatch(Draw {
                items: &mut self.items,
                row: row.items,
                level,
                error: self.error,
                emptied,
                unsure,
                bounds: self.bounds,
            });
            1.0
        } else {
            emptied.clear();
            let open = row.items.iter().copied();
            unsure.extend(open.filter(|&item| self.get(item)[1] != 0.0));
            1.0
        };
        self.error = (self.error + level.error * steepest + 16.0 * UNIT * self.top) * ENLARGED;
    }

    /// As [`Levels::draw`], one by one; gives the greatest slope.
    fn draw_sloped(
        &mut self,
        items: &[u32],
        slopes: &Slopes,
        level: Level,
        emptied: &mut Vec<u32>,
        unsure: &mut Vec<u32>,
    ) -> f64 {
        let mut steepest = 0.0_f64;
        for (&item, &slope) in items.iter().zip(&slopes.values) {
            let [capacity, count] = self.get(item);
            if count == 0.0 {
                continue;
            }
            let rest = capacity - level.value * slope;
            let guard = self.guard(capacity, slope, level);
            steepest = steepest.max(slope);
            let Some(slot) = self.items.get_mut(item as usize) else {
                continue;
            };
            if !self.is_sure || rest.abs() <= guard {
                unsure.push(item);
            } else if rest > 0.0 {
                *slot = [rest, count];
            } else {
                *slot = [0.0, 0.0];
                emptied.push(item);
            }
        }
        steepest
    }

    /// Says what an item really has left.
    pub(crate) fn settle(&mut self, item: u32, left: &Ratio) {
        if let Some(slot) = self.items.get_mut(item as usize) {
            *slot = if left.is_positive() {
                [Near::of(left).0, slot[1]]
            } else {
                [0.0, 0.0]
            };
        }
    }
}

/// Whether machine numbers may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Yes, within their proved bounds.
    Proved,
    /// No: every question is answered exactly.
    Never,
}
