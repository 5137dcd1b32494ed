//! What a ballot must be: its form, its bounds, and what happens to one that breaks them.

mod bounds;
mod form;
mod invalid;
mod option_reader;
mod options;
mod policy;
mod rules;
mod scope;

pub use bounds::{Bounds, CostBound};
pub use form::{BallotForm, TiedRanks};
pub use invalid::{ExcessPolicy, Invalid, InvalidError, MarkPolicy};
pub use options::{OptionFault, OptionFaults};
pub use policy::{Blank, Mass, Role};
pub use rules::{BallotRules, RulesError};
pub use scope::{Part, Scope};
