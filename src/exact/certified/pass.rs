//! One pass over a row.

/// The sums of one pass over a row at a trial level t: of the poor part P, and of the rich part R.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
    /// Of `m b` over P, and the greatest number from which that was computed.
    pub(super) poor: f64,
    pub(super) scale: f64,
    /// Of `m` over P, items that have nothing left apart.
    pub(super) poor_count: f64,
    /// Of `m y` over R.
    pub(super) rich: f64,
    pub(super) highest_poor: f64,
    pub(super) lowest_rich: f64,
}

/// The number where the mask is all ones, 0 where it is 0.
#[inline]
pub(super) fn masked(value: f64, mask: u64) -> f64 {
    f64::from_bits(value.to_bits() & mask)
}

#[inline]
pub(super) fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline]
pub(super) fn greatest(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

impl Pass {
    pub(super) const EMPTY: Pass = Pass {
        poor: 0.0,
        scale: 0.0,
        poor_count: 0.0,
        rich: 0.0,
        highest_poor: 0.0,
        lowest_rich: f64::INFINITY,
    };

    /// The heads of R, for slopes of 1: a whole number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sum of multiplicities: whole, and below 2^53"
    )]
    pub(super) fn heads(&self) -> u64 {
        self.rich as u64
    }

    /// Takes an item with any slope; one that has nothing left is left out.
    #[inline]
    pub(super) fn take_sloped(&mut self, [capacity, count]: [f64; 2], slope: f64, at: f64) {
        if count == 0.0 {
            return;
        }
        let ratio = capacity / slope;
        if capacity < at * slope {
            self.poor += capacity * count;
            self.scale = self.poor;
            self.poor_count += count;
            self.highest_poor = greatest(self.highest_poor, ratio);
        } else {
            self.rich += count * slope;
            self.lowest_rich = least(self.lowest_rich, ratio);
        }
    }
}
