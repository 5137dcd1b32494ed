//! The register of follow-up: what became of the projects that were voted.
//!
//! A follow-up committee (*comité de suivi*) keeps it from one edition to the next: for each project what was voted
//! and awarded, how closely it is accompanied, and what happened since, day by day. It is a document like the
//! regulation and is read in the same way: everything optional first, then one check that lists every fault by its
//! path. It says what is known on one day, which it states; no clock is looked at.
//!
//! Nothing is decided here. What projects may ask of leftovers is worked out from it by
//! [`crate::regulation::follow_up`], and whether a claim is paid the regulation says.
//!
//! ```
//! use quartier::law::{Document, follow_up::{Register, State}};
//! let document: Document = toml::from_str(r#"
//!     as-of = "2020-12-31"
//!     [[project]]
//!     id = "bench"
//!     edition = "2018"
//!     voted = "60000"
//!     awarded = "60000"
//!     support = { needed = "regular", given = "light" }
//!     [[project.event]]
//!     what = "started"
//!     on = "2019-02-01"
//!     [[project.event]]
//!     what = "stalled"
//!     on = "2019-09-01"
//!     cause = "the owner of the site was changed"
//!     missing = "4000"
//! "#)?;
//! let register = Register::read(&document)?;
//! assert!(matches!(register.projects[0].state(), State::Stalled { .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod event;
mod project;
mod read;
mod write;

pub use event::{FollowUpEvent, Happening};
pub use project::{Followed, State, Support, SupportLevel};

use crate::election::Date;

/// The register of follow-up, checked: every event fits what is known of its project before.
///
/// It reads from a [`Document`](crate::law::Document) with [`Register::read`], and is written by serde in the form in
/// which it is read. Deserialised directly, it gives all faults as one message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Register {
    /// The day up to which it is kept: what happened later is not in it.
    pub as_of: Date,
    /// The projects, in the order of the document.
    pub projects: Vec<Followed>,
}
