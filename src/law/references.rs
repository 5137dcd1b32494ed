//! What refers to something else: ids, parts and wholes, guarantees and limits, where leftovers go.

use std::collections::BTreeSet;

use crate::election::Money;

use super::envelope::Envelope;
use super::fault::{Fault, FaultKind};
use super::limit::{Bound, Limit, Per, Strength};
use super::pot::{Pot, PotAmount, Total};
use super::reader::Sink;
use super::redistribution::{Mode, Redistribution, Rest};
use super::selector::Territory;
use super::stage::{Goal, Guarantee, GuaranteePer, Method, Stage};
use super::transfers::{self, base};

/// What could be read; what is faulty by itself is `None` in its place.
pub(super) struct Parts<'a> {
    pub(super) envelope: Option<&'a Envelope>,
    pub(super) edition: &'a str,
    pub(super) pots: &'a [Option<Pot>],
    pub(super) limits: &'a [Option<Limit>],
    pub(super) stages: &'a [Option<Stage>],
    /// The pots that each stage names, with their places in its list.
    pub(super) stage_pots: &'a [Vec<(usize, &'a str)>],
    pub(super) rules: &'a [Option<Redistribution>],
}

/// A list of which every item could be read; otherwise nothing can be said about what it lacks.
fn all<T>(list: &[Option<T>]) -> Option<Vec<&T>> {
    let all: Option<Vec<&T>> = list.iter().map(Option::as_ref).collect();
    all.filter(|all| !all.is_empty())
}

pub(super) fn check(parts: &Parts<'_>, sink: &Sink) {
    let (pots, stages) = (all(parts.pots), all(parts.stages));
    if let Some(pots) = &pots {
        unique("pot", pots.iter().map(|pot| pot.id.as_str()), sink);
        check_parents(pots, sink);
        check_amounts(parts, pots, sink);
        check_stage_pots(parts, pots, sink);
        transfers::check(parts, pots, sink);
    }
    if let Some(stages) = &stages {
        unique("stage", stages.iter().map(|stage| stage.id.as_str()), sink);
        check_stage_names(parts, stages, sink);
        check_order(stages, sink);
    }
    check_guarantees(parts, sink);
    check_reruns(parts, sink);
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>, sink: &Sink) {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.enumerate() {
        if !seen.insert(id) {
            let why = format!("another {what} is called `{id}`");
            sink.push(Fault::new(format!("{what}[{at}].id"), FaultKind::DuplicateId).why(why));
        }
    }
}

pub(super) fn unknown(sink: &Sink, path: String, kind: FaultKind, id: &str, known: &[&str]) {
    let why = format!("found `{id}`");
    sink.push(Fault::new(path, kind).allowed(known).why(why));
}

/// Parents exist, are single pots, and are no part of themselves.
fn check_parents(pots: &[&Pot], sink: &Sink) {
    let find = |id: &str| pots.iter().find(|pot| pot.id == id);
    let known: Vec<&str> = pots
        .iter()
        .filter(|pot| !pot.is_family())
        .map(|pot| pot.id.as_str())
        .collect();
    for (at, pot) in pots.iter().enumerate() {
        let Some(parent) = &pot.parent else { continue };
        let path = format!("pot[{at}].parent");
        match find(parent) {
            None => unknown(sink, path, FaultKind::UnknownPot, parent, &known),
            Some(family) if family.is_family() => {
                let why = format!("`{parent}` is a pot for each area and has no parts");
                sink.push(
                    Fault::new(path, FaultKind::Contradiction)
                        .allowed(&known)
                        .why(why),
                );
            }
            Some(_) => {
                let mut above = Some(parent);
                let mut steps = 0;
                while let Some(id) = above.filter(|id| **id != pot.id && steps <= pots.len()) {
                    above = find(id).and_then(|pot| pot.parent.as_ref());
                    steps += 1;
                }
                if above.is_some() {
                    let why = "the pot is a part of itself";
                    sink.push(Fault::new(path, FaultKind::CircularTransfer).why(why));
                }
            }
        }
    }
}

