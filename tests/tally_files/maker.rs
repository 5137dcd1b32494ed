//! Makes a file of votes and knows what must become of each.

use std::collections::BTreeMap;

use quartier::exact::Ratio;
use quartier::tally::BallotRules;

use crate::world::{Numbers, PROJECTS};

/// Which rule settles duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    First,
    Last,
    /// Says nothing of two votes in one channel: there are none, but for copies of one vote.
    PaperWins,
    PaperWinsLast,
    VoidAll,
}

/// What the voters were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Approval,
    Ranked,
    Points,
}

impl Form {
    /// The score by which the sums of a file are compared.
    pub(crate) fn score(self) -> &'static str {
        match self {
            Form::Approval => "votes",
            Form::Ranked => "weights;2;1",
            Form::Points => "points",
        }
    }

    /// What the mark at a place of a valid ballot adds to that score.
    fn worth(self, place: usize) -> u64 {
        match self {
            Form::Approval => 1,
            Form::Ranked => 2 - place as u64,
            Form::Points => 1 + 2 * place as u64,
        }
    }

    /// A mark at a place of a ballot.
    fn mark(self, place: usize, id: &str) -> String {
        match self {
            Form::Approval | Form::Ranked => id.to_owned(),
            Form::Points => format!("{id}:{}", self.worth(place)),
        }
    }
}

impl Policy {
    pub(crate) fn rules(self, form: Form) -> BallotRules {
        let form = match form {
            Form::Approval => "approval",
            Form::Ranked => "ranked",
            Form::Points => "points,max-points=3,max-sum=5",
        };
        let duplicates = match self {
            Policy::First => "first",
            Policy::Last => "last",
            Policy::PaperWins => "paper-wins",
            Policy::PaperWinsLast => "paper-wins;last",
            Policy::VoidAll => "void-all",
        };
        format!("form={form},max=2,elsewhere.max=0,invalid=void,duplicates={duplicates},blank-ballots-count=false,channels=internet:binding;paper:binding").parse().unwrap()
    }
}

/// What the tally must find.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// The lines of votes, of which some are of several voters.
    pub(crate) records: u64,
    pub(crate) received: u64,
    pub(crate) accepted: u64,
    pub(crate) blank: u64,
    pub(crate) superseded: u64,
    pub(crate) duplicate: u64,
    pub(crate) ineligible: u64,
    pub(crate) void: BTreeMap<&'static str, u64>,
    pub(crate) votes: Vec<u64>,
    /// By the score of the form.
    pub(crate) sums: Vec<Ratio>,
}

pub(crate) struct File {
    pub(crate) seed: u64,
    pub(crate) policy: Policy,
    pub(crate) form: Form,
    /// One or several tables, as stations send them in.
    pub(crate) parts: Vec<Vec<u8>>,
    pub(crate) expected: Expected,
}

impl File {
    pub(crate) fn shown(&self) -> String {
        let parts = self
            .parts
            .iter()
            .map(|bytes| String::from_utf8_lossy(bytes));
        parts.collect::<Vec<_>>().join("\n---\n")
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
    /// Unique among the votes of a voter, but for copies of one vote.
    time: u64,
    /// How many voters cast it: more than one only for anonymous ballots that can be read.
    count: u64,
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
        Policy::PaperWins,
        Policy::PaperWinsLast,
        Policy::VoidAll,
    ]);
    let form = numbers.one_of(&[Form::Approval, Form::Ranked, Form::Points]);
    let mut voters: Vec<Vec<Record>> = Vec::new();
    for number in 0..numbers.below(12) {
        voters.push(voter(number, policy, form, &mut numbers));
    }
    let mut expected = Expected {
        votes: vec![0; PROJECTS.len()],
        sums: vec![Ratio::default(); PROJECTS.len()],
        ..Expected::default()
    };
    for records in &voters {
        expect(records, policy, form, &mut expected);
    }
    let mut records: Vec<Record> = voters.into_iter().flatten().collect();
    numbers.shuffle(&mut records);
    let mut stations = vec![Vec::new(); 1 + numbers.below(3)];
    for record in records {
        let station = numbers.below(stations.len());
        stations[station].push(record);
    }
    let parts = stations
        .iter()
        .map(|records| write(records, form, &mut numbers, &mut expected));
    let parts = parts.collect();
    File {
        seed,
        policy,
        form,
        parts,
        expected,
    }
}

fn voter(number: usize, policy: Policy, form: Form, numbers: &mut Numbers) -> Vec<Record> {
    let home = numbers.one_of(&["north", "south"]);
    let anonymous = numbers.below(8) == 0;
    let votes = if anonymous {
        1
    } else {
        let most = if policy == Policy::PaperWins { 2 } else { 3 };
        numbers.one_of(&[1, 1, 1, 2, most])
    };
    let first = numbers.below(2);
    let record = |time: usize, numbers: &mut Numbers| Record {
        voter: if anonymous {
            String::new()
        } else {
            format!("voter-{number}")
        },
        channel: if policy == Policy::PaperWins {
            ["internet", "paper"][(first + time) % 2]
        } else {
            numbers.one_of(&["internet", "paper"])
        },
        home,
        time: time as u64,
        count: 1,
        said: said(home, form, numbers),
        fate: match numbers.below(20) {
            0 => Fault::Ineligible,
            1 => Fault::UnknownChannel,
            2 => Fault::Unreadable(numbers.below(4) as u8),
            _ => Fault::None,
        },
    };
    let mut records: Vec<Record> = (0..votes).map(|time| record(time, numbers)).collect();
    for record in &mut records {
        if anonymous && !matches!(record.fate, Fault::Unreadable(_)) {
            record.count = numbers.one_of(&[1, 1, 2, 5]);
        }
    }
    if !anonymous && numbers.below(4) == 0 {
        // The same vote a second time, at the same moment, as a server writes it that was asked twice.
        records.extend(records.last().cloned());
    }
    records
}

