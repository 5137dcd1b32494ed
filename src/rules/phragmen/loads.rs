//! The exact loads: a small triangular system over the purchases, never a fraction per voter.

use crate::election::{BallotIx, Election, Money, ProjectIx};
use crate::exact::Ratio;

use super::super::supporters;

/// How many voters of each class stand at a level.
#[derive(Debug, Clone, Copy)]
struct Part {
    level: usize,
    class: usize,
    voters: u64,
}

/// How a purchase was paid: its cost by these voters, who stood at earlier levels.
#[derive(Debug, Clone)]
struct Row {
    cost: Money,
    parts: Vec<Part>,
}

/// Counts voters by level and class. What it was lent is 0 again when it is done.
struct Counter<'c> {
    counters: &'c mut Vec<u64>,
    classes: usize,
    touched: Vec<usize>,
}

impl Counter<'_> {
    fn new(counters: &mut Vec<u64>, levels: usize, classes: usize) -> Counter<'_> {
        let classes = classes.max(1);
        counters.resize(levels * classes, 0);
        Counter {
            counters,
            classes,
            touched: Vec::new(),
        }
    }

    fn add(&mut self, level: usize, (voters, class): (u64, u32)) {
        let place = level * self.classes + class as usize;
        if let Some(counter) = self.counters.get_mut(place) {
            if *counter == 0 {
                self.touched.push(place);
            }
            *counter += voters;
        }
    }

    fn parts(mut self) -> Vec<Part> {
        self.touched.sort_unstable();
        let part = |&place: &usize| Part {
            level: place / self.classes,
            class: place % self.classes,
            voters: self.counters.get_mut(place).map_or(0, std::mem::take),
        };
        self.touched.iter().map(part).collect()
    }
}

/// One load that some voters have: known, or told by the purchase that led to it.
#[derive(Debug, Clone)]
struct Level {
    exact: Option<Ratio>,
    row: Option<Row>,
}

/// The load of every voter.
///
/// Voters who paid for the same purchase last have the same load, its *level*. With `m(l, c)` voters of class
/// `c` and share `s(c)` among the supporters of a project who stand at level `l`, the project's time is
/// `t = (cost + Σ m s x(l)) / Σ m s`. The levels so depend on earlier levels only, and each is worked out at
/// most once, when somebody asks.
#[derive(Debug, Clone)]
pub(super) struct Loads<'e> {
    election: &'e Election,
    shares: Vec<Ratio>,
    /// The level of each distinct ballot, how many voters cast it, and their class.
    at: Vec<u32>,
    cast: Vec<(u64, u32)>,
    levels: Vec<Level>,
    /// Counters by level and class, 0 between uses.
    counters: Vec<u64>,
    zero: Ratio,
}

