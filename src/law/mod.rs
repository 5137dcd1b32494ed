//! The regulation as a document: what a city writes down, checked as a whole before any ballot is read.
//!
//! A [`Document`] is what was written, from any serde value (TOML, JSON, …): everything optional, unknown keys
//! kept. [`Document::check`] reads it in one pass and gives the typed [`Law`], or *all* its [`Faults`], each with
//! its path in the document and the answers that are allowed there. Nothing is applied here: money moves in
//! [`crate::regulation`].
//!
//! **No hidden defaults.** Every key that decides money or winners must be written, even where the answer is
//! `none`; [`REQUIRED`] is the list. A key that is missing is one fault at its path.
//!
//! Beside the regulation itself stand its [`calendar`], and the committee's register of [`follow_up`], a document of its
//! own that is read in the same way.
//!
//! ```
//! use quartier::law::{AnyText, Document};
//! let document: Document = toml::from_str("name = 'Example'\nedition = 2018")?;
//! let faults = document.check(&AnyText).unwrap_err();
//! let edition = faults.iter().find(|fault| fault.path == "edition").ok_or("none")?;
//! assert_eq!(edition.kind.code(), "wrong-type");
//! assert!(faults.iter().any(|fault| fault.path == "envelope" && fault.kind.code() == "missing-choice"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod appeal;
mod ballot;
pub mod calendar;
mod check;
mod claim;
mod eligibility;
mod envelope;
mod fault;
pub mod follow_up;
mod limit;
mod pot;
mod rate;
mod reader;
mod receiving_area;
mod redistribution;
mod references;
mod required;
mod selector;
mod share;
mod split_key;
mod stage;
mod succession;
mod transfers;
mod value;

pub use appeal::{Appeal, AppealTime};
pub use ballot::BallotLaw;
pub use check::{AnyText, Law, SeveralAreas, Vocabulary};
pub use claim::{Claim, ClaimKind, Measure, Pay};
pub use eligibility::{Eligibility, OnUnknown};
pub use envelope::{Envelope, OperatingCharge, OperatingCost, Voted};
pub use fault::{Fault, FaultKind, Faults};
pub use limit::{Bound, Limit, Per, PerAreaConcerned, Strength, TopUp};
pub use pot::{Pot, PotAmount, Total};
pub use rate::{AppliesTo, Bracket, Rate};
pub use receiving_area::{AreaMeasure, Extreme, ReceivingArea};
pub use redistribution::{Cause, Mode, Redistribution, Rest};
pub use required::{REQUIRED, Required};
pub(crate) use selector::proposer_text;
pub use selector::{Selector, Territory};
pub use share::Share;
pub use split_key::SplitKey;
pub use stage::{CityWideTurn, Goal, Guarantee, GuaranteePer, Method, Stage, When};
pub(crate) use transfers::SAVINGS;
pub use value::{Document, Value};
