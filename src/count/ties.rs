//! Choosing among equals: by the chain, by a recorded lot, or by a script that tries all ways.

use std::collections::BTreeSet;

use crate::election::{Instance, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Contender, RecordedLot, Resolution, TieChain};

use super::error::{CountError, Halt};
use super::outcome::{LotRequired, TieRecord};

/// Answers to the ties that the chain leaves open, for trying them all.
#[derive(Debug, Clone, Default)]
pub(super) struct Script {
    /// For each open tie in order: which of its projects goes first, and how many there were.
    pub(super) answers: Vec<(usize, usize)>,
    /// How many have been used in this run.
    used: usize,
    /// Projects to be tried first, if any are known.
    preferred: Option<Vec<bool>>,
    /// Who went first in this run, and before whom: a lot is one order for the whole stage.
    firsts: Vec<(ProjectIx, Vec<ProjectIx>)>,
}

impl Script {
    /// A script that tries these projects first.
    pub(super) fn preferring(preferred: Vec<bool>) -> Script {
        Script { preferred: Some(preferred), ..Script::default() }
    }

    pub(super) fn rewound(mut self) -> Script {
        self.used = 0;
        self.firsts.clear();
        self
    }

    /// The next way to try, or `None` when all have been tried.
    pub(super) fn next(mut self) -> Option<Script> {
        while let Some((answer, ways)) = self.answers.pop() {
            if answer + 1 < ways {
                self.answers.push((answer + 1, ways));
                return Some(self.rewound());
            }
        }
        None
    }

    /// Drops the answers that the last run did not come to.
    pub(super) fn cut(&mut self) {
        self.answers.truncate(self.used);
    }

    fn answer(&mut self, remaining: &[ProjectIx]) -> ProjectIx {
        // Only a project that went first before can be known to be before another.
        let known: Vec<ProjectIx> = remaining.iter().copied().filter(|project| self.firsts.iter().any(|(first, _)| first == project)).collect();
        let later: BTreeSet<ProjectIx> = known.into_iter().flat_map(|project| self.after(project)).collect();
        let mut order: Vec<ProjectIx> = remaining.iter().copied().filter(|project| !later.contains(project)).collect();
        if let Some(preferred) = &self.preferred {
            order.sort_by_key(|project| !preferred.get(project.index()).copied().unwrap_or(false));
        }
        let known = self.answers.get(self.used).map(|&(answer, _)| answer);
        let at = known.unwrap_or_else(|| {
            self.answers.push((0, order.len()));
            0
        });
        self.used += 1;
        let chosen = order.get(at).or_else(|| remaining.first()).copied().unwrap_or(ProjectIx::new(0));
        self.firsts.push((chosen, remaining.iter().copied().filter(|&project| project != chosen).collect()));
        chosen
    }

    /// All that come after a project in every order that gives the answers so far.
    fn after(&self, project: ProjectIx) -> BTreeSet<ProjectIx> {
        let (mut after, mut open) = (BTreeSet::new(), vec![project]);
        while let Some(project) = open.pop() {
            let losers = self.firsts.iter().filter(|(first, _)| *first == project).flat_map(|(_, losers)| losers);
            open.extend(losers.filter(|&&loser| after.insert(loser)));
        }
        after
    }
}

/// The tie policy of a count and what it decided.
#[derive(Debug, Clone)]
pub(super) struct Ties {
    stage: String,
    chain: TieChain,
    lot: Option<RecordedLot>,
    pub(super) script: Option<Script>,
    records: Vec<TieRecord>,
}

impl Ties {
    pub(super) fn new(stage: &str, chain: TieChain, lot: Option<RecordedLot>, script: Option<Script>) -> Ties {
        Ties { stage: stage.to_owned(), chain, lot, script, records: Vec::new() }
    }

    pub(super) fn records(&self) -> &[TieRecord] {
        &self.records
    }

    pub(super) fn choose(&mut self, instance: &Instance, votes: &[Ratio], tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        let none = Ratio::default();
        match tied {
            [] => return Err(Halt::Failed(CountError::Tie(crate::record::TieError::NotATie { found: 0 }))),
            [only] => return Ok(*only),
            _ => {}
        }
        let contenders: Vec<Contender<'_>> = tied
            .iter()
            .map(|&project| Contender {
                id: instance.id_of(project),
                cost: instance.cost_of(project),
                votes: votes.get(project.index()).unwrap_or(&none),
                filed: instance.project(project).and_then(|project| project.filed),
            })
            .collect();
        let (chosen, by) = match self.chain.resolve(&contenders, self.lot.as_ref())? {
            Resolution::Resolved { chosen, by } => (tied.get(chosen).copied(), by.to_string()),
            Resolution::Unsettled { remaining, .. } => {
                let remaining: Vec<ProjectIx> = remaining.iter().filter_map(|&place| tied.get(place).copied()).collect();
                let Some(script) = &mut self.script else {
                    let tied = remaining.iter().map(|&project| instance.id_of(project).to_owned()).collect();
                    return Err(Halt::LotRequired(LotRequired { stage: self.stage.clone(), tied }));
                };
                (Some(script.answer(&remaining)), "trial".to_owned())
            }
        };
        let chosen = chosen.or_else(|| tied.first().copied()).unwrap_or(ProjectIx::new(0));
        let mut ids: Vec<String> = contenders.iter().map(|contender| contender.id.to_owned()).collect();
        ids.sort_unstable();
        self.records.push(TieRecord { tied: ids, chosen: vec![instance.id_of(chosen).to_owned()], by });
        Ok(chosen)
    }
}
