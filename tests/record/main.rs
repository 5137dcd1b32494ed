//! Rule texts, tie chains, lots, decisions and reasons, as files and programs meet them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod decisions;
mod lots;
mod reasons;
mod rule_text;
mod ties;
