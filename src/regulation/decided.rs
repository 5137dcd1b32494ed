//! What people decide to give, and how it differs from the order of the votes.

use serde::Serialize;

use crate::budget::Phase;
use crate::count::{Block, Sources};
use crate::election::ProjectIx;
use crate::law::{Method, Stage};
use crate::record::Reason;

use super::decisions::AwardOrder;
use super::edition::AwardKind;
use super::error::{ApplyError, Stop, halted};
use super::run::{Begin, Run};

/// A project that people chose although others, ranked above it by the votes, were not funded.
///
/// It is told for every award in a stage with `method = "by-decision"` that names a score in `rank-by`, and for every
/// substitute where the winner's stage ranks projects. People may decide so; they cannot do so unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Deviation {
    /// The stage.
    pub stage: String,
    /// The project that was chosen.
    pub project: String,
    /// Its place in the order of the votes among the stage's candidates, from 1; equals share a place.
    pub place: usize,
    /// Who was passed over, in the order of the votes: of an award, all candidates ranked above it that the stage left
    /// without money; of a substitute, those of them that the same pots could have paid.
    pub past: Vec<Passed>,
    /// Who decided.
    pub by: String,
    /// Why.
    pub justification: String,
}

/// A project that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Passed {
    /// The project.
    pub project: String,
    /// Its place in the order of the votes.
    pub place: usize,
}

impl Run<'_> {
    /// A stage in which people decide: their awards, then what that changes against the order of the votes.
    pub(super) fn decide_by_people(&mut self, at: usize, stage: &Stage) -> Result<(), Stop> {
        let candidates = self.allocation.candidates();
        let given = self.award_decided(&stage.id, &self.waits_for_later(at))?;
        for project in self.allocation.candidates() {
            self.allocation.reject(project, Reason::NotChosen);
        }
        for (number, project) in given {
            let without = |other: &ProjectIx| self.allocation.received(*other).is_none();
            let past = candidates.iter().copied().filter(without).collect();
            self.note_deviation(at, number, project, &candidates, past);
        }
        Ok(())
    }

    /// The projects that are no candidates of this stage and may be chosen in a later one.
    fn waits_for_later(&self, at: usize) -> Vec<ProjectIx> {
        let later = (at + 1..self.setting.regulation.stages().len()).filter(|&later| {
            self.stage(later)
                .is_some_and(|stage| matches!(stage.method, Method::ByDecision))
        });
        let later: Vec<usize> = later.collect();
        let all = self.setting.instance().project_indices();
        all.filter(|&project| {
            !self.allocation.is_open(project)
                && self.setting.is_admitted(project)
                && later.iter().any(|&later| self.takes_part(later, project))
        })
        .collect()
    }

    /// Gives what people decided to give and have not given before, but to those who wait. Says who received it, by
    /// which decision.
    fn award_decided(
        &mut self,
        stage: &str,
        waiting: &[ProjectIx],
    ) -> Result<Vec<(usize, ProjectIx)>, Stop> {
        let setting = self.setting;
        let number = self.mark(stage, AwardKind::Decision);
        self.allocation.mark(number);
        let mut given = Vec::new();
        for order in &setting.orders.awards {
            let is_done = self.decided.contains(&order.number);
            if is_done || waiting.contains(&order.project) {
                continue;
            }
            let due = self.allocation.cost_of(order.project);
            let amount = order.amount.unwrap_or(due);
            let granted = self.allocation.grant(order.project, amount);
            if let Err(block) = granted.map_err(halted(stage))? {
                return Err(self.cannot_award(order, &block));
            }
            self.decided.push(order.number);
            given.push((order.number, order.project));
        }
        Ok(given)
    }

    fn cannot_award(&self, order: &AwardOrder, block: &Block) -> Stop {
        let setting = self.setting;
        let why = match block {
            _ if !setting.is_admitted(order.project) => {
                "the project takes no part: decide `include` first".to_owned()
            }
            Block::NotOpen if self.allocation.received(order.project).is_some() => {
                "the project was funded before".to_owned()
            }
            Block::NotOpen => "the project is no candidate of the stage".to_owned(),
            Block::BadAmount { cost } => format!("at most {cost} can be paid for it"),
            block => block.reason(setting.instance()).to_string(),
        };
        Stop::Error(ApplyError::Decision {
            number: order.number,
            why,
        })
    }

    /// Gives what people decided, before all stages, where no stage is there for it.
    pub(super) fn award_decided_first(&mut self) -> Result<(), Stop> {
        let setting = self.setting;
        let decides = |stage: &Stage| matches!(stage.method, Method::ByDecision);
        if setting.orders.awards.is_empty() || setting.law.stages.iter().any(decides) {
            return Ok(());
        }
        let projects = setting.instance().projects().len();
        let mut ways = vec![Vec::new(); projects];
        for stage in &self.ways {
            for (all, own) in ways.iter_mut().zip(stage) {
                all.extend(own.iter().cloned());
            }
        }
        let number = self.mark("decisions", AwardKind::Decision);
        self.enter(Begin {
            id: "decisions".to_owned(),
            number,
            chain_of: 0,
            sources: Sources::Each(ways),
            reserve_from: None,
            candidates: vec![true; projects],
            phase: Phase::Count,
            limits_of: None,
        });
        self.award_decided("decisions", &[])?;
        self.check_books()?;
        Ok(())
    }

    /// Notes that people chose a project past those of `past` that the stage's order ranks above it, if there are any.
    pub(super) fn note_deviation(
        &mut self,
        at: usize,
        number: usize,
        project: ProjectIx,
        candidates: &[ProjectIx],
        past: Vec<ProjectIx>,
    ) {
        let (Some(order), Some(stage)) = (self.order(at), self.stage(at)) else {
            return;
        };
        let place = |project: ProjectIx| {
            let above = |other: &&ProjectIx| order.place(**other) < order.place(project);
            candidates.iter().filter(above).count() + 1
        };
        let above = past
            .into_iter()
            .filter(|&other| order.place(other) < order.place(project))
            .collect();
        let past: Vec<Passed> = order
            .ranked(above)
            .into_iter()
            .flatten()
            .map(|other| Passed {
                project: self.id(other),
                place: place(other),
            })
            .collect();
        let decision = self.setting.decisions.get(number.saturating_sub(1));
        if let Some(decision) = decision.filter(|_| !past.is_empty()) {
            self.deviations.push(Deviation {
                stage: stage.id.clone(),
                project: self.id(project),
                place: place(project),
                past,
                by: decision.by.clone(),
                justification: decision.justification.clone(),
            });
        }
    }
}
