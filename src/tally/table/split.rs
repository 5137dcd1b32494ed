//! From a line to its cells.

use memchr::{memchr, memchr_iter};

use super::fault::Fault;

/// Where the text of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The first byte of the text in the line, after an opening quote.
    pub(super) at: usize,
    /// The first byte of the text in its home.
    pub(super) start: usize,
    /// The byte after the text in its home.
    pub(super) end: usize,
    /// Is the text in the line itself, or, with doubled quotes undone, in the scratch?
    pub(super) in_line: bool,
}

/// Something that makes a line unreadable, with the bytes it concerns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) fault: Fault,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The cells of one line.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) spans: Vec<Span>,
    pub(super) scratch: String,
    /// All cells of the line, kept or not.
    pub(super) total: usize,
    /// The first cell that is not kept and not empty.
    pub(super) beyond: Option<Span>,
}

impl Cells {
    fn clear(&mut self) {
        self.spans.clear();
        self.scratch.clear();
        self.total = 0;
        self.beyond = None;
    }

    fn push(&mut self, span: Span, most: usize, is_blank: bool) {
        self.total += 1;
        if self.spans.len() < most {
            self.spans.push(span);
        } else if !is_blank && self.beyond.is_none() {
            self.beyond = Some(span);
        }
    }

    /// Splits a line without any quote.
    pub(super) fn plain(&mut self, line: &str, delimiter: u8, most: usize) {
        self.clear();
        let mut start = 0;
        let ends = memchr_iter(delimiter, line.as_bytes()).chain([line.len()]);
        for end in ends {
            let span = Span {
                at: start,
                start,
                end,
                in_line: true,
            };
            let is_blank = self.spans.len() < most || is_blank(line, start, end);
            self.push(span, most, is_blank);
            start = end + 1;
        }
    }

    /// Splits a line with quotes; stops at the first quote that is wrong.
    pub(super) fn quoted(&mut self, line: &str, delimiter: u8, most: usize) -> Result<(), Broken> {
        self.clear();
        let bytes = line.as_bytes();
        let mut start = 0;
        loop {
            let end;
            if bytes.get(start) == Some(&b'"') {
                let (span, after) = self.unquote(line, start)?;
                end = end_of(bytes, after, delimiter);
                if !is_blank(line, after, end) {
                    return Err(Broken {
                        fault: Fault::TextAfterQuote,
                        start: after,
                        end,
                    });
                }
                self.push(span, most, span.start == span.end);
            } else {
                end = end_of(bytes, start, delimiter);
                let span = Span {
                    at: start,
                    start,
                    end,
                    in_line: true,
                };
                self.push(span, most, is_blank(line, start, end));
            }
            if end >= bytes.len() {
                return Ok(());
            }
            start = end + 1;
        }
    }

    /// The text between the quote at `open` and the one that closes it, and the byte after that one.
    fn unquote(&mut self, line: &str, open: usize) -> Result<(Span, usize), Broken> {
        let bytes = line.as_bytes();
        let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
        let first = self.scratch.len();
        let (mut from, mut in_line) = (open + 1, true);
        loop {
            let Some(offset) = bytes.get(from..).and_then(|rest| memchr(b'"', rest)) else {
                return Err(Broken {
                    fault: Fault::UnclosedQuote,
                    start: open,
                    end: bytes.len(),
                });
            };
            let quote = from + offset;
            if bytes.get(quote + 1) == Some(&b'"') {
                // Two quotes stand for one.
                self.scratch.push_str(part(from, quote + 1));
                in_line = false;
                from = quote + 2;
                continue;
            }
            let at = open + 1;
            let (start, end) = if in_line {
                (at, quote)
            } else {
                self.scratch.push_str(part(from, quote));
                (first, self.scratch.len())
            };
            let span = Span {
                at,
                start,
                end,
                in_line,
            };
            return Ok((span, quote + 1));
        }
    }
}

fn end_of(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    bytes
        .get(from..)
        .and_then(|rest| memchr(delimiter, rest))
        .map_or(bytes.len(), |offset| from + offset)
}

fn is_blank(line: &str, start: usize, end: usize) -> bool {
    line.get(start..end)
        .is_none_or(|part| part.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Result<Vec<String>, Broken> {
        let mut cells = Cells::default();
        cells.quoted(line, b';', 9)?;
        let text = |span: &Span| {
            let home = if span.in_line { line } else { &cells.scratch };
            home.get(span.start..span.end).unwrap().to_owned()
        };
        Ok(cells.spans.iter().map(text).collect())
    }

    #[test]
    fn quotes_hold_delimiters_and_doubled_quotes() {
        assert_eq!(texts(r#"1;"a;b";c"#).unwrap(), ["1", "a;b", "c"]);
        assert_eq!(texts(r#""""x""";"y" ;"#).unwrap(), [r#""x""#, "y", ""]);
        assert_eq!(texts(r#"a"b;c"#).unwrap(), [r#"a"b"#, "c"]);
    }

    #[test]
    fn both_ways_agree_where_there_is_no_quote() {
        for line in ["", ";", "a;b", ";;a;", "é;ü;", "a;b;c;d;e;f;g;h;i;;x;"] {
            let (mut one, mut two) = (Cells::default(), Cells::default());
            one.plain(line, b';', 9);
            two.quoted(line, b';', 9).unwrap();
            assert_eq!(one.spans, two.spans);
            assert_eq!((one.total, one.beyond), (two.total, two.beyond));
        }
    }

    #[test]
    fn wrong_quotes_are_found_where_they_are() {
        let open = texts(r#"é;"b"#).unwrap_err();
        assert_eq!(
            (open.fault, open.start, open.end),
            (Fault::UnclosedQuote, 3, 5)
        );
        let after = texts(r#""a"x;b"#).unwrap_err();
        assert_eq!(
            (after.fault, after.start, after.end),
            (Fault::TextAfterQuote, 3, 4)
        );
    }
}
