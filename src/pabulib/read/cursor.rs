//! Walking through the lines of a file, section by section.

use memchr::memchr;

use super::report::Report;
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Line, Lines, lines};

/// The longest line, in bytes, that is looked at as the name of a section.
const LONGEST_NAME: usize = 24;

/// Hands out the rows of a section until the line that names the next one.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    lines: Lines<'a>,
    header: Option<(Section, Line<'a>)>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor {
            lines: lines(text),
            header: None,
        }
    }

    /// The section that begins where the last one ended.
    pub(super) fn section(&mut self) -> Option<(Section, Line<'a>)> {
        self.header.take()
    }

    /// The next row of the section, or `None` at its end. Empty and overlong lines are reported.
    #[inline]
    pub(super) fn row(&mut self, section: Section, report: &mut Report) -> Option<Line<'a>> {
        loop {
            let line = self.lines.next()?;
            let limit = report.options().read_limits().line_bytes();
            // Nearly all rows leave here.
            if line.text.len() <= limit && line.text.len() > LONGEST_NAME {
                return Some(line);
            }
            if report.over(section, line, "bytes in a line", line.text.len(), limit) {
                continue;
            }
            if line.text.is_empty() {
                report.line(section, line, Fault::BlankLine);
                continue;
            }
            match named(line.text) {
                None => return Some(line),
                Some((next, exact)) => {
                    if !exact {
                        report.line(section, line, Fault::DecoratedSection { section: next });
                    }
                    self.header = Some((next, line));
                    return None;
                }
            }
        }
    }

    /// Does a quote occur in what is left of the file?
    pub(super) fn has_quotes(&self) -> bool {
        memchr(b'"', self.lines.rest().as_bytes()).is_some()
    }

    /// Passes over the rest of a section.
    pub(super) fn skip(&mut self, section: Section, report: &mut Report) {
        while self.row(section, report).is_some() {}
    }
}

/// The section that a line names, and whether exactly. `votes;;` names one too, as spreadsheets pad it.
fn named(line: &str) -> Option<(Section, bool)> {
    match line {
        "META" => return Some((Section::Meta, true)),
        "PROJECTS" => return Some((Section::Projects, true)),
        "VOTES" => return Some((Section::Votes, true)),
        _ if line.starts_with(|c: char| c.is_ascii_digit()) => return None,
        _ => {}
    }
    let core =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '\u{feff}'));
    [
        ("META", Section::Meta),
        ("PROJECTS", Section::Projects),
        ("VOTES", Section::Votes),
    ]
    .into_iter()
    .find(|(name, _)| core.eq_ignore_ascii_case(name))
    .map(|(_, section)| (section, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_named_exactly_or_nearly() {
        assert_eq!(named("VOTES"), Some((Section::Votes, true)));
        for near in ["votes", "VOTES;;", " VOTES", "\u{feff}Votes ", "VOTES,"] {
            assert_eq!(named(near), Some((Section::Votes, false)), "{near}");
        }
        for row in [
            "VOTES;3",
            "votes;100;1",
            "key;value",
            "1;META",
            "\"VOTES\";",
        ] {
            assert_eq!(named(row), None, "{row}");
        }
    }
}
