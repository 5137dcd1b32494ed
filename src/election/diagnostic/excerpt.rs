//! A line as it is shown, with a mark under what is concerned.

use std::fmt;

use crate::election::is_invisible;

/// Characters of a line that are shown.
const SHOWN: usize = 120;

/// A part of a line, with invisible characters made visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    text: String,
    /// Where in the text the column is, in characters from 0.
    caret: usize,
}

impl Excerpt {
    /// The line, cut around a column that counts from 1; 0 stands for the whole line.
    pub(crate) fn around(line: &str, column: u64) -> Excerpt {
        let column = usize::try_from(column)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        let from = column.saturating_sub(SHOWN / 2);
        let mut rest = line.chars().skip(from);
        let shown: String = rest.by_ref().take(SHOWN).map(visible).collect();
        let before = if from > 0 { "..." } else { "" };
        let after = if rest.next().is_some() { "..." } else { "" };
        Excerpt {
            text: format!("{before}{shown}{after}"),
            caret: column - from + before.len(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Writes the line with its number and, unless the whole line is meant, marks so many characters from the column.
    pub(crate) fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        line: u64,
        column: u64,
        width: usize,
    ) -> fmt::Result {
        let number = line.to_string();
        write!(f, "\n{number} | {}", self.text)?;
        if column == 0 {
            return Ok(());
        }
        let room = self.text.chars().count().saturating_sub(self.caret).max(1);
        let margin = " ".repeat(number.len());
        let indent = " ".repeat(self.caret);
        write!(
            f,
            "\n{margin} | {indent}{}",
            "^".repeat(width.clamp(1, room))
        )
    }
}

/// Characters that take no room, or turn the direction of the text, would hide the mistake.
pub(crate) fn visible(c: char) -> char {
    if is_invisible(c) { '\u{fffd}' } else { c }
}
