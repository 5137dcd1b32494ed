//! What proving costs: the same code with its bounds and, for measuring only, without.

/// Whether bounds are kept. A type, so that nothing is asked while counting.
pub(crate) trait Bounds: Copy + Default + std::fmt::Debug {
    /// Are errors bounded, splits proved clean, and items told that are not certain?
    const ARE_KEPT: bool;
}

/// They are: the only way there is outside of this crate's own tests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Proved;

impl Bounds for Proved {
    const ARE_KEPT: bool = true;
}

/// They are not: plain machine numbers, which may be wrong. Only to measure what the proof costs.
#[cfg(test)]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dropped;

#[cfg(test)]
impl Bounds for Dropped {
    const ARE_KEPT: bool = false;
}
