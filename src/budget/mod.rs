//! Money: pots that hold it and a journal in which every euro has one source and one destination.
//!
//! The journal is double entry: every entry's postings add up to zero, no pot goes below zero, and at
//! the close *opened + added = funded + left* holds for every pot. That is checked on every run, not only
//! in tests; a difference is an error, never a tolerance.

mod journal;

pub use journal::{Account, Entry, EntryKind, Journal, JournalFault, Posting, PotBalance, PotIx};
