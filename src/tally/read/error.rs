//! Why a source was not read.

use std::io;

use crate::tally::table::Diagnostics;

/// Why a source could not be read. Nothing that came of it may be counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The source failed; what it still held is not known.
    #[error("the file cannot be read to its end: {0}")]
    Io(#[from] io::Error),
    /// The source is not accepted: all its problems.
    #[error("{0}")]
    Refused(#[from] Diagnostics),
}
