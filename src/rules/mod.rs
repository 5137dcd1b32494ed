//! The rules: one file each, and the catalogue.
//!
//! | you want | take |
//! |---|---|
//! | what most cities do: fund by rank | [`Greedy`] |
//! | most benefit for the money, project by project | [`GreedyWelfare`] |
//! | every voter the same share of the money, every group its part | [`EqualShares`] |
//!
//! A [`Plan`] is one rule or several joined by `+`, run one after another on the same allocation. Its
//! text form is used on command lines and in files, and reads back exactly.

mod capability;
mod catalogue;
mod equal_shares;
mod greedy;
mod greedy_welfare;
mod misfit;
mod plan;
mod turns;

pub use capability::{Capabilities, Feature};
pub use catalogue::{AnyRule, RuleError, catalogue};
pub use equal_shares::{Comparison, Completion, EqualShares, Increment, Start};
pub use greedy::Greedy;
pub use greedy_welfare::GreedyWelfare;
pub use misfit::{Misfit, Reserve, Share};
pub use plan::Plan;
