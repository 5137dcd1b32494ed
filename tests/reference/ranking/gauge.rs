//! Majority judgment on the sorted list of a project's grades.

use std::cmp::Ordering;

/// The grade in the middle (the lower of two), how many are above and below it, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gauge {
    pub(crate) grade: usize,
    pub(crate) above: usize,
    pub(crate) below: usize,
    pub(crate) all: usize,
}

pub(crate) fn gauge(mut grades: Vec<usize>) -> Option<Gauge> {
    grades.sort_unstable();
    let grade = *grades.get(grades.len().checked_sub(1)? / 2)?;
    Some(Gauge {
        grade,
        above: grades.iter().filter(|&&other| other > grade).count(),
        below: grades.iter().filter(|&&other| other < grade).count(),
        all: grades.len(),
    })
}

/// Is the first better? Grade, then + before -, then more above among +, fewer below among -.
pub(crate) fn compare(a: Gauge, b: Gauge) -> Ordering {
    let up = |gauge: Gauge| gauge.above > gauge.below;
    if a.grade != b.grade {
        return a.grade.cmp(&b.grade);
    }
    match (up(a), up(b)) {
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (true, true) => (a.above * b.all).cmp(&(b.above * a.all)),
        (false, false) => (b.below * a.all).cmp(&(a.below * b.all)),
    }
}
