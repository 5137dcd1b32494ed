//! What the proof costs in time: the same code with its bounds and without them, side by side.
//!
//! `QUARTIER_LONG=1 cargo test --release --lib what_the_proof_costs -- --nocapture` prints it, for synthetic elections
//! and, where `QUARTIER_SHARED` names the folder, for five published ones.

#![expect(clippy::print_stdout, reason = "a measurement prints its table")]

use std::path::PathBuf;
use std::time::Instant;

use crate::election::{Ballot, Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::exact::certified::{Bounds, Dropped, LANES, Lanes, Near, Proved, Trust};
use crate::pabulib::{ReadOptions, VoterTable, read_bytes};

use super::block::{self, Block, Smaller};
use super::run::Run;
use super::tests::{Free, Random};
use super::view::View;

const FILES: [&str; 5] = [
    "Poland_Warszawa_2023_Mokotow.pb",
    "Poland_Warszawa_2026.pb",
    "Poland_Lodz_2022.pb",
    "Poland_Krakow_2024.pb",
    "Hungary_Budapest_2024.pb",
];

/// How often each is measured; the least counts.
const TIMES: usize = 41;

/// How much exact may cost, in thousandths: one run, and eight at once, which measured 1.22 and 1.29; the second leaves room
/// for a machine that does other things too.
const MOST: [u64; 2] = [1_300, 1_400];

/// Ballots of 3 to 10 projects; popular projects are named more often.
fn synthetic(projects: u64, voters: u64) -> Election {
    let mut random = Random(2017);
    let mut builder = Election::builder().budget(i32::try_from(voters * 25).unwrap());
    let id = |project: u64| format!("p{project:03}");
    for project in 0..projects {
        let cost = voters + random.below(voters * 3);
        builder = builder.project((id(project), i32::try_from(cost).unwrap()));
    }
    for _ in 0..voters {
        let mut named = std::collections::BTreeSet::new();
        let length = 3 + usize::try_from(random.below(8)).unwrap();
        while named.len() < length {
            named.insert(random.below(projects).min(random.below(projects)));
        }
        builder = builder.ballots(Ballot::approval(named.into_iter().map(id)), 1);
    }
    builder.build().unwrap()
}

fn published() -> Vec<(&'static str, Election)> {
    let Some(shared) = std::env::var_os("QUARTIER_SHARED").map(PathBuf::from) else {
        return Vec::new();
    };
    let read = |file: &'static str| {
        let bytes = std::fs::read(shared.join("pabulib").join(file)).ok()?;
        let options = ReadOptions::lenient().voters(VoterTable::Drop);
        let document = read_bytes(&bytes, &options).ok()?;
        Some((file, document.election().as_approval()))
    };
    FILES.into_iter().filter_map(read).collect()
}

/// An election that is ready to be counted.
struct Ready<'a> {
    view: View<'a>,
    open: Vec<ProjectIx>,
    share: Ratio,
    worths: Vec<Ratio>,
    budget: Money,
}

impl Ready<'_> {
    fn new(election: &Election) -> Ready<'_> {
        let view = View::new(election, Utility::Cost).unwrap();
        let all = election.instance().project_indices();
        let budget = election.instance().budget();
        Ready {
            open: all.filter(|&project| view.is_supported(project)).collect(),
            share: view.share_of(budget).unwrap(),
            worths: view.worths(),
            view,
            budget,
        }
    }

    /// One run; what it buys.
    fn run<B: Bounds>(&self, run: &mut Run<B>) -> Vec<ProjectIx> {
        let desk = &mut Free(self.budget);
        let ended = run.run(&self.view, &self.open, &self.share, Trust::Proved, desk);
        ended.unwrap();
        let bought = run.purchases.iter().map(|purchase| purchase.project);
        bought.collect()
    }

    /// The first eight increments at once; what each buys, where machine numbers tell.
    fn eight<B: Bounds>(&self, lanes: &mut Lanes<B>) -> Vec<Option<Vec<ProjectIx>>> {
        let unit = Ratio::from(Money::from(1).ten_thousandths());
        let mut share = self.share.clone();
        let shares: [Ratio; LANES] = std::array::from_fn(|_| {
            share += &unit;
            share.clone()
        });
        let block = Block {
            view: &self.view,
            open: &self.open,
            worths: &self.worths,
            shares: &shares,
            smaller: &[Smaller::Unknown; LANES],
        };
        let counts = self.view.voters().map(|(count, _)| Near::of_count(count));
        lanes.count(counts);
        let runs = block::run(block, &mut Free(self.budget), lanes, &mut 0)
            .unwrap()
            .into_iter();
        runs.map(|run| run.map(|run| run.bought)).collect()
    }
}

