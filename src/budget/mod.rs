//! Money: pots that hold it, limits that watch it, splits that lose nothing, and a journal in which every euro
//! has one source and one destination.
//!
//! The journal is double entry: every entry's postings add up to zero, no pot goes below zero, and at
//! the close *opened + added + in = out + funded + left* holds for every pot, and *opened + carried in + saved = funded +
//! followed + operation + carried + returned + held* for the whole. That is checked on every run, not only in tests; a
//! difference is an error, never a tolerance.

mod balance;
mod ceiling;
mod closing;
mod entry;
mod journal;
mod journal_fault;
mod limits;
mod ration;
mod split;

pub use balance::{PotBalance, Totals};
pub use ceiling::{Ceiling, Crossed, Force, Phase, Room, Strictness};
pub use entry::{Account, Entry, EntryKind, FollowedIx, Posting, PotIx};
pub use journal::Journal;
pub use journal_fault::JournalFault;
pub use limits::Limits;
pub(crate) use ration::gives_everyone;
pub use ration::ration;
pub(crate) use split::split_equally;
pub use split::{SplitError, split};
