//! Counting, beside the obvious version: `cargo bench --bench rules`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a benchmark fails loudly"
)]

mod common;
#[path = "common/town.rs"]
mod town;

use std::collections::BTreeMap;
use std::hint::black_box;

use common::{SIZES, pb};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use quartier::Count;
use quartier::election::Election;
use quartier::pabulib::{ReadOptions, read};
use quartier::rules::Plan;
use town::Town;

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

/// Equal Shares as it is usually written: every rate by sorting.
impl Town {
    /// The projects that are not bought with this share.
    fn count(&self, share: f64) -> Vec<usize> {
        let mut purses = vec![share; self.voters];
        let mut open: Vec<usize> = (0..self.costs.len()).collect();
        loop {
            let offers = open
                .iter()
                .filter_map(|&p| Some((self.price(p, &purses)? / self.costs[p], p)));
            let Some((rate, best)) = offers.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                return open;
            };
            self.pay(best, rate * self.costs[best], &mut purses);
            open.retain(|&project| project != best);
        }
    }

    /// Again from the start with one unit more for everybody, until nothing that is open fits or too much is bought; the
    /// number of runs.
    #[expect(
        clippy::cast_precision_loss,
        reason = "that is how it is usually written"
    )]
    fn add1(&self) -> usize {
        let (budget, unit) = (self.share * self.voters as f64, 10_000.0);
        let (all, mut runs): (f64, usize) = (self.costs.iter().sum(), 0);
        loop {
            let open = self.count(self.share + unit * runs as f64);
            runs += 1;
            let left = budget - all + open.iter().map(|&p| self.costs[p]).sum::<f64>();
            if left < 0.0 || open.iter().all(|&p| self.costs[p] > left) {
                return runs;
            }
        }
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
        ("equal-shares-cost", "equal-shares:utility=cost"),
        (
            "equal-shares-cost-add1",
            "equal-shares:utility=cost,completion=add1-until-exhaustive",
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
        let naive = Town::of(election);
        group.bench_function(
            BenchmarkId::new("equal-shares-cost-naive", size.name),
            |b| {
                b.iter(|| black_box(&naive).count(naive.share).len());
            },
        );
        // A run per increment takes minutes for the largest size.
        if size.name != "L" {
            group.bench_function(
                BenchmarkId::new("equal-shares-cost-add1-naive", size.name),
                |b| {
                    b.iter(|| black_box(&naive).add1());
                },
            );
        }
    }
    group.finish();
}

criterion_group!(benches, counting);
criterion_main!(benches);
