//! One run of all stages on one set of books.

use std::sync::Arc;

use crate::budget::{Account, Force, Journal, JournalFault, Limits, Phase, PotIx};
use crate::count::{Allocation, Sources, StageSetup, Way};
use crate::election::{AreaIx, Money, ProjectIx};
use crate::law::{Limit, Stage};
use crate::record::{About, Reason, TieChain};

use super::ceilings::{Watched, watched};
use super::decided::Deviation;
use super::edition::{AwardKind, Redistributed, StageReport, StageTie, Unmet};
use super::eligibility::Admission;
use super::error::{ApplyError, Stop};
use super::pots;
use super::ranking::Order;
use super::register_claims::FollowedBooks;
use super::setting::Setting;
use super::ways::Ways;

/// The books and everything that is to be reported.
pub(super) struct Run<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) allocation: Allocation<'a>,
    /// The pots in the order of the setting's.
    pub(super) pots: Vec<PotIx>,
    pub(super) watched: Vec<Watched>,
    /// The ways of each stage, in the order in which they run.
    pub(super) ways: Vec<Vec<Vec<Way>>>,
    /// What the numbers mean that awards and reasons are marked with: the stage and by what.
    pub(super) marks: Vec<(String, AwardKind)>,
    /// How each stage orders its candidates, in the order in which stages run, where it does.
    pub(super) orders: Vec<Option<Arc<Order>>>,
    /// The last stage that each project took part in, by its place in the order.
    pub(super) last: Vec<Option<usize>>,
    /// The stage whose ties are being settled.
    pub(super) current: String,
    pub(super) ties: Vec<StageTie>,
    pub(super) unmet: Vec<Unmet>,
    /// The awards of people that were given, by the numbers of the decisions.
    pub(super) decided: Vec<usize>,
    pub(super) deviations: Vec<Deviation>,
    pub(super) redistributed: Vec<Redistributed>,
    /// What was done with the register.
    pub(super) followed: FollowedBooks,
    pub(super) stages: Vec<StageReport>,
}

