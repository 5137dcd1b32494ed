//! What every processor computes is the same, to the last bit.

use std::marker::PhantomData;

use super::bounds::Proved;
use super::eight::{Eight, Portable, Work};
use super::levels::Level;
use super::pass::Pass;
use super::row::{Draw, Hold, Item, PassOver};

/// `SplitMix64`, a public-domain generator that is defined by these lines.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound)).unwrap()
    }
}

/// Items of which some have nothing left, some the same, and some just about 1.
fn items(random: &mut Random, length: usize) -> Vec<Item> {
    let item = || match random.below(5) {
        0 => [0.0, 0.0],
        1 => [1.0, 3.0],
        2 => [1.0 + 1e-15, 1.0],
        _ => [
            f64::from(1 + random.below(2_000_000)) / 999_999.0,
            f64::from(1 + random.below(9)),
        ],
    };
    std::iter::repeat_with(item).take(length).collect()
}

/// The same work on all processors that this one can stand for.
fn everywhere<W: Work>(mut work: impl FnMut() -> W) -> Vec<W::Output> {
    let portable = work().with(Portable);
    std::iter::once(portable).chain(wider(work)).collect()
}

#[cfg(target_arch = "x86_64")]
fn wider<W: Work>(mut work: impl FnMut() -> W) -> Vec<W::Output> {
    use super::eight_x86::On;
    let (wide, widest) = (pulp::x86::V3::try_new(), pulp::x86::V4::try_new());
    let wide = wide.map(|wide| wide.vectorize(On(wide, work())));
    let widest = widest.map(|widest| widest.vectorize(On(widest, work())));
    wide.into_iter().chain(widest).collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn wider<W: Work>(_: impl FnMut() -> W) -> Vec<W::Output> {
    Vec::new()
}

fn bits(pass: Pass) -> [u64; 6] {
    [
        pass.poor,
        pass.scale,
        pass.poor_count,
        pass.rich,
        pass.highest_poor,
        pass.lowest_rich,
    ]
    .map(f64::to_bits)
}

#[test]
fn every_processor_computes_the_same() {
    let mut random = Random(1);
    for length in (0..40).chain([1_000, 5_003]) {
        let items = items(&mut random, length);
        let row: Vec<u32> = (0..u32::try_from(length).unwrap())
            .filter(|_| random.below(3) > 0)
            .collect();
        for at in [f64::MIN_POSITIVE, 0.3, 1.0, 1.7] {
            let row = &row;
            let passes = everywhere(|| PassOver::<Proved> {
                items: &items,
                row,
                at,
                bounds: PhantomData,
            });
            let held = everywhere(|| Hold { items: &items, row });
            for passes in [passes, held] {
                let first = bits(passes[0]);
                assert!(passes.into_iter().all(|pass| bits(pass) == first));
            }
        }
        assert_drawn(&items, &row);
    }
}

/// A drawing from a copy of the items: the copy after it, who was emptied, and who is not certain.
struct Copied<'a>(&'a [Item], &'a [u32], Level, f64);

impl Work for Copied<'_> {
    type Output = (Vec<Item>, Vec<u32>, Vec<u32>);

    fn with<E: Eight>(self, eight: E) -> Self::Output {
        let (mut items, mut emptied, mut unsure) = (self.0.to_vec(), vec![7], Vec::new());
        let draw = Draw::<Proved> {
            items: &mut items,
            row: self.1,
            level: self.2,
            error: self.3,
            emptied: &mut emptied,
            unsure: &mut unsure,
            bounds: PhantomData,
        };
        draw.with(eight);
        (items, emptied, unsure)
    }
}

/// Each processor draws the same, and what the definition says.
fn assert_drawn(items: &[Item], row: &[u32]) {
    let level = Level {
        value: 1.0,
        error: 1e-14,
    };
    let mut results = everywhere(|| Copied(items, row, level, 1e-15));
    let (left, emptied, unsure) = results.remove(0);
    assert!(results.iter().all(|other| {
        let is_same = |(a, b): (&Item, &Item)| a.map(f64::to_bits) == b.map(f64::to_bits);
        left.iter().zip(&other.0).all(is_same) && emptied == other.1 && unsure == other.2
    }));
    for (item, (&before, &after)) in (0_u32..).zip(items.iter().zip(&left)) {
        let [capacity, count] = before;
        let is_near = (capacity - 1.0).abs() <= 1e-13;
        let takes_part = row.contains(&item) && count > 0.0;
        assert_eq!(unsure.contains(&item), takes_part && is_near);
        assert_eq!(
            emptied.contains(&item),
            takes_part && !is_near && capacity < 1.0
        );
        let right = if !takes_part || is_near {
            before
        } else if capacity < 1.0 {
            [0.0, 0.0]
        } else {
            [capacity - 1.0, count]
        };
        assert_eq!(after.map(f64::to_bits), right.map(f64::to_bits));
    }
}
