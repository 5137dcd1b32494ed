//! Rankings, beside the obvious versions: `cargo bench --bench tally`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails loudly"
)]

mod common;

use std::hint::black_box;

use common::{SIZES, pb};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use quartier::election::Election;
use quartier::pabulib::{ReadOptions, read};
use quartier::tally::{Pairwise, RankedPairs, Schulze, Score};

/// What the obvious version works on: the places of all projects, one row per voter.
struct Naive {
    projects: usize,
    places: Vec<Vec<usize>>,
}

impl Naive {
    fn of(election: &Election) -> Naive {
        let projects = election.instance().projects().len();
        let mut places = Vec::new();
        for ballot in election.profile().ballots() {
            let mut row = vec![projects; projects];
            for (place, entry) in ballot.entries().enumerate() {
                row[entry.project.index()] = place;
            }
            places.extend(std::iter::repeat_n(
                row,
                usize::try_from(ballot.count()).unwrap(),
            ));
        }
        Naive { projects, places }
    }

    /// Every voter asked about every pair.
    fn pairwise(&self) -> Vec<Vec<u64>> {
        let mut prefer = vec![vec![0; self.projects]; self.projects];
        for row in &self.places {
            for a in 0..self.projects {
                for b in 0..self.projects {
                    prefer[a][b] += u64::from(row[a] < row[b]);
                }
            }
        }
        prefer
    }

    /// Every round counted again from all ballots; the fewest leave together.
    fn runoff(&self) -> usize {
        let mut standing = vec![true; self.projects];
        let mut rounds = 0;
        while standing.contains(&true) {
            let mut votes = vec![0_u64; self.projects];
            for row in &self.places {
                let stands = (0..self.projects)
                    .filter(|&project| standing[project] && row[project] < self.projects);
                if let Some(first) = stands.min_by_key(|&project| row[project]) {
                    votes[first] += 1;
                }
            }
            let stands = (0..self.projects).filter(|&project| standing[project]);
            let fewest = stands.map(|project| votes[project]).min().unwrap();
            for project in 0..self.projects {
                standing[project] &= votes[project] != fewest;
            }
            rounds += 1;
        }
        rounds
    }
}

fn rankings(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ranking");
    group.sample_size(10);
    for size in &SIZES {
        // The order in which a ballot names its projects is the voter's ranking.
        let text = pb(size).replace("vote_type;approval", "vote_type;ordinal");
        let document = read(&text, &ReadOptions::strict()).unwrap();
        let election = document.election();
        for method in [
            "borda",
            "dowdall",
            "copeland",
            "schulze",
            "ranked-pairs",
            "instant-runoff",
        ] {
            let score: Score = method.parse().unwrap();
            group.bench_function(BenchmarkId::new(method, size.name), |b| {
                b.iter(|| score.order(black_box(election)).unwrap());
            });
        }
        let pairwise = Pairwise::of(election).unwrap();
        group.bench_function(BenchmarkId::new("pairwise", size.name), |b| {
            b.iter(|| Pairwise::of(black_box(election)).unwrap());
        });
        group.bench_function(BenchmarkId::new("schulze-of-pairwise", size.name), |b| {
            b.iter(|| Schulze::of(black_box(&pairwise)).ranked());
        });
        group.bench_function(
            BenchmarkId::new("ranked-pairs-of-pairwise", size.name),
            |b| {
                b.iter(|| RankedPairs::of(black_box(&pairwise)).ranked());
            },
        );
        let naive = Naive::of(election);
        group.bench_function(BenchmarkId::new("pairwise-naive", size.name), |b| {
            b.iter(|| black_box(&naive).pairwise());
        });
        group.bench_function(BenchmarkId::new("instant-runoff-naive", size.name), |b| {
            b.iter(|| black_box(&naive).runoff());
        });
    }
    group.finish();
}

criterion_group!(benches, rankings);
criterion_main!(benches);
