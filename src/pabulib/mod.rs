//! Reading and writing `.pb` files, the format of the public archive Pabulib.
//!
//! A `.pb` file is a text with three sections: META (what is known of the election), PROJECTS and VOTES.
//! [`read`] turns it into a [`Document`]: the [`Election`](crate::election::Election) that can be counted, and everything else that the
//! file says, so that [`write`](fn@write) gives it back. [`lint`](mod@lint) looks for what is allowed but
//! looks wrong. All problems are told at once, each with its place:
//!
//! ```
//! use quartier::pabulib::{read, ReadOptions};
//! let text = "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;100\nvote_type;approval\n\
//!             PROJECTS\nproject_id;cost\n1;1,500\nVOTES\nvoter_id;vote\n7;1\n";
//! let refused = read(text, &ReadOptions::strict()).unwrap_err();
//! assert_eq!(refused.to_string(), "\
//! error[comma-in-number] line 9, column 3 (PROJECTS): `cost` has a comma in `1,500`: write a decimal point, and nothing between thousands
//! 9 | 1;1,500
//!   |   ^^^^^");
//! ```
//!
//! # Strict and lenient
//!
//! [`ReadOptions::strict`] accepts what keeps the format and agrees with its own totals.
//! [`ReadOptions::lenient`] accepts also what the public archive really contains. Nothing is repaired
//! silently: each accepted oddity is a warning of [`Document::warnings`]. The rest is an error in both.
//!
//! | What is found | strict | lenient |
//! |---|---|---|
//! | a byte-order mark at the start; CR LF, LF or both; no newline at the end; empty cells | accepted | accepted |
//! | quotes within an unquoted cell, doubled quotes, `;` within quotes | accepted | accepted |
//! | ids that are not numbers, `01`, decimals in amounts (up to 4), a cost above the budget, points of 0 | accepted | accepted |
//! | unknown META keys and columns; missing optional ones; rows in any order | accepted, kept | accepted, kept |
//! | votes whose projects cost more than `max_sum_cost`; points below `min_sum_points` | warning | warning |
//! | a blank ballot; an empty line; voter ids that differ only in case or form of letters | warning | warning |
//! | no newline after the last vote where no published total could show that it is cut | warning | warning |
//! | a project twice in a vote | error | warning; counted once, its points added |
//! | `votes` or `score` is not what the votes give | error | warning |
//! | a vote beyond another limit of META (`max_length`, `max_points`, ...) | error | warning; counted as cast |
//! | text after a closing quote | error | warning; kept |
//! | project ids that look alike | error | warning; the instance allows it |
//! | a cost of 0 | error | warning; the instance allows it |
//! | everything else: sections, headers, widths, ids, numbers, unknown projects, `num_votes`, ... | error | error |
//!
//! What reading does not judge (dates, codes, unused budget, declared winners) is left to the linter.

mod controls;
mod diagnostic;
mod diagnostics;
mod document;
mod expected;
mod fault;
mod from_election;
mod lexer;
mod limits;
pub mod lint;
mod meta;
mod options;
mod read;
mod write;

pub use controls::{ControlColumn, ControlTotal, controls};
pub use diagnostic::{Diagnostic, Fix, Place, Problem, Section, Severity};
pub use diagnostics::Diagnostics;
pub use document::{Document, ProjectTable};
pub use expected::{Expected, Mismatch, Mismatches};
pub use fault::Fault;
pub use from_election::DocumentError;
pub use limits::ReadLimits;
pub use meta::{Meta, MetaDate, VoteType};
pub use options::{ReadOptions, Strictness, VoterTable};
pub use read::{ReadError, read, read_bytes, read_from};
pub use write::{write, write_with_selected};
