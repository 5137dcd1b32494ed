//! What a pass tells about a level.

use std::marker::PhantomData;

use super::bounds::Bounds;
use super::levels::{Level, Paid, Seek};
use super::near::Bound;
use super::pass::Pass;
use super::{ENLARGED, UNIT};

/// What is asked of every pass of one search, in the symbols of the proof: `c`, `e`, `min y`, and how much rounding adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) target: f64,
    pub(super) error: f64,
    pub(super) least_slope: f64,
    pub(super) terms: f64,
    pub(super) slope_terms: f64,
    pub(super) ceiling: f64,
    /// No capacity of the row is above this times its slope.
    pub(super) top: f64,
    /// Are all slopes 1?
    pub(super) is_even: bool,
}

/// What a pass tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Done(Seek),
    /// Another pass at this level.
    Again(f64),
}

/// How far the money of P and the target may be from what was computed.
pub(super) fn slack(pass: Pass, error: f64, terms: f64, target: f64) -> f64 {
    (pass.poor_count * error + terms * pass.scale + 8.0 * UNIT * target) * ENLARGED
}

/// What no capacity is above, in levels, if none was ever above `top` (as stored) with this least slope.
pub(super) fn summit(top: f64, least_slope: f64) -> f64 {
    top / least_slope * (1.0 + 16.0 * UNIT)
}

impl Question {
    /// What plain machine numbers say, right or wrong.
    fn guess(&self, pass: Pass, at: f64) -> Step {
        let missing = self.target - pass.poor;
        let value = missing / pass.rich;
        if pass.rich == 0.0 || value > self.top {
            return Step::Done(Seek::Short);
        }
        if value > self.ceiling {
            return Step::Done(Seek::Above(Bound(value)));
        }
        if value <= 0.0 || pass.lowest_rich < value && value > at {
            return Step::Again(value.max(f64::MIN_POSITIVE));
        }
        let level = Level { value, error: 0.0 };
        Step::Done(Seek::Level(level, Paid::Otherwise))
    }

    /// How the level of a clean split comes about.
    fn paid(&self, pass: Pass) -> Paid {
        // A whole number, and exactly 0 where only those are poor who have nothing left.
        if self.is_even && pass.poor_count == 0.0 {
            Paid::Alike(pass.heads())
        } else {
            Paid::Otherwise
        }
    }

    /// What the pass at the level `at` tells; see the module for the proof.
    pub(super) fn judge<B: Bounds>(&self, _: PhantomData<B>, pass: Pass, at: f64) -> Step {
        if !B::ARE_KEPT {
            return self.guess(pass, at);
        }
        let slack = slack(pass, self.error, self.terms, self.target);
        let missing = self.target - pass.poor;
        if pass.rich == 0.0 && missing > slack {
            return Step::Done(Seek::Short);
        }
        let value = missing / pass.rich;
        if pass.rich == 0.0 || value <= 0.0 {
            // The start was too high, or all capacities are just about the target.
            return if at <= f64::MIN_POSITIVE {
                Step::Done(Seek::Unsure)
            } else {
                Step::Again(f64::MIN_POSITIVE)
            };
        }
        let error = (slack / pass.rich + value * (self.slope_terms + 4.0 * UNIT)) * ENLARGED;
        let level = Level { value, error };
        if level.low().0 > self.top {
            return Step::Done(Seek::Short);
        }
        if level.low().0 > self.ceiling {
            return Step::Done(Seek::Above(level.low()));
        }
        let high = level.high().0;
        // About the margin of drawing, so that what is clean here is mostly certain when it is drawn; what is not is settled
        // exactly there.
        let guard = 2.0 * (self.error / self.least_slope + error + 32.0 * UNIT * high) * ENLARGED;
        if pass.highest_poor + guard <= high && pass.lowest_rich - guard >= high {
            return Step::Done(Seek::Level(level, self.paid(pass)));
        }
        let is_moving = pass.highest_poor > high + guard || pass.lowest_rich < high - guard;
        if !is_moving || at.total_cmp(&high).is_eq() {
            return Step::Done(Seek::Unsure);
        }
        Step::Again(high)
    }
}
