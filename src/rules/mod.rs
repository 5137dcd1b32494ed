//! The rules: one file each, and the catalogue.
//!
//! | you want | take |
//! |---|---|
//! | what most cities do: fund by rank | [`Greedy`] |
//! | most benefit for the money, project by project | [`GreedyWelfare`] |
//! | every group of voters the part of the money that is theirs, with one knob only | [`Phragmen`] |
//! | the same, with all costs spread anew at each step | [`MaximinSupport`] |
//!
//! A [`Plan`] is one rule or several joined by `+`, run one after another on the same allocation. Its
//! text form is used on command lines and in files, and reads back exactly.

mod capability;
mod catalogue;
mod greedy;
mod greedy_welfare;
mod maximin_support;
mod misfit;
mod phragmen;
mod plan;
mod supporters;
mod turns;

pub use capability::{Capabilities, Feature};
pub use catalogue::{AnyRule, RuleError, catalogue};
pub use greedy::Greedy;
pub use greedy_welfare::GreedyWelfare;
pub use maximin_support::MaximinSupport;
pub use misfit::{Misfit, Reserve, Share};
pub use phragmen::{Phragmen, PhragmenMisfit};
pub use plan::Plan;
