//! Square roots and logarithms as fixed-point values: 12 decimals, rounded down, in whole numbers only.
//!
//! Some utilities grow with the square root or the logarithm of a cost. Those numbers have no last digit, so a count
//! that uses them has to say where it stops. Here it stops after 12 decimals, always downwards, and the digits are
//! computed without floats: two machines, or two programs that follow this definition, agree on every digit.
//!
//! # Definition
//!
//! For a fraction `x >= 0`, with `f` the square root or `ln(1 + x)`, the value is `floor(10^12 * f(x)) / 10^12`.
//! It never exceeds the true value, and misses less than one unit of the twelfth decimal. Rounding down
//! keeps the order: if `x <= y` then the value of `x` is not above the value of `y` (it may be equal to it). Negative
//! input gives `None`.
//!
//! # Why the last digit is right
//!
//! **Square root.** A whole number `n` has `n <= 10^12 * sqrt(x)` exactly if `n^2 <= 10^24 * x`, and, `n^2` being
//! whole, exactly if `n^2 <= floor(10^24 * x)`. The largest such `n` is the integer square root of
//! `floor(10^24 * x)`: one division and one integer root, both exact.
//!
//! **Logarithm.** Write `1 + x = 2^k * m` with `1 <= m < 2`; then
//!
//! ```text
//! ln(1 + x) = 2k * atanh(1/3) + 2 * atanh(t),     t = (m - 1)/(m + 1),  0 <= t < 1/3
//! atanh(t)  = t + t^3/3 + t^5/5 + ...
//! ```
//!
//! (`ln 2 = 2 atanh(1/3)`). Every step is carried out twice in units of `2^-w`, once rounded down and once
//! rounded up, so the true value always lies between the two sums. All terms are positive, hence cutting the
//! series keeps the lower sum a lower bound; the upper sum gets the rest of the series added, which is below
//! `t^(2i+1) / (1 - t^2) <= 9/8 * t^(2i+1)`. If both bounds give the same `floor(10^12 * _)`, that is the answer.
//! Otherwise `w` is doubled. This ends: `ln(1 + x)` is irrational for every fraction `x > 0` (Lambert, 1761: `e^r`
//! is irrational for every fraction `r` other than 0), so it never lies on a boundary between two digits, and the
//! bounds close in on it.

use dashu_int::ops::{BitTest, SquareRoot, UnsignedAbs};
use dashu_int::{IBig, UBig};

use super::Ratio;

/// The number of decimals kept by the functions of this module.
pub const DECIMALS: u32 = 12;

/// `10^DECIMALS`.
const SCALE: u64 = 10u64.pow(DECIMALS);

/// The precision tried first, in bits: it fits machine words, and leaves fewer than one amount of money in a
/// thousand undecided.
const FIRST_PRECISION: usize = 64;

/// The square root of `value`, rounded down to 12 decimals; `None` if `value` is negative.
///
/// Exact for squares of numbers with at most 12 decimals. Cost: one integer square root of the size of `value`.
///
/// ```
/// use quartier::exact::{Ratio, fixed};
///
/// assert_eq!(fixed::sqrt(&Ratio::from(144)), Some(Ratio::from(12)));
/// assert_eq!(fixed::sqrt(&Ratio::from(2)).map(|root| root.decimal(12)), Some("1.414213562373".to_owned()));
/// assert_eq!(fixed::sqrt(&Ratio::from(-1)), None);
/// ```
#[must_use]
pub fn sqrt(value: &Ratio) -> Option<Ratio> {
    if value.is_negative() {
        return None;
    }
    let scaled = value.0.numerator().unsigned_abs() * SCALE * SCALE / value.0.denominator();
    from_units(scaled.sqrt())
}

