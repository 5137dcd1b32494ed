//! The rules that divide money between voters, beside the obvious version: `cargo bench --bench proportional`.
//!
//! With `QUARTIER_SHARED` set, real elections of its folder `pabulib` are counted too.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a benchmark fails loudly"
)]

#[path = "../common/mod.rs"]
mod common;
mod naive;
#[path = "../common/town.rs"]
mod town;

use std::hint::black_box;

use common::{SIZES, pb};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use quartier::Count;
use quartier::election::Election;
use quartier::exact::Ratio;
use quartier::pabulib::{ReadOptions, VoterTable, read, read_bytes};
use quartier::rules::Plan;
use town::Town;

const REAL: [&str; 5] = [
    "Poland_Krakow_2024",
    "Poland_Warszawa_2026",
    "Poland_Lodz_2022",
    "Poland_Wieliczka_2023_Green_Budget",
    "Poland_Wroclaw_2015_150_-_500",
];

/// Sequential Phragmén as it is written in a textbook: one fraction for each distinct ballot.
fn phragmen(election: &Election) -> usize {
    let (instance, profile) = (election.instance(), election.profile());
    let mut loads = vec![Ratio::ZERO; profile.len()];
    let (mut left, mut open) = (
        instance.budget().to_ratio(),
        instance.project_indices().collect::<Vec<_>>(),
    );
    let mut funded = 0;
    loop {
        let time = |project| {
            let (mut paid, mut voters) = (instance.cost_of(project).to_ratio(), 0_i128);
            for (ballot, _) in profile.supporters().of_project(project) {
                let count = i128::from(profile.ballot(ballot).unwrap().count());
                paid += &loads[ballot.index()].mul_int(count);
                voters += count;
            }
            paid.checked_div(&Ratio::from(voters))
        };
        let times = open
            .iter()
            .filter_map(|&project| Some((time(project)?, project)));
        let Some((now, next)) = times.min() else {
            return funded;
        };
        let cost = instance.cost_of(next).to_ratio();
        if cost > left {
            return funded;
        }
        left = left - cost;
        funded += 1;
        open.retain(|&project| project != next);
        for (ballot, _) in profile.supporters().of_project(next) {
            loads[ballot.index()] = now.clone();
        }
    }
}

fn count(election: &Election, plan: &Plan) -> usize {
    let counted = Count::of(black_box(election), plan)
        .ties("id".parse().unwrap())
        .run()
        .unwrap();
    counted.outcome().unwrap().winners.len()
}

fn synthetic(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("proportional");
    group.sample_size(10);
    let rules = [
        ("phragmen", "phragmen:misfit=stop"),
        ("maximin-support", "maximin-support"),
        ("exact-equal-shares", "exact-equal-shares:utility=cost"),
        ("bos", "bos:utility=cardinality"),
        ("bos-plus", "bos-plus:utility=cardinality"),
        (
            "fractional-equal-shares",
            "fractional-equal-shares:utility=cardinality",
        ),
    ];
    for size in &SIZES {
        let document = read(&pb(size), &ReadOptions::strict()).unwrap();
        let election = document.election();
        for (name, text) in rules {
            // What takes many seconds on the larger sizes is measured on the smallest.
            let is_quick = ["phragmen", "exact-equal-shares"].contains(&name);
            if !is_quick && size.name != "S" {
                continue;
            }
            let plan: Plan = text.parse().unwrap();
            group.bench_function(BenchmarkId::new(name, size.name), |b| {
                b.iter(|| count(election, &plan));
            });
        }
        if size.name != "L" {
            group.bench_function(BenchmarkId::new("phragmen-naive", size.name), |b| {
                b.iter(|| phragmen(black_box(election)));
            });
        }
        let town = Town::of(election);
        let mut beside = |name: &str, naive: fn(&Town) -> usize| {
            group.bench_function(BenchmarkId::new(name, size.name), |b| {
                b.iter(|| naive(black_box(&town)));
            });
        };
        beside("exact-equal-shares-naive", naive::exact_equal_shares);
        if size.name == "S" {
            beside("bos-naive", naive::bos);
            group.bench_function("fractional-equal-shares-naive/S", |b| {
                b.iter(|| naive::fractions(black_box(&town)));
            });
        }
    }
    group.finish();
}

fn real(criterion: &mut Criterion) {
    let Some(shared) = std::env::var_os("QUARTIER_SHARED") else {
        return;
    };
    let mut group = criterion.benchmark_group("real");
    group.sample_size(10);
    let plan: Plan = "phragmen:misfit=stop".parse().unwrap();
    let greedy: Plan = "greedy:score=votes,misfit=skip".parse().unwrap();
    for name in REAL {
        let path = std::path::Path::new(&shared)
            .join("pabulib")
            .join(name)
            .with_extension("pb");
        let Ok(bytes) = std::fs::read(path) else {
            continue;
        };
        let options = ReadOptions::lenient().voters(VoterTable::Drop);
        let election = read_bytes(&bytes, &options)
            .unwrap()
            .election()
            .as_approval();
        for (rule, plan) in [("greedy", &greedy), ("phragmen", &plan)] {
            group.bench_function(BenchmarkId::new(rule, name), |b| {
                b.iter(|| count(&election, plan));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, synthetic, real);
criterion_main!(benches);
