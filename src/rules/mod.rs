//! The rules: one file each, and the catalogue.
//!
//! | you want | take |
//! |---|---|
//! | what most cities do: fund by rank | [`Greedy`] |
//! | most benefit for the money, project by project | [`GreedyWelfare`] |
//!
//! A [`Plan`] is one rule or several joined by `+`, run one after another on the same allocation. Its
//! text form is used on command lines and in files, and reads back exactly.

mod capability;
mod catalogue;
mod greedy;
mod greedy_welfare;
mod misfit;
mod plan;
mod threshold;
mod turns;

pub use capability::{Capabilities, Feature};
pub use catalogue::{AnyRule, RuleError, catalogue};
pub use greedy::Greedy;
pub use greedy_welfare::GreedyWelfare;
pub use misfit::{Misfit, Reserve, Share};
pub use plan::Plan;
