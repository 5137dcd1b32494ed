//! The projects that the rows of a profile name, while it is built: a byte each where that is enough.

use std::cmp::Ordering;
use std::hash::Hasher;
use std::ops::Range;

use super::profile::Entry;

/// The projects of many ballots one after another.
#[derive(Debug)]
pub(super) enum Marks {
    /// Of at most 256 projects, as nearly everywhere.
    Bytes(Vec<u8>),
    Words(Vec<u32>),
}

impl Marks {
    /// For ballots about so many projects.
    pub(super) fn about(projects: usize) -> Marks {
        if projects <= 256 {
            Marks::Bytes(Vec::new())
        } else {
            Marks::Words(Vec::new())
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Marks::Bytes(marks) => marks.len(),
            Marks::Words(marks) => marks.len(),
        }
    }

    /// Appends the projects of a ballot, all of which are known.
    pub(super) fn append(&mut self, entries: &[Entry]) {
        let known = entries.iter().map(|entry| entry.project.raw());
        match self {
            Marks::Bytes(marks) => {
                marks.extend(known.map(|mark| u8::try_from(mark).unwrap_or(u8::MAX)));
            }
            Marks::Words(marks) => marks.extend(known),
        }
    }

    /// Puts what was appended after `start` in order, and tells a project that is there twice.
    pub(super) fn sort_from(&mut self, start: usize) -> Option<u32> {
        match self {
            Marks::Bytes(marks) => sort(marks.get_mut(start..)?),
            Marks::Words(marks) => sort(marks.get_mut(start..)?),
        }
    }

    pub(super) fn truncate(&mut self, len: usize) {
        match self {
            Marks::Bytes(marks) => marks.truncate(len),
            Marks::Words(marks) => marks.truncate(len),
        }
    }

    /// Moves a ballot to where it is to stay, which is not after where it is.
    pub(super) fn settle(&mut self, from: Range<usize>, to: usize) {
        if from.start > to && from.end <= self.len() {
            match self {
                Marks::Bytes(marks) => marks.copy_within(from, to),
                Marks::Words(marks) => marks.copy_within(from, to),
            }
        }
    }

    /// The order of two ballots by their projects.
    pub(super) fn compare(&self, a: Range<usize>, b: Range<usize>) -> Ordering {
        match self {
            Marks::Bytes(marks) => marks.get(a).cmp(&marks.get(b)),
            Marks::Words(marks) => marks.get(a).cmp(&marks.get(b)),
        }
    }

    pub(super) fn are_equal(&self, a: Range<usize>, b: Range<usize>) -> bool {
        match self {
            Marks::Bytes(marks) => marks.get(a) == marks.get(b),
            Marks::Words(marks) => marks.get(a) == marks.get(b),
        }
    }

    /// Gives a ballot to a hasher.
    pub(super) fn feed(&self, ballot: Range<usize>, hasher: &mut impl Hasher) {
        match self {
            Marks::Bytes(marks) => feed::<8, u8>(marks.get(ballot), hasher),
            Marks::Words(marks) => feed::<2, u32>(marks.get(ballot), hasher),
        }
    }

    /// The first marks of a ballot in one number, such that unequal numbers compare as the ballots do.
    ///
    /// As many marks as fit when each takes `bits`, counted from 1 so that a shorter ballot comes first.
    pub(super) fn leading(&self, ballot: Range<usize>, bits: u32) -> u64 {
        match self {
            Marks::Bytes(marks) => leading(marks.get(ballot), bits),
            Marks::Words(marks) => leading(marks.get(ballot), bits),
        }
    }

    /// Writes a ballot.
    pub(super) fn write(&self, ballot: Range<usize>, out: &mut Vec<u32>) {
        match self {
            Marks::Bytes(marks) => {
                out.extend(slice(marks.get(ballot)).iter().copied().map(u32::from));
            }
            Marks::Words(marks) => out.extend_from_slice(slice(marks.get(ballot))),
        }
    }
}

fn slice<T>(marks: Option<&[T]>) -> &[T] {
    marks.unwrap_or(&[])
}

fn sort<T: Copy + Ord + Into<u32>>(marks: &mut [T]) -> Option<u32> {
    // Most ballots are written in order.
    if !marks.is_sorted() {
        marks.sort_unstable();
    }
    let mut pairs = marks.windows(2);
    pairs.find_map(|pair| match pair {
        [a, b] if a == b => Some((*a).into()),
        _ => None,
    })
}

/// `N` marks at a time, as many as fill 64 bits.
fn feed<const N: usize, T: Copy + Into<u64>>(marks: Option<&[T]>, hasher: &mut impl Hasher) {
    let width = 64 / N;
    let word = |marks: &[T]| {
        marks
            .iter()
            .fold(0_u64, |word, &mark| word << width | mark.into())
    };
    let (words, rest) = slice(marks).as_chunks::<N>();
    for marks in words {
        hasher.write_u64(word(marks));
    }
    if !rest.is_empty() {
        hasher.write_u64(word(rest));
    }
}

fn leading<T: Copy + Into<u64>>(marks: Option<&[T]>, bits: u32) -> u64 {
    let bits = bits.clamp(1, 32);
    let fit = 64 / bits;
    let known = slice(marks).iter().take(fit as usize);
    let (key, free) = known.fold((0_u64, fit), |(key, free), &mark| {
        (key << bits | (mark.into() + 1), free - 1)
    });
    // With 32 bits two marks fill the number; nothing is left to shift then.
    key << (bits * free).min(63)
}
