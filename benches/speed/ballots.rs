//! Millions of synthetic ballots: `QUARTIER_BALLOTS=1000000,10000000 cargo bench --bench speed`.
//!
//! A hard case: nearly every second ballot is distinct. The file is written to the system's folder for such files, read
//! from there as a stream, and removed.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use quartier::Count;
use quartier::pabulib::{ReadOptions, VoterTable, read_from};
use quartier::rules::Plan;

use crate::clock::{cpu_seconds, forget_peak, peak_memory};

const PROJECTS: u64 = 80;

const RULES: [&str; 3] = [
    "greedy:score=votes,misfit=skip",
    "equal-shares:utility=cost",
    "phragmen:misfit=stop",
];

/// `SplitMix64`, a public-domain generator that is defined by these lines.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// A `.pb` file of approval ballots of 3 to 10 projects; popular projects are named more often.
fn write(path: &Path, ballots: u64) -> std::io::Result<()> {
    let mut random = Random(2017);
    let mut file = BufWriter::new(File::create(path)?);
    write!(
        file,
        "META\nkey;value\ndescription;synthetic\ncountry;France\nunit;Nowhere\ninstance;2026\nnum_projects;{PROJECTS}\nnum_votes;{ballots}\nbudget;20000000\n\
         vote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nmin_length;3\nmax_length;10\nlanguage;fr\ncurrency;EUR\nPROJECTS\nproject_id;cost;name\n"
    )?;
    for project in 0..PROJECTS {
        let cost = 100_000 + 1_000 * random.below(950);
        writeln!(file, "{project};{cost};project number {project}")?;
    }
    writeln!(file, "VOTES\nvoter_id;vote")?;
    let mut named = Vec::new();
    for voter in 0..ballots {
        named.clear();
        let length = 3 + random.below(8);
        while (named.len() as u64) < length {
            let draws = [(); 3].map(|()| random.below(PROJECTS));
            let project = draws.into_iter().min().unwrap_or(0);
            if !named.contains(&project) {
                named.push(project);
            }
        }
        write!(file, "{voter};")?;
        for (at, project) in named.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(file, "{comma}{project}")?;
        }
        writeln!(file)?;
    }
    file.flush()
}

/// Reads and counts so many ballots, and prints how long that takes and how much memory.
pub(crate) fn count(ballots: u64) {
    let path = std::env::temp_dir().join(format!("quartier-speed-{}.pb", std::process::id()));
    write(&path, ballots).unwrap();
    let size = fs::metadata(&path).unwrap().len();
    forget_peak();
    let start = cpu_seconds();
    let options = ReadOptions::strict().voters(VoterTable::Drop);
    let read = read_from(BufReader::new(File::open(&path).unwrap()), &options);
    fs::remove_file(&path).unwrap();
    let document = read.unwrap();
    let election = document.into_election();
    let reading = cpu_seconds() - start;
    println!(
        "{ballots} ballots, {} MB, {} distinct; CPU seconds",
        size / 1_000_000,
        election.profile().len()
    );
    println!(
        "  {reading:10.3}  reading and merging, at most {}",
        peak_memory()
    );
    let mut all = reading;
    for rule in RULES {
        let plan: Plan = rule.parse().unwrap();
        let start = cpu_seconds();
        let counted = Count::of(&election, &plan)
            .ties("id".parse().unwrap())
            .run();
        let took = cpu_seconds() - start;
        all += took;
        let winners = counted.unwrap().outcome().unwrap().winners.len();
        println!("  {took:10.3}  {rule} ({winners} winners)");
    }
    println!("  {all:10.3}  in all, at most {}", peak_memory());
}
