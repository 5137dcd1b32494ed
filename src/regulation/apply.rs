//! From a regulation and an election to the edition's result.

use std::collections::BTreeSet;

use crate::budget::{Limits, Phase, Room};
use crate::count::{Script, Sources};
use crate::election::{Election, Money, ProjectIx};
use crate::law::{AppealTime, Mode, OperatingCharge};
use crate::record::Reason;

use super::admission;
use super::edition::{
    AwardKind, Edition, EnvelopeReport, Exceeded, Movement, Paid, Refused, Unmet,
};
use super::error::{ApplyError, Stop};
use super::inputs::Inputs;
use super::read::{Applied, Regulation};
use super::redistribute::Planned;
use super::run::{Begin, Run};
use super::setting::Setting;

pub(super) fn apply(
    regulation: &Regulation,
    election: &Election,
    inputs: Inputs<'_>,
) -> Result<Applied, ApplyError> {
    let setting = Setting::of(regulation, election, inputs)?;
    match decide(&setting, None) {
        Ok((edition, _)) => Ok(Applied::Decided(Box::new(edition))),
        Err(Stop::Lot(lot)) => Ok(Applied::LotRequired(lot)),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// All stages and reruns, then what lets everything stand, then the close. A script answers the ties that stay open, and
/// is given back as it was used.
pub(super) fn decide(
    setting: &Setting<'_>,
    script: Option<Script>,
) -> Result<(Edition, Option<Script>), Stop> {
    let mut planned: Vec<Planned> = Vec::new();
    let mut run = all_stages(setting, &planned, script)?;
    let mut lost: BTreeSet<ProjectIx> = BTreeSet::new();
    for (at, rule) in setting.law.redistribution.iter().enumerate() {
        if rule.mode != Mode::Rerun {
            continue;
        }
        let Some(plan) = run.plan(at, rule)? else {
            continue;
        };
        if let Some(stage) = run.published_after(&plan) {
            return Err(Stop::Error(ApplyError::Published { stage }));
        }
        let before = winners(&run);
        planned.push(plan);
        let script = run.allocation.take_script();
        run = all_stages(setting, &planned, script)?;
        let after = winners(&run);
        lost.extend(before.difference(&after));
        lost.retain(|project| !after.contains(project));
    }
    run.substitute()?;
    run.redistribute()?;
    let script = run.allocation.take_script();
    Ok((close(run, &lost)?, script))
}

/// Opens the books and carries out all stages, with what earlier runs left over.
fn all_stages<'a>(
    setting: &'a Setting<'a>,
    planned: &[Planned],
    script: Option<Script>,
) -> Result<Run<'a>, Stop> {
    let mut run = Run::open(setting)?;
    run.allocation.follow(script);
    run.award_decided_first()?;
    for at in 0..setting.regulation.stages().len() {
        run.move_planned(planned, at)?;
        run.carry_out(at, Phase::Count)?;
    }
    Ok(run)
}

fn winners(run: &Run<'_>) -> BTreeSet<ProjectIx> {
    run.allocation.payments().map(|paid| paid.project).collect()
}

/// Closes the books and writes everything down.
fn close(mut run: Run<'_>, lost: &BTreeSet<ProjectIx>) -> Result<Edition, Stop> {
    let setting = run.setting;
    // Ends the last stage, so that its ties are handed over.
    run.enter(Begin {
        id: "close".to_owned(),
        number: 0,
        chain_of: 0,
        sources: Sources::Each(Vec::new()),
        reserve_from: None,
        candidates: Vec::new(),
        phase: Phase::TopUp,
        limits_of: None,
    });
    check_floors(&mut run);
    run.followed.report.other_awards = run.other_awards();
    let pots = run.allocation.journal().close()?;
    Ok(Edition {
        regulation: setting.law.name.clone(),
        edition: setting.law.edition.clone(),
        currency: setting.law.envelope.currency.clone(),
        digests: setting.digests,
        envelope: envelope(&run)?,
        admissions: admission::report(setting),
        appeals: appeals(setting),
        pots,
        awards: awards(&run),
        grants: run.grants(),
        refused: refused(&run, lost),
        exceeded: exceeded(&run),
        areas: run.areas(),
        journal: movements(&run),
        stages: run.stages,
        deviations: run.deviations,
        decisions: setting.decisions.to_vec(),
        redistributed: run.redistributed,
        follow_up: run.followed.report,
        unmet: run.unmet,
        ties: run.ties,
    })
}

/// Until when refusals may be appealed against.
fn appeals(setting: &Setting<'_>) -> Option<AppealTime> {
    let appeal = setting.law.eligibility.appeal.as_ref()?;
    Some(appeal.time(setting.law.calendar.as_ref()))
}

