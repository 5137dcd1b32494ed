//! The names of the grades: different and not blank, so that every grade can be told from the others.

use std::collections::BTreeSet;

use super::check::{Problem, Problems};

/// Reports grades that are blank or stand twice.
pub(super) fn check_scale(scale: &[String], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (number, grade) in (1..).zip(scale) {
        if grade.trim().is_empty() {
            problems.push(Problem::BlankGrade { number });
        } else if !seen.insert(grade.as_str()) {
            problems.push(Problem::DuplicateGrade {
                number,
                grade: grade
                    .chars()
                    .take(60)
                    .flat_map(char::escape_debug)
                    .collect(),
            });
        }
    }
}
