//! Taking votes in: every one gets a row of the register, and every row ends somewhere.

mod contents;
mod cut;
mod error;
#[expect(
    clippy::module_inception,
    reason = "the concept has the name of the folder"
)]
mod intake;
mod judge;
mod names;
mod ruling;
mod settle;
mod totals;

pub(super) use contents::{Contents, Verdict};
pub use error::{IntakeError, IntakeErrors};
pub use intake::Intake;
pub(super) use names::{Names, VoterNames};
pub use ruling::{Ruled, Ruling};
