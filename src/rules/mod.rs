//! The rules: one file each, and the catalogue.
//!
//! | you want | take |
//! |---|---|
//! | what most cities do: fund by rank | [`Greedy`] |
//! | most benefit for the money, project by project | [`GreedyWelfare`] |
//! | every voter the same share of the money, every group its part | [`EqualShares`] |
//! | every group of voters the part of the money that is theirs, with one knob only | [`Phragmen`] |
//! | purses of equal shares, and whoever pays for a project pays the same | [`ExactEqualShares`] |
//! | purses of equal shares, and the budget helps where they do not quite reach | [`BoundedOverspending`] |
//! | the same, and everybody may overdraw as far as the best project needs it | [`BosPlus`] |
//! | purses of equal shares, and projects funded in part | [`FractionalEqualShares`] |
//! | loads as even as can be, all costs spread anew at each step | [`MaximinSupport`] |
//!
//! A [`Plan`] is one rule or several joined by `+`, run one after another on the same allocation. Its
//! text form is used on command lines and in files, and reads back exactly.

mod bos_plus;
mod bounded_overspending;
mod capability;
mod catalogue;
mod equal_shares;
mod exact_equal_shares;
mod fractional_equal_shares;
mod gains;
mod greedy;
mod greedy_welfare;
mod maximin_support;
mod misfit;
mod phragmen;
mod plan;
mod pots;
mod purses;
mod supporters;
mod threshold;
mod turns;

pub use bos_plus::BosPlus;
pub use bounded_overspending::BoundedOverspending;
pub use capability::{Capabilities, Feature};
pub use catalogue::{AnyRule, RuleError, catalogue};
pub use equal_shares::{Comparison, Completion, EqualShares, Increment, Start};
pub use exact_equal_shares::{AddOpt, ExactEqualShares};
pub use fractional_equal_shares::FractionalEqualShares;
pub use greedy::Greedy;
pub use greedy_welfare::GreedyWelfare;
pub use maximin_support::MaximinSupport;
pub use misfit::{Misfit, Reserve, Share};
pub use phragmen::{Phragmen, PhragmenMisfit};
pub use plan::Plan;
