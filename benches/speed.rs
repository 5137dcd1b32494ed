//! How long counting takes, in CPU seconds: `cargo bench --bench speed`.
//!
//! The rule alone on large published elections, best of several; then every election of the archive, reading
//! included. The archive is found by `QUARTIER_SHARED`; without it there is nothing to measure.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a measurement fails loudly and prints its table"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quartier::Count;
use quartier::election::Election;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
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

const RULES: [&str; 3] = [
    "greedy:score=votes,misfit=skip",
    "equal-shares:utility=cost",
    "equal-shares:utility=cost,completion=add1-until-exhaustive",
];

/// CPU seconds of this process so far, where the system tells; wall time elsewhere.
fn cpu_seconds() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let wall = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    let text = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|field| field.parse::<f64>().ok());
    nanoseconds.map_or(wall, |nanoseconds| nanoseconds / 1e9)
}

/// The most memory that this process ever held, in MiB, where the system tells.
fn peak_memory() -> String {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map_or("unknown".to_owned(), |kib| {
        format!("{:.0} MiB", kib / 1024.0)
    })
}

/// The least seconds that one of several batches took for each run; the system tells time in steps of milliseconds.
fn seconds_of(mut run: impl FnMut()) -> f64 {
    let start = cpu_seconds();
    run();
    let first = cpu_seconds() - start;
    let number = if first > 0.05 { 1 } else { 100 };
    let mut best = first;
    if number > 1 {
        best = f64::INFINITY;
    }
    for _ in 0..if first > 2.0 { 0 } else { 4 } {
        let start = cpu_seconds();
        for _ in 0..number {
            run();
        }
        best = best.min((cpu_seconds() - start) / f64::from(number));
    }
    best
}

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
    let shared = std::env::var_os("QUARTIER_SHARED").map(PathBuf::from);
    let Some(folder) = shared
        .map(|shared| shared.join("pabulib"))
        .filter(|folder| folder.is_dir())
    else {
        println!("set QUARTIER_SHARED to the folder that has pabulib: nothing was measured");
        return;
    };
    println!("{}", simd());
    large(&folder);
    archive(&folder);
}

/// The rule alone, on large elections.
fn large(folder: &Path) {
    println!("the rule alone, CPU milliseconds, best of several");
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
            println!("  {:10.3}  {rule} ({winners} winners)", best * 1e3);
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

/// What the processor can do, as far as this matters.
fn simd() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx512f") {
            return "x86-64 with AVX-512";
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            return "x86-64 with AVX2";
        }
    }
    std::env::consts::ARCH
}
