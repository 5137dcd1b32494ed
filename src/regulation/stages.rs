//! Carrying out a stage.

use std::sync::Arc;

use crate::budget::{Phase, PotIx};
use crate::count::{Halt, Rule, Sources};
use crate::election::{Money, ProjectIx};
use crate::law::{CityWideTurn, Goal, Method, Stage, When};
use crate::record::Reason;
use crate::rules::AnyRule;

use super::balance::Balance;
use super::edition::{AwardKind, StageReport};
use super::error::{Stop, halted};
use super::guarantee::Guaranteed;
use super::pass::Pass;
use super::ranking::Order;
use super::run::{Begin, Run};

impl Run<'_> {
    /// Carries out the stage at a place in the order in which they run.
    pub(super) fn carry_out(&mut self, at: usize, phase: Phase) -> Result<(), Stop> {
        let Some(stage) = self.stage(at) else {
            return Ok(());
        };
        let kind = match phase {
            Phase::Count => AwardKind::Vote,
            _ => AwardKind::Continued,
        };
        let number = self.mark(&stage.id, kind);
        self.begin(at, stage, number, phase);
        let candidates = self.allocation.candidates();
        for project in &candidates {
            if let Some(last) = self.last.get_mut(project.index()) {
                *last = Some(at);
            }
        }
        self.rank(at, &candidates)?;
        let available = self.allocation.available();
        let before = self.funded();
        let guaranteed = Guaranteed::of(self.setting, stage);
        if let Some(guaranteed) = guaranteed.as_ref().filter(|_| phase == Phase::Count)
            && guaranteed.when == When::Before
        {
            let number = self.mark(&stage.id, AwardKind::Guarantee);
            self.allocation.mark(number);
            self.guarantee_before(at, stage, guaranteed)?;
        }
        self.allocation.mark(number);
        self.decide(at, stage)?;
        if let Some(guaranteed) = guaranteed.as_ref().filter(|_| phase == Phase::Count) {
            if guaranteed.when == When::After {
                let correcting = self.mark(&stage.id, AwardKind::Guarantee);
                self.allocation.mark(correcting);
                self.guarantee_after(at, stage, guaranteed, number)?;
            }
            self.note_unmet(at, stage, guaranteed);
        }
        self.allocation
            .close_reserves()
            .map_err(|error| halted(&stage.id)(Halt::Failed(error)))?;
        self.check_books()?;
        let after = self.funded();
        self.stages.push(StageReport {
            stage: stage.id.clone(),
            method: method_text(stage),
            article: stage.article.clone(),
            available,
            candidates: candidates.len(),
            funded: after.checked_sub(before).unwrap_or_default(),
        });
        Ok(())
    }

    fn begin(&mut self, at: usize, stage: &Stage, number: usize, phase: Phase) {
        let setting = self.setting;
        let ways = self.ways.get(at).cloned().unwrap_or_default();
        let projects = setting.instance().project_indices();
        let candidates = projects
            .map(|project| setting.is_admitted(project) && self.takes_part(at, project))
            .collect();
        self.enter(Begin {
            id: stage.id.clone(),
            number,
            chain_of: at,
            sources: Sources::Each(ways),
            reserve_from: self.reserve_of(stage),
            candidates,
            phase,
            limits_of: Some(stage.id.clone()),
        });
    }

    /// Is the project one of those that a stage is about: a pot pays for it and the stage selects it?
    pub(super) fn takes_part(&self, at: usize, project: ProjectIx) -> bool {
        let ways = self.ways.get(at).and_then(|ways| ways.get(project.index()));
        let record = self.setting.instance().project(project);
        let (Some(ways), Some(record), Some(stage)) = (ways, record, self.stage(at)) else {
            return false;
        };
        let selected = stage.candidates.as_ref();
        !ways.is_empty() && selected.is_none_or(|selector| selector.selects(record))
    }

    /// The pot from which a stage takes its reserve.
    pub(super) fn reserve_of(&self, stage: &Stage) -> Option<PotIx> {
        let named = self.named(stage.reserve.as_ref()?);
        self.pots.get(*named.first()?).copied()
    }

    fn funded(&self) -> Money {
        let paid = self.allocation.payments().map(|paid| paid.amount);
        Money::checked_sum(paid).unwrap_or(Money::MAX)
    }

    /// How a stage orders its candidates.
    pub(super) fn order(&self, at: usize) -> Option<Arc<Order>> {
        self.orders.get(at).cloned().flatten()
    }

    /// Orders the candidates of a stage, if its method has an order.
    fn rank(&mut self, at: usize, candidates: &[ProjectIx]) -> Result<(), Stop> {
        let setting = self.setting;
        let read = setting.regulation.stages().get(at);
        let Some(score) = read.and_then(|read| read.score.as_ref()) else {
            return Ok(());
        };
        let ranked = score.order_among(&setting.election, candidates)?;
        let projects = setting.instance().projects().len();
        if let Some(slot) = self.orders.get_mut(at) {
            *slot = Some(Arc::new(Order::of(&ranked, projects)));
        }
        Ok(())
    }

    fn decide(&mut self, at: usize, stage: &Stage) -> Result<(), Stop> {
        let setting = self.setting;
        let halted = halted(&stage.id);
        match &stage.method {
            Method::Rule(_) => {
                let read = setting.regulation.stages().get(at);
                if let Some(plan) = read.and_then(|read| read.plan.as_ref()) {
                    plan.allocate(&setting.election, &mut self.allocation)
                        .map_err(halted)?;
                }
            }
            Method::TopK { k, .. } => {
                let everyone = vec![vec![0]; setting.instance().projects().len()];
                if let Some(order) = self.order(at) {
                    let mut pass = Pass::new(&order, &everyone, Goal::Projects(*k), 1);
                    let candidates = self.allocation.candidates();
                    pass.run(&mut self.allocation, candidates).map_err(halted)?;
                }
                self.reject_rest();
            }
            Method::Balance { city_wide, .. } => {
                let weights = setting.weights.get(at).and_then(Option::as_ref);
                if let (Some(order), Some(weights)) = (self.order(at), weights) {
                    let balance = Balance {
                        ground: &setting.ground,
                        order: &order,
                        weights,
                        city_wide: *city_wide,
                    };
                    balance.run(&mut self.allocation).map_err(halted)?;
                }
                self.reject_rest();
            }
            _ => self.decide_by_people(at, stage)?,
        }
        Ok(())
    }

    /// Records why everybody who is still open was not funded.
    fn reject_rest(&mut self) {
        for project in self.allocation.candidates() {
            let cost = self.allocation.cost_of(project);
            let reason = match self.allocation.quote(project, cost) {
                Ok(_) => Reason::NotReached,
                Err(block) => block.reason(self.setting.instance()),
            };
            self.allocation.reject(project, reason);
        }
    }

    /// The candidates of a stage that its rule's thresholds let through.
    pub(super) fn supported(&self, at: usize) -> Result<Vec<ProjectIx>, Stop> {
        let read = self.setting.regulation.stages().get(at);
        let stage = self.stage(at).map_or("", |stage| &stage.id);
        let first = read.and_then(|read| read.plan.as_ref()?.rules().first().copied());
        match first {
            Some(AnyRule::Greedy(rule)) => rule
                .supported(&self.setting.election, &self.allocation)
                .map_err(halted(stage)),
            _ => Ok(self.allocation.candidates()),
        }
    }
}

fn method_text(stage: &Stage) -> String {
    match &stage.method {
        Method::Rule(text) => text.clone(),
        Method::Balance {
            weight,
            score,
            city_wide,
        } => {
            let turn = match city_wide {
                CityWideTurn::First => "first",
                CityWideTurn::Last => "last",
            };
            let weight = weight.name();
            format!("balance:weight={weight},score={score},city-wide={turn}")
        }
        Method::TopK { k, score } => format!("top-k:k={k},score={score}"),
        Method::ByDecision => "by-decision".to_owned(),
    }
}
