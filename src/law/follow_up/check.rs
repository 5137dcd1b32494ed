//! Whether the events of a register fit one another.

use std::collections::BTreeMap;

use crate::election::{Date, Money};
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;

use super::event::Happening;
use super::project::Followed;

/// Notes everything at once; what is faulty by itself is `None`.
pub(super) fn check(projects: &[Option<Followed>], as_of: Option<Date>, reader: &Reader<'_>) {
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        let Some(project) = project else { continue };
        let key = (project.edition.as_str(), project.id.as_str());
        if let Some(before) = known.insert(key, at) {
            let why = format!(
                "`{}` of edition `{}` is project[{before}] already: merge the two",
                project.id, project.edition
            );
            reader.fault(
                &format!("project[{at}].id"),
                FaultKind::DuplicateId,
                &[],
                &why,
            );
        }
        check_amounts(at, project, reader);
        check_days(at, project, as_of, reader);
        check_life(at, project, reader);
        check_costs(at, project, reader);
    }
}

/// Nothing is awarded beyond what is owed, and no more is owed than the cost.
fn check_amounts(at: usize, project: &Followed, reader: &Reader<'_>) {
    let above = |key: &str, why: &str| {
        let path = format!("project[{at}].{key}");
        reader.fault(&path, FaultKind::AboveParent, &[], why);
    };
    let Followed { voted, awarded, .. } = project;
    if awarded > voted {
        let why = format!(
            "{awarded} were awarded to a project that was said to cost {voted}: write what came later as `topped-up`"
        );
        above("awarded", &why);
    }
    let Some(grant) = project.grant else { return };
    if grant > *voted {
        let why = format!("the city owed {grant} of a project that was said to cost {voted}");
        above("grant", &why);
    } else if *awarded > grant && awarded <= voted {
        let why = format!(
            "{awarded} were awarded to a project of which the city owed {grant}: write what came later as `topped-up`"
        );
        above("awarded", &why);
    }
}

/// Days do not go back, and none is after the day up to which the register is kept.
fn check_days(at: usize, project: &Followed, as_of: Option<Date>, reader: &Reader<'_>) {
    let mut before: Option<Date> = None;
    for (place, event) in project.events.iter().enumerate() {
        let key = format!("project[{at}].event[{place}].on");
        if let Some(before) = before.filter(|&before| event.on < before) {
            let why = format!(
                "{} is before {before}, the day of the event above: put events in the order of their days",
                event.on
            );
            reader.fault(&key, FaultKind::Contradiction, &[], &why);
        }
        if let Some(as_of) = as_of.filter(|&as_of| event.on > as_of) {
            let why = format!(
                "{} is after {as_of}, the day up to which the register is kept: correct one of them",
                event.on
            );
            reader.fault(&key, FaultKind::Contradiction, &[], &why);
        }
        before = Some(before.map_or(event.on, |before| before.max(event.on)));
    }
}

/// How far the events before have brought a project.
#[derive(Default)]
struct Life {
    started: bool,
    stalled: bool,
    over: Option<&'static str>,
}

impl Life {
    /// Why an event cannot happen now; else it happens.
    fn go(&mut self, what: &Happening) -> Option<String> {
        let code = what.code();
        if let Some(over) = self.over {
            // Bills and money come after the end as well.
            let may = match what {
                Happening::CostChanged { .. } => true,
                Happening::ToppedUp { .. } | Happening::GaveBack { .. } => over == "delivered",
                _ => false,
            };
            return (!may)
                .then(|| format!("the project is `{over}`, so it cannot be `{code}` after that"));
        }
        match what {
            Happening::Started if self.started => {
                return Some("it has started before: remove one, or write `resumed`".to_owned());
            }
            Happening::Started => self.started = true,
            Happening::Stalled { .. } if self.stalled => {
                return Some("it is `stalled` already: write `resumed` between the two".to_owned());
            }
            Happening::Stalled { .. } => self.stalled = true,
            Happening::Resumed if !self.stalled => {
                return Some(
                    "it is not `stalled`: remove it, or write since when it was".to_owned(),
                );
            }
            Happening::Resumed => self.stalled = false,
            Happening::Delivered | Happening::Abandoned { .. } => self.over = Some(code),
            Happening::GaveBack { .. } => {
                let why =
                    "only a delivered project gives back what it saved: write `delivered` before";
                return Some(why.to_owned());
            }
            Happening::CostChanged { .. } | Happening::ToppedUp { .. } => {}
        }
        None
    }
}

fn check_life(at: usize, project: &Followed, reader: &Reader<'_>) {
    let mut life = Life::default();
    for (place, event) in project.events.iter().enumerate() {
        if let Some(why) = life.go(&event.what) {
            let key = format!("project[{at}].event[{place}].what");
            reader.fault(&key, FaultKind::Contradiction, &[], &why);
        }
    }
}

/// Each change of the cost goes on from the one before.
fn check_costs(at: usize, project: &Followed, reader: &Reader<'_>) {
    let mut cost: Money = project.voted;
    for (place, event) in project.events.iter().enumerate() {
        let Happening::CostChanged { from, to, .. } = event.what else {
            continue;
        };
        let path = format!("project[{at}].event[{place}]");
        if from != cost {
            let why = format!("the cost was {cost} until then, not {from}: correct one of them");
            let allowed = &[format!("\"{cost}\"")];
            let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
            reader.fault(
                &format!("{path}.from"),
                FaultKind::Contradiction,
                &allowed,
                &why,
            );
        }
        if from == to {
            let why = format!("it is {from} as before: remove the event or write the new cost");
            reader.fault(&format!("{path}.to"), FaultKind::Contradiction, &[], &why);
        }
        cost = to;
    }
}
