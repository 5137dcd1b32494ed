//! Readers: from files as cities have them to votes, projects, areas and totals.
//!
//! Every reader takes a source and its name, tells **all** problems of the source at once, each with its line and
//! column, and guesses nothing. The forms:
//!
//! | form | needed | known | other columns |
//! |---|---|---|---|
//! | votes ([`VotesCsv`], [`VotesJson`]) | `vote`, and `voter_id` unless there is `count` | `channel`, `area`, `station`, `time`, `eligible`, `count` | attributes of the register |
//! | projects ([`read_projects_csv`]) | `project_id`, `cost` | `name`, `area`, `category`, `beneficiary`, `proposer`, `filed_at`, `delivery_months`, `general_interest`, `feasible`, `latitude`, `longitude` | attributes of the project |
//! | areas ([`read_areas_csv`]) | `area_id` | `name`, `parent` | figures of the area |
//! | aggregates ([`read_aggregates_csv`]) | `channel`, `project_id`, `votes` | `area`, `voters` | passed over with a warning |
//! | manifest ([`read_manifest_csv`]) | `channel` | `station`, `received`, `blank`, `void` | passed over with a warning |
//!
//! Tables are read as [`table`](crate::tally::table) says. What is written by hand in other words is listed at
//! [`ReadOptions::lenient`].
//!
//! # Votes are never lost
//!
//! A vote whose record cannot be read is handed on all the same, as
//! [`Content::Unreadable`](crate::tally::Content::Unreadable), so that what was received can be counted, and the
//! report says why. A source that cannot be read at all, or not to its end, is an error: nothing of it may be
//! counted.

mod aggregates_csv;
mod areas_csv;
mod cells;
mod columns;
mod error;
mod form;
mod grouped_csv;
mod json_text;
mod json_vote;
mod manifest_csv;
mod number;
mod options;
mod projects_csv;
mod projects_write;
mod votes_csv;
mod votes_json;
mod votes_of_election;
mod votes_read;
mod votes_write;

pub use super::cast::PlaceUnit;
pub use aggregates_csv::{AggregateRow, AggregatesRead, read_aggregates_csv};
pub use areas_csv::{AreasRead, read_areas_csv, write_areas_csv};
pub use error::ReadError;
pub(crate) use grouped_csv::{GroupedColumns, read_grouped};
pub use manifest_csv::{ManifestRead, read_manifest_csv};
pub use options::ReadOptions;
pub use projects_csv::{ProjectsRead, read_projects_csv};
pub use projects_write::write_projects_csv;
pub use votes_csv::VotesCsv;
pub use votes_json::VotesJson;
pub use votes_of_election::{attributes_of_election, votes_of_election};
pub use votes_read::VotesRead;
pub use votes_write::write_votes_csv;
