//! Votes from JSON: an array of objects, or one object a line.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::error::ReadError;
use super::json_text::{Object, elements};
use super::json_vote::{JsonVote, Said};
use super::options::ReadOptions;
use super::votes_read::{Tallied, VotesRead};
use crate::tally::cast::PlaceUnit;
use crate::tally::cast::{CastVote, Content, Eligible, Place};
use crate::tally::table::{Fault, Report, Severity, Text, TextLines, is_utf16, report_bytes};

/// Votes of a JSON document, which has been read.
///
/// The document is an array of objects, or has one object on each line. The keys are the columns of
/// [`VotesCsv`](super::VotesCsv), byte-exact: `voter_id` (a text; leave it out or write `""` for an anonymous
/// ballot), `vote` (the text of a ballot, or the serde form of a [`Ballot`](crate::election::Ballot)), `channel`,
/// `area`, `station`, `time`, `eligible` (true, false, or a text), `count` (a number). Other keys are attributes:
/// texts, whole numbers, true or false; null is an empty one. A missing key says nothing, except that `vote` must be
/// there.
///
/// The place of a vote is its line, or in an array the number of its element. An object that cannot be read is
/// handed on as unreadable. A line that is not JSON spoils no other; an array that is not JSON is refused as a whole,
/// because nobody can tell where its next element begins.
///
/// The document is kept in memory, since its attributes are known at its end only. Millions of votes are better sent as a
/// table.
///
/// ```
/// use quartier::tally::read::{ReadOptions, VotesJson};
/// let text = r#"{"voter_id": "17", "vote": "12,7", "age": 34}
/// {"voter_id": "18", "vote": {"ranked": [["7"], ["12"]]}}
/// {"voter_id": 19, "vote": "7"}"#;
/// let votes = VotesJson::open(text.as_bytes(), "votes.jsonl", &ReadOptions::strict())?;
/// assert_eq!(votes.attributes(), ["age"]);
/// let read = votes.read(0, &mut |_| {});
/// assert_eq!((read.rows, read.unreadable), (3, 1));
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
#[derive(Debug)]
pub struct VotesJson {
    records: Vec<(u64, Option<JsonVote>)>,
    attributes: Vec<String>,
    report: Report,
    unit: PlaceUnit,
}

impl VotesJson {
    /// Reads a document of votes.
    ///
    /// # Errors
    /// [`ReadError::Refused`] if it is no such document, [`ReadError::Io`] if the source fails.
    pub fn open(
        source: impl BufRead,
        name: &str,
        options: &ReadOptions,
    ) -> Result<VotesJson, ReadError> {
        let limits = options.table_limits();
        let mut report = Report::new(name, limits);
        let mut bytes = Vec::new();
        let most = u64::try_from(limits.json_bytes()).unwrap_or(u64::MAX);
        source
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)?;
        if bytes.len() > limits.json_bytes() {
            let limit = limits.json_bytes();
            report.whole(Severity::Error, Fault::DocumentTooLong { limit });
            return Err(ReadError::Refused(report.into_found()));
        }
        if is_utf16(&bytes) {
            report.whole(Severity::Error, Fault::Utf16);
            return Err(ReadError::Refused(report.into_found()));
        }
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let (unit, records) = match start.trim_ascii_start().first() {
            Some(b'[') => (PlaceUnit::Record, array(start, &mut report)),
            Some(b'{') => (PlaceUnit::Line, lines(&bytes, options, &mut report)?),
            _ => {
                report.whole(Severity::Error, Fault::NoRecords);
                (PlaceUnit::Record, None)
            }
        };
        let Some(records) = records else {
            return Err(ReadError::Refused(report.into_found()));
        };
        let attributes: BTreeSet<&str> = records
            .iter()
            .filter_map(|(_, record)| record.as_ref())
            .flat_map(|vote| vote.attributes.keys().map(String::as_str))
            .collect();
        let attributes = attributes.into_iter().map(str::to_owned).collect();
        Ok(VotesJson {
            records,
            attributes,
            report,
            unit,
        })
    }

    /// The names of the further keys, sorted, in the order in which every vote's attributes come.
    #[must_use]
    pub fn attributes(&self) -> Vec<&str> {
        self.attributes.iter().map(String::as_str).collect()
    }

    /// Hands the votes on one by one, as votes of the source with this number.
    pub fn read(self, source: u32, sink: &mut dyn FnMut(&CastVote<'_>)) -> VotesRead {
        let mut tallied = Tallied::default();
        let empty = JsonVote::default();
        for (line, record) in &self.records {
            let vote = record.as_ref().unwrap_or(&empty);
            let attribute = |name: &String| vote.attributes.get(name).map_or("", String::as_str);
            let attributes: Vec<&str> = self.attributes.iter().map(attribute).collect();
            let cast = CastVote {
                place: Place {
                    source,
                    line: *line,
                    column: 0,
                },
                voter: &vote.voter,
                channel: &vote.channel,
                area: &vote.area,
                station: &vote.station,
                time: &vote.time,
                eligible: vote
                    .ineligible
                    .as_deref()
                    .map_or(Eligible::Yes, Eligible::No),
                content: match &vote.said {
                    Said::Nothing => Content::Unreadable,
                    Said::Text(text) => Content::Text(text),
                    Said::Ballot(ballot) => Content::Ballot(ballot),
                },
                count: vote.count,
                attributes: &attributes,
            };
            tallied.add(&cast);
            sink(&cast);
        }
        tallied.with(self.unit, self.report.into_found())
    }
}

