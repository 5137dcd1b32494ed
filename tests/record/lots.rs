//! Computed lots: stateless and fair.

use std::collections::BTreeMap;

use proptest::prelude::*;
use quartier::record::lot_order;

proptest! {
    #[test]
    fn f21_lots_do_not_depend_on_other_projects(
        ids in proptest::collection::btree_set("[a-z0-9]{1,5}", 3..20), seed in "[!-~]{1,10}", out in any::<prop::sample::Index>()
    ) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let all = lot_order(&seed, ids.iter().copied());
        let gone = ids[out.index(ids.len())];
        let fewer = lot_order(&seed, ids.iter().copied().rev().filter(|id| *id != gone));
        let expected: Vec<&str> = all.into_iter().filter(|id| *id != gone).collect();
        prop_assert_eq!(fewer, expected);
    }

    #[test]
    fn another_seed_gives_another_order(a in 0..1_000_000_u32, b in 0..1_000_000_u32) {
        // 30! orders: two seeds that agree would be a fault, not chance.
        let ids: Vec<String> = (0..30).map(|id| id.to_string()).collect();
        let order = |seed: u32| lot_order(&seed.to_string(), ids.iter().map(String::as_str));
        prop_assert_eq!(a == b, order(a) == order(b));
    }
}

#[test]
fn every_project_comes_first_about_equally_often() {
    let ids = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let mut wins = BTreeMap::<&str, i64>::new();
    for seed in 0..8_000 {
        *wins
            .entry(lot_order(&format!("seed-{seed}"), ids)[0])
            .or_default() += 1;
    }
    let squares: i64 = ids
        .iter()
        .map(|id| (wins.get(id).unwrap_or(&0) - 1_000).pow(2))
        .sum();
    // Chi-square with 7 degrees of freedom: 24.3 is exceeded once in a thousand.
    assert!(squares < 24_300, "{wins:?}");
}
