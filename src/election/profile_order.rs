//! The order of a profile's rows: by content, whatever order they came in.

use super::id::BallotIx;
use super::profile_rows::Rows;

/// The rows as they are written in order.
pub(super) struct Sorted {
    pub(super) offsets: Vec<u32>,
    pub(super) projects: Vec<u32>,
    pub(super) weights: Vec<i64>,
    pub(super) counts: Vec<u64>,
    /// Empty where all voters are of one class.
    pub(super) classes: Vec<u32>,
    /// Which ballot each row became.
    pub(super) became: Vec<BallotIx>,
}

impl Sorted {
    /// All rows in order; `places` are those of the classes among those in use.
    pub(super) fn of(rows: &Rows, projects: usize, places: &[u32], classes: usize) -> Sorted {
        let place_of = |row: u32| {
            let class = rows.class_of(row) as usize;
            places.get(class).copied().unwrap_or(0)
        };
        let order = order(rows, projects, place_of);
        let mut sorted = Sorted {
            offsets: Vec::with_capacity(rows.len() + 1),
            projects: Vec::with_capacity(rows.marks.len()),
            weights: Vec::with_capacity(rows.weights.len()),
            counts: Vec::with_capacity(rows.len()),
            classes: Vec::with_capacity(if classes > 1 { rows.len() } else { 0 }),
            became: vec![BallotIx::new(0); rows.len()],
        };
        sorted.offsets.push(0);
        for (position, key) in order.into_iter().enumerate() {
            let row = row_of(key);
            rows.marks.write(rows.range_of(row), &mut sorted.projects);
            sorted.weights.extend_from_slice(rows.weights_of(row));
            let end = u32::try_from(sorted.projects.len()).unwrap_or(u32::MAX);
            sorted.offsets.push(end);
            sorted.counts.push(rows.count_of(row));
            if classes > 1 {
                sorted.classes.push(place_of(row));
            }
            if let Some(slot) = sorted.became.get_mut(row as usize) {
                *slot = BallotIx::new(position);
            }
        }
        sorted
    }
}

/// The rows in the order of their content: numbers of which the last bits are [those of the row](row_of).
fn order(rows: &Rows, projects: usize, place_of: impl Fn(u32) -> u32) -> Vec<u128> {
    // The first marks packed into one number, with the row's number behind it: nearly all rows differ
    // there, so plain numbers are sorted and only runs of equal beginnings are compared in full.
    let bits = usize::BITS - (projects + 1).leading_zeros();
    let mut keys: Vec<u128> = (0_u32..)
        .take(rows.len())
        .map(|row| {
            let leading = rows.marks.leading(rows.range_of(row), bits);
            u128::from(leading) << 32 | u128::from(row)
        })
        .collect();
    keys.sort_unstable();
    for run in keys.chunk_by_mut(|a, b| *a >> 32 == *b >> 32) {
        if run.len() > 1 {
            run.sort_unstable_by(|&a, &b| {
                let (a, b) = (row_of(a), row_of(b));
                let by_marks = rows.marks.compare(rows.range_of(a), rows.range_of(b));
                by_marks
                    .then_with(|| rows.weights_of(a).cmp(rows.weights_of(b)))
                    .then_with(|| place_of(a).cmp(&place_of(b)))
            });
        }
    }
    keys
}

fn row_of(key: u128) -> u32 {
    u32::try_from(key & u128::from(u32::MAX)).unwrap_or(u32::MAX)
}
