//! Times in whole numbers with a proved bound, which settle nearly every comparison without fractions.
//!
//! **Numbers.** Let the shares of all classes be whole after one common factor `λ`, and take `2^f` ticks for
//! `1/λ` of a ten-thousandth of the currency unit per share. For each level `l` the clock keeps a whole number
//! of ticks `T(l)`, and for each project `N(p) = cost·2^f + Σ m T(level)` over its supporters, `m` being their
//! whole share, and `S(p) = Σ m`. Both are kept exactly: whole numbers are added and nothing is rounded there.
//!
//! **Claim.** With the *slack* `e`, the true load `x(l)` in ticks lies in `[T(l), T(l) + e]`, for every level.
//!
//! *Proof.* For a level that is given, `T = ⌊x⌋`, so that `e = 1` holds, and `e = 0` where all are whole. For a
//! project, adding up its supporters gives a true numerator in `[N, N + S e]`, so its true time lies in
//! `[N/S, N/S + e]`, hence in `[⌊N/S⌋, ⌊N/S⌋ + e + 1]`. A purchase makes `⌊N/S⌋` a new level, and the slack one
//! larger. ∎
//!
//! **Consequence.** If `⌊N(q)/S(q)⌋ > ⌊N(p)/S(p)⌋ + e + 1`, then `q` is strictly later than `p`. What the clock
//! cannot tell apart so is compared as fractions, ties included.
//!
//! **Range.** No time is above `b = max(0, given loads) + Σ cost(p)/S(p)` over all projects, nor below the least
//! given load: a purchase raises the highest load by at most its own term. `f` is the largest number of at most
//! 32 with `(|least| + b) · 2^f · max S < 2^60`. The cost of a project that is funded counts twice in its `N`, which
//! at most doubles it, so every sum, difference and product here fits in 64 bits. Where there is no such `f`, or
//! shares are not whole within 2^40, there is no clock and fractions decide alone.

use crate::election::{BallotIx, Election, ProjectIx};
use crate::exact::Ratio;

use super::super::supporters;
use super::loads::Loads;

/// The most ticks, and the most shares, see the module.
const TICKS: i128 = 1 << 60;
const SHARES: i128 = 1 << 40;

#[derive(Debug, Clone)]
pub(super) struct Clock<'e> {
    election: &'e Election,
    /// Per class.
    shares: Vec<i64>,
    /// The projects that each ballot supports, one ballot after another, and where each begins.
    marks: Vec<u32>,
    begins: Vec<u32>,
    /// `T`, per level.
    levels: Vec<i64>,
    /// `N` and `S`, per project.
    paid: Vec<i64>,
    share: Vec<i64>,
    slack: i64,
}

/// The whole shares of all classes, and the factor they were multiplied with.
fn whole(shares: &[Ratio]) -> Option<(Vec<i64>, Ratio)> {
    let mut factor = Ratio::ONE;
    for share in shares {
        // The denominators of what is not whole yet, one after another: their product is a common multiple.
        let (_, denominator) = (share * &factor).to_parts()?;
        factor = factor.mul_int(denominator);
        if factor > Ratio::from(SHARES) {
            return None;
        }
    }
    let one = |share: &Ratio| i64::try_from((share * &factor).to_i128()?).ok();
    let whole: Option<Vec<i64>> = shares.iter().map(one).collect();
    Some((whole?, factor))
}

/// A fraction of the currency unit per share in ticks, rounded down.
fn ticks(load: &Ratio, factor: &Ratio, bits: u32) -> Option<i128> {
    let scaled = load.mul_int(10_000_i128.checked_shl(bits)?);
    scaled.checked_div(factor)?.floor().to_i128()
}

