//! From votes to scores and rankings: what a ballot is worth to a project, in what order projects come, and how
//! much support a project needs.

mod applied_threshold;
mod area_support;
mod ranking;
mod score;
mod score_text;
mod threshold;
mod weights;

pub use applied_threshold::{AppliedThreshold, Needed, ThresholdRefused};
pub use area_support::AreaSupport;
pub use ranking::{
    Figure, InstantRunoff, MajorityGauge, Pairwise, Ranked, RankedPairs, Round, Schulze, Ungraded,
};
pub use score::{Score, ScoreError};
pub use score_text::ScoreTextError;
pub use threshold::{Threshold, ThresholdError};
pub use weights::{Weights, WeightsError};
