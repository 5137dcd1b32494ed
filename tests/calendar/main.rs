//! The calendar of an edition, its backwards plan, its iCalendar file, and the register of follow-up.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod claims;
mod dates;
mod document;
mod helpers;
mod icalendar;
mod plans;
mod properties;
mod register;

/// Types that can be sent and shown, as all of the crate's.
#[test]
fn public_types_are_send_sync_unpin_and_debug() {
    use quartier::{law, record, regulation};
    fn is_shareable<T: Send + Sync + Unpin + std::fmt::Debug>() {}
    is_shareable::<law::calendar::Calendar>();
    is_shareable::<law::follow_up::Register>();
    is_shareable::<record::Language>();
    is_shareable::<regulation::calendar::StudyNeed>();
    is_shareable::<regulation::calendar::Plan>();
    is_shareable::<regulation::calendar::Agenda>();
    is_shareable::<regulation::follow_up::RegisterClaim>();
    is_shareable::<regulation::follow_up::Evidence>();
    is_shareable::<regulation::follow_up::Saving>();
}
