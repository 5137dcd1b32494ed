//! From a table of votes to a closed tally, beside the obvious version: `cargo bench --bench intake`.

#![expect(clippy::unwrap_used, reason = "a benchmark fails loudly")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::hint::black_box;

use common::{SIZES, Size, pb};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use quartier::election::{Election, Instance};
use quartier::pabulib::{ReadOptions as PbOptions, read};
use quartier::tally::read::{ReadOptions, VotesCsv};
use quartier::tally::{BallotRules, Intake, Tally};

const RULES: &str = "form=approval,max=10,invalid=void,duplicates=last,blank-ballots-count=false,channels=internet:binding;paper:binding";

/// The votes of an election as a table; one voter in a hundred votes again, on paper.
fn table(size: &Size) -> (Instance, String) {
    let text = pb(size);
    let document = read(&text, &PbOptions::strict()).unwrap();
    let election: &Election = document.election();
    let votes = text.split_once("VOTES\n").unwrap().1.lines().skip(1);
    let mut table = "voter_id;vote;channel;station;time\n".to_owned();
    for (number, line) in votes.enumerate() {
        let mut cells = line.split(';');
        let (id, vote) = (cells.next().unwrap(), cells.next().unwrap());
        writeln!(table, "{id};{vote};internet;;{number}").unwrap();
        if number % 100 == 0 {
            writeln!(
                table,
                "{id};{vote};paper;station {};{}",
                number % 7,
                number + 1_000_000
            )
            .unwrap();
        }
    }
    (election.instance().clone(), table)
}

fn tally(instance: &Instance, rules: &BallotRules, table: &str) -> Tally {
    let mut intake = Intake::new(instance, rules).unwrap();
    let votes = VotesCsv::open(table.as_bytes(), "votes.csv", &ReadOptions::strict()).unwrap();
    let source = intake.source("votes.csv", &votes.attributes());
    votes.read(source, &mut |vote| intake.cast(vote)).unwrap();
    intake.close().unwrap()
}

/// The obvious version: a map from voters to their last vote, and a sum for each project. It checks nothing but the
/// number of projects, keeps no register and tells no reason.
fn naive(table: &str) -> (u64, BTreeMap<String, u64>) {
    let mut last: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    let mut received = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        let [voter, vote, _, _, time] = cells.as_slice() else {
            continue;
        };
        received += 1;
        let named: BTreeSet<String> = vote
            .split(',')
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect();
        let time: u64 = time.parse().unwrap();
        let kept = last.entry((*voter).to_owned()).or_default();
        if named.len() <= 10 && time >= kept.0 {
            *kept = (time, named.into_iter().collect());
        }
    }
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for project in last.into_values().flat_map(|(_, named)| named) {
        *sums.entry(project).or_default() += 1;
    }
    (received, sums)
}

fn intake(criterion: &mut Criterion) {
    let rules: BallotRules = RULES.parse().unwrap();
    let mut group = criterion.benchmark_group("intake");
    group.sample_size(10);
    for size in &SIZES {
        let (instance, table) = table(size);
        let (received, sums) = naive(&table);
        let closed = tally(&instance, &rules, &table);
        assert_eq!(closed.ledger().total().received, received);
        let mentions = closed.profile().mentions();
        for (project, votes) in instance.projects().iter().zip(mentions) {
            assert_eq!(sums.get(&project.id).copied().unwrap_or(0), votes);
        }
        group.throughput(Throughput::Elements(received));
        group.bench_function(BenchmarkId::new("csv-to-tally", size.name), |bencher| {
            bencher.iter(|| tally(&instance, &rules, black_box(&table)));
        });
        group.bench_function(BenchmarkId::new("naive", size.name), |bencher| {
            bencher.iter(|| naive(black_box(&table)));
        });
    }
    group.finish();
}

criterion_group!(benches, intake);
criterion_main!(benches);