impl<'e> Clock<'e> {
    /// A clock for these loads, if there is one.
    pub(super) fn new(election: &'e Election, loads: &mut Loads<'e>) -> Option<Clock<'e>> {
        let (shares, factor) = whole(loads.shares())?;
        let projects = election.instance().projects().len();
        let mut clock = Clock {
            election,
            shares,
            marks: Vec::with_capacity(election.profile().marks()),
            begins: vec![0],
            levels: Vec::new(),
            paid: vec![0; projects],
            share: vec![0; projects],
            slack: 0,
        };
        clock.add_shares(loads)?;
        let bits = clock.bits(loads, &factor)?;
        for level in 0..loads.len() {
            let load = loads.load(level);
            clock.slack = clock.slack.max(i64::from(!load.is_zero()));
            clock
                .levels
                .push(i64::try_from(ticks(load, &factor, bits)?).ok()?);
        }
        clock.add_loads(loads, bits)?;
        Some(clock)
    }

    /// The share of the voters of a ballot together.
    fn mass(&self, (voters, class): (u64, u32)) -> Option<i64> {
        let share = self.shares.get(class as usize)?;
        i64::try_from(voters).ok()?.checked_mul(*share)
    }

    /// Sets `S`, unless it is too large, and the marks.
    fn add_shares(&mut self, loads: &Loads<'e>) -> Option<()> {
        let mut all = 0_i64;
        for (ballot, &cast) in self.election.profile().ballot_indices().zip(loads.cast()) {
            let mass = self.mass(cast)?;
            all = all
                .checked_add(mass)
                .filter(|&all| i128::from(all) <= SHARES)?;
            for project in supporters::of_ballot(self.election, ballot) {
                *self.share.get_mut(project.index())? += mass;
                self.marks.push(u32::try_from(project.index()).ok()?);
            }
            self.begins.push(u32::try_from(self.marks.len()).ok()?);
        }
        Some(())
    }

    /// The `f` of the module.
    fn bits(&self, loads: &mut Loads<'e>, factor: &Ratio) -> Option<u32> {
        let (mut least, mut most) = (0_i128, 0_i128);
        for level in 0..loads.len() {
            let load = ticks(loads.load(level), factor, 0)?;
            least = least.min(load);
            most = most.max(load.checked_add(1)?);
        }
        let mut all = 1_i128;
        for project in self.election.instance().project_indices() {
            let share = self
                .share
                .get(project.index())
                .copied()
                .map_or(0, i128::from);
            let cost = self.election.instance().cost_of(project).ten_thousandths();
            if share > 0 {
                most = most.checked_add(cost / share + 1)?;
            }
            all = all.max(share);
        }
        let range = most.checked_sub(least)?.checked_mul(all)?;
        (0..=32).rev().find(|&bits| {
            range
                .checked_mul(1 << bits)
                .is_some_and(|ticks| ticks < TICKS)
        })
    }

    /// Sets `N`.
    fn add_loads(&mut self, loads: &Loads<'e>, bits: u32) -> Option<()> {
        for project in self.election.instance().project_indices() {
            let cost = self.election.instance().cost_of(project).ten_thousandths();
            let share = self.share.get(project.index()).copied()?;
            if share > 0 {
                *self.paid.get_mut(project.index())? =
                    i64::try_from(cost).ok()?.checked_shl(bits)?;
            }
        }
        if self.levels.iter().all(|&level| level == 0) {
            return Some(());
        }
        for (ballot, &cast) in self.election.profile().ballot_indices().zip(loads.cast()) {
            let load = self.levels.get(loads.level_of(ballot)).copied()?;
            let paid = load * self.mass(cast)?;
            shift(
                &mut self.paid,
                marks(&self.marks, &self.begins, ballot),
                paid,
            );
        }
        Some(())
    }

    fn time(&self, project: ProjectIx) -> Option<i64> {
        let share = self.share.get(project.index()).copied()?;
        self.paid.get(project.index())?.checked_div_euclid(share)
    }

    /// The projects that may be the first, in the order given: all others are certainly later.
    pub(super) fn first(&self, open: &[ProjectIx]) -> Vec<ProjectIx> {
        let times: Vec<(i64, ProjectIx)> = open
            .iter()
            .filter_map(|&project| Some((self.time(project)?, project)))
            .collect();
        let Some(earliest) = times.iter().map(|&(time, _)| time).min() else {
            return Vec::new();
        };
        let latest = earliest + self.slack + 1;
        let near = times.into_iter().filter(|&(time, _)| time <= latest);
        near.map(|(_, project)| project).collect()
    }

    /// The supporters of a project pay for it; the loads are told too, `exact` being the time where it is known.
    ///
    /// Linear in the marks on the ballots that name it; gives the number of those ballots.
    pub(super) fn buy(
        &mut self,
        project: ProjectIx,
        loads: &mut Loads<'e>,
        exact: Option<Ratio>,
    ) -> u64 {
        let time = self.time(project).unwrap_or(0);
        let cost = self.election.instance().cost_of(project);
        let mut paid = std::mem::take(&mut self.paid);
        let steps = loads.buy(project, cost, exact, |ballot, level, cast| {
            let before = self.levels.get(level).copied().unwrap_or(0);
            let more = (time - before) * self.mass(cast).unwrap_or(0);
            shift(&mut paid, marks(&self.marks, &self.begins, ballot), more);
        });
        self.paid = paid;
        self.levels.push(time);
        self.slack += 1;
        steps
    }
}

/// The projects that a ballot supports.
fn marks<'m>(marks: &'m [u32], begins: &[u32], ballot: BallotIx) -> &'m [u32] {
    let at = ballot.index();
    let range = begins.get(at).zip(begins.get(at + 1));
    let marks = range.and_then(|(&begin, &end)| marks.get(begin as usize..end as usize));
    marks.unwrap_or_default()
}

/// What the voters of a ballot pay more counts for every project that it supports.
fn shift(paid: &mut [i64], marks: &[u32], more: i64) {
    for &project in marks {
        if let Some(sum) = paid.get_mut(project as usize) {
            *sum += more;
        }
    }
}
