//! Reading `.pb` text and building the profile, each beside the obvious version, so that ratios can be
//! read in one run: `cargo bench --bench pabulib`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails loudly"
)]

mod common;

use std::collections::BTreeMap;
use std::hint::black_box;

use common::{SIZES, pb};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use quartier::election::{BallotKind, Entry, ProfileBuilder, ProjectIx};
use quartier::pabulib::{Document, ReadOptions, VoterTable, read};

type Row = (BTreeMap<String, String>, Vec<String>);

/// The obvious reader: owned strings, a map for each row, no checks but the ones it cannot do without.
fn naive_read(text: &str) -> (BTreeMap<String, u64>, Vec<Row>) {
    let mut section = String::new();
    let mut header: Vec<String> = Vec::new();
    let (mut projects, mut votes) = (BTreeMap::new(), Vec::new());
    for line in text.lines() {
        if ["META", "PROJECTS", "VOTES"].contains(&line) {
            (section, header) = (line.to_owned(), Vec::new());
            continue;
        }
        let cells: Vec<String> = line.split(';').map(str::to_owned).collect();
        if header.is_empty() {
            header = cells;
            continue;
        }
        let row: BTreeMap<String, String> = header.iter().cloned().zip(cells).collect();
        match section.as_str() {
            "PROJECTS" => {
                projects.insert(row["project_id"].clone(), row["cost"].parse().unwrap());
            }
            "VOTES" => {
                let named = row["vote"].split(',').map(str::to_owned).collect();
                votes.push((row, named));
            }
            _ => {}
        }
    }
    (projects, votes)
}

/// The obvious merging: a map from owned ballots to counts.
fn naive_profile(ballots: &[Vec<String>]) -> BTreeMap<Vec<String>, u64> {
    let mut profile = BTreeMap::new();
    for ballot in ballots {
        let mut ballot = ballot.clone();
        ballot.sort();
        *profile.entry(ballot).or_default() += 1;
    }
    profile
}

/// Every voter's ballot of a document, in order.
fn cast(document: &Document) -> Vec<Vec<ProjectIx>> {
    let election = document.election();
    let ballots = election.voters().expect("kept").ballots();
    let marks = |ballot: &_| {
        election
            .profile()
            .ballot(*ballot)
            .expect("known")
            .entries()
            .map(|entry| entry.project)
            .collect()
    };
    ballots.iter().map(marks).collect()
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for size in &SIZES {
        let text = pb(size);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let keep = ReadOptions::strict();
        let drop = ReadOptions::strict().voters(VoterTable::Drop);
        group.bench_with_input(
            BenchmarkId::new("keep-voters", size.name),
            &text,
            |b, text| b.iter(|| read(black_box(text), &keep).unwrap()),
        );
        group.bench_with_input(
            BenchmarkId::new("drop-voters", size.name),
            &text,
            |b, text| b.iter(|| read(black_box(text), &drop).unwrap()),
        );
        group.bench_with_input(BenchmarkId::new("naive", size.name), &text, |b, text| {
            b.iter(|| naive_read(black_box(text)));
        });
    }
    group.finish();
}

fn merging(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("profile");
    group.sample_size(10);
    for size in &SIZES {
        let document = read(&pb(size), &ReadOptions::strict()).unwrap();
        let instance = document.election().instance();
        let ballots = cast(&document);
        let texts: Vec<Vec<String>> = ballots
            .iter()
            .map(|ballot| {
                ballot
                    .iter()
                    .map(|&project| instance.id_of(project).to_owned())
                    .collect()
            })
            .collect();
        group.throughput(Throughput::Elements(size.voters));
        group.bench_with_input(
            BenchmarkId::new("builder", size.name),
            &ballots,
            |b, ballots| {
                b.iter(|| {
                    let mut builder = ProfileBuilder::new(instance, BallotKind::Approval);
                    let mut entries = Vec::new();
                    for ballot in ballots {
                        entries.clear();
                        entries.extend(ballot.iter().map(|&project| Entry { project, weight: 0 }));
                        builder.push(&mut entries, 0, 1).unwrap();
                    }
                    builder.finish()
                });
            },
        );
        group.bench_with_input(BenchmarkId::new("naive", size.name), &texts, |b, texts| {
            b.iter(|| naive_profile(black_box(texts)));
        });
        group.bench_function(BenchmarkId::new("merge-with-itself", size.name), |b| {
            let profile = document.election().profile();
            b.iter(|| black_box(profile).merge(profile).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, reading, merging);
criterion_main!(benches);
