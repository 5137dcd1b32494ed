//! Pseudonyms: voters' ids are replaced before anything is counted or published.

mod key;
mod method;

pub use key::{KeyCommitment, Pseudonym, PseudonymKey, PseudonymKeyError};
pub use method::{PseudonymMethod, PseudonymMethodError};
