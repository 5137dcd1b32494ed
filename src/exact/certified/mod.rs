//! Floating-point numbers under a proved error bound: the only place of the crate that has any.
//!
//! Rules that divide money among voters ask the same question millions of times: *at which level q do many
//! capacities, each giving at most `q` times its slope, add up to a target?* With whole fractions the answer takes
//! thousands of times longer than with machine numbers, so machine numbers are used wherever they can be trusted
//! **by proof**, and what they cannot settle is answered with exact fractions by the caller. Nothing here ever
//! decides by a rounded number: every answer is an interval that contains the true value, or the admission
//! that the numbers do not tell.
//!
//! # The problem
//!
//! Items `i` have a multiplicity `m_i` (a whole number), a capacity `b_i >= 0` and, in a row, a slope `y_i > 0`.
//! `F(q) = sum of m_i min(b_i, q y_i)` over a row grows with q and is concave. Asked is the level
//! `q* =` least `q` with `F(q) >= c`, for a target `c > 0`. [`Levels::seek`] answers it, [`Levels::draw`]
//! then takes `min(b_i, q* y_i)` from every item of the row.
//!
//! # The proof
//!
//! `u = 2^-53` is the unit roundoff: `fl(a op b) = (a op b)(1 + d)` with `|d| <= u` for `+ - * /` on finite results in
//! the normal range. Capacities, targets and slopes are bounded so that neither overflow nor underflow occurs,
//! see [`Levels::is_sure`]; otherwise every answer is [`Seek::Unsure`].
//!
//! **Invariant.** One number `e` bounds the error of all capacities at any time: the stored capacity `b'_i`
//! satisfies `|b'_i - b_i| <= e`, and an item that gave its rest has `b'_i = b_i = 0` without error, and is left
//! out of all sums by setting its multiplicity to 0 too. Whole numbers `m_i` and their sums are exact, since they
//! stay below 2^53. A number that came from a fraction has a relative error of at most `4u` ([`Near`]).
//!
//! **Lower bound.** Split a row into any two parts P and R. Since `min(b, qy)` is at most either,
//! `F(q) <= S + qW` with `S = sum of m_i b_i` over P and `W = sum of m_i y_i` over R. At `q*` the left side is `c`,
//! so `q* >= (c - S)/W` *whatever the split*.
//!
//! **Upper bound.** If at some `h` every item of P has `b_i <= h y_i` and every item of R has `b_i >= h y_i`, then
//! `F(h) = S + hW`; if moreover `h >= (c - S)/W`, then `F(h) >= c` and `q* <= h`. A split with that property at `h` is
//! called *clean*.
//!
//! **All alike.** If a split is clean at `h >= q*`, all slopes are 1, and only items that have nothing left are in P (heads are
//! counted without error, and such items are in no sum), then `F(q) = qW` up to `h`, and `q*` is exactly `c/W`. So how two such levels
//! compare is a question of whole numbers.
//!
//! **None.** Where there is a level at all, the least one is at most `max b_i/y_i`, since `F` does not grow beyond. So a
//! lower bound above that proves that there is none. No capacity is ever above `top (1 + 4u)`, `top` being the greatest that
//! was filled in, as stored; the quotient by `min y`, which is within `4u` itself, stays below `top/min y (1 + 16u)`. The
//! bound needs no pass where it is that of the split with an empty P: `c/W` for all of the row.
//!
//! **Rounding.** For unit slopes one pass adds up `T' = fl(sum of m_i min(b'_i, t))` over both parts, in eight sums side by
//! side, so that every term takes part in at most `k = n/8 + 4` additions, and `W'`, which is exact; then
//! `S' = fl(T' - fl(t W'))`. The product and the additions each contribute a factor `1 + d` with `|d| <= u`, and
//! `(1 + u)^(k+1) - 1 <= 1.01 (k+1)u` for `k < 2^32`, and `t W' <= T'` up to the same; so
//! `|S' - S| <= M e + 2(k + 4)u T'` where `M = sum of m_i` over P. For other slopes the terms of P are added one by one:
//! `k = n`, and `T'` is `S'` itself; there `|W' - W| <= 2(n + 8)u W'`, the conversion of the slopes included. With `c'` near
//! `c`, `q' = fl(fl(c' - S')/W')` differs from `(c - S)/W` by at most
//! `a = (M e + 2(k + 4)u T' + 8u c')/W' + q' (w + 4u)`, where `w` is 0 or `2(n + 8)u`, enlarged by the factor `1 + 2^-16` for the
//! products of small terms and for the roundings in computing `a` itself. So `q' - a <= q*`, and `q* <= q' + a` if
//! the split is clean at `h = q' + a`.
//!
//! **Clean.** With `r_i = b'_i/y'_i`, all of P have `b_i <= h y_i` if `max r_i + g <= h`, and all of R have `b_i >= h y_i` if
//! `min r_i - g >= h`, where `g = 2(e/min y' + a + 32u h)` more than covers the error of the capacity, of the slope and of the
//! division. An item for which neither holds is *ambiguous*, and the answer is [`Seek::Unsure`].
//!
//! **Which split.** The part P of a pass holds the items with `b'_i < t y'_i` for a trial level `t`. `(c - S)/W` is then
//! the root of the tangent of the concave `F` at `t`: Newton's method, which stays below `q*` and climbs to it, and
//! from above falls below it in one step. Levels of one run of a rule only grow, so starting at the last one it takes one or
//! two passes, and nothing is ever sorted. This is a matter of speed only: both bounds hold for every `t`.
//!
//! **Drawing.** An item with `b'_i - q' y'_i > G_i`, where `G_i = 2(e + a y'_i + 8u(b'_i + q' y'_i))`, or more, has `b_i > q* y_i`: it
//! gives `q* y_i` and keeps `fl(b'_i - fl(q' y'_i))`, whose error is at most
//! `e + a y'_i + 16u top`, where `top` is the greatest capacity there ever was (since `q' y'_i <= b'_i <= top`). One with
//! `b'_i - q' y'_i < -G_i` has `b_i < q* y_i`: it gives its rest. Every other item is handed back for an exact
//! comparison. For unit slopes `top` stands in place of `b'_i`, so that one `G` does for all. The new `e` is the greatest
//! of these, so it grows by about `a` times the greatest slope at every draw.
//!
//! **Eight at once.** [`Lanes`] keeps eight sets of capacities over the same items, each with its own `e` and levels, and asks the
//! same questions of all of them in one pass, with `k = n`. A set in which an item is ambiguous when drawing is given up by
//! the caller, and asked again by itself.
//!
//! **On every processor.** A row is looked at eight items at a time, in registers as wide as the processor has. The eight
//! sums of a pass take every eighth item each, in the order of the row, and are added by neighbours at the end: two,
//! four, all eight. So the numbers are the same to the last bit, however wide the registers.
//!
//! All operations are plain IEEE 754 additions, subtractions, multiplications, divisions and comparisons, in a
//! stated order and without fused steps, so that not only the outcomes but also how often an exact
//! answer was needed are the same on every machine.

#![expect(
    clippy::float_arithmetic,
    reason = "the one module with floats, under the bounds proved above"
)]

mod bounds;
mod eight;
#[cfg(target_arch = "x86_64")]
mod eight_x86;
mod lanes;
mod levels;
mod near;
mod pass;
mod question;
mod row;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use bounds::Dropped;
pub(crate) use bounds::{Bounds, Proved};
pub(crate) use lanes::{LANES, Lanes, Part};
pub(crate) use levels::{Filling, Level, Levels, Paid, Row, Seek, Slopes, Trust};
pub(crate) use near::{Bound, Near};

/// The unit roundoff of `f64`.
const UNIT: f64 = f64::EPSILON / 2.0;

/// Covers products of small error terms, and the roundings in computing error bounds.
const ENLARGED: f64 = 1.0 + 1.0 / 65_536.0;