impl<'e> Loads<'e> {
    /// Every voter of a distinct ballot starts with one of these loads: `of_ballot` has the place of each.
    ///
    /// What a voter of share `s` has in the purse, `b`, is a load of `-b/s`.
    pub(super) fn starting(
        election: &'e Election,
        shares: Vec<Ratio>,
        loads: Vec<Ratio>,
        of_ballot: Vec<u32>,
    ) -> Loads<'e> {
        let levels = loads.into_iter().map(|load| Level {
            exact: Some(load),
            row: None,
        });
        let cast = election.profile().ballots().map(|ballot| {
            let class = u32::try_from(ballot.class()).unwrap_or(u32::MAX);
            (ballot.count(), class)
        });
        Loads {
            election,
            shares,
            at: of_ballot,
            cast: cast.collect(),
            levels: levels.collect(),
            counters: Vec::new(),
            zero: Ratio::ZERO,
        }
    }

    /// Nobody carries anything yet.
    pub(super) fn none(election: &'e Election, shares: Vec<Ratio>) -> Loads<'e> {
        let of_ballot = vec![0; election.profile().len()];
        Loads::starting(election, shares, vec![Ratio::ZERO], of_ballot)
    }

    /// The share of each class of voters.
    pub(super) fn shares(&self) -> &[Ratio] {
        &self.shares
    }

    /// How many levels there are.
    pub(super) fn len(&self) -> usize {
        self.levels.len()
    }

    /// The level of a ballot's voters.
    pub(super) fn level_of(&self, ballot: BallotIx) -> usize {
        self.at
            .get(ballot.index())
            .map_or(0, |&level| level as usize)
    }

    /// Spreads what an earlier award cost as evenly as its supporters' loads allow: the lowest are raised first,
    /// to one common level. Without supporters nobody carries it.
    pub(super) fn charge(&mut self, project: ProjectIx, amount: Money) {
        let mut parts = self.parts(project);
        self.settle(self.levels.len());
        parts.sort_by(|a, b| self.known(a.level).cmp(self.known(b.level)));
        let (mut paid, mut share, mut level) = (amount.to_ratio(), Ratio::ZERO, None);
        for part in parts {
            if level
                .as_ref()
                .is_some_and(|level| level <= self.known(part.level))
            {
                break;
            }
            let own = self.share(part);
            paid += &(&own * self.known(part.level));
            share += &own;
            level = paid.checked_div(&share);
        }
        let Some(level) = level else {
            return;
        };
        let raised: Vec<BallotIx> = supporters::of_project(self.election, project)
            .filter(|&ballot| *self.known(self.level_of(ballot)) < level)
            .collect();
        let new = Level {
            exact: Some(level),
            row: None,
        };
        self.raise(raised.into_iter(), new);
    }

    /// The supporters of a project pay for it: all of them stand at its time from now on.
    ///
    /// `exact` is that time, where it is known already. `each` is told every ballot, the level at which its voters
    /// stood, and their number and class. Gives how many ballots there were.
    pub(super) fn buy(
        &mut self,
        project: ProjectIx,
        cost: Money,
        exact: Option<Ratio>,
        mut each: impl FnMut(BallotIx, usize, (u64, u32)),
    ) -> u64 {
        let mut ballots = 0;
        let new = u32::try_from(self.levels.len()).unwrap_or(u32::MAX);
        let mut counter = Counter::new(&mut self.counters, self.levels.len(), self.shares.len());
        for ballot in supporters::of_project(self.election, project) {
            let place = ballot.index();
            if let Some((at, &cast)) = self.at.get_mut(place).zip(self.cast.get(place)) {
                let old = std::mem::replace(at, new) as usize;
                counter.add(old, cast);
                each(ballot, old, cast);
                ballots += 1;
            }
        }
        let row = Some(Row {
            cost,
            parts: counter.parts(),
        });
        self.levels.push(Level { exact, row });
        ballots
    }

    fn raise(&mut self, ballots: impl Iterator<Item = BallotIx>, new: Level) {
        let level = u32::try_from(self.levels.len()).unwrap_or(u32::MAX);
        self.levels.push(new);
        for ballot in ballots {
            if let Some(at) = self.at.get_mut(ballot.index()) {
                *at = level;
            }
        }
    }

    /// The moment at which the supporters of a project can pay for it; `None` without supporters.
    pub(super) fn time(&mut self, project: ProjectIx, cost: Money) -> Option<Ratio> {
        let parts = self.parts(project);
        self.settle(self.levels.len());
        self.solve(&Row { cost, parts })
    }

    /// The load of a level.
    pub(super) fn load(&mut self, level: usize) -> &Ratio {
        self.settle(level.saturating_add(1));
        self.known(level)
    }

    /// How many supporters of a project stand at each level, by class.
    fn parts(&mut self, project: ProjectIx) -> Vec<Part> {
        let mut counter = Counter::new(&mut self.counters, self.levels.len(), self.shares.len());
        for ballot in supporters::of_project(self.election, project) {
            let place = ballot.index();
            if let Some((&at, &cast)) = self.at.get(place).zip(self.cast.get(place)) {
                counter.add(at as usize, cast);
            }
        }
        counter.parts()
    }

    /// The classes and numbers of all ballots.
    pub(super) fn cast(&self) -> &[(u64, u32)] {
        &self.cast
    }

    /// The share of some voters together.
    fn share(&self, part: Part) -> Ratio {
        let one = self.shares.get(part.class).unwrap_or(&self.zero);
        one.mul_int(i128::from(part.voters))
    }

    /// Works out the levels below `end` that are not known yet, each from earlier ones.
    fn settle(&mut self, end: usize) {
        for level in 0..end.min(self.levels.len()) {
            let unknown = self.levels.get(level).filter(|level| level.exact.is_none());
            let Some(row) = unknown.and_then(|level| level.row.as_ref()) else {
                continue;
            };
            let exact = self.solve(row);
            if let Some(level) = self.levels.get_mut(level) {
                level.exact = exact;
            }
        }
    }

    /// A level that is settled.
    fn known(&self, level: usize) -> &Ratio {
        let exact = self
            .levels
            .get(level)
            .and_then(|level| level.exact.as_ref());
        exact.unwrap_or(&self.zero)
    }

    fn solve(&self, row: &Row) -> Option<Ratio> {
        let (mut paid, mut share) = (row.cost.to_ratio(), Ratio::ZERO);
        for &part in &row.parts {
            let own = self.share(part);
            let load = self.known(part.level);
            if !load.is_zero() {
                paid += &(&own * load);
            }
            share += &own;
        }
        paid.checked_div(&share)
    }
}
