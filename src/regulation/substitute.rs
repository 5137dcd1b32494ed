//! Substitutes: the next on the list takes the place of a winner that cannot be carried out.

use crate::budget::Phase;
use crate::count::{Block, Halt, Sources};
use crate::election::{ProjectIx, Relation};
use crate::record::Reason;

use super::decisions::SubstituteOrder;
use super::edition::AwardKind;
use super::error::{ApplyError, Stop, halted};
use super::run::{Begin, Run};

impl Run<'_> {
    /// Puts projects in the places of winners, as people decided, when all stages are done and before leftovers are
    /// given out.
    ///
    /// Nothing else is decided anew: the winner's money goes back to its pots, the substitute is paid all that is due to
    /// it by its own pots under the limits of the winner's stage, and what is left over stays there. A withdrawal that
    /// should decide everything without the project is a `withdraw`, not a `substitute`.
    pub(super) fn substitute(&mut self) -> Result<(), Stop> {
        let setting = self.setting;
        for order in &setting.orders.substitutes {
            self.substitute_one(order)?;
            self.check_books()?;
        }
        self.check_guarantees_again();
        Ok(())
    }

    fn substitute_one(&mut self, order: &SubstituteOrder) -> Result<(), Stop> {
        let cannot = |why: String| {
            Stop::Error(ApplyError::Decision {
                number: order.number,
                why,
            })
        };
        if let Some(why) = self.why_not(order) {
            return Err(cannot(why));
        }
        let stage = self.enter_substitution(order);
        let (out, by) = (self.id(order.out), self.id(order.by));
        self.allocation
            .displace(order.out, &by)
            .map_err(halted("substitute"))?;
        self.allocation
            .rule_out(order.out, Reason::Substituted { by: by.clone() });
        // What a reserve had paid goes back to the pot that it came from.
        self.allocation
            .close_reserves()
            .map_err(|error| halted("substitute")(Halt::Failed(error)))?;
        let mut payable = self.allocation.candidates();
        payable.retain(|&other| {
            let due = self.allocation.cost_of(other);
            let same = self.last.get(other.index()).copied().flatten() == stage;
            same && other != order.by && self.allocation.quote(other, due).is_ok()
        });
        let due = self.allocation.cost_of(order.by);
        let granted = self.allocation.grant(order.by, due);
        if let Err(block) = granted.map_err(halted("substitute"))? {
            let why = match block {
                Block::NotOpen => format!("project {by} took part in no stage"),
                block => block.reason(self.setting.instance()).to_string(),
            };
            return Err(cannot(format!(
                "project {by} cannot take the place of {out}: {why}"
            )));
        }
        if let Some(at) = stage {
            let took_part =
                |project: &ProjectIx| self.last.get(project.index()).copied().flatten() == stage;
            let all = self.setting.instance().project_indices();
            let candidates: Vec<ProjectIx> = all.filter(took_part).collect();
            self.note_deviation(at, order.number, order.by, &candidates, payable);
        }
        Ok(())
    }

    /// Why a substitution makes no sense, whatever there is in the pots.
    fn why_not(&self, order: &SubstituteOrder) -> Option<String> {
        let instance = self.setting.instance();
        let (out, by) = (self.id(order.out), self.id(order.by));
        if self.allocation.received(order.out).is_none() {
            return Some(format!(
                "project {out} is not funded, so nobody can take its place: `withdraw` decides everything without it"
            ));
        }
        if self.allocation.received(order.by).is_some() {
            return Some(format!("project {by} is funded already"));
        }
        if !self.setting.is_admitted(order.by) {
            return Some(format!(
                "project {by} takes no part: decide `include` first"
            ));
        }
        let needs = |record: &crate::election::Project| {
            let needs = |relation: &Relation| *relation == Relation::Requires(out.clone());
            record.relations.iter().any(needs)
        };
        let mut funded = instance
            .project_indices()
            .zip(instance.projects())
            .filter(|(project, _)| self.allocation.received(*project).is_some());
        funded.find(|(_, record)| needs(record)).map(|(_, record)| {
            format!(
                "project {} is funded and needs {out}: decide what becomes of it first",
                record.id
            )
        })
    }

    /// Everybody without money is a candidate, paid as in the last stage that each took part in. Says which stage the
    /// winner was decided in.
    fn enter_substitution(&mut self, order: &SubstituteOrder) -> Option<usize> {
        let stage = self.last.get(order.out.index()).copied().flatten();
        let (ways, candidates) = self.as_in_their_last_stage();
        let id = stage.and_then(|at| self.stage(at)).map(|stage| &stage.id);
        let id = id.map_or_else(|| "decisions".to_owned(), Clone::clone);
        let number = self.mark(&id, AwardKind::Substitute);
        self.enter(Begin {
            number,
            chain_of: stage.unwrap_or_default(),
            sources: Sources::Each(ways),
            reserve_from: stage
                .and_then(|at| self.stage(at))
                .and_then(|stage| self.reserve_of(stage)),
            candidates,
            phase: Phase::Count,
            limits_of: stage.is_some().then(|| id.clone()),
            id,
        });
        stage
    }
}
