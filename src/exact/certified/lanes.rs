//! Eight sets of capacities over the same items, side by side: as many runs for little more than the time of one.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the processor at hand"
)]

use std::marker::PhantomData;

use super::bounds::{Bounds, Proved};
use super::levels::{Level, PASSES, Seek};
use super::near::{Bound, Near};
use super::pass::{Pass, greatest, least, masked};
use super::question::{Question, Step, summit};
use super::{ENLARGED, UNIT};

/// How many sets there are: what the widest registers hold.
pub(crate) const LANES: usize = 8;

/// One number for each set.
type Each = [f64; LANES];

/// The capacities of one item in all sets: one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line(Each);

/// As [`super::Levels`], for eight sets of capacities and slopes of 1. An item that has nothing left has capacity 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lanes<B: Bounds = Proved> {
    capacities: Vec<Line>,
    counts: Vec<f64>,
    error: Each,
    top: Each,
    is_countable: bool,
    is_sure: bool,
    bounds: PhantomData<B>,
}

/// What a set takes from a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Nothing.
    Rests,
    /// Whatever lower bound falls off.
    Rides,
    /// Its level.
    Seeks,
}

/// The sums of a pass, for each set.
#[derive(Debug, Clone, Copy)]
struct Passes {
    total: Each,
    rich: Each,
    open: Each,
    highest_poor: Each,
    lowest_rich: Each,
}

impl Passes {
    const EMPTY: Passes = Passes {
        total: [0.0; LANES],
        rich: [0.0; LANES],
        open: [0.0; LANES],
        highest_poor: [0.0; LANES],
        lowest_rich: [f64::INFINITY; LANES],
    };

    #[inline(always)]
    fn take<B: Bounds>(&mut self, capacity: &Each, count: f64, at: &Each) {
        const INFINITY: u64 = f64::INFINITY.to_bits();
        let sums = self
            .total
            .iter_mut()
            .zip(&mut self.rich)
            .zip(&mut self.open);
        let ends = self.highest_poor.iter_mut().zip(&mut self.lowest_rich);
        let items = capacity.iter().zip(at);
        for ((((total, rich), open), (highest, lowest)), (&capacity, &at)) in
            sums.zip(ends).zip(items)
        {
            let is_rich = u64::from(capacity >= at).wrapping_neg();
            let is_open = u64::from(capacity > 0.0).wrapping_neg();
            *total += count * least(capacity, at);
            *rich += masked(count, is_rich);
            if B::ARE_KEPT {
                *open += masked(count, is_open);
                *highest = greatest(*highest, masked(capacity, !is_rich));
            }
            let rich_only = (capacity.to_bits() & is_rich) | (INFINITY & !is_rich);
            *lowest = least(*lowest, f64::from_bits(rich_only));
        }
    }

    #[inline(always)]
    fn and(mut self, other: &Passes) -> Passes {
        for (own, &other) in self.total.iter_mut().zip(&other.total) {
            *own += other;
        }
        for (own, &other) in self.rich.iter_mut().zip(&other.rich) {
            *own += other;
        }
        for (own, &other) in self.open.iter_mut().zip(&other.open) {
            *own += other;
        }
        for (own, &other) in self.highest_poor.iter_mut().zip(&other.highest_poor) {
            *own = greatest(*own, other);
        }
        for (own, &other) in self.lowest_rich.iter_mut().zip(&other.lowest_rich) {
            *own = least(*own, other);
        }
        self
    }

    fn of(&self, lane: usize, at: f64) -> Pass {
        let of = |each: &Each| each.get(lane).copied().unwrap_or(0.0);
        let (total, rich) = (of(&self.total), of(&self.rich));
        Pass {
            poor: total - at * rich,
            scale: total,
            poor_count: of(&self.open) - rich,
            rich,
            highest_poor: of(&self.highest_poor),
            lowest_rich: of(&self.lowest_rich),
        }
    }
}

impl<B: Bounds> Lanes<B> {
    /// The multiplicities of all items, the same in all sets.
    pub(crate) fn count(&mut self, counts: impl Iterator<Item = Near>) {
        self.counts.clear();
        self.counts.extend(counts.map(|count| count.0));
        self.is_countable = self.counts.iter().sum::<f64>() < 9e15;
    }

    /// Fills all items anew: the capacities of each class of items in each set, and the class of each item.
    pub(crate) fn fill(
        &mut self,
        classes: &[[Near; LANES]],
        items: impl ExactSizeIterator<Item = usize>,
    ) {
        let line = |class: &[Near; LANES]| Line(class.map(|capacity| capacity.0));
        let lines: Vec<Line> = classes.iter().map(line).collect();
        self.capacities.clear();
        if let [only] = lines.as_slice() {
            self.capacities.resize(items.len(), *only);
        } else {
            let none = Line([0.0; LANES]);
            let line = |class: usize| lines.get(class).copied().unwrap_or(none);
            self.capacities.extend(items.map(line));
        }
        self.top = [0.0; LANES];
        for class in &lines {
            for (top, &capacity) in self.top.iter_mut().zip(&class.0) {
                *top = greatest(*top, capacity);
            }
        }
        self.error = self.top.map(|top| 4.0 * UNIT * top);
        self.is_sure = self.is_countable && classes.iter().flatten().all(|near| near.is_sure());
    }

    /// As [`super::Levels::is_beyond`], in each set.
    pub(crate) fn are_beyond(&self, level: Bound) -> [bool; LANES] {
        self.top
            .map(|top| self.is_sure && level.0 > summit(top, 1.0))
    }

