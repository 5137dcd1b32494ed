//! The three ways to make a run agree: by certified numbers, by exact numbers alone, and eight at once.

use crate::count::Halt;
use crate::election::{Ballot, Election, Money, ProjectIx, Utility, VoterClass};
use crate::exact::Ratio;
use crate::exact::certified::{LANES, Lanes, Near, Trust};

use super::block;
use super::run::{Desk, Ended, Permit, Run};
use super::view::View;

/// Everything is allowed; ties go by id.
struct Free(Money);

impl Desk for Free {
    fn permit(&self, _: &[ProjectIx], _: ProjectIx) -> Permit {
        Permit::Granted
    }

    fn permit_all(&self, _: &[ProjectIx], _: &[ProjectIx]) -> bool {
        true
    }

    fn available(&self) -> Money {
        self.0
    }

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        Ok(tied[0])
    }
}

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

/// An election in which ties, drained purses and purses that are just enough are common: costs are small multiples of each
/// other, and many projects have the same supporters.
fn election(random: &mut Random, classes: u64) -> Election {
    let projects = 3 + random.below(12);
    let unit = 1 + random.below(1_000_000);
    let mut builder =
        Election::builder().budget(i32::try_from(unit * (3 + random.below(20))).unwrap_or(1));
    for project in 0..projects {
        let cost = unit * (1 + random.below(6));
        // Sometimes a hair more: nearly tied.
        let hair = i128::from(random.below(6) == 0);
        let cost = Money::from_ten_thousandths(i128::from(cost) * 10_000 + hair).unwrap();
        builder = builder.project((format!("p{project:02}"), cost));
    }
    for _ in 0..2 + random.below(9) {
        let mask = random.below(1 << projects);
        let named = (0..projects).filter(|project| mask >> project & 1 == 1);
        let ballot = Ballot::approval(named.map(|project| format!("p{project:02}")));
        let class = VoterClass {
            weight: Ratio::ONE,
            endowment: Ratio::from(1 + random.below(classes)),
        };
        builder = builder.weighted(ballot, 1 + random.below(400), class);
    }
    builder.build().unwrap()
}

fn open(election: &Election, view: &View<'_>) -> Vec<ProjectIx> {
    election
        .instance()
        .project_indices()
        .filter(|&project| view.is_supported(project))
        .collect()
}

#[test]
fn certified_and_exact_runs_are_the_same() {
    let (mut random, mut answers) = (Random(5), 0);
    for round in 0..600 {
        let election = election(&mut random, 1 + round % 3);
        for utility in [Utility::Cost, Utility::Cardinality, Utility::RelativeCost] {
            let view = View::new(&election, utility).unwrap();
            let budget = election.instance().budget();
            let share = view.share_of(budget).unwrap();
            let [certified, exact] = [Trust::Proved, Trust::Never].map(|trust| {
                let mut run = Run::default();
                let ended = run
                    .run(
                        &view,
                        &open(&election, &view),
                        &share,
                        trust,
                        &mut Free(budget),
                    )
                    .unwrap();
                assert_eq!(ended, Ended::Complete);
                if trust == Trust::Proved {
                    answers += run.ledger.answers;
                }
                let levels: Vec<Ratio> = (0..run.purchases.len())
                    .map(|at| run.ledger.level(&view, at))
                    .collect();
                (run.purchases, run.spent, levels)
            });
            assert_eq!(certified, exact, "round {round}, {utility}");
        }
    }
    assert!(
        answers > 1_000,
        "only {answers} exact answers: the elections are too easy"
    );
}

#[test]
fn eight_runs_at_once_are_the_same_as_one_by_one() {
    let (mut random, mut compared) = (Random(8), 0);
    for round in 0..600 {
        let election = election(&mut random, 1 + round % 3);
        let view = View::new(&election, Utility::Cost).unwrap();
        let (budget, open) = (election.instance().budget(), open(&election, &view));
        let mut share = view.share_of(budget).unwrap();
        let step = share.checked_div(&Ratio::from(50)).unwrap();
        let shares: [Ratio; LANES] = std::array::from_fn(|_| {
            share += &step;
            share.clone()
        });
        let mut lanes = Lanes::default();
        lanes.count(
            view.voters()
                .iter()
                .map(|&(count, _)| Near::of_count(count)),
        );
        let together = block::run(&view, &open, &shares, budget, &mut lanes, &mut 0);
        for (share, one) in shares.iter().zip(together) {
            let Some(one) = one else { continue };
            let mut run = Run::default();
            let ended = run
                .run(&view, &open, share, Trust::Proved, &mut Free(budget))
                .unwrap();
            assert_eq!((one.ended, one.spent), (ended, run.spent), "round {round}");
            let alone: Vec<ProjectIx> = run
                .purchases
                .iter()
                .map(|purchase| purchase.project)
                .collect();
            assert_eq!(one.bought, alone, "round {round}");
            compared += 1;
        }
    }
    assert!(compared > 500, "only {compared} runs were not ambiguous");
}
