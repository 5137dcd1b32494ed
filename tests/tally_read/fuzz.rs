//! Any bytes at all: no panic, and every line with something on it is a record, as are rows of delimiters before it.

use proptest::prelude::*;
use quartier::election::BallotKind;
use quartier::tally::grouped::GroupedBallots;
use quartier::tally::read::{
    ReadOptions, VotesJson, read_aggregates_csv, read_areas_csv, read_manifest_csv,
    read_projects_csv,
};
use quartier::tally::table::TableLimits;

use crate::helpers::read_with;

/// The records of a table of votes, counted by bytes, in another way than the reader does: lines that hold more than
/// blanks and delimiters, and before the last of them those that hold delimiters.
fn records(text: &[u8], delimiter: u8) -> u64 {
    let empty = |line: &[u8]| {
        let known = String::from_utf8(line.to_vec());
        known.is_ok_and(|line| {
            line.chars()
                .all(|c| c.is_whitespace() || c == char::from(delimiter))
        })
    };
    // A carriage return ends a line together with a newline only.
    let mut lines: Vec<&[u8]> = text.split(|&b| b == b'\n').collect();
    let last = lines.pop().unwrap_or_default();
    let ended = lines
        .iter()
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let lines: Vec<&[u8]> = ended.chain([last]).collect();
    let has_something = |line: &&[u8]| line.contains(&b'\r') || line.len() > 60 || !empty(line);
    let end = lines
        .iter()
        .rposition(has_something)
        .map_or(0, |last| last + 1);
    let found = lines[..end]
        .iter()
        .filter(|line| has_something(line) || line.contains(&delimiter));
    u64::try_from(found.count()).unwrap()
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => prop::sample::select(vec![
            "\n", "\n", "\r\n", ";", ";", ";", "\"", "\"\"", "1", "12,7", "x", " ", "é", "yes", "no: x", "#REF!", "1E+5",
            "voter_id;vote;area", "\r", "\0", "\u{feff}", "\u{200b}", "\u{a0}",
        ])
        .prop_map(|part| part.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
        1 => Just(vec![b'7'; 70]),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_line_with_something_on_it_is_a_record(body in bytes()) {
        let options = ReadOptions::strict().limits(TableLimits::new().max_line_bytes(60));
        let text = [b"voter_id;vote;area;eligible\n".as_slice(), &body].concat();
        let (seen, read) = read_with(text.as_slice(), &options).unwrap();
        prop_assert_eq!(read.rows, records(&body, b';'));
        let unreadable = seen.iter().filter(|seen| seen.vote.is_none()).count();
        prop_assert_eq!(read.unreadable, u64::try_from(unreadable).unwrap());
        // A record is unreadable if, and only if, an error was told.
        prop_assert_eq!(read.unreadable > 0, read.diagnostics.has_errors());
        prop_assert!(read.diagnostics.error_count() >= read.unreadable);
        for found in &read.diagnostics {
            prop_assert!(!found.to_string().contains('\0'));
        }
    }

    #[test]
    fn no_reader_panics(body in bytes(), header in 0_usize..7) {
        let headers = ["", "voter_id;vote;count\n", "project_id;cost;area\n", "area_id;population\n",
            "channel;project_id;votes\n", "channel;received\n", "channel;area;vote;count;weight\n"];
        let text = [headers[header].as_bytes(), &body].concat();
        let (source, options) = (text.as_slice(), &ReadOptions::lenient());
        _ = read_with(source, options);
        _ = read_projects_csv(source, "x", options);
        _ = read_areas_csv(source, "x", options);
        _ = read_aggregates_csv(source, "x", options);
        _ = read_manifest_csv(source, "x", options);
        for kind in [BallotKind::Approval, BallotKind::Ranked, BallotKind::Points, BallotKind::Grades, BallotKind::Signed] {
            _ = GroupedBallots::read_csv(source, "x", kind, options);
        }
    }

    #[test]
    fn no_document_panics(body in bytes(), open in prop::sample::select(vec!["", "[", "{", "{\"vote\":\"7\"}\n", "[{\"vote\":\"7\"},"])) {
        let text = [open.as_bytes(), &body].concat();
        if let Ok(votes) = VotesJson::open(text.as_slice(), "x", &ReadOptions::strict()) {
            let read = votes.read(0, &mut |_| {});
            prop_assert!(read.unreadable <= read.rows);
            prop_assert_eq!(read.unreadable > 0, read.diagnostics.has_errors());
        }
    }
}
