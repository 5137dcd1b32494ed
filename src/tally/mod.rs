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

mod anomaly;
mod applied_threshold;
mod area_support;
mod ballot_rule;
mod breakdown;
mod cast;
mod duplicates;
mod grouped;
mod intake;
mod ledger;
mod manifest;
mod pseudonym;
mod ranking;
pub mod read;
mod reason;
mod register;
mod result;
mod score;
mod score_text;
pub mod table;
mod threshold;
mod trouble;
mod uniqueness;
mod weights;

pub use anomaly::{
    Anomaly, AnomalyCheck, AnomalyCode, AnomalyPlace, AnomalyReport, FormerFigure, FormerKind,
    NotChecked, RunOrder, Unlisted, look_alike_ids,
};
pub use applied_threshold::{AppliedThreshold, Needed, ThresholdRefused};
pub use area_support::AreaSupport;
pub use ballot_rule::{
    BallotForm, BallotRules, Blank, Bounds, CostBound, ExcessPolicy, Invalid, InvalidError,
    MarkPolicy, Mass, OptionFault, OptionFaults, Part, Role, RulesError, Scope, TiedRanks,
};
pub use breakdown::{
    AreaTurnout, Breakdown, BreakdownError, ChannelAlone, ChannelScore, LeftOut, NotRanked,
    ProjectResult, Shift, TurnoutBase, TurnoutCell,
};
pub use cast::{
    CastTime, CastTimeError, CastVote, Content, Eligible, Mark, MarkValue, Marks, Place,
};
pub use duplicates::{DuplicateFault, Duplicates, DuplicatesError, Unsettled, Within};
pub use grouped::{GroupedBallot, GroupedBallots, GroupedError};
pub use intake::{Intake, IntakeError, IntakeErrors, Ruled, Ruling};
pub use ledger::{Cell, Counts, Ledger};
pub use manifest::{
    ControlFigure, ControlLine, Difference, Manifest, ManifestFault, ManifestFaults, ManifestRow,
};
pub use pseudonym::{
    KeyCommitment, Pseudonym, PseudonymKey, PseudonymKeyError, PseudonymMethod,
    PseudonymMethodError,
};
pub use ranking::{
    Figure, InstantRunoff, MajorityGauge, Pairwise, Ranked, RankedPairs, Round, Schulze, Ungraded,
};
pub use reason::VoidReason;
pub use register::{Disposition, Register, RegisterRow};
pub use result::Tally;
pub use score::{Score, ScoreError};
pub use score_text::ScoreTextError;
pub use threshold::{Threshold, ThresholdError};
pub use trouble::VoteTrouble;
pub use uniqueness::{BallotGroups, Uniqueness, UniquenessLine};
pub use weights::{Weights, WeightsError};
