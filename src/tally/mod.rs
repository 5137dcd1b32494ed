//! From votes to scores: what a ballot is worth to a project, and how much support a project needs.

mod cast;
mod grouped;
pub mod read;
mod score;
pub mod table;
mod threshold;
mod weights;

pub use cast::{CastVote, Content, Eligible, Place};
pub use grouped::{GroupedBallot, GroupedBallots, GroupedError};
pub use score::{Score, ScoreError, ScoreTextError};
pub use threshold::{AppliedThreshold, Needed, Threshold, ThresholdError};
pub use weights::{Weights, WeightsError};
