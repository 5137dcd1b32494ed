//! From votes to scores: what a ballot is worth to a project, and how much support a project needs.

mod cast;
mod pseudonym;
mod score;
mod threshold;
mod weights;

pub use cast::{CastVote, Content, Eligible, Place};
pub use pseudonym::{
    KeyCommitment, Pseudonym, PseudonymKey, PseudonymKeyError, PseudonymMethod,
    PseudonymMethodError,
};
pub use score::{Score, ScoreError, ScoreTextError};
pub use threshold::{AppliedThreshold, Needed, Threshold, ThresholdError};
pub use weights::{Weights, WeightsError};