fn envelope(run: &Run<'_>) -> Result<EnvelopeReport, Stop> {
    let law = &run.setting.law.envelope;
    let totals = run.allocation.journal().totals()?;
    let voted = law.voted_for(&run.setting.law.edition).unwrap_or_default();
    let outside = law
        .operating_cost
        .filter(|cost| cost.charged == OperatingCharge::Outside)
        .map_or(Money::ZERO, |cost| cost.amount);
    Ok(EnvelopeReport {
        base: law.base,
        ceiling: law.ceiling(),
        voted,
        extra: totals.opened.checked_sub(voted).unwrap_or_default(),
        share: totals.opened.to_ratio().checked_div(&law.base.to_ratio()),
        carried_in: totals.carried_in,
        saved: totals.saved,
        funded: totals.funded,
        followed: totals.followed,
        operation: totals.operation,
        operation_outside: outside,
        carried: totals.carried,
        returned: totals.returned,
        held: totals.held,
    })
}

fn awards(run: &Run<'_>) -> Vec<Paid> {
    let journal = run.allocation.journal();
    let paid = run.allocation.payments().map(|payment| {
        let mark = run.marks.get(payment.during);
        Paid {
            project: run.id(payment.project),
            amount: payment.amount,
            pot: journal.pot_id(payment.pot).to_owned(),
            stage: mark.map(|(stage, _)| stage.clone()).unwrap_or_default(),
            kind: mark.map_or(AwardKind::Vote, |(_, kind)| *kind),
        }
    });
    paid.collect()
}

fn refused(run: &Run<'_>, lost: &BTreeSet<ProjectIx>) -> Vec<Refused> {
    let mut refused = Vec::new();
    for project in run.setting.instance().project_indices() {
        if run.allocation.received(project).is_some() {
            continue;
        }
        let recorded = run.allocation.reason(project);
        let stage = recorded.and_then(|(number, _)| run.marks.get(*number));
        let reason = match recorded {
            _ if lost.contains(&project) => Reason::LostByRerun,
            Some((_, reason)) => reason.clone(),
            None if run.ways_of(project).is_empty() => Reason::NoPot,
            None => Reason::NotReached,
        };
        refused.push(Refused {
            project: run.id(project),
            stage: stage.map(|(stage, _)| stage.clone()),
            reason,
        });
    }
    refused
}

/// Floors of limits that are not reached.
fn check_floors(run: &mut Run<'_>) {
    let mut unmet = Vec::new();
    for (at, watched) in run.watched.iter().enumerate() {
        let Some(least) = watched.least else { continue };
        for (group, money, projects) in run.allocation.limits().usage(at) {
            let (wanted, got, short) = match least {
                Room::Amount(least) => (least.to_string(), money.to_string(), money < least),
                Room::Projects(least) => {
                    (least.to_string(), projects.to_string(), projects < least)
                }
            };
            if short {
                unmet.push(Unmet {
                    what: watched.ceiling.label.clone(),
                    group: group.to_owned(),
                    wanted,
                    got,
                    why: "it is checked at the close and vetoes nothing".to_owned(),
                    best: None,
                });
            }
        }
    }
    run.unmet.extend(unmet);
}

/// Ceilings that were crossed, floors apart.
fn exceeded(run: &Run<'_>) -> Vec<Exceeded> {
    let limits: &Limits = run.allocation.limits();
    let ceilings = run.watched.iter().enumerate();
    ceilings
        .filter(|(_, watched)| watched.least.is_none())
        .flat_map(|(at, watched)| {
            limits.exceeded_of(at).map(move |group| Exceeded {
                limit: watched.ceiling.label.clone(),
                group: group.to_owned(),
            })
        })
        .collect()
}

fn movements(run: &Run<'_>) -> Vec<Movement> {
    let entries = run.allocation.journal().entries().iter();
    (1..)
        .zip(entries)
        .map(|(number, entry)| {
            let side = |gives: bool| {
                let postings = entry.postings.iter();
                postings
                    .filter(|posting| {
                        posting.amount.is_negative() == gives && !posting.amount.is_zero()
                    })
                    .map(|posting| {
                        let amount = if gives {
                            Money::ZERO.checked_sub(posting.amount).unwrap_or_default()
                        } else {
                            posting.amount
                        };
                        (run.account(posting.account), amount)
                    })
                    .collect()
            };
            Movement {
                number,
                kind: entry.kind,
                from: side(true),
                to: side(false),
            }
        })
        .collect()
}
