//! The calendar of an edition: its steps in the city's order, the events that decide, and how studies are planned.
//!
//! A city writes its steps in its own order and with its own ids (*dépôt, réception, étude de faisabilité, …*), each
//! with its days, with a length that is planned backwards, or open. Events are single days that others are counted
//! from: the budget vote (*délibération*), the day results are announced. Everything is civil dates: no clock and no
//! time zone is looked at, and both ends of a step belong to it.
//!
//! It is the table `calendar` of the regulation. It may be left out, since it decides neither money nor winners; where
//! it is written, [`REQUIRED`] lists what it must say. The dates that follow from it are worked out by
//! [`crate::regulation::calendar`].
//!
//! **When a project must be delivered** is said once, in the conditions of eligibility: `delivery-months-at-most`
//! months from the event `delivery-from`. With a calendar that event has a day, so [`Calendar::delivery`] has one too.
//!
//! ```
//! use quartier::law::{AnyText, Document, calendar::{Calendar, When}};
//! let document: Document = toml::from_str(r#"
//!     [[event]]
//!     id = "deliberation"
//!     on = "2018-12-17"
//!     after = "vote"
//!     [[step]]
//!     id = "filing"
//!     from = "2018-01-15"
//!     to = "2018-02-28"
//!     [[step]]
//!     id = "vote"
//!     on = "2018-10-06"
//! "#)?;
//! let calendar = Calendar::of(&document)?;
//! assert_eq!(calendar.steps[0].french(), "Dépôt des projets");
//! let vote = "2018-10-06".parse()?;
//! assert_eq!(calendar.steps[1].when, When::Dates { first: vote, last: vote });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod dates;
mod event;
mod plan;
mod required;
mod step;

pub use event::{CalendarEvent, Delivery, Implementation};
pub use plan::{Consultation, PlanLaw, StudyBand, StudyTime};
pub use required::REQUIRED;
pub use step::{Step, When};

use super::eligibility::Eligibility;
use super::fault::{FaultKind, Faults};
use super::reader::{Faulty, Reader, Sink};
use super::value::Document;

pub(super) use dates::{DATE, as_date, checked};

/// The calendar of an edition, checked: no two steps are in each other's way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Calendar {
    /// The steps, in the order of the document.
    pub steps: Vec<Step>,
    /// The events that others are counted from.
    pub events: Vec<CalendarEvent>,
    /// How feasibility studies are planned backwards, where they are.
    pub plan: Option<PlanLaw>,
    /// The step that puts projects into effect, and its year.
    pub implementation: Option<Implementation>,
    /// By when projects must be delivered, where the regulation limits it.
    pub delivery: Option<Delivery>,
}

impl Calendar {
    /// Reads a calendar that stands alone: a document with the keys of the table `calendar`.
    ///
    /// # Errors
    /// All faults, each with its path and the allowed answers.
    pub fn of(document: &Document) -> Result<Calendar, Faults> {
        let sink = Sink::default();
        let calendar = Calendar::read(Reader::new(String::new(), &document.keys, &sink));
        let faults = sink.into_faults();
        match calendar {
            Some(calendar) if faults.is_empty() => Ok(calendar),
            _ => Err(faults),
        }
    }

    /// The event with this id.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&CalendarEvent> {
        self.events.iter().find(|event| event.id == id)
    }

    /// The place of the step with this id.
    #[must_use]
    pub fn place(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|known| known.id == step)
    }

    /// May these two steps run at the same time? So it is if one of them names the other.
    #[must_use]
    pub fn are_alongside(one: &Step, other: &Step) -> bool {
        one.alongside.contains(&other.id) || other.alongside.contains(&one.id)
    }

    /// Reads the table of a regulation, if it is written.
    pub(super) fn of_law(root: &Reader<'_>, conditions: Option<&Eligibility>) -> Option<Calendar> {
        let value = root.value("calendar")?;
        let table = root.as_table("calendar", value, &["a table with steps and events"])?;
        let mut calendar = Calendar::read(table)?;
        calendar.delivery = calendar.find_delivery(conditions, root);
        Some(calendar)
    }

    fn read(reader: Reader<'_>) -> Option<Calendar> {
        let calendar = Calendar::parts(&reader);
        // What is faulty by itself is not compared with the rest.
        if let Some(calendar) = &calendar {
            check::check(calendar, &reader);
        }
        reader.close();
        calendar
    }

    fn parts(reader: &Reader<'_>) -> Option<Calendar> {
        let steps = tables(reader, "step", Step::read);
        let events = tables(reader, "event", CalendarEvent::read);
        let plan = optional(reader, "plan", plan::ALLOWED, PlanLaw::read);
        let implementation = optional(
            reader,
            "implementation",
            event::IMPLEMENTATION,
            Implementation::read,
        );
        Some(Calendar {
            steps: steps?,
            events: events?,
            plan: plan.ok()?,
            implementation: implementation.ok()?,
            delivery: None,
        })
    }

    /// By when projects must be delivered: the event that eligibility names has a day here.
    fn find_delivery(
        &self,
        conditions: Option<&Eligibility>,
        root: &Reader<'_>,
    ) -> Option<Delivery> {
        let conditions = conditions?;
        let months = conditions.delivery_months_at_most?;
        let ids: Vec<&str> = self.events.iter().map(|event| event.id.as_str()).collect();
        let Some(from) = &conditions.delivery_from else {
            let why = "the calendar counts these months from an event";
            root.fault(DELIVERY_FROM, FaultKind::MissingChoice, &ids, why);
            return None;
        };
        let Some(event) = self.event(from) else {
            root.bad_value(DELIVERY_FROM, from, &ids);
            return None;
        };
        let by = event.on.plus_months(months);
        let Some(by) = by.filter(|&day| dates::is_usual(day)) else {
            let why = format!("{months} months from {} are beyond the year 2999", event.on);
            let allowed = &["a whole number of months, such as 24", "\"any\""];
            let key = "eligibility.delivery-months-at-most";
            root.fault(key, FaultKind::BadValue, allowed, &why);
            return None;
        };
        Some(Delivery {
            event: event.id.clone(),
            from: event.on,
            months,
            by,
        })
    }
}

/// Where the event is named from which delivery is counted.
const DELIVERY_FROM: &str = "eligibility.delivery-from";

/// A table that may be left out.
fn optional<'a, T>(
    reader: &Reader<'a>,
    key: &'static str,
    allowed: &[&str],
    read: impl Fn(Reader<'a>) -> Option<T>,
) -> Result<Option<T>, Faulty> {
    let Some(value) = reader.value(key) else {
        return Ok(None);
    };
    let table = reader.as_table(key, value, allowed).ok_or(Faulty)?;
    read(table).map(Some).ok_or(Faulty)
}

/// The tables of a list that must have at least one; `None` if one of them is faulty.
fn tables<'a, T>(
    reader: &Reader<'a>,
    key: &'static str,
    read: impl Fn(Reader<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    const ALLOWED: &[&str] = &["at least one table of this name"];
    let value = reader.require(key, ALLOWED)?;
    let tables = reader.tables(key, value)?;
    if tables.is_empty() {
        reader.bad_value(key, "[]", ALLOWED);
    }
    let items: Vec<Option<T>> = tables
        .into_iter()
        .map(|table| table.and_then(&read))
        .collect();
    items.into_iter().collect()
}
