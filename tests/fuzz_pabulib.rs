//! Random bytes, cut and mutated files through reader and linter: no panic, no hang, and what is accepted
//! can be written and read again.
//!
//! 5,000 cases; with `QUARTIER_LONG=1` 100,000. The cases come from a fixed seed, so a failure is found again
//! by its number.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

mod pabulib_common;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pabulib_common::{approval, ordinal, points};
use quartier::pabulib::{Diagnostics, ReadLimits, ReadOptions, lint, read, read_bytes, write};

/// A xorshift generator: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % bound.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Texts that have hurt other programs.
const POISON: [&str; 40] = [
    ";",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    ",",
    ",,",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "e\u{301}",
    "１",
    "-1",
    "+1",
    "1e9",
    "0x10",
    "1,5",
    "NaN",
    "99999999999999999999",
    "0.00001",
    " ",
    "\t",
    "META\n",
    "PROJECTS\n",
    "VOTES\n",
    "votes",
    "key;value\n",
    "project_id;cost\n",
    "voter_id;vote\n",
    "budget;5\n",
    "max_length;0\n",
    "vote_type;scoring\n",
    "min_length;9\n",
    "1,2,3",
    "1,1",
    "\"a;b\"",
    "=1+1",
];

/// A made-up file in the shape of the archive's, larger than the samples.
fn made_up(random: &mut Random) -> String {
    let (projects, voters) = (1 + random.below(12), random.below(30));
    let kind = random.pick(&["approval", "choose-1", "ordinal", "cumulative", "scoring"]);
    let pointed = matches!(kind, "cumulative" | "scoring");
    let mut text = format!(
        "META\nkey;value\ndescription;case\nnum_projects;{projects}\nnum_votes;{voters}\nbudget;{}\nvote_type;{kind}\nrule;greedy\n",
        random.below(100_000)
    );
    if random.below(3) == 0 {
        text += "max_length;3\nmax_sum_cost;5000\n";
    }
    text += "PROJECTS\nproject_id;cost;name;selected\n";
    for id in 1..=projects {
        _ = writeln!(
            text,
            "{id};{};Name {id};{}",
            1 + random.below(9_999),
            random.below(2)
        );
    }
    text += if pointed {
        "VOTES\nvoter_id;vote;points;age\n"
    } else {
        "VOTES\nvoter_id;vote;age\n"
    };
    for voter in 0..voters {
        let length = if kind == "choose-1" {
            1
        } else {
            1 + random.below(projects.min(3))
        };
        let first = random.below(projects);
        let marks: Vec<String> = (0..length)
            .map(|step| (1 + (first + step) % projects).to_string())
            .collect();
        let given = if pointed {
            format!(
                ";{}",
                marks
                    .iter()
                    .map(|_| random.below(9).to_string())
                    .collect::<Vec<_>>()
                    .join(",")
            )
        } else {
            String::new()
        };
        _ = writeln!(
            text,
            "{voter};{}{given};{}",
            marks.join(","),
            random.below(99)
        );
    }
    text
}

/// A place in a file: in VOTES, in PROJECTS, or anywhere, so that not all changes break the headers.
fn somewhere(bytes: &[u8], random: &mut Random) -> usize {
    let rows_after = |name: &[u8]| {
        let title = bytes
            .windows(name.len())
            .position(|window| window == name)?
            + name.len();
        bytes[title..]
            .iter()
            .position(|&byte| byte == b'\n')
            .map(|end| title + end + 1)
    };
    let from = match random.below(5) {
        0 => None,
        1 => rows_after(b"PROJECTS\n"),
        _ => rows_after(b"VOTES\n"),
    };
    let from = from.unwrap_or(0);
    from + random.below(bytes.len() - from + 1)
}

