//! The same election for runs whose shares stay below a bound: fewer projects, and far fewer distinct ballots.
//!
//! Where all supporters of a project together hold less than its cost from the beginning, no run buys it, since
//! purses only fall. Ballots that differ by such projects alone are the same purse: they are merged, which often leaves a tenth
//! of them. Nothing is rounded or guessed: the test is that of [`Levels::is_beyond`](crate::exact::certified::Levels),
//! or, exactly, `sum of purses < cost`.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

use hashbrown::HashTable;

use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::view::{Line, View};

/// Merging is worth its while if it leaves at most so many of four marks.
const WORTH: u64 = 3;

/// The merged ballots: for each the marks that are left, the class, and the voters.
#[derive(Debug, Default)]
struct Merged {
    begins: Vec<usize>,
    marks: Vec<u32>,
    classes: Vec<u32>,
    counts: Vec<u64>,
    represents: Vec<u32>,
    table: HashTable<(u64, u32)>,
    // Seeded by the system; nothing that shows depends on it, since ballots are numbered as they come.
    hasher: foldhash::fast::RandomState,
}

impl Merged {
    fn marks(&self, row: usize) -> &[u32] {
        let begin = self.begins.get(row).copied().unwrap_or(0);
        let end = self.begins.get(row + 1).copied();
        self.marks
            .get(begin..end.unwrap_or(self.marks.len()))
            .unwrap_or_default()
    }

    fn hash(&self, marks: &[u32], class: u32) -> u64 {
        let mut state = self.hasher.build_hasher();
        state.write_u64(u64::from(class) << 32 | marks.len() as u64);
        for pair in marks.chunks(2) {
            let both = pair
                .iter()
                .fold(0, |both, &mark| both << 32 | u64::from(mark));
            state.write_u64(both);
        }
        state.finish()
    }

    /// Takes a ballot of the profile with the marks that are left on it.
    fn take(&mut self, ballot: u32, left: &[u32], class: u32, count: u64) {
        let hash = self.hash(left, class);
        let known = self.table.find(hash, |&(other, row)| {
            let row = row as usize;
            other == hash && self.classes.get(row) == Some(&class) && self.marks(row) == left
        });
        if let Some(&(_, row)) = known {
            // At most 2^63 voters in all.
            if let Some(sum) = self.counts.get_mut(row as usize) {
                *sum += count;
            }
            return;
        }
        let row = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.begins.push(self.marks.len());
        self.marks.extend_from_slice(left);
        self.classes.push(class);
        self.counts.push(count);
        self.represents.push(ballot);
        self.table
            .insert_unique(hash, (hash, row), |&(hash, _)| hash);
    }
}

impl<'a> View<'a> {
    /// Can this be bought by anybody, in a run with at most this share?
    fn is_within_reach(&self, project: ProjectIx, share: &Ratio, held: &[Ratio]) -> bool {
        let held = held.get(project.index());
        let price = self.price(project);
        held.zip(price)
            .is_some_and(|(held, price)| held * share >= price.cost)
    }

    /// What the supporters of each project hold together, for a share of 1.
    pub(super) fn held_by_supporters(&self) -> Vec<Ratio> {
        let projects = self.election.instance().project_indices();
        if let [only] = &*self.endowments {
            let mentioned = self.election.profile().mentioned().iter();
            return mentioned
                .map(|&voters| only * Ratio::from(voters))
                .collect();
        }
        let of_project = |project: ProjectIx| {
            let mut heads = vec![0_i128; self.endowments.len()];
            for &ballot in self.supporters(project) {
                if let Some(sum) = heads.get_mut(self.class(ballot)) {
                    *sum += i128::from(self.count(ballot));
                }
            }
            let terms = self.endowments.iter().zip(heads);
            terms
                .map(|(endowment, heads)| endowment.mul_int(heads))
                .sum()
        };
        projects.map(of_project).collect()
    }

    /// The projects of these that can be bought in a run with at most this share; `held` as of
    /// [`View::held_by_supporters`].
    pub(super) fn within_reach(
        &self,
        open: &[ProjectIx],
        share: &Ratio,
        held: &[Ratio],
    ) -> Vec<ProjectIx> {
        let all = open.iter().copied();
        all.filter(|&project| self.is_within_reach(project, share, held))
            .collect()
    }

    /// The view for runs in which only these projects can be bought; `None` if it would not be much smaller, or slopes
    /// differ. Linear in the marks on the ballots.
    pub(super) fn narrowed(&self, within_reach: &[ProjectIx]) -> Option<View<'a>> {
        let row = |&project: &ProjectIx| self.supporters(project).len() as u64;
        let left: u64 = within_reach.iter().map(row).sum();
        if !self.is_uniform() || left.saturating_mul(4) > self.marks().saturating_mul(WORTH) {
            return None;
        }
        let projects = self.election.instance().projects().len();
        let mut is_left = vec![false; projects];
        for project in within_reach {
            if let Some(slot) = is_left.get_mut(project.index()) {
                *slot = true;
            }
        }
        let merged = self.merge(&is_left);
        let lines = merged.lines(projects);
        Some(View {
            election: self.election,
            lines,
            prices: Arc::clone(&self.prices),
            endowments: Arc::clone(&self.endowments),
            total: self.total.clone(),
            counts: Cow::Owned(merged.counts),
            classes: Cow::Owned(merged.classes),
            represents: Some(merged.represents),
            is_signed: self.is_signed,
            is_uniform: self.is_uniform,
            is_sure: self.is_sure,
        })
    }

    /// Merges the ballots that are the same where only these projects are looked at; those that name none of them take
    /// no part.
    fn merge(&self, is_left: &[bool]) -> Merged {
        let mut merged = Merged::default();
        let mut left = Vec::new();
        for (ballot, (count, class)) in (0_u32..).zip(self.voters()) {
            left.clear();
            let marks = self
                .gains(ballot)
                .map(ProjectIx::index)
                .filter(|&project| is_left.get(project).copied().unwrap_or(false));
            left.extend(marks.map(|project| u32::try_from(project).unwrap_or(u32::MAX)));
            // The order of ranked ballots plays no part.
            left.sort_unstable();
            if !left.is_empty() {
                merged.take(ballot, &left, class, count);
            }
        }
        merged
    }
}

impl Merged {
    fn lines<'a>(&self, projects: usize) -> Vec<Line<'a>> {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); projects];
        for (row, ballot) in (0..self.counts.len()).zip(0_u32..) {
            for &project in self.marks(row) {
                if let Some(row) = rows.get_mut(project as usize) {
                    row.push(ballot);
                }
            }
        }
        let line = |ballots| Line {
            ballots: Cow::Owned(ballots),
            slopes: None,
        };
        rows.into_iter().map(line).collect()
    }
}
