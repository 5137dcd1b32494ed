//! Millions of synthetic ballots: `QUARTIER_BALLOTS=1000000,10000000 cargo bench --bench speed`.
//!
//! Two cases from fixed seeds: ballots of Warszawa 2026 drawn at random, each approval with probability 1/4 replaced by one
//! drawn from all (only where the archive is there); and a harder one, in which nearly all ballots are distinct. The file
//! is written to the system's folder for such files, read from there as a stream, and removed.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use quartier::Count;
use quartier::election::{Election, Money};
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

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap())
            .unwrap()
    }
}

/// Where the ballots come from.
pub(crate) enum Case {
    /// Of 3 to 10 projects; popular projects are named more often.
    Hard,
    /// Drawn from those of an election.
    Drawn(Election),
}

fn write(path: &Path, case: &Case, ballots: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    match case {
        Case::Hard => write_hard(&mut file, ballots)?,
        Case::Drawn(election) => write_drawn(&mut file, election, ballots)?,
    }
    file.flush()
}

fn write_head(
    file: &mut impl Write,
    ballots: u64,
    budget: Money,
    projects: &[(String, Money)],
) -> std::io::Result<()> {
    write!(
        file,
        "META\nkey;value\ndescription;synthetic\ncountry;France\nunit;Nowhere\ninstance;2026\nnum_projects;{}\nnum_votes;{ballots}\nbudget;{budget}\n\
         vote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nmin_length;1\nmax_length;{}\nlanguage;fr\ncurrency;EUR\nPROJECTS\nproject_id;cost;name\n",
        projects.len(),
        projects.len(),
    )?;
    for (id, cost) in projects {
        writeln!(file, "{id};{cost};project number {id}")?;
    }
    writeln!(file, "VOTES\nvoter_id;vote")
}

/// A `.pb` file of ballots drawn from an election's, each approval with probability 1/4 replaced.
fn write_drawn(file: &mut impl Write, election: &Election, ballots: u64) -> std::io::Result<()> {
    let instance = election.instance();
    let priced = instance.projects().iter();
    let priced = priced.map(|project| (project.id.clone(), project.cost));
    let priced: Vec<(String, Money)> = priced.collect();
    write_head(file, ballots, instance.budget(), &priced)?;
    let mut voters: Vec<Vec<&str>> = Vec::new();
    for ballot in election.profile().ballots() {
        let named: Vec<&str> = ballot
            .entries()
            .map(|entry| instance.id_of(entry.project))
            .collect();
        (0..ballot.count()).for_each(|_| voters.push(named.clone()));
    }
    let all: Vec<&str> = voters.iter().flatten().copied().collect();
    let mut random = Random(2017);
    let mut named = Vec::new();
    for voter in 0..ballots {
        named.clear();
        for project in random.pick(&voters) {
            let other = random.below(4) == 0;
            let project = if other { random.pick(&all) } else { project };
            if !named.contains(project) {
                named.push(project);
            }
        }
        write_vote(file, voter, named.iter())?;
    }
    Ok(())
}

fn write_vote(
    file: &mut impl Write,
    voter: u64,
    named: impl Iterator<Item = impl Display>,
) -> std::io::Result<()> {
    write!(file, "{voter};")?;
    for (at, project) in named.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(file, "{comma}{project}")?;
    }
    writeln!(file)
}

/// A `.pb` file of approval ballots of 3 to 10 projects; popular projects are named more often.
fn write_hard(file: &mut impl Write, ballots: u64) -> std::io::Result<()> {
    let mut random = Random(2017);
    let projects = (0..PROJECTS).map(|project| {
        let cost = 100_000 + 1_000 * random.below(950);
        (project.to_string(), Money::from(cost))
    });
    let projects: Vec<(String, Money)> = projects.collect();
    write_head(file, ballots, Money::from(20_000_000), &projects)?;
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
        write_vote(file, voter, named.iter())?;
    }
    Ok(())
}

/// Reads and counts so many ballots, and prints how long that takes and how much memory.
pub(crate) fn count(case: &Case, ballots: u64) {
    let path = std::env::temp_dir().join(format!("quartier-speed-{}.pb", std::process::id()));
    write(&path, case, ballots).unwrap();
    let size = fs::metadata(&path).unwrap().len();
    forget_peak();
    let start = cpu_seconds();
    let options = ReadOptions::strict().voters(VoterTable::Drop);
    let read = read_from(BufReader::new(File::open(&path).unwrap()), &options);
    fs::remove_file(&path).unwrap();
    let document = read.unwrap();
    let election = document.into_election();
    let reading = cpu_seconds() - start;
    let name = match case {
        Case::Hard => "nearly all distinct",
        Case::Drawn(_) => "drawn from Warszawa 2026",
    };
    println!(
        "{ballots} ballots {name}, {} MB, {} distinct; CPU seconds",
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