/// A ballot of somebody who lives in `home`: at most two projects, of home or the city.
fn said(home: &str, form: Form, numbers: &mut Numbers) -> Said {
    let allowed: Vec<usize> = (0..PROJECTS.len())
        .filter(|&at| PROJECTS[at].1.is_empty() || PROJECTS[at].1 == home)
        .collect();
    let foreign: Vec<usize> = (0..PROJECTS.len())
        .filter(|at| !allowed.contains(at))
        .collect();
    let mark = |place: usize, at: usize| form.mark(place, PROJECTS[at].0);
    let mut two = allowed.clone();
    numbers.shuffle(&mut two);
    two.truncate(2);
    match numbers.below(11) {
        0 => Said::Blank,
        1 => Said::Void(
            "unknown-project",
            format!("{},{}", mark(0, two[0]), form.mark(1, "zz")),
        ),
        2 => Said::Void("repeated-project", format!("{0},{0}", mark(0, two[0]))),
        3 => Said::Void(
            "outside-scope",
            mark(0, foreign[numbers.below(foreign.len())]),
        ),
        4 => Said::Void(
            "too-many",
            allowed
                .iter()
                .map(|&at| mark(0, at))
                .collect::<Vec<_>>()
                .join(","),
        ),
        // The first fault in the order of the marks is the reason.
        5 => Said::Void(
            "unknown-project",
            format!("{1},{0},{0}", mark(0, two[0]), form.mark(0, "zz")),
        ),
        6 if form == Form::Points => {
            let (one, other) = (PROJECTS[two[0]].0, PROJECTS[two[1]].0);
            match numbers.below(3) {
                0 => Said::Void("malformed-mark", format!("{one},{other}:1")),
                1 => Said::Void("points-out-of-range", format!("{other}:1,{one}:4")),
                _ => Said::Void("sum-above", format!("{one}:3,{other}:3")),
            }
        }
        _ => {
            two.truncate(1 + numbers.below(2));
            Said::Valid(two)
        }
    }
}

/// What becomes of the records of one voter.
fn expect(records: &[Record], policy: Policy, form: Form, expected: &mut Expected) {
    let mut votes: Vec<&Record> = Vec::new();
    for record in records {
        expected.records += 1;
        expected.received += record.count;
        let void = &mut expected.void;
        match record.fate {
            Fault::Ineligible => expected.ineligible += record.count,
            Fault::UnknownChannel => *void.entry("unknown-channel").or_default() += record.count,
            Fault::Unreadable(_) => *void.entry("unreadable").or_default() += 1,
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
        Policy::PaperWins => {
            // A copy of the vote that counts is a duplicate of it; a vote by another channel is replaced.
            let kept = votes.iter().max_by_key(|vote| vote.channel == "paper");
            let channel = kept.map(|vote| vote.channel);
            let copies = votes.iter().filter(|vote| Some(vote.channel) == channel);
            let copies = (copies.count() as u64).saturating_sub(1);
            expected.duplicate += copies;
            expected.superseded += others - copies;
            kept.copied()
        }
        Policy::PaperWinsLast => {
            expected.superseded += others;
            votes
                .iter()
                .max_by_key(|vote| (vote.channel == "paper", vote.time))
                .copied()
        }
    };
    let Some(kept) = kept else { return };
    match &kept.said {
        Said::Blank => expected.blank += kept.count,
        Said::Void(reason, _) => *expected.void.entry(reason).or_default() += kept.count,
        Said::Valid(projects) => {
            expected.accepted += kept.count;
            for (place, &project) in projects.iter().enumerate() {
                expected.votes[project] += kept.count;
                expected.sums[project] += &Ratio::from(form.worth(place) * kept.count);
            }
        }
    }
}

fn write(
    records: &[Record],
    form: Form,
    numbers: &mut Numbers,
    expected: &mut Expected,
) -> Vec<u8> {
    let delimiter = numbers.one_of(&[';', ',']);
    let (newline, quote) = (numbers.one_of(&["\n", "\r\n"]), numbers.below(2) == 0);
    let mut columns = [
        "voter_id", "vote", "channel", "area", "time", "eligible", "count",
    ];
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
            expected.records += 1;
            expected.received += 1;
            *expected.void.entry("unreadable").or_default() += 1;
        }
        let cells = columns.map(|column| cell(record, form, column, (delimiter, quote)));
        let mut line = cells.join(&separator).into_bytes();
        match record.fate {
            Fault::Unreadable(0) => {
                line.extend_from_slice(format!("{delimiter}one{delimiter}more").as_bytes());
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

fn cell(record: &Record, form: Form, column: &str, (delimiter, quote): (char, bool)) -> String {
    let text = match column {
        "voter_id" => record.voter.clone(),
        "vote" => {
            let ids = match &record.said {
                Said::Valid(projects) => projects
                    .iter()
                    .enumerate()
                    .map(|(place, &at)| form.mark(place, PROJECTS[at].0))
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
        "count" => record.count.to_string(),
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
