//! What people decided, what rules are called, and how a result is explained: *decisions*, *rule
//! texts*, *tie chains* and *reasons*.
//!
//! Nothing here counts anything. These are the values that a count takes in and gives out, each with a
//! text form for files and command lines that is read back exactly:
//!
//! | value | text form | says |
//! |---|---|---|
//! | [`RuleText`] | `greedy:score=votes,misfit=skip` | which rule, with which settings |
//! | [`TieChain`] | `cheaper,more-votes,id` | who goes first among equals |
//! | [`Decision`] | a `[[decision]]` table | what people decided and a count must obey |
//! | [`Reason`] | a sentence and a code such as `misfit` | why a project was not funded |
//!
//! A tie that the chain does not settle is never settled by accident: [`TieChain::resolve`] answers
//! that a lot must be drawn, and the drawn order comes back as a [`Decision`] of kind `lot`.

/// Serde through the text form, for types with `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

mod about;
mod decision;
mod decision_check;
mod event;
mod language;
mod lot;
mod natural;
mod reason;
mod recorded_lot;
mod resolve;
mod rule_text;
mod rule_text_error;
mod step_reader;
mod step_writer;
mod tie;
mod tie_word;

pub use about::{About, AboutError, DecisionKind, UnknownDecisionKind};
pub use decision::{Decision, DecisionFile, DecisionValue};
pub use decision_check::{
    DecisionFault, DecisionFaults, DecisionProblem, check_all, check_projects,
};
pub use event::{Event, Fact, Payment};
pub use language::{Language, LanguageError};
pub use lot::{LOT_DOMAIN, LotDigest, lot_digest, lot_order};
pub use natural::natural_cmp;
pub use reason::Reason;
pub use recorded_lot::{RecordedLot, RecordedLots};
pub use resolve::{Contender, Resolution, TieError};
pub use rule_text::{RuleText, StepText};
pub use rule_text_error::{RuleTextError, RuleTextFault, RuleTextPart};
pub use step_reader::{StepFault, StepFaults, StepReader};
pub use step_writer::StepWriter;
pub use tie::{TieChain, TieChainError, TieChainFault};
pub use tie_word::{TieWord, TieWordError};
