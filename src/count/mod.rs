//! The counting machine: every rule is written against an [`Allocation`] and can change the world only
//! through its few verbs, so no rule can overdraw a pot, forget to log, or break a tie on its own.
//!
//! [`Count`] runs a [`Rule`] on an election and gives the [`Outcome`]: who was funded with how much from
//! which pot, why every other project was not, which ties were met and what settled them. A tie that
//! nothing settles is an outcome too: [`Counted::LotRequired`].

mod after;
mod allocation;
mod awards;
mod close;
mod decide;
mod enumerate;
mod error;
mod fate;
mod funding;
mod meter;
mod observer;
mod outcome;
mod purse_pots;
mod quotes;
mod rivals;
mod rule;
mod run;
mod script;
mod sources;
mod stages;
mod ties;

pub(crate) use after::After;
pub use allocation::Allocation;
pub use enumerate::{AllOutcomes, Reached};
pub use error::{CountError, Halt};
pub use fate::{Fate, ProjectFate};
pub use funding::{Block, Funding};
pub use meter::Cancel;
pub use observer::{Log, Observer};
pub use outcome::{Award, Counted, LotRequired, Outcome, TieRecord};
pub(crate) use purse_pots::Entangled;
pub(crate) use rule::sealed::Sealed;
pub use rule::{Memory, Rule};
pub use run::Count;
pub(crate) use script::Script;
pub(crate) use sources::{Sources, Way};
pub(crate) use stages::StageSetup;