    /// One pass in every set, each at its own level; compiled for what the processor can do.
    fn pass(&self, row: &[u32], at: &Each) -> Passes {
        pulp::Arch::new().dispatch(PassOver {
            lanes: self,
            row,
            at,
        })
    }

    /// As [`super::Levels::seek`], in the sets that are wanted. Of those that ride along only the first pass is made, which
    /// gives them a lower bound.
    pub(crate) fn seek(
        &self,
        row: &[u32],
        target: Near,
        from: [Bound; LANES],
        ceiling: [Bound; LANES],
        mut part: [Part; LANES],
    ) -> [Seek; LANES] {
        let mut answers = [Seek::Unsure; LANES];
        if !self.is_sure || !target.is_sure() {
            return answers;
        }
        let terms = 2.0 * UNIT * (Near::of_count(row.len() as u64).0 + 8.0);
        let mut at = from.map(|from| from.0.max(f64::MIN_POSITIVE));
        for _ in 0..PASSES {
            if part.iter().all(|&part| part != Part::Seeks) {
                break;
            }
            let passes = self.pass(row, &at);
            let lanes = part.iter_mut().zip(&mut at).zip(&mut answers);
            let limits = self.error.iter().zip(&ceiling).zip(&self.top);
            for (lane, (((part, at), answer), ((&error, ceiling), &top))) in
                lanes.zip(limits).enumerate()
            {
                if *part == Part::Rests {
                    continue;
                }
                let question = Question {
                    target: target.0,
                    error,
                    least_slope: 1.0,
                    terms,
                    slope_terms: 0.0,
                    ceiling: if *part == Part::Rides { 0.0 } else { ceiling.0 },
                    top: summit(top, 1.0),
                    is_even: true,
                };
                match question.judge(self.bounds, passes.of(lane, *at), *at) {
                    Step::Again(next) if *part == Part::Seeks => *at = next,
                    Step::Again(_) => (*answer, *part) = (Seek::Above(Bound::ZERO), Part::Rests),
                    Step::Done(done) => (*answer, *part) = (done, Part::Rests),
                }
            }
        }
        answers
    }

    /// As [`super::Levels::draw`], in the sets that have a level. True where some item is not certain: that set is of no
    /// more use.
    pub(crate) fn draw(&mut self, row: &[u32], levels: [Option<Level>; LANES]) -> [bool; LANES] {
        let value = levels.map(|level| level.map_or(0.0, |level| level.value));
        let mut guard = [-1.0; LANES];
        let sets = guard
            .iter_mut()
            .zip(levels)
            .zip(self.error.iter_mut().zip(&self.top));
        for ((guard, level), (error, &top)) in sets {
            if let Some(level) = level {
                let rounding = 8.0 * UNIT * (top + level.value);
                *guard = 2.0 * (*error + level.error + rounding);
                *error = (*error + level.error + 16.0 * UNIT * top) * ENLARGED;
            }
        }
        let unsure = pulp::Arch::new().dispatch(Draw {
            capacities: &mut self.capacities,
            row,
            value,
            guard,
            bounds: self.bounds,
        });
        unsure.map(|unsure| unsure != 0)
    }
}

/// A pass, to be compiled for several processors.
struct PassOver<'a, B: Bounds> {
    lanes: &'a Lanes<B>,
    row: &'a [u32],
    at: &'a Each,
}

impl<B: Bounds> pulp::WithSimd for PassOver<'_, B> {
    type Output = Passes;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Passes {
        let (capacities, counts) = (&self.lanes.capacities, &self.lanes.counts);
        let at = *self.at;
        // Two sums side by side, so that one need not wait for the other.
        let (mut even, mut odd) = (Passes::EMPTY, Passes::EMPTY);
        let (pairs, rest) = self.row.as_chunks::<2>();
        for &[first, second] in pairs {
            let (first, second) = (first as usize, second as usize);
            if let (Some(line), Some(&count)) = (capacities.get(first), counts.get(first)) {
                even.take::<B>(&line.0, count, &at);
            }
            if let (Some(line), Some(&count)) = (capacities.get(second), counts.get(second)) {
                odd.take::<B>(&line.0, count, &at);
            }
        }
        for &item in rest {
            let item = item as usize;
            if let (Some(line), Some(&count)) = (capacities.get(item), counts.get(item)) {
                even.take::<B>(&line.0, count, &at);
            }
        }
        even.and(&odd)
    }
}

/// A drawing, to be compiled for several processors.
struct Draw<'a, B> {
    capacities: &'a mut [Line],
    row: &'a [u32],
    value: Each,
    guard: Each,
    bounds: PhantomData<B>,
}

impl<B: Bounds> pulp::WithSimd for Draw<'_, B> {
    type Output = [u64; LANES];

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> [u64; LANES] {
        let (value, guard) = (self.value, self.guard);
        let mut unsure = [0_u64; LANES];
        for &item in self.row {
            let Some(line) = self.capacities.get_mut(item as usize) else {
                continue;
            };
            let sets = line.0.iter_mut().zip(&value).zip(&guard);
            for (((capacity, &value), &guard), unsure) in sets.zip(&mut unsure) {
                let rest = *capacity - value;
                if B::ARE_KEPT {
                    let is_near = u64::from(rest.abs() <= guard);
                    *unsure |= is_near & u64::from(*capacity > 0.0);
                }
                *capacity = greatest(rest, 0.0);
            }
        }
        unsure
    }
}
