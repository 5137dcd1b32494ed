//! F25 and F26: rounding is named, and denominators grow slowly.

use proptest::prelude::*;
use quartier::election::{Ballot, Election, Instance, Money, Utility, VoterClass};
use quartier::exact::Ratio;

use crate::common::{cases, outcome, ratio};
use crate::helpers::{SKIP, of};

proptest! {
    #![proptest_config(cases(400))]

    /// A partial award is what is left rounded down to a whole number of the instance's granularity, and no
    /// part of a cent is lost: the rest stays in the pot.
    #[test]
    fn f25_rounding_is_named(left in 1_i128..2_000_000, granularity in prop::sample::select(vec![1_i128, 7, 100, 2_500, 10_000, 1_000_000])) {
        let (left, granule) = (Money::from_ten_thousandths(left).unwrap(), Money::from_ten_thousandths(granularity).unwrap());
        let instance = Instance::builder().budget(left).granularity(granule).project(("a", 1_000));
        let election = Election::builder().instance(instance).ballot(Ballot::approval(["a"])).build().unwrap();
        let outcome = outcome(&election, "greedy:score=votes,misfit=partial,min-covered=0%", "none");
        let paid = outcome.funded();
        prop_assert_eq!(paid.ten_thousandths() % granularity, 0);
        prop_assert_eq!(paid.checked_add(outcome.left), Some(left));
        prop_assert!(outcome.left < granule);
        prop_assert_eq!(outcome.winners.is_empty(), paid.is_zero(), "an award of nothing is no award");
    }
}

fn primes(number: usize) -> Vec<i128> {
    (2..)
        .filter(|&candidate| {
            (2..candidate)
                .take_while(|divisor| divisor * divisor <= candidate)
                .all(|divisor| candidate % divisor != 0)
        })
        .take(number)
        .collect()
}

/// Weights with different prime denominators: sums stay exact, and grow by the bits of the primes, no more.
#[test]
fn f26_denominators_grow_slowly() {
    let primes = primes(200);
    let builder = of("100", &[("a", "60"), ("b", "50")]);
    let election = primes.iter().fold(builder, |builder, &prime| {
        builder.weighted(
            Ballot::approval(["a"]),
            1,
            VoterClass {
                weight: ratio(1, prime),
                endowment: 1.into(),
            },
        )
    });
    let election = election.build().unwrap();
    let total = Utility::Cardinality
        .additive(&election)
        .unwrap()
        .totals(&election)[0]
        .clone();
    let sum: Ratio = primes.iter().map(|&prime| ratio(1, prime)).sum();
    assert_eq!(total, sum);
    let bits: u32 = primes.iter().map(|prime| 128 - prime.leading_zeros()).sum();
    assert!(
        total.bits() <= 2 * bits as usize + 8,
        "{} bits",
        total.bits()
    );
    assert_eq!(outcome(&election, SKIP, "none").winners, ["a"]);
}
