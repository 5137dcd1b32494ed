//! How long counting takes, in CPU seconds: `cargo bench --bench speed`.
//!
//! First whole counts of large published elections that are read already, best of several: what is measured is all of
//! `Count::run`, with reasons, ties and books, and not the rule alone (that is the column "one run" of
//! `QUARTIER_LONG=1 cargo test --release --lib what_the_proof_costs -- --nocapture`). Then every election of the archive, once each, reading
//! apart. The archive is found by `QUARTIER_SHARED`; without it there is nothing to measure. With `QUARTIER_BALLOTS=1000000`
//! (or several numbers, by commas) that many synthetic ballots are counted instead.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a measurement fails loudly and prints its table"
)]

mod ballots;
mod clock;

use std::fs;
use std::path::{Path, PathBuf};

use ballots::Case;
use clock::{cpu_seconds, forget_peak, peak_memory, seconds_of, simd};
use quartier::Count;
use quartier::count::Observer;
use quartier::election::Election;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::record::{Event, Fact};
use quartier::rules::Plan;

/// The large elections of the table; ranked and points ballots count as the projects they name.
const FILES: [&str; 7] = [
    "Poland_Krakow_2024.pb",
    "Poland_Warszawa_2026.pb",
    "Poland_Lodz_2022.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
    "Poland_Warszawa_2023_Mokotow.pb",
    "Netherlands_Amsterdam_252.pb",
    "Hungary_Budapest_2024.pb",
];

/// The election of which ballots are drawn.
const DRAWN: &str = "Poland_Warszawa_2026.pb";

const RULES: [&str; 4] = [
    "greedy:score=votes,misfit=skip",
    "equal-shares:utility=cost",
    "equal-shares:utility=cost,completion=add1-until-exhaustive",
    "phragmen:misfit=stop",
];

fn count(election: &Election, plan: &Plan) -> usize {
    let counted = Count::of(election, plan).ties("id".parse().unwrap()).run();
    counted.unwrap().outcome().unwrap().winners.len()
}

fn read(path: &Path) -> Election {
    let options = ReadOptions::lenient().voters(VoterTable::Drop);
    let document = read_bytes(&fs::read(path).unwrap(), &options).unwrap();
    document.election().as_approval()
}

fn main() {
    println!("{}", simd());
    let shared = std::env::var_os("QUARTIER_SHARED").map(PathBuf::from);
    let folder = shared
        .map(|shared| shared.join("pabulib"))
        .filter(|folder| folder.is_dir());
    if let Ok(numbers) = std::env::var("QUARTIER_BALLOTS") {
        let drawn = folder.map(|folder| folder.join(DRAWN));
        let drawn = drawn.filter(|path| path.is_file()).map(|path| read(&path));
        if drawn.is_none() {
            println!(
                "set QUARTIER_SHARED to the folder that has pabulib for ballots drawn from {DRAWN}"
            );
        }
        let cases: Vec<Case> = drawn
            .map(Case::Drawn)
            .into_iter()
            .chain([Case::Hard])
            .collect();
        for number in numbers.split(',') {
            for case in &cases {
                ballots::count(case, number.trim().parse().unwrap());
            }
        }
        return;
    }
    let Some(folder) = folder else {
        println!("set QUARTIER_SHARED to the folder that has pabulib: nothing was measured");
        return;
    };
    large(&folder);
    archive(&folder);
}

/// Whole counts of large elections.
fn large(folder: &Path) {
    println!("whole counts, CPU milliseconds, best of several");
    for file in FILES {
        let path = folder.join(file);
        if !path.is_file() {
            println!("{file}: not in the archive");
            continue;
        }
        let election = read(&path);
        let profile = election.profile();
        // Built once and kept with the election.
        let _ = profile.supporters();
        println!(
            "{file}: {} voters, {} projects, {} distinct ballots",
            profile.voters(),
            profile.projects(),
            profile.len()
        );
        for rule in RULES {
            let plan: Plan = rule.parse().unwrap();
            let mut winners = 0;
            let best = seconds_of(|| winners = count(&election, &plan));
            let answers = answers(&election, &plan);
            println!("  {:10.3}  {rule} ({winners} winners){answers}", best * 1e3);
        }
    }
}

/// Every election of the archive, reading included.
fn archive(folder: &Path) {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    forget_peak();
    let (mut reading, mut seconds) = (0.0, [0.0; RULES.len()]);
    for path in &files {
        let start = cpu_seconds();
        let election = read(path);
        reading += cpu_seconds() - start;
        for (sum, rule) in seconds.iter_mut().zip(RULES) {
            let plan: Plan = rule.parse().unwrap();
            let start = cpu_seconds();
            count(&election, &plan);
            *sum += cpu_seconds() - start;
        }
    }
    println!(
        "all {} elections of the archive, CPU seconds: reading {:.2}",
        files.len(),
        reading
    );
    for (sum, rule) in seconds.iter().zip(RULES) {
        println!("  {sum:10.3}  {rule}");
    }
    println!(
        "in all {:.2} CPU seconds, at most {}",
        reading + seconds.iter().sum::<f64>(),
        peak_memory()
    );
}

/// What Equal Shares tells of its own work.
#[derive(Debug, Default)]
struct Answers(String);

impl Observer for Answers {
    fn observe(&mut self, event: &Event<'_>) {
        if let Event::Noted(Fact::Answers {
            runs,
            skipped,
            again,
            exact,
            ..
        }) = event
        {
            self.0 =
                format!(": {runs} runs, {skipped} skipped, {again} again, {exact} exact answers");
        }
    }
}

/// How much was computed, by a count that is not measured.
fn answers(election: &Election, plan: &Plan) -> String {
    let mut answers = Answers::default();
    let count = Count::of(election, plan).ties("id".parse().unwrap());
    count.observe(&mut answers).run().unwrap();
    answers.0
}
