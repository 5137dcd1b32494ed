//! What a published election says of itself: the rule that its META names, its published selection, and
//! its control totals, each compared with a count of its own votes.
//!
//! Nothing is guessed silently: a rule that is unknown, or that this version does not have, says so, a
//! selection that needs what is not published is [`Agreement::CannotVerify`], and the one assumption that is
//! made, see [`MetaRule`], is named in the verdict.

mod agreement;
mod finding;
mod meta_rule;
mod selection;

pub use agreement::{Agreement, Verdict, verify};
pub use finding::{ArchiveFinding, recount};
pub use meta_rule::{MetaRule, Prepared};
pub use selection::{Selection, selected_values};