/// The natural logarithm of `1 + value`, rounded down to 12 decimals; `None` if `value` is negative.
///
/// Zero gives exactly zero, so an empty bundle has no utility. Cost: two series of some twenty terms for amounts of
/// money; for very large fractions, a division of their size on top.
///
/// ```
/// use quartier::exact::{Ratio, fixed};
///
/// assert_eq!(fixed::ln_1p(&Ratio::ZERO), Some(Ratio::ZERO));
/// assert_eq!(fixed::ln_1p(&Ratio::ONE).map(|ln| ln.decimal(12)), Some("0.693147180559".to_owned()));
/// assert_eq!(fixed::ln_1p(&Ratio::from(-1)), None);
/// ```
#[must_use]
pub fn ln_1p(value: &Ratio) -> Option<Ratio> {
    if value.is_negative() {
        return None;
    }
    if value.is_zero() {
        return Some(Ratio::ZERO);
    }
    let reduced = Reduced::new(value);
    let mut precision = FIRST_PRECISION;
    loop {
        let bounds = reduced.ln(precision);
        let below = (bounds.low * SCALE) >> precision;
        let above = (bounds.high * SCALE) >> precision;
        if below == above {
            return from_units(below);
        }
        precision *= 2;
    }
}

/// `units` of the twelfth decimal.
fn from_units(units: UBig) -> Option<Ratio> {
    Ratio::from_big(IBig::from(units), UBig::from(SCALE))
}

/// `1 + value = 2^doublings * m`, with `t = (m - 1)/(m + 1)` kept as `numerator / denominator`, `0 <= t < 1/3`.
struct Reduced {
    doublings: usize,
    numerator: UBig,
    denominator: UBig,
}

impl Reduced {
    /// Reduces `1 + value` for a `value > 0`.
    fn new(value: &Ratio) -> Self {
        let one = value.0.denominator();
        let whole = value.0.numerator().unsigned_abs() + one;
        // whole >= one, so the difference of lengths is k or k + 1 with 2^k <= whole/one < 2^(k+1).
        let mut doublings = whole.bit_len().saturating_sub(one.bit_len());
        let mut power = one << doublings;
        if power > whole {
            doublings = doublings.saturating_sub(1);
            power = one << doublings;
        }
        Self {
            doublings,
            denominator: &whole + &power,
            numerator: whole - power,
        }
    }

    /// Bounds for `ln(1 + value)` in units of `2^-precision`.
    fn ln(&self, precision: usize) -> Bounds {
        let rest = atanh(&self.numerator, &self.denominator, precision);
        if self.doublings == 0 {
            return Bounds {
                low: rest.low << 1,
                high: rest.high << 1,
            };
        }
        let half_ln_2 = atanh(&UBig::ONE, &UBig::from(3u8), precision);
        Bounds {
            low: (half_ln_2.low * self.doublings + rest.low) << 1,
            high: (half_ln_2.high * self.doublings + rest.high) << 1,
        }
    }
}

/// A true value lies between the two, ends included.
struct Bounds {
    low: UBig,
    high: UBig,
}

/// Bounds for `atanh(numerator / denominator)` in units of `2^-precision`, for `0 <= numerator/denominator <= 1/3`.
fn atanh(numerator: &UBig, denominator: &UBig, precision: usize) -> Bounds {
    let shifted = numerator << precision;
    let mut low_power = &shifted / denominator;
    let mut high_power = ceil_div(shifted, denominator);
    let low_square = (&low_power * &low_power) >> precision;
    let high_square = ceil_shift(&high_power * &high_power, precision);
    let mut sum = Bounds {
        low: UBig::ZERO,
        high: UBig::ZERO,
    };
    let mut odd = 1u32;
    // `high_square` is about a ninth of a whole at most, so `high_power` falls until it is 1 (or 0, for t = 0).
    while high_power > UBig::ONE {
        sum.low += &low_power / odd;
        sum.high += ceil_div(high_power.clone(), &UBig::from(odd));
        low_power = (low_power * &low_square) >> precision;
        high_power = ceil_shift(high_power * &high_square, precision);
        odd += 2;
    }
    // The rest of the series is below 9/8 of the next power, which is at most one unit.
    sum.high += high_power << 1;
    sum
}

/// `ceil(value / divisor)` for a divisor above 0.
fn ceil_div(value: UBig, divisor: &UBig) -> UBig {
    (value + divisor - UBig::ONE) / divisor
}