impl<'a> Run<'a> {
    /// Opens the books.
    pub(super) fn open(setting: &'a Setting<'a>) -> Result<Run<'a>, Stop> {
        let (law, instance) = (setting.law, setting.instance());
        let envelope = &law.envelope;
        let (mut journal, root) = open_envelope(setting)?;
        let opened = pots::open(&mut journal, root, &setting.pots)?;
        add_extra(setting, &mut journal, &opened)?;
        let finder = Ways {
            law,
            ground: &setting.ground,
            pots: &setting.pots,
            opened: &opened,
        };
        let stages = setting.regulation.stages().iter();
        let ways = stages
            .filter_map(|stage| law.stages.get(stage.at))
            .map(|stage| finder.of_stage(stage, instance))
            .collect();
        let watched = watched(&finder, instance, setting.whole);
        let ceilings = watched.iter().map(|watched| watched.ceiling.clone());
        let limits = Limits::new(ceilings.collect(), envelope.granularity);
        let grants = setting.dues.iter().map(|due| due.amount).collect();
        let allocation =
            Allocation::begin(&setting.election, journal, limits, envelope.granularity)
                .paying(grants);
        let mut run = Run {
            setting,
            allocation,
            pots: opened,
            watched,
            ways,
            orders: vec![None; setting.regulation.stages().len()],
            marks: Vec::new(),
            last: vec![None; instance.projects().len()],
            current: String::new(),
            ties: Vec::new(),
            unmet: Vec::new(),
            decided: Vec::new(),
            deviations: Vec::new(),
            redistributed: Vec::new(),
            followed: FollowedBooks::default(),
            stages: Vec::new(),
        };
        run.admit();
        Ok(run)
    }

    /// Says whose purses the pots' money is for, where a rule gives voters purses: the pot of an area, and one that
    /// holds projects of one area only, is for those who live there.
    fn entitle(&mut self) {
        let setting = self.setting;
        for (pot, &opened) in setting.pots.iter().zip(&self.pots) {
            let area = pot.area.or_else(|| {
                let held = setting.law.pots.get(pot.spec)?.holds.area.as_deref();
                setting.ground.find(held?)
            });
            if let Some(area) = area {
                self.allocation.entitle(opened, AreaIx::new(area));
            }
        }
    }

    /// Rules out who takes no part, and says who has purses.
    fn admit(&mut self) {
        self.entitle();
        let number = self.mark("admission", AwardKind::Decision);
        self.allocation.mark(number);
        let setting = self.setting;
        let projects = setting.instance().project_indices();
        for (project, admission) in projects.zip(&setting.admissions) {
            let reason = match admission {
                Admission::Admitted => continue,
                Admission::Refused(reason) => reason.clone(),
                Admission::Unknown(condition) => Reason::UnknownEligibility {
                    condition: condition.clone(),
                },
            };
            self.allocation.rule_out(project, reason);
        }
    }

    /// A new number for awards and reasons.
    pub(super) fn mark(&mut self, stage: &str, kind: AwardKind) -> usize {
        self.marks.push((stage.to_owned(), kind));
        self.marks.len() - 1
    }

    /// The law's stage at a place in the order in which they run.
    pub(super) fn stage(&self, at: usize) -> Option<&'a Stage> {
        let setting = self.setting;
        let read = setting.regulation.stages().get(at)?;
        setting.law.stages.get(read.at)
    }

    /// Begins a stage, or what comes after it with its pots.
    pub(super) fn enter(&mut self, begin: Begin) {
        let law = self.setting.law;
        let limits = self.allocation.limits_mut();
        for (at, watched) in self.watched.iter().enumerate() {
            let holds = |limit: &Limit| match &begin.limits_of {
                Some(stage) => limit.holds_in(stage),
                None => true,
            };
            let limit = law.limits.get(watched.limit);
            let on = watched.least.is_none() && limit.is_some_and(holds);
            limits.set_in_force(at, if on { Force::On } else { Force::Off });
        }
        let chain = self.setting.regulation.stages().get(begin.chain_of);
        let setup = StageSetup {
            lot: self.setting.orders.lots.of_stage(&begin.id).cloned(),
            chain: chain.map_or_else(TieChain::none, |stage| stage.chain.clone()),
            number: begin.number,
            sources: begin.sources,
            reserve_from: begin.reserve_from,
            candidates: begin.candidates,
            phase: begin.phase,
            id: begin.id.clone(),
        };
        let ties = self.allocation.enter(setup);
        let stage = std::mem::replace(&mut self.current, begin.id);
        self.ties.extend(ties.into_iter().map(|tie| StageTie {
            stage: stage.clone(),
            tied: tie.tied,
            chosen: tie.chosen,
            by: tie.by,
        }));
    }

    /// Who may still be paid, and by which ways: every admitted project that a stage has looked at, as in the last one.
    pub(super) fn as_in_their_last_stage(&self) -> (Vec<Vec<Way>>, Vec<bool>) {
        let projects = || self.setting.instance().project_indices();
        let ways = projects().map(|project| self.ways_of(project).to_vec());
        let came = |project: ProjectIx| self.last.get(project.index()).copied().flatten();
        let candidates =
            projects().map(|project| came(project).is_some() && self.setting.is_admitted(project));
        (ways.collect(), candidates.collect())
    }

    /// The pots that an id of the law names: one, or the members of a family, by their place.
    pub(super) fn named(&self, id: &str) -> Vec<usize> {
        let law = self.setting.law;
        let is_family = |pot: &pots::OpenPot| {
            pot.area.is_some() && law.pots.get(pot.spec).is_some_and(|spec| spec.id == id)
        };
        let pots = self.setting.pots.iter().enumerate();
        pots.filter(|(_, pot)| pot.id == id || is_family(pot))
            .map(|(at, _)| at)
            .collect()
    }

    /// What is left in a pot.
    pub(super) fn left(&self, pot: PotIx) -> Money {
        self.allocation.journal().left(pot)
    }

    /// The id of a project.
    pub(super) fn id(&self, project: ProjectIx) -> String {
        self.setting.instance().id_of(project).to_owned()
    }

    /// Is the identity kept? Asked after every stage.
    pub(super) fn check_books(&self) -> Result<(), JournalFault> {
        self.allocation.journal().close().map(|_| ())
    }

    /// What an account is called.
    pub(super) fn account(&self, account: Account) -> String {
        match account {
            Account::Pot(pot) => format!("pot:{}", self.allocation.journal().pot_id(pot)),
            Account::Project(project) => format!("project:{}", self.id(project)),
            Account::Followed(project) => {
                let name = self.allocation.journal().followed_name(project);
                format!("followed:{name}")
            }
            Account::Source => "city".to_owned(),
            Account::Earlier => "earlier-editions".to_owned(),
            Account::Operation => "operation".to_owned(),
            Account::NextEdition => "next-edition".to_owned(),
            Account::Treasury => "treasury".to_owned(),
        }
    }
}

