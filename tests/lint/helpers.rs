//! What several of these tests need.

use quartier::pabulib::lint::lint;
use quartier::pabulib::{Diagnostics, ReadLimits};

pub(crate) fn edited(base: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(base.to_owned(), |text, (from, to)| {
        text.replacen(from, to, 1)
    })
}

pub(crate) fn linted(text: &str) -> Diagnostics {
    lint(text, &ReadLimits::new())
}
