//! What is done with a row of items whose slopes are all 1, eight items at a time.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the processor at hand"
)]

use std::marker::PhantomData;

use super::UNIT;
use super::bounds::Bounds;
use super::eight::{EIGHT, Eight, Work};
use super::levels::Level;
use super::pass::{Pass, greatest, least};

/// An item: its capacity and multiplicity, both 0 where nothing is left.
pub(super) type Item = [f64; 2];

#[inline(always)]
fn get(items: &[Item], item: u32) -> Item {
    items.get(item as usize).copied().unwrap_or([0.0; 2])
}

/// Eight items of a row. Written out, since what takes a closure need not be inlined.
#[inline(always)]
fn full(items: &[Item], row: &[u32; EIGHT]) -> [Item; EIGHT] {
    let &[first, second, third, fourth, fifth, sixth, seventh, eighth] = row;
    [
        get(items, first),
        get(items, second),
        get(items, third),
        get(items, fourth),
        get(items, fifth),
        get(items, sixth),
        get(items, seventh),
        get(items, eighth),
    ]
}

/// The last items of a row, and nothing to make them eight.
fn last(items: &[Item], rest: &[u32]) -> [Item; EIGHT] {
    let mut last = [[0.0; 2]; EIGHT];
    for (slot, &item) in last.iter_mut().zip(rest) {
        *slot = get(items, item);
    }
    last
}

/// The sum of eight sums, in this order.
fn sum([first, second, third, fourth, more @ ..]: [f64; EIGHT]) -> f64 {
    let [fifth, sixth, seventh, eighth] = more;
    ((first + second) + (third + fourth)) + ((fifth + sixth) + (seventh + eighth))
}

/// A pass at a trial level: the total is of `m min(b, t)` over both parts, and `open` of `m`.
pub(super) struct PassOver<'a, B> {
    pub(super) items: &'a [Item],
    pub(super) row: &'a [u32],
    pub(super) at: f64,
    pub(super) bounds: PhantomData<B>,
}

/// The sums of a pass, eight of each side by side.
#[derive(Clone, Copy)]
struct Sums<E: Eight> {
    total: E::Numbers,
    rich: E::Numbers,
    open: E::Numbers,
    highest_poor: E::Numbers,
    lowest_rich: E::Numbers,
}

impl<E: Eight> Sums<E> {
    #[inline(always)]
    fn take<B: Bounds>(&mut self, eight: E, items: [Item; EIGHT], at: E::Numbers) {
        let [capacity, count] = eight.unpair(items);
        let (none, endless) = (eight.all(0.0), eight.all(f64::INFINITY));
        let is_rich = eight.reaches(capacity, at);
        let gives = eight.times(count, eight.least(capacity, at));
        self.total = eight.add(self.total, gives);
        self.rich = eight.add(self.rich, eight.choose(is_rich, count, none));
        if B::ARE_KEPT {
            self.open = eight.add(self.open, count);
            let poor = eight.choose(is_rich, none, capacity);
            self.highest_poor = eight.greatest(self.highest_poor, poor);
        }
        let rich = eight.choose(is_rich, capacity, endless);
        self.lowest_rich = eight.least(self.lowest_rich, rich);
    }
}

impl<B: Bounds> Work for PassOver<'_, B> {
    type Output = Pass;

    #[inline(always)]
    fn with<E: Eight>(self, eight: E) -> Pass {
        let none = eight.all(0.0);
        let mut sums: Sums<E> = Sums {
            total: none,
            rich: none,
            open: none,
            highest_poor: none,
            lowest_rich: eight.all(f64::INFINITY),
        };
        let (at, items) = (eight.all(self.at), self.items);
        let (chunks, rest) = self.row.as_chunks::<EIGHT>();
        for chunk in chunks {
            sums.take::<B>(eight, full(items, chunk), at);
        }
        sums.take::<B>(eight, last(items, rest), at);
        let (total, rich) = (sum(eight.each(sums.total)), sum(eight.each(sums.rich)));
        let (poor, wealthy) = (eight.each(sums.highest_poor), eight.each(sums.lowest_rich));
        Pass {
            poor: total - self.at * rich,
            scale: total,
            poor_count: sum(eight.each(sums.open)) - rich,
            rich,
            highest_poor: poor.into_iter().fold(0.0, greatest),
            lowest_rich: wealthy.into_iter().fold(f64::INFINITY, least),
        }
    }
}

/// What all items of a row have together, as a pass of which all are poor.
pub(super) struct Hold<'a> {
    pub(super) items: &'a [Item],
    pub(super) row: &'a [u32],
}

impl Work for Hold<'_> {
    type Output = Pass;

    #[inline(always)]
    fn with<E: Eight>(self, eight: E) -> Pass {
        let (mut total, mut open) = (eight.all(0.0), eight.all(0.0));
        let (chunks, rest) = self.row.as_chunks::<EIGHT>();
        for chunk in chunks {
            let [capacity, count] = eight.unpair(full(self.items, chunk));
            total = eight.add(total, eight.times(count, capacity));
            open = eight.add(open, count);
        }
        let [capacity, count] = eight.unpair(last(self.items, rest));
        total = eight.add(total, eight.times(count, capacity));
        open = eight.add(open, count);
        let total = sum(eight.each(total));
        Pass {
            poor: total,
            scale: total,
            poor_count: sum(eight.each(open)),
            ..Pass::EMPTY
        }
    }
}

