//! What the text itself must be, before any line is looked at: UTF-8 without NUL or lone carriage returns.

use memchr::{memchr, memchr_iter};

use super::report::{Report, Spot};
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::Line;

/// The bytes as text, or `None` with a report.
pub(super) fn decode<'a>(bytes: &'a [u8], report: &mut Report) -> Option<&'a str> {
    // With its mark, or as every second byte of a Latin text.
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || bytes.iter().take(2).filter(|&&byte| byte == 0).count() == 1
    {
        report.file(Fault::Utf16);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let (good, _) = bytes
                .split_at_checked(error.valid_up_to())
                .unwrap_or((bytes, &[]));
            let before = std::str::from_utf8(good).unwrap_or_default();
            let offset = u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX);
            at_end_of(before, Fault::NotUtf8 { offset }, report);
            None
        }
    }
}

/// Reports what no text may contain; tells whether all is well.
pub(super) fn check_text(text: &str, report: &mut Report) -> bool {
    let bytes = text.as_bytes();
    if let Some(at) = memchr(0, bytes) {
        at_end_of(
            text.get(..at).unwrap_or_default(),
            Fault::NulCharacter,
            report,
        );
        return false;
    }
    if let Some(at) = lone_return(bytes) {
        at_end_of(
            text.get(..at).unwrap_or_default(),
            Fault::LoneCarriageReturn,
            report,
        );
        return false;
    }
    true
}

/// The first carriage return that no newline follows.
fn lone_return(bytes: &[u8]) -> Option<usize> {
    // Without a branch many bytes are looked at together; where it is, is asked only of a faulty text.
    let after = bytes.get(1..).unwrap_or_default();
    let lone = bytes.iter().zip(after).fold(0, |lone, (&one, &next)| {
        lone | (u8::from(one == b'\r') & u8::from(next != b'\n'))
    });
    if lone == 0 && bytes.last() != Some(&b'\r') {
        return None;
    }
    memchr_iter(b'\r', bytes).find(|&at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Reports something that comes right after the end of this text.
fn at_end_of(before: &str, fault: Fault, report: &mut Report) {
    let number = memchr_iter(b'\n', before.as_bytes()).count() + 1;
    let text = before.rsplit('\n').next().unwrap_or_default();
    let line = Line {
        number: u64::try_from(number).unwrap_or(u64::MAX),
        text,
    };
    report.spot(
        Spot {
            section: Section::File,
            line,
            start: text.len(),
            part: " ",
        },
        fault,
    );
}
