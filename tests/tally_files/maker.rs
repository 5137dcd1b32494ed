//! Makes a file of votes and knows what must become of each.

use std::collections::BTreeMap;

use quartier::tally::BallotRules;

use crate::world::{Numbers, PROJECTS};

/// Which rule settles duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    First,
    Last,
    PaperWinsLast,
    VoidAll,
}

impl Policy {
    pub(crate) fn rules(self) -> BallotRules {
        let duplicates = match self {
            Policy::First => "first",
            Policy::Last => "last",
            Policy::PaperWinsLast => "paper-wins;last",
            Policy::VoidAll => "void-all",
        };
        format!("form=approval,max=2,elsewhere.max=0,invalid=void,duplicates={duplicates},blank-ballots-count=false,channels=internet:binding;paper:binding").parse().unwrap()
    }
}

/// What the tally must find.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) received: u64,
    pub(crate) accepted: u64,
    pub(crate) blank: u64,
    pub(crate) superseded: u64,
    pub(crate) duplicate: u64,
    pub(crate) ineligible: u64,
    pub(crate) void: BTreeMap<&'static str, u64>,
    pub(crate) votes: Vec<u64>,
}

pub(crate) struct File {
    pub(crate) seed: u64,
    pub(crate) policy: Policy,
    pub(crate) bytes: Vec<u8>,
    pub(crate) expected: Expected,
}

