//! A law applied: every euro has one source and one destination, everything that moves money is a stage, and
//! everything that people decide is a recorded decision.
//!
//! [`Regulation::read`] takes a [`Document`](crate::law::Document), checks all of it and knows its rules;
//! [`Regulation::apply`] applies it to an election with its decisions and gives the [`Edition`]: the pots, who was
//! funded from which, why others were not, what was redistributed to whom, and what each quartier received beside
//! what it is entitled to.
//!
//! The order is always the same: the envelope is opened and split into pots; projects are admitted; stages decide one
//! after another, each with its guarantees; leftovers are redistributed; the books are closed. The identity *opened +
//! carried in + saved = funded + followed + operation + carried + returned + held* is checked after every stage.
//!
//! ```
//! use quartier::election::{Area, Ballot, Election, Project, ProposerKind, Verdict};
//! use quartier::exact::Ratio;
//! use quartier::law::Document;
//! use quartier::regulation::Regulation;
//!
//! let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
//! let regulation = Regulation::read(&toml::from_str::<Document>(text)?)?;
//! let project = |id: &str, cost: u32, area: &str| {
//!     Project::new(id, cost)
//!         .in_area(area)
//!         .proposed_by(ProposerKind::Resident)
//!         .delivered_within(12)
//!         .attested("general-interest", Verdict::Pass)
//!         .attested("feasible", Verdict::Pass)
//! };
//! let election = Election::builder().budget(1_000_000)
//!     .area(Area::new("neudorf").attribute("population", Ratio::from(30_000)))
//!     .area(Area::new("port").attribute("population", Ratio::from(10_000)))
//!     .project(project("bench", 60_000, "neudorf"))
//!     .project(project("crane", 70_000, "port"))
//!     .project(project("tower", 90_000, "port"))
//!     .ballots(Ballot::ranked(["bench", "tower", "crane"]), 12)
//!     .build()?;
//! let applied = regulation.apply(&election, &[])?;
//! let edition = applied.edition().ok_or("a lot must be drawn")?;
//! // One project is guaranteed to each quartier; the tower costs more than a project may.
//! assert_eq!(edition.winners(), ["bench", "crane"]);
//! assert_eq!(edition.refusal("tower").map(|reason| reason.code()), Some("limit-reached"));
//! assert_eq!(edition.envelope.carried.to_string(), "870000");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod admission;
mod apply;
mod balance;
pub mod calendar;
mod ceilings;
mod claims;
mod claims_together;
mod decided;
mod decisions;
mod digest;
mod edition;
mod eligibility;
mod error;
mod fairness;
pub mod follow_up;
mod following;
mod forms;
mod grants;
mod ground;
mod guarantee;
mod inputs;
mod leftovers;
mod names;
mod outcomes;
mod pass;
mod pots;
mod ranking;
mod read;
mod receiving;
mod redistribute;
mod register_claims;
mod run;
mod savings;
mod setting;
mod stages;
mod substitute;
mod turnout;
mod ways;

pub use admission::{AdmissionVerdict, Admitted};
pub use decided::{Deviation, Passed};
pub use digest::{ContentDigest, Digests};
pub use edition::{
    AwardKind, Edition, EnvelopeReport, Exceeded, Movement, Paid, Redistributed, Refused,
    StageReport, StageTie, Unmet,
};
pub use error::{ApplyError, Unknown};
pub use fairness::AreaReport;
pub use grants::Grant;
pub use inputs::Inputs;
pub use outcomes::EditionOutcomes;
pub use read::{Applied, Regulation};
