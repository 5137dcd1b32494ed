//! What a careful reader would ask about a vote: figures that are out of the ordinary, and nothing decided.

mod attributes;
mod bursts;
mod check;
mod finding;
mod look_alike;
mod report;
mod runs;
mod shares;
mod stations;
mod timeline;
mod voters;

pub use check::{AnomalyCheck, FormerFigure, FormerKind, RunOrder};
pub use finding::{Anomaly, AnomalyCode, AnomalyPlace};
pub use look_alike::look_alike_ids;
pub use report::{AnomalyReport, NotChecked, Unlisted};
