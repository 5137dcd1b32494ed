//! The order of a profile's rows: by content, whatever order they came in.

use super::id::BallotIx;

/// A distinct ballot: where its marks are, who cast it, and how many did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) class: u32,
    pub(super) count: u64,
}

/// The marks of all rows.
#[derive(Clone, Copy)]
pub(super) struct Marks<'a> {
    pub(super) projects: &'a [u32],
    pub(super) weights: &'a [i64],
}

impl<'a> Marks<'a> {
    /// The projects and weights (none for approval) of a row.
    pub(super) fn of(&self, row: &Row) -> (&'a [u32], &'a [i64]) {
        let range = row.start as usize..row.end as usize;
        (
            self.projects.get(range.clone()).unwrap_or(&[]),
            self.weights.get(range).unwrap_or(&[]),
        )
    }
}

/// The rows as they are written in order.
pub(super) struct Sorted {
    pub(super) offsets: Vec<u32>,
    pub(super) projects: Vec<u32>,
    pub(super) weights: Vec<i64>,
    pub(super) counts: Vec<u64>,
    pub(super) classes: Vec<u32>,
    pub(super) became: Vec<BallotIx>,
}

impl Sorted {
    pub(super) fn with_capacity(rows: usize, marks: Marks<'_>) -> Sorted {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Sorted {
            offsets,
            projects: Vec::with_capacity(marks.projects.len()),
            weights: Vec::with_capacity(marks.weights.len()),
            counts: Vec::with_capacity(rows),
            classes: Vec::with_capacity(rows),
            became: vec![BallotIx::new(0); rows],
        }
    }

    pub(super) fn take(
        &mut self,
        (marks, weights): (&[u32], &[i64]),
        count: u64,
        class: u32,
        number: u32,
        position: usize,
    ) {
        self.projects.extend_from_slice(marks);
        self.weights.extend_from_slice(weights);
        self.offsets
            .push(u32::try_from(self.projects.len()).unwrap_or(u32::MAX));
        self.counts.push(count);
        self.classes.push(class);
        if let Some(slot) = self.became.get_mut(number as usize) {
            *slot = BallotIx::new(position);
        }
    }
}

/// The rows in the order of their content.
pub(super) fn order(
    rows: &[Row],
    marks: Marks<'_>,
    projects: usize,
    class_at: impl Fn(&Row) -> u32,
) -> Vec<u32> {
    // The first marks packed into one number, with the row's number behind it: nearly all rows differ
    // there, so plain numbers are sorted and only runs of equal beginnings are compared in full.
    let bits = usize::BITS - (projects + 1).leading_zeros();
    let mut keys: Vec<u128> = (0_u32..)
        .zip(rows)
        .map(|(number, row)| u128::from(leading(marks.of(row).0, bits)) << 32 | u128::from(number))
        .collect();
    keys.sort_unstable();
    let number = |key: u128| u32::try_from(key & u128::from(u32::MAX)).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = keys.iter().map(|&key| number(key)).collect();
    let mut rest = order.as_mut_slice();
    for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        let Some((run, after)) = rest.split_at_mut_checked(run.len()) else {
            break;
        };
        if run.len() > 1 {
            run.sort_unstable_by(
                |&a, &b| match (rows.get(a as usize), rows.get(b as usize)) {
                    (Some(a), Some(b)) => marks
                        .of(a)
                        .cmp(&marks.of(b))
                        .then_with(|| class_at(a).cmp(&class_at(b))),
                    _ => a.cmp(&b),
                },
            );
        }
        rest = after;
    }
    order
}

/// The first marks of a ballot in one number, such that unequal numbers compare as the ballots do.
///
/// As many marks as fit when each takes `bits`, counted from 1 so that a shorter ballot comes first.
fn leading(marks: &[u32], bits: u32) -> u64 {
    let bits = bits.clamp(1, 32);
    let fit = 64 / bits;
    let known = marks.iter().take(fit as usize);
    let (key, free) = known.fold((0_u64, fit), |(key, free), &mark| {
        (key << bits | (u64::from(mark) + 1), free - 1)
    });
    // With 32 bits two marks fill the number; nothing is left to shift then.
    key << (bits * free).min(63)
}
