//! The votes of a channel and station, one after another.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::tally::{CastTime, Register, RegisterRow};

/// The votes with a time, by channel, station and way of writing the time; each list in the order of the register.
pub(super) type Timelines<'a> =
    BTreeMap<(&'a str, &'a str, usize), Vec<(CastTime, RegisterRow<'a>)>>;

/// Puts votes on their timelines. Times that were written in different ways cannot be compared, so they are kept apart.
pub(super) fn timelines(register: &Register) -> Timelines<'_> {
    // There are three ways, so this stays short.
    let mut ways: Vec<CastTime> = Vec::new();
    let mut lines: Timelines<'_> = BTreeMap::new();
    for row in register.rows() {
        let Some(time) = row.time() else {
            continue;
        };
        let known = ways.iter().position(|way| way.order(&time).is_some());
        let way = known.unwrap_or_else(|| {
            ways.push(time);
            ways.len().saturating_sub(1)
        });
        lines
            .entry((row.channel(), row.station(), way))
            .or_default()
            .push((time, row));
    }
    lines
}

/// The order of two times on one timeline.
pub(super) fn order(a: &CastTime, b: &CastTime) -> Ordering {
    a.order(b).unwrap_or(Ordering::Equal)
}
