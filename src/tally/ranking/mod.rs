//! Rankings: from ballots to one order of all projects.
//!
//! [`Score::order`](super::Score::order) gives every method by its name; the types here show what is behind an
//! order, so that it can be published and checked by hand: the [`Pairwise`] comparisons, the beatpaths of
//! [`Schulze`], what [`RankedPairs`] locked and what it set aside, the rounds of an [`InstantRunoff`], and the
//! [`MajorityGauge`] of each project.
//!
//! Projects that a method cannot tell apart stand in one group of the [`Ranked`] order: a rule that needs
//! them one by one asks the tie chain, so no method hides a tie.

mod copeland;
mod figure;
mod instant_runoff;
mod majority_gauge;
mod majority_judgment;
mod pairwise;
mod positional;
mod ranked;
mod ranked_pairs;
mod reach;
mod schulze;
mod signed;
mod voices;

pub use figure::Figure;
pub use instant_runoff::{InstantRunoff, Round};
pub use majority_gauge::MajorityGauge;
pub use majority_judgment::Ungraded;
pub use pairwise::Pairwise;
pub use ranked::Ranked;
pub use ranked_pairs::RankedPairs;
pub use schulze::Schulze;

pub(super) use majority_judgment::majority_judgment;
pub(super) use positional::{dowdall, positional, veto};
pub(super) use signed::for_minus_against;
