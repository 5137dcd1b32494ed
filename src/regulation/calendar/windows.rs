//! The days of steps, found backwards from an event.

use crate::election::Date;
use crate::law::calendar::{Calendar, CalendarEvent, Step, When};
use crate::law::{Fault, FaultKind};

/// The days of a step, and by when it must be over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) needed_by: Date,
}

/// Everything that the walk looks at.
pub(super) struct Walk<'a> {
    pub(super) calendar: &'a Calendar,
    /// The event to be ready for.
    pub(super) event: &'a CalendarEvent,
    /// The last step before it, by its place.
    pub(super) until: usize,
    /// The longest study in calendar days, and whose it is.
    pub(super) longest: Option<(u64, &'a str)>,
}

impl Walk<'_> {
    /// The windows of all steps up to the event, in their order; `None` where faults leave none.
    ///
    /// Steps are looked at from the last to the first. Each must be over on the day before the first of those after
    /// it begins, steps alongside it left out, and before the event. O(s²) for s steps.
    pub(super) fn windows(&self, faults: &mut Vec<Fault>) -> Vec<Option<Window>> {
        let steps = self
            .calendar
            .steps
            .iter()
            .take(self.until.saturating_add(1));
        let steps: Vec<&Step> = steps.collect();
        let mut windows: Vec<Option<Window>> = vec![None; steps.len()];
        for (at, step) in steps.iter().enumerate().rev() {
            let later = steps.iter().zip(&windows).skip(at.saturating_add(1));
            let next = later
                .filter(|(other, _)| !Calendar::are_alongside(step, other))
                .filter_map(|(other, window)| Some((window.as_ref()?.first, *other)))
                .min_by_key(|&(first, _)| first)
                .filter(|&(first, _)| first <= self.event.on);
            let ready = next.map_or(self.event.on, |(first, _)| first);
            let window = self.window(at, step, ready, next.map(|(_, other)| other), faults);
            if let Some(slot) = windows.get_mut(at) {
                *slot = window;
            }
        }
        windows
    }

    /// The window of a step that must be over the day before `ready`, when `next` begins or the event is.
    fn window(
        &self,
        at: usize,
        step: &Step,
        ready: Date,
        next: Option<&Step>,
        faults: &mut Vec<Fault>,
    ) -> Option<Window> {
        let path = format!("calendar.step[{at}]");
        let days = match step.when {
            When::Dates { first, last } => {
                let needed_by = ready.plus_days(-1)?;
                if last > needed_by {
                    faults.push(self.late(&path, step, ready, next));
                }
                return Some(Window {
                    first,
                    last,
                    needed_by,
                });
            }
            When::Days(days) => u64::from(days),
            When::LongestStudy => self.longest.map_or(1, |(days, _)| days),
            _ => return None,
        };
        let needed_by = ready.plus_days(-1);
        let first = i64::try_from(days)
            .ok()
            .and_then(|days| ready.plus_days(-days));
        let window = needed_by.zip(first).map(|(last, first)| Window {
            first,
            last,
            needed_by: last,
        });
        if window.is_none() {
            let why = format!("{days} days before {ready} no calendar has a day: write fewer days");
            faults.push(Fault::new(format!("{path}.days"), FaultKind::BadValue).why(why));
        }
        window
    }

    /// A step with fixed days that is over too late for what was placed after it.
    fn late(&self, path: &str, step: &Step, ready: Date, next: Option<&Step>) -> Fault {
        let last = match step.when {
            When::Dates { last, .. } => last.to_string(),
            _ => String::new(),
        };
        let (id, event, on) = (&step.id, &self.event.id, self.event.on);
        let cause = match (next, self.longest) {
            (Some(next), Some((days, project))) if next.when == When::LongestStudy => format!(
                "`{}` must begin on {ready}, since the study of `{project}` takes {days} days",
                next.id
            ),
            (Some(next), _) => format!("`{}` must begin on {ready}", next.id),
            (None, _) => format!("nothing may be left to do on {ready}"),
        };
        let why = format!(
            "`{id}` is over only on {last}; to be ready for `{event}` on {on}, {cause}: end `{id}` by the day before, \
             shorten what comes after it, or move `{event}` to a later day"
        );
        Fault::new(format!("{path}.{}", step.keys.1), FaultKind::Contradiction).why(why)
    }
}
