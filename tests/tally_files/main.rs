//! 100,000 generated files of votes with faults put into them: what was put in is what the tally finds, vote by vote.
//!
//! Each file is made from a seed. The maker knows what must become of every record, by a few plain lines of its own, and
//! writes the file as spreadsheets and servers do: approval, ranked or points ballots, in one table or several, with either delimiter, with or without quotes, a byte-order mark,
//! carriage returns, empty rows. `QUARTIER_LONG=1` makes a million files.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected should stop"
)]

mod maker;
mod world;

use std::collections::BTreeMap;

use quartier::tally::read::{ReadOptions, VotesCsv};
use quartier::tally::table::TableLimits;
use quartier::tally::{Intake, Score, Tally};

use maker::File;

/// Reads one part of a file into an intake.
fn read(file: &File, part: usize, intake: &mut Intake<'_>) -> u64 {
    let options = ReadOptions::strict().limits(TableLimits::new().max_line_bytes(400));
    let name = format!("votes-{part}.csv");
    let votes = VotesCsv::open(file.parts[part].as_slice(), &name, &options);
    let votes =
        votes.unwrap_or_else(|error| panic!("seed {}: {error}\n{}", file.seed, file.shown()));
    let source = intake.source(&name, &votes.attributes());
    let read = votes.read(source, &mut |vote| intake.cast(vote)).unwrap();
    read.rows
}

/// Reads and closes one file: all its parts by one intake, or each by its own, merged last to first.
fn tally(file: &File, instance: &quartier::election::Instance) -> Tally {
    let rules = file.policy.rules(file.form);
    let mut intake = Intake::new(instance, &rules).unwrap();
    let mut records = 0;
    if file.seed.is_multiple_of(2) {
        for part in 0..file.parts.len() {
            records += read(file, part, &mut intake);
        }
    } else {
        for part in (0..file.parts.len()).rev() {
            let mut other = Intake::new(instance, &rules).unwrap();
            records += read(file, part, &mut other);
            intake.merge(other);
        }
    }
    assert_eq!(
        records,
        file.expected.records,
        "seed {}\n{}",
        file.seed,
        file.shown()
    );
    intake
        .close()
        .unwrap_or_else(|error| panic!("seed {}: {error}\n{}", file.seed, file.shown()))
}

fn check(file: &File, tally: &Tally) {
    let told = || {
        format!(
            "seed {} by {:?} on {:?}\n{}",
            file.seed,
            file.policy,
            file.form,
            file.shown()
        )
    };
    let (found, expected) = (tally.ledger().total(), &file.expected);
    assert!(found.balances(), "{}", told());
    assert_eq!(found.received, expected.received, "received, {}", told());
    assert_eq!(found.accepted, expected.accepted, "accepted, {}", told());
    assert_eq!(found.blank, expected.blank, "blank, {}", told());
    assert_eq!(
        found.superseded,
        expected.superseded,
        "superseded, {}",
        told()
    );
    assert_eq!(found.duplicate, expected.duplicate, "duplicate, {}", told());
    assert_eq!(
        found.ineligible,
        expected.ineligible,
        "ineligible, {}",
        told()
    );
    let void: BTreeMap<&str, u64> = found
        .void
        .iter()
        .map(|(reason, votes)| (reason.code(), *votes))
        .collect();
    assert_eq!(void, expected.void, "void, {}", told());
    for by in [tally.ledger().by_channel(), tally.ledger().by_area()] {
        assert!(
            by.values().all(quartier::tally::Counts::balances),
            "{}",
            told()
        );
        assert_eq!(
            by.values().map(|counts| counts.received).sum::<u64>(),
            expected.received
        );
    }
    assert_eq!(
        tally.profile().mentions(),
        expected.votes,
        "votes, {}",
        told()
    );
    let score: Score = file.form.score().parse().unwrap();
    let sums = score.totals(&tally.election().unwrap()).unwrap();
    assert_eq!(sums, expected.sums, "{score}, {}", told());
}

#[test]
fn no_vote_is_lost_or_counted_twice() {
    let long = std::env::var_os("QUARTIER_LONG").is_some();
    let files = if long { 1_000_000 } else { 100_000 };
    let instance = world::instance();
    let mut received = 0;
    let mut by_code: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..files {
        let file = maker::make(seed);
        let tally = tally(&file, &instance);
        check(&file, &tally);
        received += file.expected.received;
        for (code, votes) in &file.expected.void {
            *by_code.entry(code).or_default() += votes;
        }
    }
    println!("{files} files, {received} votes, void by reason: {by_code:?}");
    // The maker must really make every fault, or the test proves nothing.
    for code in [
        "unreadable",
        "unknown-channel",
        "unknown-project",
        "repeated-project",
        "outside-scope",
        "too-many",
        "malformed-mark",
        "points-out-of-range",
        "sum-above",
    ] {
        assert!(
            by_code.get(code).is_some_and(|&votes| votes > 1_000),
            "{code}: {by_code:?}"
        );
    }
}