/// What a stage begins with.
pub(super) struct Begin {
    /// The id that lots refer to.
    pub(super) id: String,
    pub(super) number: usize,
    /// The stage whose tie chain is used, by its place in the order.
    pub(super) chain_of: usize,
    pub(super) sources: Sources,
    pub(super) reserve_from: Option<PotIx>,
    pub(super) candidates: Vec<bool>,
    pub(super) phase: Phase,
    /// The stage whose limits are in force; `None` for all limits.
    pub(super) limits_of: Option<String>,
}

/// Opens the books with what the pots share and what is taken off before.
fn open_envelope(setting: &Setting<'_>) -> Result<(Journal, PotIx), Stop> {
    let law = setting.law;
    let envelope = &law.envelope;
    let mut journal = Journal::new();
    let voted = envelope.voted_for(&law.edition).unwrap_or_default();
    let root = journal.open("envelope", voted)?;
    if !envelope.carried_in.is_zero() {
        journal.carry_in(root, envelope.carried_in)?;
    }
    for order in setting
        .orders
        .extra
        .iter()
        .filter(|order| order.about == About::Envelope)
    {
        journal.add(root, order.amount)?;
    }
    if !envelope.operating_inside().is_zero() {
        journal.operate(root, envelope.operating_inside())?;
    }
    if !envelope.contingency.is_zero() {
        journal.open_part("contingency", root, envelope.contingency)?;
    }
    Ok((journal, root))
}

/// Adds what people added to pots and areas.
fn add_extra(setting: &Setting<'_>, journal: &mut Journal, opened: &[PotIx]) -> Result<(), Stop> {
    for order in &setting.orders.extra {
        let places: Vec<usize> = match &order.about {
            About::Envelope => continue,
            About::Pot(id) => {
                let pots = setting.pots.iter().enumerate();
                pots.filter(|(_, pot)| pot.id == *id)
                    .map(|(at, _)| at)
                    .collect()
            }
            About::Area(id) => {
                let area = setting.ground.find(id);
                let pots = setting.pots.iter().enumerate();
                pots.filter(|(_, pot)| area.is_some() && pot.area == area)
                    .map(|(at, _)| at)
                    .collect()
            }
            _ => Vec::new(),
        };
        let [at] = places.as_slice() else {
            let why = format!(
                "{} is {} pots, and money goes to one",
                order.about,
                places.len()
            );
            return Err(Stop::Error(ApplyError::Decision {
                number: order.number,
                why,
            }));
        };
        if let Some(&pot) = opened.get(*at) {
            journal.add(pot, order.amount)?;
        }
    }
    Ok(())
}