/// As far as it is known without areas, parts are at most their whole, and one pot takes what is left.
fn check_amounts(parts: &Parts<'_>, pots: &[&Pot], sink: &Sink) {
    let whole = parts.envelope.and_then(|envelope| {
        let taken = envelope
            .operating_inside()
            .checked_add(envelope.contingency)?;
        envelope
            .voted_for(parts.edition)?
            .checked_add(envelope.carried_in)?
            .checked_sub(taken)
    });
    let parents: BTreeSet<Option<&str>> = pots.iter().map(|pot| pot.parent.as_deref()).collect();
    for parent in parents {
        let whole = match parent {
            None => whole,
            Some(id) => pots
                .iter()
                .find(|pot| pot.id == id)
                .and_then(|pot| match &pot.amount {
                    PotAmount::One(Total::Fixed(amount)) => Some(*amount),
                    _ => None,
                }),
        };
        let children = || {
            pots.iter()
                .enumerate()
                .filter(move |(_, pot)| pot.parent.as_deref() == parent)
        };
        for (at, _) in children().filter(|(_, pot)| pot.is_residual()).skip(1) {
            let why = "another pot takes what is left already";
            let path = format!("pot[{at}].amount");
            sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
        }
        if let Some(whole) = whole {
            check_sum(whole, children(), sink);
        }
    }
}

fn check_sum<'a>(whole: Money, children: impl Iterator<Item = (usize, &'a &'a Pot)>, sink: &Sink) {
    let mut sum = Money::ZERO.to_ratio();
    for (at, pot) in children {
        let (key, amount) = match &pot.amount {
            PotAmount::One(Total::Fixed(amount)) => ("amount", amount.to_ratio()),
            PotAmount::One(Total::Share(share)) => ("amount", whole.to_ratio() * share.ratio()),
            PotAmount::Split {
                total: Total::Fixed(amount),
                ..
            } => ("split", amount.to_ratio()),
            PotAmount::Split {
                total: Total::Share(share),
                ..
            } => ("split", whole.to_ratio() * share.ratio()),
            PotAmount::EachArea(amount) => {
                let areas = pot.areas.as_ref().map_or(1, Vec::len);
                let areas = i128::try_from(areas).unwrap_or(i128::MAX);
                ("each-area", amount.to_ratio().mul_int(areas))
            }
            PotAmount::One(Total::Residual) | PotAmount::Split { .. } => continue,
        };
        sum += &amount;
        if sum > whole.to_ratio() {
            let path = format!("pot[{at}].{key}");
            let why = format!(
                "with the pots before it, this is {} of {whole}",
                sum.decimal(2)
            );
            sink.push(Fault::new(path, FaultKind::AboveParent).why(why));
            return;
        }
    }
}

/// The pots of stages and of top-ups exist.
fn check_stage_pots(parts: &Parts<'_>, pots: &[&Pot], sink: &Sink) {
    let known: Vec<&str> = pots.iter().map(|pot| pot.id.as_str()).collect();
    for (at, named) in parts.stage_pots.iter().enumerate() {
        for (place, id) in named.iter().filter(|(_, id)| !is_pot(id, pots)) {
            let path = format!("stage[{at}].pots[{place}]");
            unknown(sink, path, FaultKind::UnknownPot, id, &known);
        }
    }
    let stages = parts.stages.iter().enumerate();
    for (at, stage) in stages.filter_map(|(at, stage)| Some((at, stage.as_ref()?))) {
        if let Some(id) = &stage.reserve {
            let path = format!("stage[{at}].reserve");
            if !is_pot(id, pots) {
                unknown(sink, path, FaultKind::UnknownPot, id, &known);
            } else if stage.pots.contains(id) {
                let why = "the reserve is not one of the pots that it tops up";
                sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
            }
        }
    }
}

/// Is it the id of a pot, of a family, or of what may be a member of a family?
pub(super) fn is_pot(id: &str, pots: &[&Pot]) -> bool {
    let family = id.split_once('/').map(|(family, _)| family);
    pots.iter()
        .any(|pot| pot.id == id || pot.is_family() && family == Some(pot.id.as_str()))
}

/// Stages that others name exist.
fn check_stage_names(parts: &Parts<'_>, stages: &[&Stage], sink: &Sink) {
    let known: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let named = |id: &str, path: String| {
        if !known.contains(&id) {
            unknown(sink, path, FaultKind::UnknownStage, id, &known);
        }
    };
    for (at, stage) in stages.iter().enumerate() {
        for (place, id) in stage.after.iter().flatten().enumerate() {
            named(id, format!("stage[{at}].after[{place}]"));
        }
    }
    for (at, limit) in parts.limits.iter().enumerate() {
        let stages = limit.as_ref().and_then(|limit| limit.stages.as_ref());
        for (place, id) in stages.into_iter().flatten().enumerate() {
            named(id, format!("limit[{at}].stages[{place}]"));
        }
    }
    for (at, rule) in parts.rules.iter().enumerate() {
        if let Some(id) = rule.as_ref().and_then(|rule| rule.stage.as_ref()) {
            named(id, format!("redistribute[{at}].stage"));
        }
    }
}

