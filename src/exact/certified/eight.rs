//! Eight machine numbers side by side, in registers as wide as the processor has.
//!
//! What is computed does not depend on the processor: all operations are those of IEEE 754, number by number, and the
//! eight stand in the order of the items.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the processor at hand"
)]

use super::pass::{greatest, least};

/// How many numbers stand side by side.
pub(super) const EIGHT: usize = 8;

/// What is done with eight numbers at once.
pub(super) trait Eight: Copy {
    type Numbers: Copy;
    /// A yes or no for each of the eight.
    type Choice: Copy;

    fn all(self, value: f64) -> Self::Numbers;
    /// The first numbers of eight pairs, and the second ones.
    fn unpair(self, pairs: [[f64; 2]; EIGHT]) -> [Self::Numbers; 2];
    /// The pairs of these first and second numbers.
    fn pair(self, first: Self::Numbers, second: Self::Numbers) -> [[f64; 2]; EIGHT];
    fn add(self, a: Self::Numbers, b: Self::Numbers) -> Self::Numbers;
    fn subtract(self, a: Self::Numbers, b: Self::Numbers) -> Self::Numbers;
    fn times(self, a: Self::Numbers, b: Self::Numbers) -> Self::Numbers;
    fn least(self, a: Self::Numbers, b: Self::Numbers) -> Self::Numbers;
    fn greatest(self, a: Self::Numbers, b: Self::Numbers) -> Self::Numbers;
    /// Where is `a >= b`?
    fn reaches(self, a: Self::Numbers, b: Self::Numbers) -> Self::Choice;
    fn choose(self, is: Self::Choice, yes: Self::Numbers, no: Self::Numbers) -> Self::Numbers;
    /// One bit for each of the eight, the first the lowest.
    fn bits(self, is: Self::Choice) -> u8;
    fn each(self, numbers: Self::Numbers) -> [f64; EIGHT];
}

/// Work on eight numbers at once, to be compiled for several processors.
pub(super) trait Work {
    type Output;
    fn with<E: Eight>(self, eight: E) -> Self::Output;
}

/// Does the work with what the processor at hand can do.
pub(super) fn dispatch<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(all) = pulp::x86::V4::try_new() {
            return all.vectorize(super::eight_x86::On(all, work));
        }
        if let Some(most) = pulp::x86::V3::try_new() {
            return most.vectorize(super::eight_x86::On(most, work));
        }
    }
    work.with(Portable)
}

/// For every processor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Portable;

#[inline(always)]
fn zip<T: Copy>(mut a: [T; EIGHT], b: [T; EIGHT], of: impl Fn(T, T) -> T) -> [T; EIGHT] {
    for (a, b) in a.iter_mut().zip(b) {
        *a = of(*a, b);
    }
    a
}

impl Eight for Portable {
    type Numbers = [f64; EIGHT];
    /// All ones for yes, 0 for no.
    type Choice = [u64; EIGHT];

    #[inline(always)]
    fn all(self, value: f64) -> [f64; EIGHT] {
        [value; EIGHT]
    }

    #[inline(always)]
    fn unpair(self, pairs: [[f64; 2]; EIGHT]) -> [[f64; EIGHT]; 2] {
        [
            pairs.map(|[first, _]| first),
            pairs.map(|[_, second]| second),
        ]
    }

    #[inline(always)]
    fn pair(self, first: [f64; EIGHT], second: [f64; EIGHT]) -> [[f64; 2]; EIGHT] {
        let mut pairs = [[0.0; 2]; EIGHT];
        for (pair, both) in pairs.iter_mut().zip(first.into_iter().zip(second)) {
            *pair = both.into();
        }
        pairs
    }

    #[inline(always)]
    fn add(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [f64; EIGHT] {
        zip(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn subtract(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [f64; EIGHT] {
        zip(a, b, |a, b| a - b)
    }

    #[inline(always)]
    fn times(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [f64; EIGHT] {
        zip(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn least(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [f64; EIGHT] {
        zip(a, b, least)
    }

    #[inline(always)]
    fn greatest(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [f64; EIGHT] {
        zip(a, b, greatest)
    }

    #[inline(always)]
    fn reaches(self, a: [f64; EIGHT], b: [f64; EIGHT]) -> [u64; EIGHT] {
        let mut is = [0; EIGHT];
        for ((is, a), b) in is.iter_mut().zip(a).zip(b) {
            *is = u64::from(a >= b).wrapping_neg();
        }
        is
    }

    #[inline(always)]
    fn choose(self, is: [u64; EIGHT], yes: [f64; EIGHT], no: [f64; EIGHT]) -> [f64; EIGHT] {
        let yes = zip(is, yes.map(f64::to_bits), |is, yes| is & yes);
        let no = zip(is, no.map(f64::to_bits), |is, no| !is & no);
        zip(yes, no, |yes, no| yes | no).map(f64::from_bits)
    }

    #[inline(always)]
    fn bits(self, is: [u64; EIGHT]) -> u8 {
        let bits = (0..8).zip(is).map(|(at, is)| u8::from(is != 0) << at);
        bits.fold(0, |all, bit| all | bit)
    }

    #[inline(always)]
    fn each(self, numbers: [f64; EIGHT]) -> [f64; EIGHT] {
        numbers
    }
}
