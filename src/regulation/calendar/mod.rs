//! The calendar worked out: when feasibility studies must begin so that everything is ready for the budget vote, and
//! the days of an edition as a file for people's own calendars.
//!
//! [`Plan::of`] goes back from the event that the regulation names (*rétroplanning*), usually the deliberation that
//! votes the budget: it places steps of which only the length is written as late as they can be, and says for each
//! project when its study must begin, given the time it takes and the number of services to be asked. What cannot be
//! in time is a [fault](crate::law::Fault) that names the step, the days and the remedies; all are found at once.
//!
//! [`Agenda::of`] lists the days of steps, events, studies and of the delivery, in French or English, and
//! [`Agenda::to_icalendar`] writes them as iCalendar (RFC 5545).
//!
//! ```
//! use quartier::law::{Document, calendar::Calendar};
//! use quartier::regulation::calendar::{Plan, StudyNeed};
//! let document: Document = toml::from_str(r#"
//!     step = [
//!         { id = "filing", from = "2018-01-15", to = "2018-02-28" },
//!         { id = "feasibility", days = "longest-study" },
//!         { id = "vote", from = "2018-10-01", to = "2018-10-14" },
//!     ]
//!     event = [{ id = "deliberation", on = "2018-12-17", after = "vote" }]
//!     [plan]
//!     event = "deliberation"
//!     study = "feasibility"
//!     consultation = "one-after-another"
//!     consultation-days = 15
//!     study-days = "stated"
//! "#)?;
//! let calendar = Calendar::of(&document)?;
//! let bench = StudyNeed::new("bench", 20_000, 1).takes(20);
//! let tower = StudyNeed::new("tower", 80_000, 4).takes(60);
//! let plan = Plan::of(&calendar, &[bench, tower])?;
//! // The vote begins on 1 October; 60 days and 4 opinions of 15 days take the 120 days before.
//! assert_eq!(plan.study("tower").map(|study| study.begin_by.to_string()).as_deref(), Some("2018-06-03"));
//! assert_eq!(plan.study("bench").map(|study| study.begin_by.to_string()).as_deref(), Some("2018-08-27"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agenda;
mod ical;
mod plan;
mod study;
mod windows;

pub use agenda::{Agenda, Entry};
pub use plan::{Plan, PlannedStep, PlannedStudy};
pub use study::StudyNeed;

use crate::law::{Fault, Law};

/// Faults of the plan that can be seen before any project is known.
pub(super) fn check(law: &Law, faults: &mut Vec<Fault>) {
    let calendar = law.calendar.as_ref();
    if let Some(calendar) = calendar.filter(|calendar| calendar.plan.is_some())
        && let Err(found) = Plan::of(calendar, &[])
    {
        faults.extend(found);
    }
}
