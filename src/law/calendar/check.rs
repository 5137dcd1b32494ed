//! Whether the steps and events of a calendar are in each other's way.

use crate::election::Date;
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;

use super::dates::{DATE, check_twice};
use super::event::CalendarEvent;
use super::plan::PlanLaw;
use super::step::{Step, When};
use super::{Calendar, Implementation};

/// Notes everything at once.
pub(super) fn check(calendar: &Calendar, reader: &Reader<'_>) {
    check_twice(
        reader,
        "step",
        calendar.steps.iter().map(|step| step.id.as_str()),
    );
    check_twice(
        reader,
        "event",
        calendar.events.iter().map(|event| event.id.as_str()),
    );
    check_alongside(calendar, reader);
    check_order(calendar, reader);
    for (at, event) in calendar.events.iter().enumerate() {
        check_event(calendar, at, event, reader);
    }
    let until = match &calendar.plan {
        Some(plan) => check_plan(calendar, plan, reader),
        None => None,
    };
    check_lengths(calendar, until, reader);
    if let Some(implementation) = &calendar.implementation {
        check_year(calendar, implementation, until, reader);
    }
}

fn ids(calendar: &Calendar) -> Vec<&str> {
    calendar.steps.iter().map(|step| step.id.as_str()).collect()
}

fn check_alongside(calendar: &Calendar, reader: &Reader<'_>) {
    for (at, step) in calendar.steps.iter().enumerate() {
        for (place, other) in step.alongside.iter().enumerate() {
            if *other == step.id || calendar.place(other).is_none() {
                let key = format!("step[{at}].alongside[{place}]");
                let mut others = ids(calendar);
                others.retain(|id| *id != step.id);
                reader.bad_value(&key, other, &others);
            }
        }
    }
}

/// Steps with days follow one another: each against that one of those before it which ends last.
fn check_order(calendar: &Calendar, reader: &Reader<'_>) {
    for (at, step) in calendar.steps.iter().enumerate() {
        let When::Dates { first, .. } = step.when else {
            continue;
        };
        let before = calendar.steps.iter().take(at);
        let late = before
            .filter(|other| !Calendar::are_alongside(other, step))
            .filter_map(|other| match other.when {
                When::Dates { last, .. } if last >= first => Some((last, other)),
                _ => None,
            })
            .max_by_key(|&(last, _)| last);
        if let Some((last, other)) = late {
            let key = format!("step[{at}].{}", step.keys.0);
            let (step, other) = (&step.id, &other.id);
            let why = format!(
                "`{step}` begins on {first}, and `{other}` before it is over only on {last}: begin `{step}` later, \
                 end `{other}` earlier, or write alongside = [\"{other}\"]"
            );
            reader.fault(&key, FaultKind::Contradiction, &[DATE], &why);
        }
    }
}

/// Steps up to the one that an event waits for are over before its day; the others begin on it or later.
fn check_event(calendar: &Calendar, at: usize, event: &CalendarEvent, reader: &Reader<'_>) {
    let Some(after) = &event.after else { return };
    let Some(place) = calendar.place(after) else {
        reader.bad_value(&format!("event[{at}].after"), after, &ids(calendar));
        return;
    };
    let dated = |step: &Step| match step.when {
        When::Dates { first, last } => Some((first, last)),
        _ => None,
    };
    let key = format!("event[{at}].on");
    let (id, on) = (&event.id, event.on);
    let fault = |why: String| reader.fault(&key, FaultKind::Contradiction, &[DATE], &why);
    let before = calendar.steps.iter().take(place.saturating_add(1));
    let late = before.filter_map(|step| Some((dated(step)?.1, step)));
    if let Some((last, step)) = late.max_by_key(|&(last, _)| last)
        && last >= on
    {
        let step = &step.id;
        fault(format!(
            "`{id}` is on {on}, and `{step}`, which comes before it, is over only on {last}: move `{id}` to a later \
             day, or end `{step}` by the day before"
        ));
    }
    let waiting = calendar.steps.get(place);
    let later = calendar.steps.iter().skip(place.saturating_add(1));
    let early = later
        .filter(|step| !waiting.is_some_and(|waiting| Calendar::are_alongside(step, waiting)))
        .filter_map(|step| Some((dated(step)?.0, step)));
    if let Some((first, step)) = early.min_by_key(|&(first, _)| first)
        && first < on
    {
        let step = &step.id;
        fault(format!(
            "`{id}` is on {on}, and `{step}`, which comes after it, begins on {first} already: move `{id}` to an \
             earlier day, begin `{step}` on {on} or later, or write it before `{after}`"
        ));
    }
}

