//! Where the text comes from: a string, bytes, or anything that can be read.

use std::io::{self, BufRead, Read};

use super::assemble::assemble;
use super::report::Report;
use super::text::{check_text, decode};
use crate::pabulib::diagnostics::Diagnostics;
use crate::pabulib::document::Document;
use crate::pabulib::fault::Fault;
use crate::pabulib::options::ReadOptions;

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The source failed.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file is not accepted.
    #[error("{0}")]
    Refused(#[from] Diagnostics),
}

/// Reads a `.pb` file from a text.
///
/// Takes time linear in the text and memory for the distinct ballots, plus the voter table if it is kept.
/// A byte-order mark at the start is passed over.
///
/// # Errors
/// All problems of the file at once, if any is an error; see [`Fault`].
///
/// ```
/// use quartier::pabulib::{read, ReadOptions};
/// let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\n\
///             PROJECTS\nproject_id;cost\n1;60\n2;70\nVOTES\nvoter_id;vote\n1;1,2\n2;2\n";
/// let document = read(text, &ReadOptions::strict())?;
/// assert_eq!(document.election().profile().voters(), 2);
/// # Ok::<(), quartier::pabulib::Diagnostics>(())
/// ```
pub fn read(text: &str, options: &ReadOptions) -> Result<Document, Diagnostics> {
    let mut report = Report::new(*options);
    let limit = options.read_limits().bytes();
    if text.len() > limit {
        report.file(Fault::LimitExceeded {
            what: "bytes in the file",
            limit,
        });
        return Err(report.into_found());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if check_text(text, &mut report) {
        assemble(text, report)
    } else {
        Err(report.into_found())
    }
}

/// Reads a `.pb` file from bytes, which must be UTF-8.
///
/// # Errors
/// As [`read`]; bytes that are not UTF-8 are told with their offset.
pub fn read_bytes(bytes: &[u8], options: &ReadOptions) -> Result<Document, Diagnostics> {
    let mut report = Report::new(*options);
    let limit = options.read_limits().bytes();
    if bytes.len() > limit {
        report.file(Fault::LimitExceeded {
            what: "bytes in the file",
            limit,
        });
        return Err(report.into_found());
    }
    match decode(bytes, &mut report) {
        Some(text) => read(text, options),
        None => Err(report.into_found()),
    }
}

/// Reads a `.pb` file from anything that can be read, and not a byte further than the limit.
///
/// # Errors
/// [`ReadError::Io`] if the source fails, [`ReadError::Refused`] as for [`read_bytes`].
pub fn read_from(source: impl BufRead, options: &ReadOptions) -> Result<Document, ReadError> {
    let most = u64::try_from(options.read_limits().bytes()).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    source
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(read_bytes(&bytes, options)?)
}