/// `ceil(value / 2^bits)`.
fn ceil_shift(value: UBig, bits: usize) -> UBig {
    let mask = (UBig::ONE << bits) - UBig::ONE;
    (value + mask) >> bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ratio(text: &str) -> Ratio {
        text.parse().unwrap()
    }

    fn unit() -> Ratio {
        ratio("0.000000000001")
    }

    fn non_negative() -> impl Strategy<Value = Ratio> {
        let amount = prop_oneof![
            0i128..100,
            0i128..=i128::MAX,
            (0i128..20).prop_map(|power| 10i128.pow(18) + power)
        ];
        let parts = prop_oneof![1i128..100, 1i128..=i128::MAX, Just(1i128)];
        (amount, parts).prop_map(|(p, q)| Ratio::new(p, q).unwrap())
    }

    /// Certain bounds for `e^value` in 512-bit fixed point, independent of the series used above: the exponential
    /// series of `value/1024`, squared ten times.
    fn exp_bounds(value: &Ratio) -> (Ratio, Ratio) {
        const BITS: usize = 512;
        let scale = UBig::ONE << BITS;
        let whole = Ratio::from_big(scale.clone().into(), UBig::ONE).unwrap();
        let step = value.checked_div(&Ratio::from(1024)).unwrap() * &whole;
        let (step_low, step_high) = (units(&step.floor()), units(&step.ceil()));
        let (mut low, mut high) = (scale.clone(), scale.clone());
        let (mut low_term, mut high_term) = (scale.clone(), scale);
        for divisor in 1..200u32 {
            low_term = ((low_term * &step_low) >> BITS) / divisor;
            high_term = ((high_term * &step_high) >> BITS) / divisor + UBig::ONE;
            low += &low_term;
            high += &high_term;
        }
        high += high_term; // the rest of the series is below its last term, as value/1024 < 1/2
        for _ in 0..10 {
            low = (&low * &low) >> BITS;
            high = ((&high * &high) >> BITS) + UBig::ONE;
        }
        let back = |units: UBig| Ratio::from_big(units.into(), UBig::ONE << BITS).unwrap();
        (back(low), back(high))
    }

    fn units(value: &Ratio) -> UBig {
        value.0.numerator().unsigned_abs()
    }

    /// Whether `found` is `ln(1 + value)` rounded down, decided with the exponential function.
    fn is_ln_1p(value: &Ratio, found: &Ratio) -> bool {
        let target = Ratio::ONE + value;
        let not_above = found.is_zero() || exp_bounds(found).1 <= target;
        not_above && target < exp_bounds(&(found + unit())).0
    }

    #[test]
    fn sqrt_of_known_values() {
        let cases = [
            ("0", "0"),
            ("1", "1"),
            ("1/4", "0.5"),
            ("2", "1.414213562373"),
            ("3", "1.732050807568"),
            ("1/3", "0.577350269189"),
            ("152399025", "12345"),
            ("0.000000000000000000000001", "0.000000000001"),
            ("0.0000000000000000000000009999", "0"),
            ("2/1000000000000000000000000", "0.000000000001"),
        ];
        for (value, root) in cases {
            assert_eq!(sqrt(&ratio(value)), Some(ratio(root)), "{value}");
        }
        assert_eq!(sqrt(&ratio("-1/1000000")), None);
    }

    #[test]
    fn ln_1p_of_known_values() {
        let cases = [
            ("0", "0"),
            ("1", "0.693147180559"),
            ("9", "2.302585092994"),
            ("1/2", "0.405465108108"),
            ("99", "4.605170185988"),
            ("1000000000000000000000000", "55.262042231857"),
            ("2", "1.098612288668"),
            ("0.000001", "0.000000999999"),
            ("1/3", "0.287682072451"),
        ];
        for (value, logarithm) in cases {
            assert_eq!(ln_1p(&ratio(value)), Some(ratio(logarithm)), "{value}");
        }
        assert_eq!(ln_1p(&ratio("-1/1000000")), None);
    }

    #[test]
    fn ln_1p_beside_the_first_unit() {
        // ln(1 + h) = h - h^2/2 + ...: h itself falls just short of one unit, h + h^2 passes it.
        assert_eq!(ln_1p(&unit()), Some(Ratio::ZERO));
        assert_eq!(ln_1p(&(unit() + unit() * unit())), Some(unit()));
    }

    #[test]
    fn ln_1p_beside_a_whole_number_needs_and_gets_more_precision() {
        // The convergents p/q of e = [2; 1, 2, 1, 1, 4, 1, 1, 6, ...] lie below and above e in turn, ever closer.
        let (mut old, mut now) = ((1i128, 0i128), (2i128, 1i128));
        for index in 1..60i128 {
            let quotient = if index % 3 == 2 {
                (index + 1) / 3 * 2
            } else {
                1
            };
            (old, now) = (now, (quotient * now.0 + old.0, quotient * now.1 + old.1));
            let value = Ratio::new(now.0 - now.1, now.1).unwrap();
            let found = ln_1p(&value).unwrap();
            assert!(is_ln_1p(&value, &found), "convergent {index}");
            if index > 20 {
                let expected = if index % 2 == 0 {
                    "0.999999999999"
                } else {
                    "1"
                };
                assert_eq!(found, ratio(expected), "convergent {index}");
            }
        }
        assert!(now.1 > 1 << 90, "the last convergent is within 2^-180 of e");
    }

    #[test]
    fn long_fractions_are_answered() {
        let long = ratio(&"7".repeat(3000));
        let root = sqrt(&long).unwrap();
        assert!(&root * &root <= long && long < (&root + unit()) * (&root + unit()));
        // 7/9 * 10^3000, so ln = 3000 ln 10 + ln 7 - 2 ln 3.
        assert_eq!(ln_1p(&long), Some(ratio("6907.503964553856")));
        let tiny = long.checked_inverse().unwrap();
        assert_eq!(ln_1p(&tiny), Some(Ratio::ZERO));
        assert_eq!(ln_1p(&(Ratio::ONE + tiny)), Some(ratio("0.693147180559")));
    }

    proptest! {
        #[test]
        fn sqrt_is_its_definition(value in non_negative()) {
            let root = sqrt(&value).unwrap();
            prop_assert!((&root * Ratio::from(SCALE)).is_integer());
            prop_assert!(&root * &root <= value);
            let next = root + unit();
            prop_assert!(value < &next * &next);
        }

        #[test]
        fn sqrt_of_a_square_is_exact(units in 0u64..) {
            let root = Ratio::from(units) * unit();
            prop_assert_eq!(sqrt(&(&root * &root)), Some(root));
        }

        #[test]
        fn ln_1p_is_its_definition(value in non_negative()) {
            let found = ln_1p(&value).unwrap();
            prop_assert!((&found * Ratio::from(SCALE)).is_integer());
            prop_assert!(is_ln_1p(&value, &found));
        }

        #[test]
        fn both_keep_the_order(a in non_negative(), b in non_negative(), step in 0i128..3) {
            let pairs = [(a.clone(), b), (a.clone(), a + Ratio::from(step) * unit())];
            for (x, y) in pairs {
                let (x, y) = if x <= y { (x, y) } else { (y, x) };
                prop_assert!(sqrt(&x) <= sqrt(&y));
                prop_assert!(ln_1p(&x) <= ln_1p(&y));
            }
        }

        #[test]
        fn bounds_enclose_at_every_precision(t in 1u64..=1_000_000, over in 0u64..1_000_000, precision in 6usize..40) {
            let (numerator, denominator) = (UBig::from(t), UBig::from(3 * t + over));
            let coarse = atanh(&numerator, &denominator, precision);
            let fine = atanh(&numerator, &denominator, precision + 200);
            prop_assert!(coarse.low << 200 <= fine.low);
            prop_assert!(fine.low <= fine.high);
            prop_assert!(fine.high <= coarse.high << 200);
        }
    }

    #[test]
    fn rounding_up_rounds_up() {
        for (value, bits, expected) in [(0u8, 3, 0u8), (1, 3, 1), (8, 3, 1), (9, 3, 2), (16, 3, 2)]
        {
            assert_eq!(ceil_shift(value.into(), bits), expected.into());
            assert_eq!(
                ceil_div(value.into(), &(UBig::ONE << bits)),
                expected.into()
            );
        }
    }
}
