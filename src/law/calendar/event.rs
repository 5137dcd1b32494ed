//! Events: single days that others are counted from.

use serde::Serialize;

use crate::election::Date;
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;
use crate::law::value::Value;

use super::dates;

/// A day that others are counted from: the budget vote (*délibération*), the day of the results.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarEvent {
    /// The id, of the city's choosing.
    pub id: String,
    /// What it is called; where nothing was written, the id.
    pub name: String,
    /// The day.
    pub on: Date,
    /// The step that must be over the day before; steps after it begin on that day or later.
    pub after: Option<String>,
}

/// The step that puts projects into effect (*mise en œuvre*), and the year in which it begins.
///
/// The event of the plan then lies in the year before (*année −1*): what is carried out in 2019 was studied, voted
/// and put into the budget by the end of 2018.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Implementation {
    /// The step.
    pub step: String,
    /// The year in which it begins.
    pub year: i16,
}

/// By when projects must be delivered: so many months from an event.
///
/// The last day is the one with the same number as the event's, or the last of the month if that month is shorter
/// (see [`Date::plus_months`]); a project delivered on it is in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Delivery {
    /// The event.
    pub event: String,
    /// Its day.
    pub from: Date,
    /// How many months.
    pub months: u32,
    /// The last day.
    pub by: Date,
}

pub(super) const IMPLEMENTATION: &[&str] = &["{ step = \"implementation\", year = 2019 }"];

impl CalendarEvent {
    pub(super) fn read(reader: Reader<'_>) -> Option<CalendarEvent> {
        const NAME: &str = "what the event is called";
        let id = dates::id(&reader, "the event's id, such as \"deliberation\"");
        let name = reader
            .optional_text("name", &[NAME])
            .and_then(|text| dates::checked(&reader, "name", text, NAME));
        let on = dates::date(&reader, "on");
        let after = reader.optional_text("after", &["the id of a step"]);
        reader.close();
        let id = id?;
        Some(CalendarEvent {
            name: name.unwrap_or_else(|| id.clone()),
            id,
            on: on?,
            after: after.map(str::to_owned),
        })
    }
}

impl Implementation {
    pub(super) fn read(reader: Reader<'_>) -> Option<Implementation> {
        const YEAR: &[&str] = &["a year without quotes, such as 2019"];
        let step = reader.text("step", &["the id of a step"]);
        let year = match reader.require("year", YEAR) {
            Some(Value::Integer(year)) => {
                let known = i16::try_from(*year).ok();
                let known = known.filter(|year| (1900..=2999).contains(year));
                if known.is_none() {
                    reader.fault("year", FaultKind::BadValue, YEAR, "out of range");
                }
                known
            }
            Some(other) => {
                reader.wrong_type("year", other, YEAR);
                None
            }
            None => None,
        };
        reader.close();
        Some(Implementation {
            step: step?.to_owned(),
            year: year?,
        })
    }
}
