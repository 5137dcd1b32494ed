//! Control totals: what stations and servers announced, beside what was counted.

mod compare;
mod counted;
mod difference;
mod rows;

pub use compare::ControlLine;
pub use counted::ControlCounts;
pub use difference::{ControlFigure, Difference};
pub use rows::{Manifest, ManifestFault, ManifestFaults, ManifestRow};