/// Drawing a level from a row; items that are not certain stay as they are.
pub(super) struct Draw<'a, B> {
    pub(super) items: &'a mut [Item],
    pub(super) row: &'a [u32],
    pub(super) level: Level,
    /// Of the capacities.
    pub(super) error: f64,
    /// Who gives the rest, and of whom it is not certain.
    pub(super) emptied: &'a mut Vec<u32>,
    pub(super) unsure: &'a mut Vec<u32>,
    pub(super) bounds: PhantomData<B>,
}

/// What becomes of eight items; one bit for each.
struct Drawn {
    left: [Item; EIGHT],
    is_emptied: u8,
    is_unsure: u8,
}

impl<B: Bounds> Draw<'_, B> {
    #[inline(always)]
    fn drawn<E: Eight>(&self, eight: E, items: [Item; EIGHT]) -> Drawn {
        let [capacity, count] = eight.unpair(items);
        let (none, value) = (eight.all(0.0), eight.all(self.level.value));
        let rest = eight.subtract(capacity, value);
        if !B::ARE_KEPT {
            let left = eight.greatest(rest, none);
            let stays = eight.reaches(rest, none);
            return Drawn {
                left: eight.pair(left, eight.choose(stays, count, none)),
                is_emptied: 0,
                is_unsure: 0,
            };
        }
        let rounding = eight.times(eight.all(8.0 * UNIT), eight.add(capacity, value));
        let errors = eight.add(eight.all(self.error + self.level.error), rounding);
        let guard = eight.times(eight.all(2.0), errors);
        let distance = eight.greatest(rest, eight.subtract(none, rest));
        let (stays, is_near) = (eight.reaches(rest, none), eight.reaches(guard, distance));
        let is_open = eight.bits(eight.reaches(count, eight.all(1.0)));
        let is_unsure = eight.bits(is_near) & is_open;
        Drawn {
            left: eight.pair(
                eight.choose(stays, rest, none),
                eight.choose(stays, count, none),
            ),
            is_emptied: is_open & !is_unsure & !eight.bits(stays),
            is_unsure,
        }
    }

    /// Draws from at most eight items of the row, and notes who is emptied from the given place of the list on; gives
    /// the place after.
    #[inline(always)]
    fn take<E: Eight>(
        &mut self,
        eight: E,
        row: &[u32],
        items: [Item; EIGHT],
        from: usize,
    ) -> usize {
        let drawn = self.drawn(eight, items);
        if drawn.is_unsure == 0 {
            for (&item, left) in row.iter().zip(drawn.left) {
                if let Some(slot) = self.items.get_mut(item as usize) {
                    *slot = left;
                }
            }
        } else {
            for ((&item, left), is) in row.iter().zip(drawn.left).zip(bits(drawn.is_unsure)) {
                if is == 1 {
                    self.unsure.push(item);
                } else if let Some(slot) = self.items.get_mut(item as usize) {
                    *slot = left;
                }
            }
        }
        let mut place = from;
        if drawn.is_emptied != 0 {
            // Every item is written, and the place moves on where it belongs to the list: nothing branches.
            for (&item, is) in row.iter().zip(bits(drawn.is_emptied)) {
                if let Some(slot) = self.emptied.get_mut(place) {
                    *slot = item;
                }
                place = place.wrapping_add(is);
            }
        }
        place
    }
}

/// The bits of a number, the lowest first.
#[inline(always)]
fn bits(all: u8) -> impl Iterator<Item = usize> {
    (0..8_u32).map(move |at| usize::from(all.wrapping_shr(at) & 1))
}

impl<B: Bounds> Work for Draw<'_, B> {
    type Output = ();

    #[inline(always)]
    fn with<E: Eight>(mut self, eight: E) {
        let (chunks, rest) = self.row.as_chunks::<EIGHT>();
        self.emptied.clear();
        self.emptied.resize(self.row.len(), 0);
        let mut place = 0;
        for chunk in chunks {
            let items = full(self.items, chunk);
            place = self.take(eight, chunk, items, place);
        }
        let items = last(self.items, rest);
        place = self.take(eight, rest, items, place);
        self.emptied.truncate(place);
    }
}

/// Filling all items anew: so much for each class of items, and how many there are of each item.
pub(super) struct Fill<'a> {
    pub(super) items: &'a mut Vec<Item>,
    pub(super) purses: &'a [f64],
    pub(super) counts: &'a [u64],
    /// Parallel to `counts`; empty where all are of the first class.
    pub(super) classes: &'a [u32],
}

impl Work for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn with<E: Eight>(self, _: E) {
        let item = |purse: f64, count: u64| {
            if purse > 0.0 {
                [purse, whole(count)]
            } else {
                [0.0; 2]
            }
        };
        self.items.clear();
        if self.classes.is_empty() {
            let first = self.purses.first().copied().unwrap_or(0.0);
            self.items
                .extend(self.counts.iter().map(|&count| item(first, count)));
        } else {
            let purse = |class: u32| self.purses.get(class as usize).copied().unwrap_or(0.0);
            let each = self.classes.iter().zip(self.counts);
            self.items
                .extend(each.map(|(&class, &count)| item(purse(class), count)));
        }
    }
}

/// Exact below 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "larger numbers are not trusted, see `Levels::is_sure`"
)]
#[inline(always)]
fn whole(count: u64) -> f64 {
    count as f64
}