/// The plan's event waits for a step, and the studies come no later. Gives the place of that step.
fn check_plan(calendar: &Calendar, plan: &PlanLaw, reader: &Reader<'_>) -> Option<usize> {
    let study = calendar.place(&plan.study);
    if study.is_none() {
        reader.bad_value("plan.study", &plan.study, &ids(calendar));
    }
    let Some(at) = calendar
        .events
        .iter()
        .position(|event| event.id == plan.event)
    else {
        let events: Vec<&str> = calendar
            .events
            .iter()
            .map(|event| event.id.as_str())
            .collect();
        reader.bad_value("plan.event", &plan.event, &events);
        return None;
    };
    let after = calendar
        .events
        .get(at)
        .and_then(|event| event.after.as_ref());
    let Some(after) = after else {
        let why = "the plan goes back from this event: which step is the last before it";
        reader.fault(
            &format!("event[{at}].after"),
            FaultKind::MissingChoice,
            &ids(calendar),
            why,
        );
        return None;
    };
    let until = calendar.place(after)?;
    if study.is_some_and(|study| study > until) {
        let why = format!(
            "`{}` comes after `{after}`, the last step before `{}`: nothing would be studied in time",
            plan.study, plan.event
        );
        reader.fault("plan.study", FaultKind::Contradiction, &ids(calendar), &why);
    }
    Some(until)
}

/// Which steps need days or a length, and which must not have a length.
fn check_lengths(calendar: &Calendar, until: Option<usize>, reader: &Reader<'_>) {
    // A study step that is not there has its fault already.
    let study = calendar.plan.as_ref().map(|plan| plan.study.as_str());
    let study = study.filter(|id| calendar.place(id).is_some());
    for (at, step) in calendar.steps.iter().enumerate() {
        let is_planned = until.is_some_and(|until| at <= until);
        let key = format!("step[{at}].days");
        match step.when {
            When::Open if is_planned => {
                let allowed = &["days = 30", "from = \"2018-01-15\", to = \"2018-02-28\""];
                let why = "the plan needs its days or its length";
                reader.fault(&key, FaultKind::MissingChoice, allowed, why);
            }
            // A plan without a known end has its fault already.
            When::Days(_) | When::LongestStudy
                if !is_planned && (until.is_some() || calendar.plan.is_none()) =>
            {
                let why = "a length is planned backwards from the event of the table `plan`, and this step does not \
                           come before it: write its days instead";
                reader.fault(&key, FaultKind::Contradiction, &["`from` and `to`"], why);
            }
            When::LongestStudy if study.is_some_and(|study| study != step.id) => {
                let why = "this is not the step of the studies that the plan names";
                reader.fault(&key, FaultKind::Contradiction, &["days = 30"], why);
            }
            _ => {}
        }
    }
}

/// What is carried out in a year is decided in the year before.
fn check_year(
    calendar: &Calendar,
    implementation: &Implementation,
    until: Option<usize>,
    reader: &Reader<'_>,
) {
    let Some(place) = calendar.place(&implementation.step) else {
        reader.bad_value("implementation.step", &implementation.step, &ids(calendar));
        return;
    };
    let year = implementation.year;
    let fault = |key: &str, kind: FaultKind, why: &str| reader.fault(key, kind, &[], why);
    if calendar.plan.is_none() {
        let why = "the event of a table `plan` lies in the year before: write that table, or leave this one out";
        fault("plan", FaultKind::MissingChoice, why);
    }
    let event = calendar
        .plan
        .as_ref()
        .and_then(|plan| calendar.event(&plan.event));
    if let Some(event) = event.filter(|event| i32::from(event.on.year()) != i32::from(year) - 1) {
        let why = format!(
            "what is carried out in {year} is decided in the year before, and `{}` is on {}: move the event, or carry \
             out a year later",
            event.id, event.on
        );
        fault("implementation.year", FaultKind::Contradiction, &why);
    }
    if until.is_some_and(|until| place <= until) {
        let why = "it comes before the event of the plan, and nothing is decided then";
        fault("implementation.step", FaultKind::Contradiction, why);
    }
    if let Some(first) = first_day(calendar, place).filter(|first| first.year() != year) {
        let why = format!(
            "`{}` begins on {first}: move it, or write that year",
            implementation.step
        );
        fault("implementation.year", FaultKind::Contradiction, &why);
    }
}

fn first_day(calendar: &Calendar, place: usize) -> Option<Date> {
    match calendar.steps.get(place)?.when {
        When::Dates { first, .. } => Some(first),
        _ => None,
    }
}