/// One to three changes of a file.
fn mutated(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for _ in 0..=random.below(3) {
        let at = somewhere(&bytes, random);
        match random.below(8) {
            0 => bytes.insert(at, random.next().to_le_bytes()[0]),
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 if at < bytes.len() => {
                bytes.drain(at..bytes.len().min(at + 1 + random.below(9)));
            }
            3 => {
                let end = bytes.len().min(at + random.below(80));
                let copy = bytes[at..end].to_vec();
                let to = somewhere(&bytes, random);
                bytes.splice(to..to, copy);
            }
            4 if at > 0 => {
                // The rows from here on in another order.
                let start = bytes[..at]
                    .iter()
                    .rposition(|&byte| byte == b'\n')
                    .map_or(0, |end| end + 1);
                let mut rows: Vec<Vec<u8>> = bytes[start..]
                    .split_inclusive(|&byte| byte == b'\n')
                    .map(<[u8]>::to_vec)
                    .collect();
                rows.reverse();
                bytes.truncate(start);
                bytes.extend(rows.concat());
            }
            5 if at < bytes.len() && bytes[at].is_ascii_digit() => {
                bytes[at] = b'0' + random.next().to_le_bytes()[0] % 10;
            }
            _ => {
                bytes.splice(at..at, random.pick(&POISON).bytes());
            }
        }
    }
    bytes
}

fn case(random: &mut Random) -> Vec<u8> {
    let base = match random.below(5) {
        0 => approval(),
        1 => ordinal(),
        2 => points(),
        _ => made_up(random),
    };
    match random.below(10) {
        0 => (0..random.below(300))
            .map(|_| random.next().to_le_bytes()[0])
            .collect(),
        1 => (0..random.below(60))
            .map(|_| random.pick(&POISON))
            .collect::<String>()
            .into_bytes(),
        2 => base.as_bytes()[..random.below(base.len())].to_vec(),
        _ => mutated(base.into_bytes(), random),
    }
}

/// Are the header rows of all three sections there and accepted?
fn past_the_headers(found: &Diagnostics) -> bool {
    const HEADERS: [&str; 16] = [
        "not-utf8",
        "utf16",
        "nul-character",
        "lone-carriage-return",
        "text-before-meta",
        "missing-section",
        "misplaced-section",
        "repeated-section",
        "decorated-section",
        "missing-header",
        "wrong-meta-header",
        "wrong-first-column",
        "missing-column",
        "repeated-column",
        "bad-column-name",
        "missing-key",
    ];
    found.errors().all(|error| !HEADERS.contains(&error.code()))
}

#[test]
fn nothing_panics_hangs_or_is_accepted_and_lost() {
    let cases = if std::env::var("QUARTIER_LONG").as_deref() == Ok("1") {
        100_000
    } else {
        5_000
    };
    let limits = ReadLimits::new().max_bytes(1 << 16).max_diagnostics(50);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut past, mut accepted, mut warned, mut slowest) = (0, 0, 0, Duration::ZERO);
    for number in 0..cases {
        let bytes = case(&mut random);
        let start = Instant::now();
        let strict = read_bytes(&bytes, &ReadOptions::strict().limits(limits));
        let lenient = read_bytes(&bytes, &ReadOptions::lenient().limits(limits));
        assert!(
            strict.is_err() || lenient.is_ok(),
            "case {number}: strict accepts what lenient refuses"
        );
        match &lenient {
            Ok(document) => {
                (past, accepted, warned) = (
                    past + 1,
                    accepted + 1,
                    warned + usize::from(!document.warnings().is_empty()),
                );
                let written = write(document);
                let again = read(
                    &written,
                    &ReadOptions::lenient().limits(limits.max_bytes(1 << 20)),
                )
                .unwrap_or_else(|found| {
                    panic!("case {number}: as written refused: {found}\n{written}")
                });
                assert!(
                    again.election() == document.election(),
                    "case {number}: another election"
                );
            }
            Err(found) => {
                assert!(
                    found.has_errors() && !found.to_string().is_empty(),
                    "case {number}"
                );
                past += usize::from(past_the_headers(found));
            }
        }
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let found = lint::lint(text, &limits);
            assert!(
                strict.is_ok() || found.has_errors(),
                "case {number}: the linter lets pass what the reader refuses"
            );
            _ = serde_json::to_string(&found).unwrap();
        }
        slowest = slowest.max(start.elapsed());
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "case {number} took {:?}",
            start.elapsed()
        );
    }
    println!(
        "{cases} cases: {past} past the headers, {accepted} accepted leniently ({warned} with warnings), slowest {slowest:?}"
    );
    assert!(
        past * 3 > cases,
        "only {past} of {cases} get past the headers"
    );
    assert!(
        accepted * 20 > cases,
        "only {accepted} of {cases} are accepted"
    );
}
