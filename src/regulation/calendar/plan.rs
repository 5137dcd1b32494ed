//! The plan that goes back from the budget vote.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::election::Date;
use crate::law::calendar::{Calendar, Consultation, PlanLaw};
use crate::law::{Fault, FaultKind, Faults};

use super::study::{Length, StudyNeed};
use super::windows::{Walk, Window};

/// What must be done by when, so that everything is ready for an event (*rétroplanning*).
///
/// **Definition.** Steps up to the event are looked at from the last to the first. Each must be over the day before the
/// earliest of the later steps begins, steps that may run alongside it left out, and before the event. A step with its
/// own days keeps them; a step of which a length is written ends on the last day on which it may end. A project's study
/// ends with the step of the studies and begins so many days before as the formula of [`PlanLaw`] says, both ends
/// counted.
///
/// **Properties.** No step is over after the day it is needed; two steps that are not alongside never share a day;
/// the order of the projects changes nothing.
///
/// **Complexity.** O(s² + p log p) for s steps and p projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Plan {
    /// The event.
    pub event: String,
    /// Its day.
    pub on: Date,
    /// The steps up to the event, in the order of the regulation.
    pub steps: Vec<PlannedStep>,
    /// The studies, those that must begin first coming first; then by the project's id.
    pub studies: Vec<PlannedStudy>,
}

/// The days of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PlannedStep {
    /// The step.
    pub step: String,
    /// Its first day: where its days are not written, the latest possible.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The last day on which it may be over.
    pub needed_by: Date,
    /// How many calendar days are in reserve.
    pub spare_days: i64,
}

/// When a project's study must begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PlannedStudy {
    /// The project.
    pub project: String,
    /// How many calendar days the study takes without opinions.
    pub study_days: u64,
    /// How many calendar days the opinions of services take.
    pub opinion_days: u64,
    /// The first day on which it can begin: when the step of the studies begins and the project is filed.
    pub begin_from: Date,
    /// The last day on which it can begin.
    pub begin_by: Date,
    /// The last day on which it may be over.
    pub over_by: Date,
    /// How many calendar days are in reserve.
    pub spare_days: i64,
}

impl Plan {
    /// Plans back from the event that the calendar names.
    ///
    /// # Errors
    /// All faults: the calendar has no plan; a step or a study cannot be in time; nobody says how long a study takes; a
    /// project is given twice. Each names the step or project, the days and what can be done.
    pub fn of(calendar: &Calendar, needs: &[StudyNeed]) -> Result<Plan, Faults> {
        let Some((law, walk)) = beginning(calendar) else {
            let fault = Fault::new("calendar.plan", FaultKind::MissingChoice);
            let allowed = [
                "event",
                "study",
                "consultation",
                "consultation-days",
                "study-days",
            ];
            let why = "the calendar does not say from which event and how to plan";
            return Err(Faults::new(vec![fault.allowed(allowed).why(why)]));
        };
        let mut faults = Vec::new();
        let lengths = lengths(law, needs, &mut faults);
        // Of equally long studies the one with the first id is named.
        let longest = lengths
            .iter()
            .map(|(need, length)| (length.days(), need.project.as_str()));
        let longest = longest.max_by_key(|&(days, project)| (days, Reverse(project)));
        let walk = Walk { longest, ..walk };
        let windows = walk.windows(&mut faults);
        let window = calendar.place(&law.study).and_then(|at| *windows.get(at)?);
        let studies = window.map(|window| {
            let studies = lengths.iter();
            studies
                .filter_map(|&(need, length)| planned(law, need, length, window, &mut faults))
                .collect::<Vec<PlannedStudy>>()
        });
        let mut studies = studies.unwrap_or_default();
        studies.sort_by(|a, b| (a.begin_by, &a.project).cmp(&(b.begin_by, &b.project)));
        if !faults.is_empty() {
            return Err(Faults::new(faults));
        }
        let steps = calendar.steps.iter().zip(windows);
        Ok(Plan {
            event: walk.event.id.clone(),
            on: walk.event.on,
            steps: steps
                .filter_map(|(step, window)| {
                    let window = window?;
                    Some(PlannedStep {
                        step: step.id.clone(),
                        first: window.first,
                        last: window.last,
                        needed_by: window.needed_by,
                        spare_days: window.last.days_until(window.needed_by),
                    })
                })
                .collect(),
            studies,
        })
    }

