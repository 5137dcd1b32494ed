//! Lines and cells of a `.pb` file: what is between newlines, and what is between semicolons.
//!
//! A cell is quoted only if it *starts* with a quote; quotes further in are ordinary characters, as the
//! public archive has them (`Konkurs " NA ..."`). No cell spans lines.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

/// One line without its newline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Counted from 1.
    pub(crate) number: u64,
    /// The text, without `\n` or `\r\n`.
    pub(crate) text: &'a str,
}

/// The lines of a text, in order. A newline at the very end does not start another line.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    rest: &'a str,
    number: u64,
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    Lines {
        rest: text,
        number: 0,
    }
}

impl<'a> Lines<'a> {
    /// What has not been handed out yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let (text, rest) = match memchr(b'\n', self.rest.as_bytes())
            .and_then(|at| self.rest.split_at_checked(at))
        {
            Some((text, rest)) => (
                text.strip_suffix('\r').unwrap_or(text),
                rest.get(1..).unwrap_or_default(),
            ),
            None => (self.rest, ""),
        };
        self.rest = rest;
        Some(Line {
            number: self.number,
            text,
        })
    }
}

/// How a cell was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// Without an opening quote.
    Plain,
    /// Between quotes.
    Quoted,
    /// The opening quote is never closed: the cell takes the rest of the line.
    Unclosed,
    /// Something follows the closing quote; it is kept, as the archive's own tools do.
    TextAfterQuote,
}

/// One cell of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// The value, without quoting.
    pub(crate) text: Cow<'a, str>,
    /// Where it starts in the line, in bytes.
    pub(crate) start: usize,
    /// As written, quotes included.
    pub(crate) raw: &'a str,
    /// How it was written.
    pub(crate) quoting: Quoting,
}

/// The cells of a line: always at least one.
pub(crate) fn cells(line: &str) -> Cells<'_> {
    Cells {
        rest: Some(line),
        start: 0,
    }
}

/// Iterator over the cells of a line.
#[derive(Debug, Clone)]
pub(crate) struct Cells<'a> {
    rest: Option<&'a str>,
    start: usize,
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    #[inline]
    fn next(&mut self) -> Option<Cell<'a>> {
        let rest = self.rest?;
        let (length, quoted) = if rest.starts_with('"') {
            let (length, text, quoting) = quoted(rest);
            (length, Some((text, quoting)))
        } else {
            (memchr(b';', rest.as_bytes()).unwrap_or(rest.len()), None)
        };
        let (raw, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let start = self.start;
        self.start += length + 1;
        self.rest = tail.get(1..);
        let (text, quoting) = quoted.unwrap_or((Cow::Borrowed(raw), Quoting::Plain));
        Some(Cell {
            text,
            start,
            raw,
            quoting,
        })
    }
}

/// A cell that starts with a quote: its length as written, its value, and how it was written.
fn quoted(rest: &str) -> (usize, Cow<'_, str>, Quoting) {
    let bytes = rest.as_bytes();
    let part = |from: usize, to: usize| rest.get(from..to).unwrap_or_default();
    let mut value: Option<String> = None;
    let (mut from, mut skip) = (1, 1);
    for at in memchr_iter(b'"', bytes) {
        if at < skip {
            continue;
        }
        if bytes.get(at + 1) == Some(&b'"') {
            // Two quotes stand for one: keep the first, pass over the second.
            value.get_or_insert_default().push_str(part(from, at + 1));
            (from, skip) = (at + 2, at + 2);
            continue;
        }
        let inside = part(from, at);
        let end = at
            + 1
            + memchr(b';', part(at + 1, rest.len()).as_bytes()).unwrap_or(rest.len() - at - 1);
        let after = part(at + 1, end);
        return if after.is_empty() {
            let text = value.map_or(Cow::Borrowed(inside), |value| Cow::Owned(value + inside));
            (end, text, Quoting::Quoted)
        } else {
            (
                end,
                Cow::Owned(value.unwrap_or_default() + inside + after),
                Quoting::TextAfterQuote,
            )
        };
    }
    let inside = part(from, rest.len());
    let text = value.map_or(Cow::Borrowed(inside), |value| Cow::Owned(value + inside));
    (rest.len(), text, Quoting::Unclosed)
}

/// The column, in characters from 1, of a byte of a line.
pub(crate) fn column_of(line: &str, byte: usize) -> u64 {
    let before = line.char_indices().take_while(|&(at, _)| at < byte).count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

/// A length in characters.
pub(crate) fn width_of(text: &str) -> u64 {
    u64::try_from(text.chars().count()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Vec<String> {
        cells(line).map(|cell| cell.text.into_owned()).collect()
    }

    #[test]
    fn lines_end_at_newlines_of_both_kinds() {
        let found: Vec<(u64, &str)> = lines("a\r\nb\n\nc\rd")
            .map(|line| (line.number, line.text))
            .collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, ""), (4, "c\rd")]);
        assert_eq!(lines("").count(), 0);
        assert_eq!(lines("a\n").count(), 1);
    }

    #[test]
    fn cells_are_quoted_only_from_their_start() {
        assert_eq!(values(""), [""]);
        assert_eq!(values("a;;b;"), ["a", "", "b", ""]);
        assert_eq!(values(r#"1;"a;b";c"#), ["1", "a;b", "c"]);
        assert_eq!(values(r#""""x""";y"#), [r#""x""#, "y"]);
        assert_eq!(values(r#"Konkurs " A;b"#), [r#"Konkurs " A"#, "b"]);
        assert_eq!(values(r#"""";""";z"#), [r#"";""#, "z"]);
        assert_eq!(values(r#""""#), [""]);
    }

    #[test]
    fn odd_quoting_is_named() {
        let kinds: Vec<Quoting> = cells(r#"a;"b";"Odkupmy" i my;"open; rest"#)
            .map(|cell| cell.quoting)
            .collect();
        assert_eq!(
            kinds,
            [
                Quoting::Plain,
                Quoting::Quoted,
                Quoting::TextAfterQuote,
                Quoting::Unclosed
            ]
        );
        assert_eq!(values(r#""Odkupmy" i "my";x"#), [r#"Odkupmy i "my""#, "x"]);
        assert_eq!(values(r#""a""b"c;d"#), [r#"a"bc"#, "d"]);
        assert_eq!(values(r#""open;a"""#), [r#"open;a""#]);
    }

    #[test]
    fn starts_and_columns() {
        let line = r#"é;"ü;ü";z"#;
        let starts: Vec<usize> = cells(line).map(|cell| cell.start).collect();
        assert_eq!(starts, [0, 3, 11]);
        assert_eq!(
            cells(line)
                .map(|cell| column_of(line, cell.start))
                .collect::<Vec<_>>(),
            [1, 3, 9]
        );
        assert!(cells(line).all(|cell| line.get(cell.start..).unwrap().starts_with(cell.raw)));
    }
}
