//! Lines as text: what is wrong with the bytes of a line is told, and the next line is read.

use std::io::{self, BufRead};

use memchr::{memchr, memchr3};

use super::fault::Fault;
use super::limits::TableLimits;
use super::lines::{Lines, Taken};
use super::report::Report;
use crate::election::Severity;

/// What a line turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// A text; with a quote in it or without.
    Good { has_quote: bool },
    /// Nothing can be read; why has been reported.
    Bad,
}

/// Lines of text, each in the same piece of memory.
#[derive(Debug)]
pub(crate) struct TextLines<R> {
    lines: Lines<R>,
    limits: TableLimits,
    text: String,
}

impl<R: BufRead> TextLines<R> {
    pub(crate) fn new(source: R, limits: TableLimits) -> TextLines<R> {
        TextLines {
            lines: Lines::new(source, limits.line_bytes()),
            limits,
            text: String::new(),
        }
    }

    /// The text of the line that was taken last, if it was good.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Takes the next line; reports what is wrong with it.
    pub(crate) fn next(&mut self, report: &mut Report) -> io::Result<Option<(Taken, Text)>> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let Some(taken) = self.lines.next(&mut bytes)? else {
            return Ok(None);
        };
        let text = self.check(taken, bytes, report);
        Ok(Some((taken, text)))
    }

    fn check(&mut self, taken: Taken, mut bytes: Vec<u8>, report: &mut Report) -> Text {
        let number = taken.number;
        if number == 1 {
            if is_utf16(&bytes) {
                report.whole(Severity::Error, Fault::Utf16);
                return Text::Bad;
            }
            if bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
        }
        if taken.too_long {
            let fault = Fault::LineTooLong {
                bytes: taken.bytes,
                limit: self.limits.line_bytes(),
            };
            let shown = bytes.get(..bytes.len().min(1_000)).unwrap_or(&bytes);
            let shown = String::from_utf8_lossy(shown);
            report.line(Severity::Error, number, &shown, fault);
            return Text::Bad;
        }
        match String::from_utf8(bytes) {
            Ok(good) => self.text = good,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                report_bytes(number, error.as_bytes(), at, report);
                return Text::Bad;
            }
        }
        if memchr3(b'"', b'\r', 0, self.text.as_bytes()).is_none() {
            return Text::Good { has_quote: false };
        }
        let found = [(0, Fault::NulCharacter), (b'\r', Fault::LoneCarriageReturn)];
        for (byte, fault) in found {
            if let Some(at) = memchr(byte, self.text.as_bytes()) {
                report.part(number, &self.text, (at, at + 1), fault);
                return Text::Bad;
            }
        }
        Text::Good { has_quote: true }
    }
}

/// Reports bytes that are not UTF-8, `bytes` being those of the line.
pub(crate) fn report_bytes(number: u64, bytes: &[u8], at: usize, report: &mut Report) {
    let fault = Fault::NotUtf8 {
        byte: bytes.get(at).copied().unwrap_or_default(),
        at: at + 1,
    };
    // What is not UTF-8 becomes a replacement character, from the same place on.
    let shown = String::from_utf8_lossy(bytes);
    report.part(number, &shown, (at, at + '\u{fffd}'.len_utf8()), fault);
}

/// A byte-order mark of UTF-16, or every other byte NUL.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => {
            (*a == 0 && *b != 0 && *c == 0 && *d != 0) || (*a != 0 && *b == 0 && *c != 0 && *d == 0)
        }
        _ => false,
    }
}
