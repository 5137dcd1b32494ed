//! All ways to make a run agree: by certified numbers, by exact numbers alone, eight at once, on a narrowed view, and not
//! at all.

use crate::count::Halt;
use crate::election::{
    Ballot, Election, ExclusiveGroup, Money, Project, ProjectIx, Utility, VoterClass,
};
use crate::exact::Ratio;
use crate::exact::certified::{LANES, Lanes, Near, Trust};

use super::block::{self, Block, Smaller};
use super::desk::Standing;
use super::run::{Desk, Ended, Permit, Run};
use super::view::View;

/// Everything is allowed; ties go by id.
pub(super) struct Free(pub(super) Money);

impl Desk for Free {
    fn permit(&self, _: &mut Standing, _: &[ProjectIx], _: ProjectIx) -> Permit {
        Permit::Granted
    }

    fn permit_all(&self, _: &[ProjectIx], _: &[ProjectIx]) -> bool {
        true
    }

    fn available(&self) -> Money {
        self.0
    }

    fn work(&mut self, _: u64) -> Result<(), Halt> {
        Ok(())
    }

    fn first(&self, tied: &[ProjectIx]) -> Option<ProjectIx> {
        tied.first().copied()
    }

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        Ok(tied[0])
    }
}

/// `SplitMix64`, a public-domain generator that is defined by these lines.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
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
    related(random, classes, |_, project| project)
}

/// The same; what projects have to do with others is added to them. There are the groups `g0` and `g1`, of which one and two may be
/// funded.
pub(super) fn related(
    random: &mut Random,
    classes: u64,
    mut relate: impl FnMut(&mut Random, Project) -> Project,
) -> Election {
    let projects = 3 + random.below(12);
    let unit = 1 + random.below(1_000_000);
    let mut builder =
        Election::builder().budget(i32::try_from(unit * (3 + random.below(20))).unwrap_or(1));
    for project in 0..projects {
        let cost = unit * (1 + random.below(6));
        // Sometimes a hair more: nearly tied.
        let hair = i128::from(random.below(6) == 0);
        let cost = Money::from_ten_thousandths(i128::from(cost) * 10_000 + hair).unwrap();
        let project = Project::new(format!("p{project:02}"), cost);
        builder = builder.project(relate(random, project));
    }
    for (group, at_most) in [("g0", 1), ("g1", 2)] {
        builder = builder.group(ExclusiveGroup::new(group, at_most));
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

pub(super) fn open(election: &Election, view: &View<'_>) -> Vec<ProjectIx> {
    election
        .instance()
        .project_indices()
        .filter(|&project| view.is_supported(project))
        .collect()
}

#[test]
fn certified_and_exact_runs_are_the_same() {
    let (mut random, mut answers) = (Random(5), 0);
    for round in 0..1_200 {
        let election = election(&mut random, 1 + round % 3);
        for utility in [Utility::Cost, Utility::Cardinality, Utility::RelativeCost] {
            let view = View::new(&election, utility).unwrap();
            let budget = election.instance().budget();
            let share = view.share_of(budget).unwrap();
            let [certified, exact] = [Trust::Proved, Trust::Never].map(|trust| {
                let mut run: Run = Run::default();
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
    let (mut random, mut compared, mut tied) = (Random(8), 0, 0);
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
        let mut lanes: Lanes = Lanes::default();
        lanes.count(view.voters().map(|(count, _)| Near::of_count(count)));
        let block = Block {
            view: &view,
            open: &open,
            worths: &view.worths(),
            shares: &shares,
            smaller: &[Smaller::Unknown; LANES],
        };
        let together = block::run(block, &mut Free(budget), &mut lanes, &mut 0).unwrap();
        for (share, one) in shares.iter().zip(together) {
            let Some(one) = one else { continue };
            let mut run: Run = Run::default();
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
            tied += one.ties.len();
            assert_eq!(one.purchases(), run.purchases, "round {round}");
            compared += 1;
        }
    }
    assert!(
        compared > 500 && tied > 500,
        "only {compared} runs were not ambiguous, {tied} ties"
    );
}

/// What a run by itself buys, over the whole election.
fn alone(
    view: &View<'_>,
    open: &[ProjectIx],
    share: &Ratio,
    budget: Money,
) -> (Ended, Vec<ProjectIx>, Money, bool) {
    let mut run: Run = Run::default();
    let ended = run.run(view, open, share, Trust::Proved, &mut Free(budget));
    let bought = run.purchases.iter().map(|purchase| purchase.project);
    let is_tied = run.purchases.iter().any(|purchase| purchase.tied.len() > 1);
    (ended.unwrap(), bought.collect(), run.spent, is_tied)
}

/// A narrowed view buys the same as the whole one, for shares up to the one it was made for.
#[test]
fn narrowed_views_buy_the_same() {
    let (mut random, mut narrowed) = (Random(21), 0);
    for round in 0..600 {
        let election = election(&mut random, 1 + round % 3);
        let view = View::new(&election, Utility::Cardinality).unwrap();
        let (budget, open) = (election.instance().budget(), open(&election, &view));
        let share = view.share_of(budget).unwrap();
        let share = share.checked_div(&Ratio::from(1 + round % 5)).unwrap();
        let within = view.within_reach(&open, &share, &view.held_by_supporters());
        let Some(narrow) = view.narrowed(&within) else {
            continue;
        };
        assert!(narrow.voters().len() <= view.voters().len());
        let half = share.checked_div(&Ratio::from(2)).unwrap();
        for share in [share, half] {
            let whole = alone(&view, &open, &share, budget);
            assert_eq!(alone(&narrow, &within, &share, budget), whole, "{round}");
        }
        narrowed += 1;
    }
    assert!(narrowed > 200, "only {narrowed} views were narrowed");
}
