//! What every list of problems of a source has in common: how bad each is, how many are kept, and how a line is shown.
//!
//! The readers of election files and of tables have diagnostics of their own, since their places and mistakes differ.

mod excerpt;
mod kept;
mod severity;

pub(crate) use excerpt::{Excerpt, visible};
pub(crate) use kept::{Kept, Placed};
pub use severity::Severity;
