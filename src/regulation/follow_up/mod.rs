//! What the register of follow-up says about money: claims on leftovers, and what was saved.
//!
//! The readings of *projet en souffrance* that concern projects of the past (held up, waiting, dearer than voted, lacking
//! accompaniment) are found in the committee's [`Register`](crate::law::follow_up::Register). Each becomes a [`RegisterClaim`]: who claims, under which
//! kind of the regulation, how much is missing, since when, and the evidence, which is said in words in French or
//! English. **Nothing is decided here**: whether a kind of claim is served, in which order and how it is paid is the
//! regulation's choice, and what it may cost at most comes from there too.
//!
//! ```
//! use quartier::law::{ClaimKind, Document, follow_up::Register};
//! use quartier::record::Language;
//! use quartier::regulation::{Regulation, follow_up::claims};
//! let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
//! let regulation = Regulation::read(&toml::from_str::<Document>(text)?)?;
//! let register = Register::read(&toml::from_str::<Document>(r#"
//!     as-of = "2018-06-30"
//!     [[project]]
//!     id = "bench"
//!     edition = "2016"
//!     voted = "60000"
//!     awarded = "60000"
//!     [[project.event]]
//!     what = "stalled"
//!     on = "2017-09-01"
//!     cause = "the pipes below must be moved"
//!     missing = "4000"
//! "#)?)?;
//! let stalled = claims(&register, &ClaimKind::Stalled, regulation.law());
//! assert_eq!((stalled[0].project.as_str(), stalled[0].missing.to_string().as_str()), ("bench", "4000"));
//! assert_eq!(
//!     stalled[0].evidence[0].in_words(Language::English),
//!     "held up since 2017-09-01: the pipes below must be moved"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod claim;
mod evidence;
mod owed;
mod report;
mod saving;
mod words;

pub use claim::{RegisterClaim, claims};
pub(super) use claim::{above, claims_by};
pub use evidence::Evidence;
pub(super) use owed::{Owed, known_debt};
pub use report::{BookedSaving, FollowUpReport, FollowedPayment, OtherAward, ServedClaim, Unpaid};
pub(super) use saving::savings_by;
pub use saving::{Saving, savings};
pub use words::{level_in_words, state_in_words};
