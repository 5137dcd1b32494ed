//! What is voted on, by whom, and how: the *instance* (projects, areas, budget) and the *profile*
//! (the ballots), checked once and immutable after.
//!
//! Start with [`Election::builder`]: it collects every problem and reports them all at once. Engines
//! that already group ballots by content use [`Instance::builder`] and [`ProfileBuilder`] directly.
//!
//! Projects are kept in the order of their ids' bytes, and distinct ballots in the order of their
//! content, so that no result can depend on the order of a file. Of a shuffled file only what is published
//! as an order differs: the projects' positions and the rows of the voter table.

mod aggregate;
mod area;
mod area_tree;
mod ballot;
mod ballot_lookup;
mod check;
mod date;
mod diagnostic;
mod digest;
mod document;
#[expect(
    clippy::module_inception,
    reason = "the concept has the name of the layer"
)]
mod election;
mod election_builder;
mod id;
mod instance;
mod instance_builder;
mod instance_check;
mod join;
mod join_error;
mod limits;
mod money;
mod points;
mod profile;
mod profile_builder;
mod profile_marks;
mod profile_order;
mod profile_part;
mod profile_rows;
mod project;
mod reference_check;
mod residence;
mod residence_fault;
mod row_error;
mod scale;
mod supporters;
pub mod utility;
mod voter_class;
mod voters;

pub use aggregate::Aggregate;
pub use area::Area;
pub use ballot::{Ballot, BallotKind, Stance};
pub use check::{Problem, Problems};
pub use date::{Date, DateError};
pub use diagnostic::Severity;
pub(crate) use diagnostic::{Excerpt, Kept, Placed, visible};
pub use digest::ElectionDigest;
pub use document::ElectionDocument;
pub use election::Election;
pub use election_builder::ElectionBuilder;
pub use id::{AreaIx, BallotIx, ProjectIx};
pub(crate) use id::{check_id, is_invisible, looks};
pub use instance::{ExclusiveGroup, Instance, LookAlikes, ZeroCost};
pub use instance_builder::InstanceBuilder;
pub(crate) use instance_check::look_alikes;
pub use join::{Join, JoinPart};
pub use join_error::{JoinError, JoinProblem};
pub use limits::BallotLimits;
pub use money::{Money, MoneyError};
pub use points::{Points, PointsError};
pub use profile::{BallotView, Entry, MergeError, Profile};
pub use profile_builder::ProfileBuilder;
pub use project::{Attestation, Project, ProjectStatus, ProposerKind, Relation, Verdict};
pub(crate) use residence::Residence;
pub use row_error::RowError;
pub use supporters::Supporters;
pub use utility::{Utility, UtilityError};
pub use voter_class::VoterClass;
pub use voters::{Column, Voters, VotersError};