impl File {
    pub(crate) fn shown(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// What a ballot says, and what it is by itself.
#[derive(Debug, Clone)]
enum Said {
    Valid(Vec<usize>),
    Blank,
    Void(&'static str, String),
}

/// One record of a voter.
#[derive(Debug, Clone)]
struct Record {
    voter: String,
    channel: &'static str,
    home: &'static str,
    /// Unique among the votes of a voter.
    time: u64,
    said: Said,
    fate: Fault,
}

/// What is wrong with the record as such, before its ballot is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Ineligible,
    UnknownChannel,
    /// The line cannot be read: too many cells, an open quote, bytes that are no text, or far too long.
    Unreadable(u8),
}

pub(crate) fn make(seed: u64) -> File {
    let mut numbers = Numbers(seed);
    let policy = numbers.one_of(&[
        Policy::First,
        Policy::Last,
        Policy::PaperWinsLast,
        Policy::VoidAll,
    ]);
    let mut voters: Vec<Vec<Record>> = Vec::new();
    for number in 0..numbers.below(12) {
        voters.push(voter(number, &mut numbers));
    }
    let mut expected = Expected {
        votes: vec![0; PROJECTS.len()],
        ..Expected::default()
    };
    for records in &voters {
        expect(records, policy, &mut expected);
    }
    let mut records: Vec<Record> = voters.into_iter().flatten().collect();
    numbers.shuffle(&mut records);
    let bytes = write(&records, &mut numbers, &mut expected);
    File {
        seed,
        policy,
        bytes,
        expected,
    }
}

fn voter(number: usize, numbers: &mut Numbers) -> Vec<Record> {
    let home = numbers.one_of(&["north", "south"]);
    let anonymous = numbers.below(8) == 0;
    let votes = if anonymous {
        1
    } else {
        numbers.one_of(&[1, 1, 1, 2, 3])
    };
    let record = |time: usize, numbers: &mut Numbers| Record {
        voter: if anonymous {
            String::new()
        } else {
            format!("voter-{number}")
        },
        channel: numbers.one_of(&["internet", "paper"]),
        home,
        time: time as u64,
        said: said(home, numbers),
        fate: match numbers.below(20) {
            0 => Fault::Ineligible,
            1 => Fault::UnknownChannel,
            2 => Fault::Unreadable(numbers.below(4) as u8),
            _ => Fault::None,
        },
    };
    (0..votes).map(|time| record(time, numbers)).collect()
}

/// A ballot of somebody who lives in `home`: at most two projects, of home or the city.
fn said(home: &str, numbers: &mut Numbers) -> Said {
    let allowed: Vec<usize> = (0..PROJECTS.len())
        .filter(|&at| PROJECTS[at].1.is_empty() || PROJECTS[at].1 == home)
        .collect();
    let foreign: Vec<usize> = (0..PROJECTS.len())
        .filter(|at| !allowed.contains(at))
        .collect();
    let id = |at: usize| PROJECTS[at].0;
    let mut two = allowed.clone();
    numbers.shuffle(&mut two);
    two.truncate(2);
    match numbers.below(10) {
        0 => Said::Blank,
        1 => Said::Void("unknown-project", format!("{},zz", id(two[0]))),
        2 => Said::Void("repeated-project", format!("{0},{0}", id(two[0]))),
        3 => Said::Void(
            "outside-scope",
            id(foreign[numbers.below(foreign.len())]).to_owned(),
        ),
        4 => Said::Void(
            "too-many",
            allowed
                .iter()
                .map(|&at| id(at))
                .collect::<Vec<_>>()
                .join(","),
        ),
        // The first fault in the order of the marks is the reason.
        5 => Said::Void("unknown-project", format!("{0}:3,{0},{0}", id(two[0]))),
        _ => {
            two.truncate(1 + numbers.below(2));
            Said::Valid(two)
        }
    }
}

/// What becomes of the records of one voter.
fn expect(records: &[Record], policy: Policy, expected: &mut Expected) {
    let mut votes: Vec<&Record> = Vec::new();
    for record in records {
        expected.received += 1;
        match record.fate {
            Fault::Ineligible => expected.ineligible += 1,
            Fault::UnknownChannel => *expected.void.entry("unknown-channel").or_default() += 1,
            Fault::Unreadable(_) => *expected.void.entry("unreadable").or_default() += 1,
            Fault::None => votes.push(record),
        }
    }
    let others = (votes.len() as u64).saturating_sub(1);
    let kept = match policy {
        _ if votes.len() < 2 => votes.first().copied(),
        Policy::VoidAll => {
            expected.duplicate += votes.len() as u64;
            None
        }
        Policy::First => {
            expected.duplicate += others;
            votes.iter().min_by_key(|vote| vote.time).copied()
        }
        Policy::Last => {
            expected.superseded += others;
            votes.iter().max_by_key(|vote| vote.time).copied()
        }
        Policy::PaperWinsLast => {
            expected.superseded += others;
            votes
                .iter()
                .max_by_key(|vote| (vote.channel == "paper", vote.time))
                .copied()
        }
    };
    match kept.map(|vote| &vote.said) {
        None => {}
        Some(Said::Blank) => expected.blank += 1,
        Some(Said::Void(reason, _)) => *expected.void.entry(reason).or_default() += 1,
        Some(Said::Valid(projects)) => {
            expected.accepted += 1;
            projects
                .iter()
                .for_each(|&project| expected.votes[project] += 1);
        }
    }
}

fn write(records: &[Record], numbers: &mut Numbers, expected: &mut Expected) -> Vec<u8> {
    let delimiter = numbers.one_of(&[';', ',']);
    let (newline, quote) = (numbers.one_of(&["\n", "\r\n"]), numbers.below(2) == 0);
    let mut columns = ["voter_id", "vote", "channel", "area", "time", "eligible"];
    numbers.shuffle(&mut columns);
    let mut bytes = Vec::new();
    if numbers.below(3) == 0 {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let separator = delimiter.to_string();
    bytes.extend_from_slice(columns.join(&separator).as_bytes());
    bytes.extend_from_slice(newline.as_bytes());
    for record in records {
        if numbers.below(16) == 0 {
            // A row of delimiters only, before another record: it is received, and nobody has decided whether its voter
            // may vote.
            bytes.extend_from_slice(separator.repeat(columns.len() - 1).as_bytes());
            bytes.extend_from_slice(newline.as_bytes());
            expected.received += 1;
            *expected.void.entry("unreadable").or_default() += 1;
        }
        let cells = columns.map(|column| cell(record, column, delimiter, quote));
        let mut line = cells.join(&separator).into_bytes();
        match record.fate {
            Fault::Unreadable(0) => {
                line.extend_from_slice(format!("{delimiter}one{delimiter}more").as_bytes())
            }
            Fault::Unreadable(1) => line.splice(0..0, *b"\"").for_each(drop),
            Fault::Unreadable(2) => line.push(0xff),
            Fault::Unreadable(_) => line.extend_from_slice(&[b'x'; 1_000]),
            _ => {}
        }
        bytes.extend_from_slice(&line);
        bytes.extend_from_slice(newline.as_bytes());
    }
    if numbers.below(3) == 0 {
        // Empty rows as spreadsheets leave them: at the end rows of delimiters are no records.
        bytes.extend_from_slice(
            format!("{}{newline}{newline}", separator.repeat(columns.len() - 1)).as_bytes(),
        );
    }
    bytes
}

fn cell(record: &Record, column: &str, delimiter: char, quote: bool) -> String {
    let text = match column {
        "voter_id" => record.voter.clone(),
        "vote" => {
            let ids = match &record.said {
                Said::Valid(projects) => projects
                    .iter()
                    .map(|&at| PROJECTS[at].0)
                    .collect::<Vec<_>>()
                    .join(","),
                Said::Blank => String::new(),
                Said::Void(_, text) => text.clone(),
            };
            if delimiter == ',' && !quote {
                ids.replace(',', " ")
            } else {
                ids
            }
        }
        "channel" if record.fate == Fault::UnknownChannel => "telephone".to_owned(),
        "channel" => record.channel.to_owned(),
        "area" => record.home.to_owned(),
        "time" => format!("2018-03-01T10:00:{:02}", record.time),
        _ if record.fate == Fault::Ineligible => "no: moved away".to_owned(),
        _ => "yes".to_owned(),
    };
    // With an open quote in front of the line, quotes inside would close it.
    let open = matches!(record.fate, Fault::Unreadable(1));
    if quote && !open {
        format!("\"{text}\"")
    } else if open {
        text.replace([',', ';'], " ")
    } else {
        text
    }
}