    /// The days of a step.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&PlannedStep> {
        self.steps.iter().find(|step| step.step == id)
    }

    /// The study of a project.
    #[must_use]
    pub fn study(&self, project: &str) -> Option<&PlannedStudy> {
        self.studies.iter().find(|study| study.project == project)
    }
}

/// What the calendar says of the plan; a checked calendar lacks none of it unless it has no plan.
fn beginning(calendar: &Calendar) -> Option<(&PlanLaw, Walk<'_>)> {
    let law = calendar.plan.as_ref()?;
    let event = calendar.event(&law.event)?;
    let until = calendar.place(event.after.as_ref()?)?;
    let walk = Walk {
        calendar,
        event,
        until,
        longest: None,
    };
    Some((law, walk))
}

/// How long each study takes, by the projects' ids.
fn lengths<'a>(
    law: &PlanLaw,
    needs: &'a [StudyNeed],
    faults: &mut Vec<Fault>,
) -> Vec<(&'a StudyNeed, Length)> {
    let mut sorted: Vec<&StudyNeed> = needs.iter().collect();
    sorted.sort_by(|a, b| a.project.cmp(&b.project));
    let mut known = BTreeSet::new();
    let mut lengths = Vec::new();
    for need in sorted {
        let path = format!("project:{}", need.project);
        if !known.insert(&need.project) {
            let why = "its study is given twice: keep one";
            faults.push(Fault::new(path, FaultKind::DuplicateId).why(why));
            continue;
        }
        if let Some(length) = need.length(law) {
            lengths.push((need, length));
            continue;
        }
        let why = "the regulation has studies take what is stated, and nothing is stated for this project";
        let fault = Fault::new(format!("{path}.study_days"), FaultKind::MissingChoice);
        faults.push(fault.allowed(["a number of calendar days"]).why(why));
    }
    lengths
}

/// A study within the step of the studies, or why there is no room for it.
fn planned(
    law: &PlanLaw,
    need: &StudyNeed,
    length: Length,
    window: Window,
    faults: &mut Vec<Fault>,
) -> Option<PlannedStudy> {
    let over_by = window.last.min(window.needed_by);
    let begin_from = need
        .filed
        .map_or(window.first, |filed| filed.max(window.first));
    let back = i64::try_from(length.days()).ok().map(|days| 1 - days);
    let begin_by = back.and_then(|back| over_by.plus_days(back));
    let in_time = begin_by.filter(|&begin_by| begin_by >= begin_from);
    let Some(begin_by) = in_time else {
        let path = format!("project:{}", need.project);
        let why = too_long(law, need, length, window, begin_by);
        faults.push(Fault::new(path, FaultKind::Contradiction).why(why));
        return None;
    };
    Some(PlannedStudy {
        project: need.project.clone(),
        study_days: length.study,
        opinion_days: length.opinions,
        begin_from,
        begin_by,
        over_by,
        spare_days: begin_from.days_until(begin_by),
    })
}

fn too_long(
    law: &PlanLaw,
    need: &StudyNeed,
    length: Length,
    window: Window,
    begin_by: Option<Date>,
) -> String {
    let (step, services) = (&law.study, need.services);
    let way = match law.consultation {
        Consultation::InParallel => "in parallel",
        Consultation::OneAfterAnother => "one after another",
    };
    let begin = begin_by.map_or_else(|| "before the year 0".to_owned(), |day| format!("by {day}"));
    let lateness = match need.filed {
        Some(filed) if begin_by.is_some_and(|day| day >= window.first) => {
            format!("the project was filed only on {filed}: study it faster")
        }
        _ => format!(
            "`{step}` begins only on {}: begin `{step}` earlier",
            window.first
        ),
    };
    let advice = if law.consultation == Consultation::OneAfterAnother && services > 1 {
        ", or all of them in parallel"
    } else {
        ""
    };
    format!(
        "its study takes {} days and {} days for the opinions of {services} services asked {way}, so it must begin \
         {begin} to be over on {} with `{step}`, and {lateness}, ask fewer services{advice}, or leave the project to \
         the next edition",
        length.study,
        length.opinions,
        window.last.min(window.needed_by)
    )
}
