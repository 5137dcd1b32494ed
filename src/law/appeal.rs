//! Appeals: until when the author of a project that was refused may object.

use serde::Serialize;

use crate::election::Date;

use super::calendar::{Calendar, When};
use super::eligibility::Eligibility;
use super::fault::FaultKind;
use super::reader::Reader;

/// How long a refusal may be appealed against: so many calendar days from an event or from the end of a step.
///
/// The appeal itself is a decision of people: `include`, with its justification, lets the project take part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Appeal {
    /// How many calendar days; the last of them is in time.
    pub days: u32,
    /// From which event, or from the last day of which step.
    pub from: String,
}

/// The days on which an appeal is in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AppealTime {
    /// The event or step that the days are counted from.
    pub from: String,
    /// How many calendar days.
    pub days: u32,
    /// The last day, where a calendar says when the event is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Ten years: beyond, a digit was doubled.
const MOST: u32 = 3_650;

impl Appeal {
    pub(super) fn read(reader: &Reader<'_>) -> Option<Appeal> {
        const ALLOWED: &[&str] = &["{ days = 15, from = \"validation\" }"];
        let value = reader.value("appeal")?;
        let table = reader.as_table("appeal", value, ALLOWED)?;
        let days = table.number("days").filter(|&days| {
            if days > MOST {
                table.bad_value("days", &days.to_string(), &["1 to 3650"]);
            }
            days <= MOST
        });
        let from = table.text("from", &["an event or step, such as \"validation\""]);
        table.close();
        Some(Appeal {
            days: days?,
            from: from?.to_owned(),
        })
    }

    /// The days on which an appeal is in time, as far as the calendar tells.
    #[must_use]
    pub fn time(&self, calendar: Option<&Calendar>) -> AppealTime {
        let day = calendar.and_then(|calendar| day_of(calendar, &self.from));
        AppealTime {
            from: self.from.clone(),
            days: self.days,
            until: day.and_then(|day| day.plus_days(i64::from(self.days))),
        }
    }
}

/// The day of an event, or the last one of a step.
fn day_of(calendar: &Calendar, id: &str) -> Option<Date> {
    if let Some(event) = calendar.event(id) {
        return Some(event.on);
    }
    let step = calendar.steps.iter().find(|step| step.id == id)?;
    match step.when {
        When::Dates { last, .. } => Some(last),
        _ => None,
    }
}

/// With a calendar, appeals are counted from a day that it has.
pub(super) fn check(
    eligibility: Option<&Eligibility>,
    calendar: Option<&Calendar>,
    root: &Reader<'_>,
) {
    let appeal = eligibility.and_then(|conditions| conditions.appeal.as_ref());
    let Some((appeal, calendar)) = appeal.zip(calendar) else {
        return;
    };
    if day_of(calendar, &appeal.from).is_some() {
        return;
    }
    let dated = |id: &&str| day_of(calendar, id).is_some();
    let steps = calendar.steps.iter().map(|step| step.id.as_str());
    let events = calendar.events.iter().map(|event| event.id.as_str());
    let known: Vec<&str> = events.chain(steps).filter(dated).collect();
    let why = format!(
        "found `{}`, of which the calendar has no day to count from",
        appeal.from
    );
    root.fault("eligibility.appeal.from", FaultKind::BadValue, &known, &why);
}
