//! Equal Shares with Add1 on all elections of the archive of up to 2,000 distinct ballots, against a reference that takes a
//! run for every increment.
//!
//! The reference needs from a millisecond to days for an election, so the cheapest are compared first: with
//! `QUARTIER_LONG=1` as many as are done within `QUARTIER_MINUTES` (60 unless said otherwise), each with a line of its own, so
//! that a run that was stopped still tells, and at the end the names of those that were not reached with what they would
//! need. Otherwise only those with few increments and few marks.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "reference/classes/mod.rs"]
mod classes;
#[path = "common/shared.rs"]
mod shared;

use std::collections::BTreeSet;
use std::io::Write;
use std::time::{Duration, Instant};

use quartier::count::{Count, Observer};
use quartier::election::{Election, Utility};
use quartier::exact::Ratio;
use quartier::pabulib::{Document, ReadOptions, VoterTable, read_bytes};
use quartier::record::{Event, Fact};
use quartier::rules::Plan;

/// At most so many marks in all runs of the reference for an election, unless the test runs long.
const SHORT: u64 = 40_000;

const UTILITIES: [Utility; 4] = [
    Utility::Cost,
    Utility::Cardinality,
    Utility::Points,
    Utility::Borda,
];

/// A line that is seen while the test runs.
fn report(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// What was bought, and with which share after how many increments.
#[derive(Debug, Default)]
struct Told {
    winners: Vec<String>,
    share: Ratio,
    increments: u64,
}

impl Observer for Told {
    fn observe(&mut self, event: &Event<'_>) {
        if let Event::Noted(Fact::Purses { share, increments }) = event {
            (self.share, self.increments) = ((*share).clone(), *increments);
        }
    }
}

/// Are so many runs of the reference soon done?
fn is_short(election: &Election, runs: u64) -> bool {
    runs * election.profile().marks() as u64 <= SHORT
}

/// A count to be compared.
struct Job<'a> {
    name: &'a str,
    election: &'a Election,
    utility: Utility,
    completion: &'static str,
    fast: Told,
    /// What the reference is expected to need.
    estimate: Duration,
}

impl<'a> Job<'a> {
    fn of(
        (name, election): (&'a str, &'a Election),
        utility: Utility,
        completion: &'static str,
        once: Duration,
    ) -> Job<'a> {
        let rule = format!("equal-shares:utility={utility},completion={completion}");
        let plan: Plan = rule.parse().unwrap();
        let mut fast = Told::default();
        let count = Count::of(election, &plan).ties("id".parse().unwrap());
        let counted = count.observe(&mut fast).run().unwrap();
        fast.winners.clone_from(&counted.outcome().unwrap().winners);
        let estimate = once.saturating_mul(u32::try_from(fast.increments + 2).unwrap_or(u32::MAX));
        Job {
            name,
            election,
            utility,
            completion,
            fast,
            estimate,
        }
    }

    fn is_short(&self) -> bool {
        is_short(self.election, self.fast.increments + 2)
    }

    /// Does the reference buy the same at the same share? It may take one run more than the fast count says: the one that
    /// buys too much.
    fn agrees(&self) -> bool {
        let until_exhaustive = self.completion == "add1-until-exhaustive";
        let most = self.fast.increments + 2;
        let slow = classes::add1::add1(
            self.election,
            self.utility,
            &Ratio::ONE,
            until_exhaustive,
            most,
        );
        slow.is_some_and(|slow| slow.winners == self.fast.winners && slow.share == self.fast.share)
    }

    fn title(&self) -> String {
        format!("{} {} {}", self.name, self.utility, self.completion)
    }
}

/// The elections of up to 2,000 distinct ballots that are not grades; unless the test runs long, those that may be short.
fn elections(is_long: bool) -> Option<Vec<(String, Document)>> {
    let mut files: Vec<_> = std::fs::read_dir(shared::folder()?.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    let options = ReadOptions::lenient().voters(VoterTable::Drop);
    let documents = files.iter().map(|path| {
        let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, document)
    });
    let few = documents.filter(|(_, document)| {
        let profile = document.election().profile();
        let is_in_time = is_long || is_short(document.election(), 2);
        profile.len() <= 2_000 && Utility::Cost.reads(profile.kind()) && is_in_time
    });
    Some(few.collect())
}

/// Every election by every utility that its ballots give and both forms of Add1, the cheapest first.
fn jobs(documents: &[(String, Document)]) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    for (name, document) in documents {
        let election = document.election();
        let kind = election.profile().kind();
        for utility in UTILITIES.into_iter().filter(|utility| utility.reads(kind)) {
            let start = Instant::now();
            classes::count(election, utility);
            let once = start.elapsed();
            for completion in ["add1", "add1-until-exhaustive"] {
                jobs.push(Job::of((name, election), utility, completion, once));
            }
        }
    }
    jobs.sort_by_key(|job| job.estimate);
    jobs
}

#[test]
fn add1_agrees_with_every_increment_by_itself() {
    let is_long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let Some(documents) = elections(is_long) else {
        return;
    };
    let minutes = std::env::var("QUARTIER_MINUTES").map_or(60, |text| text.parse().unwrap());
    let (start, jobs) = (Instant::now(), jobs(&documents));
    let (mut increments, mut done, mut differences) = (0, Vec::new(), Vec::new());
    let mut left = Vec::new();
    for job in &jobs {
        let is_over = start.elapsed() + job.estimate > Duration::from_secs(60 * minutes);
        if (is_long && is_over) || (!is_long && !job.is_short()) {
            left.push(job);
            continue;
        }
        let (own, agrees) = (Instant::now(), job.agrees());
        done.push(job);
        increments += job.fast.increments;
        if !agrees {
            differences.push(job.title());
        }
        if is_long || !agrees {
            report(&format!(
                "{}/{} {}: {} increments, {}, {:.1} s",
                done.len(),
                jobs.len(),
                job.title(),
                job.fast.increments,
                if agrees { "the same" } else { "DIFFERENT" },
                own.elapsed().as_secs_f64()
            ));
        }
    }
    for job in left.iter().filter(|_| is_long) {
        let hours = job.estimate.as_secs_f64() / 3600.0;
        report(&format!("not reached: {}, {hours:.2} hours", job.title()));
    }
    let whole: BTreeSet<&str> = documents.iter().map(|(name, _)| name.as_str()).collect();
    let missing: BTreeSet<&str> = left.iter().map(|job| job.name).collect();
    report(&format!(
        "Add1: {} of {} counts, {} of {} elections whole, {increments} increments, {} differences; {:.1} hours not run",
        done.len(),
        jobs.len(),
        whole.len() - missing.len(),
        whole.len(),
        differences.len(),
        left.iter()
            .map(|job| job.estimate.as_secs_f64())
            .sum::<f64>()
            / 3600.0
    ));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(done.len() >= 100, "only {} counts", done.len());
}
