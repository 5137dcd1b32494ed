//! Lines and tables of any size cost bounded memory.

use std::io::{self, BufReader, Read};

use quartier::tally::read::{ReadError, ReadOptions};
use quartier::tally::table::TableLimits;

use crate::helpers::{place, places, read, read_with};

/// A source that fails or never fills a buffer, as networks do.
struct Dripping<'a> {
    text: &'a [u8],
    fails: bool,
    interrupted: bool,
}

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::Error::from(io::ErrorKind::Interrupted));
        }
        let length = self.text.len().min(buffer.len()).min(1);
        if length == 0 && self.fails {
            return Err(io::Error::other("the line is dead"));
        }
        buffer[..length].copy_from_slice(&self.text[..length]);
        self.text = &self.text[length..];
        Ok(length)
    }
}

fn dripping(text: &str, fails: bool) -> BufReader<Dripping<'_>> {
    BufReader::with_capacity(
        3,
        Dripping {
            text: text.as_bytes(),
            fails,
            interrupted: false,
        },
    )
}

#[test]
fn ten_megabytes_in_one_line_are_one_unreadable_vote() {
    let long = "7,".repeat(5_000_000);
    let (seen, read) = read(format!("voter_id;vote\n1;12\n2;{long}\n3;8\n"));
    let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
    assert_eq!(votes, [Some("12"), None, Some("8")]);
    assert_eq!(places(&read.diagnostics), [place("line-too-long", 3, 0)]);
    let shown = read.diagnostics.to_string();
    assert!(shown.contains("10000002 bytes"), "{shown}");
    assert!(shown.len() < 500);
}

#[test]
fn a_line_may_be_exactly_as_long_as_the_limit() {
    let options = ReadOptions::strict().limits(TableLimits::new().max_line_bytes(13));
    for end in ["\n", "\r\n", ""] {
        let text = format!("voter_id;vote\r\n12345678;1234{end}");
        let (seen, _) = read_with(text.as_bytes(), &options).unwrap();
        assert_eq!(seen[0].vote.as_deref(), Some("1234"));
        let text = format!("voter_id;vote\n12345678;12345{end}");
        let (seen, read) = read_with(text.as_bytes(), &options).unwrap();
        assert_eq!(seen[0].vote, None);
        assert_eq!(
            read.diagnostics.iter().next().unwrap().code(),
            "line-too-long"
        );
    }
}

#[test]
fn a_slow_source_gives_the_same_votes() {
    let text = "voter_id;vote\r\n1;\"12,7\"\r\né;8\r\n";
    let slow = read_with(dripping(text, false), &ReadOptions::strict()).unwrap();
    assert_eq!(slow, read(text));
}

#[test]
fn a_source_that_fails_is_no_end_of_the_file() {
    let error = read_with(
        dripping("voter_id;vote\n1;12\n", true),
        &ReadOptions::strict(),
    );
    assert!(matches!(error, Err(ReadError::Io(_))));
}

#[test]
fn problems_beyond_the_bound_are_counted() {
    let text = "voter_id;vote\n".to_owned() + &"1\n".repeat(1_000);
    let (_, read) = read(&text);
    assert_eq!(
        (read.diagnostics.len(), read.diagnostics.error_count()),
        (200, 1_000)
    );
    assert!(read.diagnostics.to_string().ends_with("and 800 more"));
    let options = ReadOptions::strict().limits(TableLimits::new().max_diagnostics(3));
    let (_, read) = read_with(text.as_bytes(), &options).unwrap();
    assert_eq!(
        (read.diagnostics.len(), read.diagnostics.error_count()),
        (3, 1_000)
    );
}