/// No stage waits for itself.
fn check_order(stages: &[&Stage], sink: &Sink) {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = done.len();
        for stage in stages {
            let waits = stage.after.iter().flatten();
            let exists = |id: &str| stages.iter().any(|stage| stage.id == id);
            if waits
                .filter(|id| exists(id))
                .all(|id| done.contains(id.as_str()))
            {
                done.insert(&stage.id);
            }
        }
        if done.len() == before {
            break;
        }
    }
    for (at, _) in stages
        .iter()
        .enumerate()
        .filter(|(_, stage)| !done.contains(stage.id.as_str()))
    {
        let path = format!("stage[{at}].after");
        let why = "the stage would wait for itself";
        sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
    }
}

/// No guarantee asks for more than a hard limit allows.
fn check_guarantees(parts: &Parts<'_>, sink: &Sink) {
    for (at, stage) in parts.stages.iter().enumerate() {
        let Some(stage) = stage else { continue };
        let Some(guarantee) = &stage.guarantee else {
            continue;
        };
        for (place, limit) in parts.limits.iter().enumerate() {
            let Some(limit) = limit else { continue };
            if limit.strength == Strength::Hard
                && limit.holds_in(&stage.id)
                && let Some(bound) = limit
                    .bounds
                    .iter()
                    .find(|bound| is_above(guarantee, limit, bound))
            {
                let why = format!("limit[{place}] allows {bound}");
                let path = format!("stage[{at}].guarantee");
                sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
            }
        }
        if matches!(stage.method, Method::ByDecision) {
            let why = "people decide in this stage, nothing can be guaranteed";
            let path = format!("stage[{at}].guarantee");
            sink.push(
                Fault::new(path, FaultKind::Contradiction)
                    .allowed(["none"])
                    .why(why),
            );
        }
    }
}

fn is_above(guarantee: &Guarantee, limit: &Limit, bound: &Bound) -> bool {
    let same = matches!(
        (guarantee.per, limit.per),
        (GuaranteePer::Area, Per::Area) | (GuaranteePer::Category, Per::Category)
    ) || limit.per == Per::All;
    // A limit on some projects only leaves room for others. Those of an area are all local: a limit on local projects
    // watches them all, and one on city-wide projects none of them.
    let territory = match limit.holds.territory {
        Territory::All => true,
        Territory::Local => guarantee.per == GuaranteePer::Area,
        Territory::CityWide => false,
    };
    let wide = territory
        && limit.holds.category.is_none()
        && limit.holds.beneficiary.is_none()
        && limit.holds.proposer.is_none()
        && limit.holds.area.is_none()
        && limit.holds.cost_at_most.is_none()
        && limit.holds.cost_at_least.is_none()
        && limit.holds.cost_above.is_none()
        && limit.holds.not.is_none();
    let above = match (guarantee.goal, bound) {
        (Goal::Projects(wanted), Bound::AtMostProjects(most)) => wanted > *most,
        (Goal::Amount(wanted), Bound::AtMost(most)) => wanted > *most,
        _ => false,
    };
    same && wide && above
}

/// A rerun gives the money to a pot of the stage that is decided afresh.
fn check_reruns(parts: &Parts<'_>, sink: &Sink) {
    for (at, rule) in parts.rules.iter().enumerate() {
        let Some(rule) = rule else { continue };
        let stood = parts.rules.iter().take(at).flatten();
        if rule.mode == Mode::Rerun && stood.into_iter().any(|rule| rule.mode == Mode::Continue) {
            let path = format!("redistribute[{at}].mode");
            let why =
                "an earlier rule lets everything stand, and this one decides afresh: put it first";
            sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
        }
        let pot = match &rule.rest {
            Rest::Pot(id) => Some(id.as_str()),
            Rest::Area(area) => {
                let family = area.family(parts.pots.iter().flatten());
                family.map(|pot| pot.id.as_str())
            }
            _ => None,
        };
        let (Some(id), Some(pot)) = (&rule.stage, pot) else {
            continue;
        };
        let stage = parts.stages.iter().flatten().find(|stage| stage.id == *id);
        let pays = |stage: &Stage| {
            stage
                .pots
                .iter()
                .any(|known| known == pot || known == base(pot))
        };
        if stage.is_some_and(|stage| !pays(stage)) {
            let path = format!("redistribute[{at}].stage");
            let why = format!("stage `{id}` is not paid from `{pot}`");
            sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
        }
    }
}
