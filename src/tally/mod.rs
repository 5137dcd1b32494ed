//! From cast votes to a profile, scores and a ranking, with every vote accounted for.
//!
//! *Counting votes* is three steps, and each can be checked by itself:
//!
//! 1. **Receiving.** An [`Intake`] takes every vote as it was cast, by [`BallotRules`] that say what a ballot may be,
//!    which of several votes of a person counts, and what each channel's votes are for. Each vote gets a row of the [`Register`]
//!    with what became of it.
//! 2. **Closing.** [`Intake::close`] settles duplicates and checks the [`Ledger`]: what was received is accepted,
//!    blank, void (with a reason), superseded, a duplicate or ineligible, by channel, quartier and station. The
//!    [`Tally`] has the profile, ready for any rule.
//! 3. **Scoring.** A [`Score`] ranks the projects, a [`Threshold`] says how much support one needs.

pub mod anomaly;
mod applied_threshold;
mod area_support;
mod ballot_rule;
pub mod breakdown;
mod cast;
mod duplicates;
pub mod grouped;
mod intake;
mod ledger;
pub mod manifest;
pub mod pseudonym;
pub mod ranking;
pub mod read;
mod reason;
mod register;
mod result;
mod score;
mod score_text;
pub mod table;
mod text_serde;
mod threshold;
mod trouble;
pub mod uniqueness;
mod weights;

pub use applied_threshold::{AppliedThreshold, Needed, ThresholdRefused};
pub use area_support::AreaSupport;
pub use ballot_rule::{
    Among, BallotForm, BallotRules, Blank, Bounds, CostBound, ExcessPolicy, Invalid, InvalidError,
    MarkPolicy, Mass, OptionFault, OptionFaults, Part, Role, RulesError, Scope, TiedRanks,
};
pub use cast::{
    CastTime, CastTimeError, CastVote, Content, Eligible, Mark, MarkValue, Marks, Place,
};
pub use duplicates::{DuplicateFault, Duplicates, DuplicatesError, Unsettled, Within};
pub use intake::{Intake, IntakeError, IntakeErrors, Ruled, Ruling};
pub use ledger::{Cell, Counts, Ledger};
pub use reason::VoidReason;
pub use register::{Disposition, Register, RegisterRow};
pub use result::Tally;
pub use score::{Score, ScoreError};
pub use score_text::ScoreTextError;
pub use text_serde::DispositionError;
pub use threshold::{Threshold, ThresholdError};
pub use trouble::VoteTrouble;
pub use weights::{Weights, WeightsError};