type Records = Option<Vec<(u64, Option<JsonVote>)>>;

/// The elements of an array, by their numbers.
fn array(bytes: &[u8], report: &mut Report) -> Records {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let (number, start) = line_at(bytes, at);
            let line = bytes.get(start..).unwrap_or_default();
            let line = line.split(|&b| b == b'\n').next().unwrap_or_default();
            report_bytes(number, line, at - start, report);
            return None;
        }
    };
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let number = error.line();
        let line = text
            .split('\n')
            .nth(number.saturating_sub(1))
            .unwrap_or_default();
        not_json(
            u64::try_from(number).unwrap_or(u64::MAX),
            line,
            &error,
            report,
        );
        return None;
    }
    let records = (1_u64..).zip(elements(text));
    Some(
        records
            .map(|(number, element)| {
                let mut tell = |fault| {
                    report.record(Severity::Error, number, element.trim(), fault);
                };
                let vote = record(element, &mut tell);
                let vote = vote.map_err(|error| tell(Fault::NotJson { why: why(&error) }));
                (number, vote.ok())
            })
            .collect(),
    )
}

/// The number of the line that a byte is on, and where that line begins.
fn line_at(bytes: &[u8], at: usize) -> (u64, usize) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let number = before.split(|&b| b == b'\n').count();
    let start = before
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |end| end + 1);
    (u64::try_from(number).unwrap_or(u64::MAX), start)
}

/// The objects of lines, by the numbers of the lines.
fn lines(bytes: &[u8], options: &ReadOptions, report: &mut Report) -> Result<Records, ReadError> {
    let mut lines = TextLines::new(bytes, options.table_limits());
    let mut records = Vec::new();
    while let Some((taken, text)) = lines.next(report)? {
        match text {
            Text::Good { .. } if lines.text().trim().is_empty() => {}
            Text::Good { .. } => {
                let (number, text) = (taken.number, lines.text());
                let mut tell = |fault| report.line(Severity::Error, number, text.trim(), fault);
                let vote = record(text, &mut tell);
                let vote = vote.map_err(|error| not_json(number, text, &error, report));
                records.push((number, vote.ok()));
            }
            Text::Bad => records.push((taken.number, None)),
        }
    }
    Ok(Some(records))
}

/// One object; tells everything that is wrong with it.
fn record(text: &str, tell: &mut dyn FnMut(Fault)) -> Result<JsonVote, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let object = Object::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(JsonVote::of(object, tell))
}

fn not_json(number: u64, line: &str, error: &serde_json::Error, report: &mut Report) {
    let why = why(error);
    let mut at = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    let end = line.get(at..).and_then(|rest| rest.chars().next());
    let end = at + end.map_or(0, char::len_utf8);
    report.part(number, line, (at, end), Fault::NotJson { why });
}

/// Without its own place, which is told in another way: the line or record is known, and columns are counted in characters.
fn why(error: &serde_json::Error) -> String {
    let why = error.to_string();
    why.split(" at line ").next().unwrap_or_default().to_owned()
}
