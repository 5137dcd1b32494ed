//! Lines of bounded length from anything that can be read.

use std::io::{self, BufRead, ErrorKind};

use memchr::memchr;

/// Hands out one line after the other, each into the same piece of memory.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    source: R,
    number: u64,
    limit: usize,
}

/// How a line was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Counted from 1.
    pub(crate) number: u64,
    /// How many bytes it has, without its end; more than were kept if it is too long.
    pub(crate) bytes: u64,
    /// Is it longer than the limit? Then only its beginning was kept.
    pub(crate) too_long: bool,
    /// Did a newline end it, rather than the end of the source?
    pub(crate) ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(source: R, limit: usize) -> Lines<R> {
        Lines {
            source,
            number: 0,
            limit,
        }
    }

    /// The next line without `\n` or `\r\n`, or `None` at the end of the source.
    ///
    /// At most one byte more than the limit is kept, whatever the line's length.
    pub(crate) fn next(&mut self, line: &mut Vec<u8>) -> io::Result<Option<Taken>> {
        line.clear();
        let mut bytes = 0_u64;
        let mut last = None;
        let ended = loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break false;
            }
            let end = memchr(b'\n', buffer);
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
            // One more than the limit, so that a carriage return at its end does not count.
            let room = self.limit.saturating_add(1).saturating_sub(line.len());
            line.extend_from_slice(part.get(..room).unwrap_or(part));
            last = part.last().copied().or(last);
            bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
            let used = part.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                break true;
            }
        };
        if !ended && bytes == 0 {
            return Ok(None);
        }
        if ended && last == Some(b'\r') {
            bytes -= 1;
            if line.last() == Some(&b'\r') && u64::try_from(line.len()) == Ok(bytes + 1) {
                line.pop();
            }
        }
        self.number += 1;
        let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
        line.truncate(self.limit);
        Ok(Some(Taken {
            number: self.number,
            bytes,
            too_long: bytes > limit,
            ended,
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn all(text: &[u8], limit: usize, buffer: usize) -> Vec<(u64, String, u64, bool, bool)> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, text), limit);
        let (mut line, mut found) = (Vec::new(), Vec::new());
        while let Some(taken) = lines.next(&mut line).unwrap() {
            let text = String::from_utf8(line.clone()).unwrap();
            found.push((taken.number, text, taken.bytes, taken.too_long, taken.ended));
        }
        found
    }

    #[test]
    fn lines_are_the_same_whatever_the_buffer() {
        let text = b"ab\r\n\ncdefg\r\nabcd\r\nx\ry\nz";
        let expected = all(text, 4, 1000);
        assert_eq!(
            expected,
            [
                (1, "ab".to_owned(), 2, false, true),
                (2, String::new(), 0, false, true),
                (3, "cdef".to_owned(), 5, true, true),
                (4, "abcd".to_owned(), 4, false, true),
                (5, "x\ry".to_owned(), 3, false, true),
                (6, "z".to_owned(), 1, false, false),
            ]
        );
        for buffer in 1..9 {
            assert_eq!(all(text, 4, buffer), expected, "{buffer}");
        }
    }

    #[test]
    fn a_carriage_return_at_the_end_of_the_source_ends_no_line() {
        assert_eq!(all(b"a\r", 9, 1), [(1, "a\r".to_owned(), 2, false, false)]);
        assert!(all(b"", 9, 1).is_empty());
    }
}
