//! Reading and writing `.pb` files, the format of the public archive Pabulib. (being built)

mod controls;
mod diagnostic;
mod diagnostics;
mod document;
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
pub use fault::Fault;
pub use limits::ReadLimits;
pub use meta::{Meta, MetaDate, VoteType};
pub use options::{ReadOptions, Strictness, VoterTable};
pub use from_election::DocumentError;
pub use read::{ReadError, read, read_bytes, read_from};
