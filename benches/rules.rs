//! Counting, beside the obvious version: `cargo bench --bench rules`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails loudly"
)]

mod common;

use std::collections::BTreeMap;
use std::hint::black_box;

use common::{SIZES, pb};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use quartier::Count;
use quartier::election::Election;
use quartier::pabulib::{ReadOptions, read};
use quartier::rules::Plan;

/// What the obvious version works on: one list of ids per voter.
struct Naive {
    budget: u128,
    costs: BTreeMap<String, u128>,
    ballots: Vec<Vec<String>>,
}

impl Naive {
    fn of(election: &Election) -> Naive {
        let instance = election.instance();
        let amount = |money: quartier::Money| money.ten_thousandths().unsigned_abs();
        let ballots = election.profile().ballots().flat_map(|ballot| {
            let ids: Vec<String> = ballot
                .entries()
                .map(|entry| instance.id_of(entry.project).to_owned())
                .collect();
            std::iter::repeat_n(ids, usize::try_from(ballot.count()).unwrap())
        });
        Naive {
            budget: amount(instance.budget()),
            costs: instance
                .projects()
                .iter()
                .map(|project| (project.id.clone(), amount(project.cost)))
                .collect(),
            ballots: ballots.collect(),
        }
    }

    /// Greedy by votes, skip: count, sort, walk.
    fn greedy(&self) -> Vec<&str> {
        let mut votes: BTreeMap<&str, u64> = self.costs.keys().map(|id| (id.as_str(), 0)).collect();
        for project in self.ballots.iter().flatten() {
            *votes.get_mut(project.as_str()).unwrap() += 1;
        }
        let mut order: Vec<(&str, u64)> = votes.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut left = self.budget;
        let fits = order
            .into_iter()
            .filter(|(id, _)| match left.checked_sub(self.costs[*id]) {
                Some(rest) => {
                    left = rest;
                    true
                }
                None => false,
            });
        fits.map(|(id, _)| id).collect()
    }
}

fn counting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("count");
    group.sample_size(20);
    let rules = [
        ("greedy", "greedy:score=votes,misfit=skip"),
        ("greedy-welfare-cost", "greedy-welfare:utility=cost"),
        (
            "greedy-welfare-relative-cardinality",
            "greedy-welfare:utility=relative-cardinality",
        ),
        (
            "greedy-welfare-chamberlin-courant",
            "greedy-welfare:utility=chamberlin-courant",
        ),
    ];
    for size in &SIZES {
        let document = read(&pb(size), &ReadOptions::strict()).unwrap();
        let election = document.election();
        for (name, text) in rules {
            let plan: Plan = text.parse().unwrap();
            group.bench_function(BenchmarkId::new(name, size.name), |b| {
                b.iter(|| {
                    Count::of(black_box(election), &plan)
                        .ties("id".parse().unwrap())
                        .run()
                        .unwrap()
                });
            });
        }
        let naive = Naive::of(election);
        group.bench_function(BenchmarkId::new("greedy-naive", size.name), |b| {
            b.iter(|| black_box(&naive).greedy().len());
        });
    }
    group.finish();
}

criterion_group!(benches, counting);
criterion_main!(benches);
