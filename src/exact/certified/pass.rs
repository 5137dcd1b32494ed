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

/// Four sums side by side, for slopes of 1: the processor adds them at once, and nothing branches. The total is of
/// `m min(b, t)` over both parts, and `open` of `m`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Four {
    total: [f64; 4],
    rich: [f64; 4],
    open: [f64; 4],
    highest_poor: [f64; 4],
    lowest_rich: [f64; 4],
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

impl Four {
    pub(super) const EMPTY: Four = Four {
        total: [0.0; 4],
        rich: [0.0; 4],
        open: [0.0; 4],
        highest_poor: [0.0; 4],
        lowest_rich: [f64::INFINITY; 4],
    };

    #[inline]
    pub(super) fn take(&mut self, capacity: [f64; 4], count: [f64; 4], at: f64) {
        const INFINITY: u64 = f64::INFINITY.to_bits();
        let sums = self
            .total
            .iter_mut()
            .zip(&mut self.rich)
            .zip(&mut self.open);
        let ends = self.highest_poor.iter_mut().zip(&mut self.lowest_rich);
        let items = capacity.into_iter().zip(count);
        for ((((total, rich), open), (highest, lowest)), (capacity, count)) in
            sums.zip(ends).zip(items)
        {
            let is_rich = u64::from(capacity >= at).wrapping_neg();
            *total += count * least(capacity, at);
            *rich += masked(count, is_rich);
            *open += count;
            *highest = greatest(*highest, masked(capacity, !is_rich));
            let rich_only = (capacity.to_bits() & is_rich) | (INFINITY & !is_rich);
            *lowest = least(*lowest, f64::from_bits(rich_only));
        }
    }

    pub(super) fn sum(self, at: f64) -> Pass {
        let add = |[a, b, c, d]: [f64; 4]| (a + b) + (c + d);
        let (total, rich) = (add(self.total), add(self.rich));
        Pass {
            poor: total - at * rich,
            scale: total,
            poor_count: add(self.open) - rich,
            rich,
            highest_poor: self.highest_poor.into_iter().fold(0.0, greatest),
            lowest_rich: self.lowest_rich.into_iter().fold(f64::INFINITY, least),
        }
    }
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
