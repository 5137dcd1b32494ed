//! Trying every way to settle the ties that a chain leaves open.

use std::collections::{BTreeMap, BTreeSet};

use crate::election::{Money, ProjectIx};

/// Answers to the ties that the chain leaves open, for trying them all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Script {
    /// For each open tie in order: which of its projects goes first, and how many there were.
    pub(super) answers: Vec<(usize, usize)>,
    /// How many have been used in this run.
    used: usize,
    /// Projects to be tried first, if any are known.
    preferred: Option<Vec<bool>>,
    /// Who went first in this run, and before whom: a lot is one order for the whole stage.
    firsts: Vec<(ProjectIx, Vec<ProjectIx>)>,
    /// The stage that these are of, and the same of the other stages.
    stage: String,
    others: BTreeMap<String, Vec<(ProjectIx, Vec<ProjectIx>)>>,
    /// What was found at open ties before, if the rule forgets in which order it came there.
    seen: Option<BTreeSet<State>>,
    /// The last run was given up: it came to what was seen before.
    pub(super) is_pruned: bool,
}

/// All that the rest of a count can depend on, for a rule that forgets the order of its awards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// How often money was added, and which rule of a sequence is running.
    pub(super) at: (usize, usize),
    /// What each project has received, and whether it is closed.
    pub(super) projects: Vec<(Option<Money>, bool)>,
    /// What is left in each pot.
    pub(super) left: Vec<Money>,
    /// Those that are tied now.
    pub(super) tied: Vec<ProjectIx>,
    /// Who must go before whom by the answers so far, among those without an award.
    pub(super) before: Vec<(ProjectIx, ProjectIx)>,
}

impl Script {
    /// A script that tries these projects first.
    pub(super) fn preferring(preferred: Vec<bool>) -> Script {
        Script {
            preferred: Some(preferred),
            ..Script::default()
        }
    }

    /// The same script for a rule that forgets the order: equal situations are followed once.
    pub(super) fn forgetting(mut self) -> Script {
        self.seen = Some(BTreeSet::new());
        self
    }

    pub(crate) fn rewound(mut self) -> Script {
        self.used = 0;
        self.is_pruned = false;
        self.firsts.clear();
        self.stage.clear();
        self.others.clear();
        self
    }

    /// A stage begins, perhaps again: what was answered in it before holds in it, and only in it.
    pub(super) fn enter(&mut self, stage: &str) {
        let firsts = std::mem::take(&mut self.firsts);
        let before = std::mem::replace(&mut self.stage, stage.to_owned());
        self.others.insert(before, firsts);
        self.firsts = self.others.remove(stage).unwrap_or_default();
    }

    /// The next way to try, or `None` when all have been tried.
    pub(crate) fn next(mut self) -> Option<Script> {
        while let Some((answer, ways)) = self.answers.pop() {
            if answer + 1 < ways {
                self.answers.push((answer + 1, ways));
                return Some(self.rewound());
            }
        }
        None
    }

    /// Drops the answers that the last run did not come to.
    pub(crate) fn cut(&mut self) {
        self.answers.truncate(self.used);
    }

    /// Is this the first run that comes to this tie, in a situation that an earlier run has followed?
    pub(super) fn is_known(&mut self, state: impl FnOnce(&Script) -> State) -> bool {
        if self.seen.is_none() || self.used < self.answers.len() {
            return false;
        }
        let state = state(self);
        self.is_pruned = self.seen.as_mut().is_some_and(|seen| !seen.insert(state));
        self.is_pruned
    }

    /// Who must go before whom by the answers so far, among those for which `open` holds.
    pub(super) fn before(&self, open: impl Fn(ProjectIx) -> bool) -> Vec<(ProjectIx, ProjectIx)> {
        let firsts = self
            .firsts
            .iter()
            .map(|&(first, _)| first)
            .filter(|&first| open(first));
        let mut pairs: Vec<_> = firsts
            .flat_map(|first| {
                self.after(first)
                    .into_iter()
                    .map(move |loser| (first, loser))
            })
            .filter(|&(_, loser)| open(loser))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// A lot was drawn among some: no answer says otherwise.
    pub(super) fn obey(&mut self, drawn: impl Iterator<Item = ProjectIx>) {
        let mut before = None;
        for project in drawn {
            if let Some(before) = before.replace(project) {
                let pair = (before, vec![project]);
                if !self.firsts.contains(&pair) {
                    self.firsts.push(pair);
                }
            }
        }
    }

    pub(super) fn answer(&mut self, remaining: &[ProjectIx]) -> ProjectIx {
        // Only a project that went first before can be known to be before another.
        let known: Vec<ProjectIx> = remaining
            .iter()
            .copied()
            .filter(|project| self.firsts.iter().any(|(first, _)| first == project))
            .collect();
        let later: BTreeSet<ProjectIx> = known
            .into_iter()
            .flat_map(|project| self.after(project))
            .collect();
        let mut order: Vec<ProjectIx> = remaining
            .iter()
            .copied()
            .filter(|project| !later.contains(project))
            .collect();
        if let Some(preferred) = &self.preferred {
            order.sort_by_key(|project| !preferred.get(project.index()).copied().unwrap_or(false));
        }
        let known = self.answers.get(self.used).map(|&(answer, _)| answer);
        let at = known.unwrap_or_else(|| {
            self.answers.push((0, order.len()));
            0
        });
        self.used += 1;
        let chosen = order
            .get(at)
            .or_else(|| remaining.first())
            .copied()
            .unwrap_or(ProjectIx::new(0));
        self.firsts.push((
            chosen,
            remaining
                .iter()
                .copied()
                .filter(|&project| project != chosen)
                .collect(),
        ));
        chosen
    }

    /// All that come after a project in every order that gives the answers so far.
    fn after(&self, project: ProjectIx) -> BTreeSet<ProjectIx> {
        let (mut after, mut open) = (BTreeSet::new(), vec![project]);
        while let Some(project) = open.pop() {
            let losers = self
                .firsts
                .iter()
                .filter(|(first, _)| *first == project)
                .flat_map(|(_, losers)| losers);
            open.extend(losers.filter(|&&loser| after.insert(loser)));
        }
        after
    }
}
