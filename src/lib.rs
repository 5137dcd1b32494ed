//! quartier: participatory budgeting, exactly.
pub mod archive;
pub mod budget;
pub mod count;
pub mod election;
pub mod exact;
pub mod pabulib;
pub mod record;
pub mod rules;
pub mod tally;
