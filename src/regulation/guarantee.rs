//! Guarantees: passes before or after a ranking, never an optimisation.

use crate::count::Allocation;
use crate::election::ProjectIx;
use crate::law::{Goal, GuaranteePer, Stage, When};
use crate::record::Reason;

use super::edition::{Refused, Unmet};
use super::error::{Stop, halted};
use super::ground::categories;
use super::pass::{Pass, Progress, charge};
use super::ranking::Order;
use super::run::Run;
use super::setting::Setting;

/// What a stage guarantees, and to whom.
pub(super) struct Guaranteed {
    pub(super) when: When,
    goal: Goal,
    names: Vec<String>,
    /// The groups of each project.
    groups_of: Vec<Vec<usize>>,
    /// Whether something is guaranteed to the group.
    counts: Vec<bool>,
}

impl Guaranteed {
    pub(super) fn of(setting: &Setting<'_>, stage: &Stage) -> Option<Guaranteed> {
        let guarantee = stage.guarantee.as_ref()?;
        let (names, groups_of, counts) = match guarantee.per {
            GuaranteePer::Area => {
                let ground = &setting.ground;
                let names = ground.areas.iter().map(|area| area.id.clone()).collect();
                (names, ground.charged.clone(), ground.leaves.clone())
            }
            GuaranteePer::Category => {
                let (names, groups_of) = categories(setting.instance().projects());
                let counts = vec![true; names.len()];
                (names, groups_of, counts)
            }
        };
        Some(Guaranteed {
            when: guarantee.when,
            goal: guarantee.goal,
            names,
            groups_of,
            counts,
        })
    }

    fn groups(&self, project: ProjectIx) -> impl Iterator<Item = usize> {
        let groups = self.groups_of.get(project.index()).into_iter().flatten();
        let counts = |group: &usize| self.counts.get(*group).copied().unwrap_or(false);
        groups.copied().filter(counts)
    }

    /// What each group has received so far.
    fn progress(&self, allocation: &Allocation<'_>, projects: &[ProjectIx]) -> Vec<Progress> {
        let mut all = vec![Progress::default(); self.names.len()];
        for &project in projects {
            if let Some(received) = allocation.received(project) {
                charge(&self.groups_of, project, received, allocation, &mut all);
            }
        }
        all
    }
}