/// CPU nanoseconds of this thread, where the system tells; wall time elsewhere.
fn nanoseconds(start: Instant) -> u64 {
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let told = text.split(' ').next().and_then(|field| field.parse().ok());
    told.unwrap_or_else(|| u64::try_from(start.elapsed().as_nanos()).unwrap())
}

/// Nanoseconds of one and of the other, taken in turns: the least of each.
fn paired<T, U>(mut one: impl FnMut() -> T, mut other: impl FnMut() -> U) -> [u64; 2] {
    let start = Instant::now();
    let (mut least, mut least_other) = (u64::MAX, u64::MAX);
    for _ in 0..TIMES {
        let before = nanoseconds(start);
        std::hint::black_box(one());
        let between = nanoseconds(start);
        std::hint::black_box(other());
        let after = nanoseconds(start);
        least = least.min(between - before);
        least_other = least_other.min(after - between);
    }
    [least, least_other]
}

/// A number of thousandths with its decimals.
fn thousandths(number: u64) -> String {
    format!("{}.{:03}", number / 1_000, number % 1_000)
}

/// Measures one election: the ratio for single runs, and for eight at once, in thousandths.
fn measure(name: &str, election: &Election) -> [u64; 2] {
    let ready = Ready::new(election);
    let (mut run, mut plain) = (Run::<Proved>::default(), Run::<Dropped>::default());
    let alone = paired(|| ready.run(&mut run), || ready.run(&mut plain));
    let (mut lanes, mut plain) = (Lanes::<Proved>::default(), Lanes::<Dropped>::default());
    let eight = paired(|| ready.eight(&mut lanes), || ready.eight(&mut plain));
    let ratio = |[exact, plain]: [u64; 2]| exact * 1_000 / plain.max(1);
    let shown = |both: [u64; 2]| {
        let [exact, plain] = both.map(|nanoseconds| thousandths(nanoseconds / 1_000));
        format!("{exact:>8} / {plain:>8} = {}", thousandths(ratio(both)))
    };
    println!(
        "{name:36} one run {}   eight runs {}",
        shown(alone),
        shown(eight)
    );
    [ratio(alone), ratio(eight)]
}

/// Plain numbers are mostly right, so both ways buy the same: the comparison is of the same work.
#[test]
fn with_and_without_bounds_the_same_is_bought() {
    for (projects, voters) in [(20, 1_000), (80, 3_000)] {
        let election = synthetic(projects, voters);
        let ready = Ready::new(&election);
        let bought = ready.run(&mut Run::<Proved>::default());
        assert!(bought.len() > 5);
        assert_eq!(bought, ready.run(&mut Run::<Dropped>::default()));
        let eight = ready.eight(&mut Lanes::<Proved>::default());
        assert!(eight.iter().all(Option::is_some));
        assert_eq!(eight, ready.eight(&mut Lanes::<Dropped>::default()));
    }
}

/// Exact costs little more than plain machine numbers, on average over all elections measured: see [`MOST`].
#[test]
fn what_the_proof_costs() {
    if std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1") {
        println!("CPU milliseconds with bounds / without = ratio, least of {TIMES}, in turns");
        let sizes = [("S", 20, 1_000), ("M", 80, 10_000), ("L", 120, 60_000)];
        let synthetic = sizes.map(|(name, projects, voters)| (name, synthetic(projects, voters)));
        let elections: Vec<_> = synthetic.into_iter().chain(published()).collect();
        let mut sums = [0, 0];
        for (name, election) in &elections {
            for (sum, ratio) in sums.iter_mut().zip(measure(name, election)) {
                *sum += ratio;
            }
        }
        let means = sums.map(|sum| sum / elections.len() as u64);
        let [alone, eight] = means.map(thousandths);
        println!("on average: one run {alone}, eight runs {eight}");
        assert!(means[0] <= MOST[0] && means[1] <= MOST[1]);
    } else {
        println!("not run: set QUARTIER_LONG=1");
    }
}