impl Run<'_> {
    pub(super) fn guarantee_before(
        &mut self,
        at: usize,
        stage: &Stage,
        guaranteed: &Guaranteed,
    ) -> Result<(), Stop> {
        let setting = self.setting;
        let Some(order) = self.order(at) else {
            return Ok(());
        };
        let everyone: Vec<ProjectIx> = setting.instance().project_indices().collect();
        let names = guaranteed.names.len();
        let mut pass = Pass::new(&order, &guaranteed.groups_of, guaranteed.goal, names);
        pass.progress = guaranteed.progress(&self.allocation, &everyone);
        pass.counts.clone_from(&guaranteed.counts);
        let candidates = self.supported(at)?;
        pass.run(&mut self.allocation, candidates)
            .map_err(halted(&stage.id))
    }

    /// Corrects the ranking: groups below their goal get their best projects, for which the lowest-ranked winners of
    /// the stage give their places.
    pub(super) fn guarantee_after(
        &mut self,
        at: usize,
        stage: &Stage,
        guaranteed: &Guaranteed,
        number: usize,
    ) -> Result<(), Stop> {
        // What the ranking ruled out may come in; who lacks support may not.
        self.allocation.reopen();
        let candidates = self.supported(at)?;
        let Some(order) = self.order(at) else {
            return Ok(());
        };
        for tied in order.ranked(candidates) {
            let mut tied = tied;
            loop {
                let progress = self.progress(guaranteed);
                tied.retain(|&project| {
                    self.allocation.is_open(project)
                        && guaranteed
                            .groups(project)
                            .any(|group| lacks(&progress, group, guaranteed.goal))
                });
                if tied.is_empty() {
                    break;
                }
                let next = self.allocation.untie(&tied).map_err(halted(&stage.id))?;
                tied.retain(|&project| project != next);
                self.make_room(stage, guaranteed, &order, next, number)?;
            }
        }
        Ok(())
    }

    fn progress(&self, guaranteed: &Guaranteed) -> Vec<Progress> {
        let everyone: Vec<ProjectIx> = self.setting.instance().project_indices().collect();
        guaranteed.progress(&self.allocation, &everyone)
    }

    /// Funds a project, displacing the lowest-ranked winners as far as that helps; otherwise nothing changes.
    fn make_room(
        &mut self,
        stage: &Stage,
        guaranteed: &Guaranteed,
        order: &Order,
        project: ProjectIx,
        number: usize,
    ) -> Result<(), Stop> {
        let (saved, id) = (self.allocation.save(), self.id(project));
        let halted = halted(&stage.id);
        loop {
            if self.allocation.select(project).map_err(&halted)?.is_ok() {
                return Ok(());
            }
            let victims = self.victims(guaranteed, project, number);
            let Some(lowest) = order.ranked(victims).pop() else {
                self.allocation.restore(saved);
                return Ok(());
            };
            let mut rest = lowest;
            while rest.len() > 1 {
                let first = self.allocation.untie(&rest).map_err(&halted)?;
                rest.retain(|&other| other != first);
            }
            for victim in rest {
                self.allocation.displace(victim, &id).map_err(&halted)?;
            }
        }
    }

    /// The winners of this stage's ranking that compete with a project and whose groups stay above their goals.
    fn victims(
        &self,
        guaranteed: &Guaranteed,
        project: ProjectIx,
        number: usize,
    ) -> Vec<ProjectIx> {
        let mut winners: Vec<ProjectIx> = self
            .allocation
            .payments()
            .filter(|paid| paid.during == number)
            .map(|paid| paid.project)
            .collect();
        winners.sort_unstable();
        winners.dedup();
        let everyone: Vec<ProjectIx> = self.setting.instance().project_indices().collect();
        winners.retain(|&winner| {
            let others: Vec<ProjectIx> = everyone
                .iter()
                .copied()
                .filter(|&other| other != winner)
                .collect();
            let without = guaranteed.progress(&self.allocation, &others);
            let stays = guaranteed
                .groups(winner)
                .all(|group| !lacks(&without, group, guaranteed.goal));
            stays && self.allocation.independent(vec![project, winner]).len() == 1
        });
        winners
    }

    /// Records who was guaranteed something and did not get it.
    pub(super) fn note_unmet(&mut self, at: usize, stage: &Stage, guaranteed: &Guaranteed) {
        let progress = self.progress(guaranteed);
        for (group, name) in guaranteed.names.iter().enumerate() {
            let counts = guaranteed.counts.get(group).copied().unwrap_or(false);
            if !counts || !lacks(&progress, group, guaranteed.goal) {
                continue;
            }
            let done = progress.get(group).copied().unwrap_or_default();
            let (wanted, got) = match guaranteed.goal {
                Goal::Projects(wanted) => (wanted.to_string(), done.projects.to_string()),
                Goal::Amount(wanted) => (wanted.to_string(), done.money.to_string()),
            };
            let best = self.why_unmet(at, guaranteed, group);
            let why = best.as_ref().map_or_else(
                || "no further project of it takes part".to_owned(),
                |best| format!("project {}: {}", best.project, best.reason),
            );
            self.unmet.push(Unmet {
                what: stage.id.clone(),
                group: name.clone(),
                wanted,
                got,
                why,
                best,
            });
        }
    }

    /// Says anew which guarantees are not met, where substitutes may have changed that.
    pub(super) fn check_guarantees_again(&mut self) {
        if self.setting.orders.substitutes.is_empty() {
            return;
        }
        for at in 0..self.setting.regulation.stages().len() {
            let Some(stage) = self.stage(at) else {
                continue;
            };
            if let Some(guaranteed) = Guaranteed::of(self.setting, stage) {
                self.unmet.retain(|unmet| unmet.what != stage.id);
                self.note_unmet(at, stage, &guaranteed);
            }
        }
    }

    /// Why a group has no more: the reason of its best project without money.
    fn why_unmet(&self, at: usize, guaranteed: &Guaranteed, group: usize) -> Option<Refused> {
        let instance = self.setting.instance();
        let own = instance.project_indices().filter(|&project| {
            let took_part = self.last.get(project.index()).copied().flatten() == Some(at);
            took_part
                && self.allocation.received(project).is_none()
                && guaranteed.groups(project).any(|own| own == group)
        });
        let ranked = self.order(at).map(|order| order.ranked(own.collect()));
        let best = ranked.into_iter().flatten().flatten().next()?;
        let recorded = self.allocation.reason(best);
        Some(Refused {
            project: self.id(best),
            stage: self.stage(at).map(|stage| stage.id.clone()),
            reason: recorded.map_or(Reason::NotReached, |(_, reason)| reason.clone()),
        })
    }
}

fn lacks(progress: &[Progress], group: usize, goal: Goal) -> bool {
    progress.get(group).is_some_and(|done| !done.meets(goal))
}
