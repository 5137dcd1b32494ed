//! The laws of arithmetic as tests: one macro, instantiated for small fractions (where values often coincide), for
//! machine-sized ones, and for fractions far beyond 128 bits.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use proptest::prelude::*;

use super::Ratio;

/// Fractions with small parts: many equal values, whole numbers, zeros and exact halves.
fn small() -> impl Strategy<Value = Ratio> {
    (-24i128..=24, 1i128..=12).prop_map(|(p, q)| Ratio::new(p, q).unwrap())
}

/// Fractions of two arbitrary 128-bit integers, the extreme ones included.
fn machine() -> impl Strategy<Value = Ratio> {
    let part = prop_oneof![6 => any::<i128>(), 2 => -1000i128..1000, 1 => Just(i128::MIN), 1 => Just(i128::MAX)];
    (part.clone(), part).prop_filter_map("zero denominator", |(p, q)| Ratio::new(p, q))
}

/// Fractions whose parts have up to some 640 bits, with common factors and shared denominators among them.
fn huge() -> impl Strategy<Value = Ratio> {
    let factors = prop::collection::vec(machine(), 1..5);
    prop_oneof![
        3 => factors.prop_map(|parts| parts.iter().fold(Ratio::ONE, |product, part| product * part)),
        1 => (small(), any::<i64>()).prop_map(|(part, power)| part + Ratio::from(power).mul_int(i128::MAX)),
        1 => small(),
    ]
}

fn hash(value: &Ratio) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// School long division: the digits of `|value|` one at a time, then the rounding of the first digit left out.
fn slow_decimal(value: &Ratio, places: u32) -> String {
    let mut rest = value.abs();
    let mut scaled = rest.floor();
    rest -= &scaled;
    for _ in 0..places {
        rest = rest.mul_int(10);
        let digit = rest.floor();
        rest -= &digit;
        scaled = scaled.mul_int(10) + digit;
    }
    if rest.mul_int(2) >= Ratio::ONE {
        scaled = scaled + Ratio::ONE;
    }
    let sign = if value.is_negative() && !scaled.is_zero() {
        "-"
    } else {
        ""
    };
    let digits = scaled.to_string();
    let places = places as usize;
    let padded = "0".repeat((places + 1).saturating_sub(digits.len())) + &digits;
    let (whole, fraction) = padded.split_at(padded.len() - places);
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// All laws for the fractions of one strategy.
macro_rules! laws {
    ($population:ident) => {
        mod $population {
            use super::*;
            use super::$population as ratio;

            proptest! {
                #[test]
                fn addition_is_a_commutative_group(a in ratio(), b in ratio(), c in ratio()) {
                    prop_assert_eq!((&a + &b) + &c, &a + (&b + &c));
                    prop_assert_eq!(&a + &b, &b + &a);
                    prop_assert_eq!(&a + Ratio::ZERO, a.clone());
                    prop_assert_eq!(&a + -&a, Ratio::ZERO);
                    prop_assert_eq!(&a - &b, &a + -b.clone());
                    prop_assert_eq!((&a + &b) - &b, a);
                }

                #[test]
                fn multiplication_is_commutative_and_distributes(a in ratio(), b in ratio(), c in ratio()) {
                    prop_assert_eq!((&a * &b) * &c, &a * (&b * &c));
                    prop_assert_eq!(&a * &b, &b * &a);
                    prop_assert_eq!(&a * (&b + &c), &a * &b + &a * &c);
                    prop_assert_eq!(&a * Ratio::ONE, a.clone());
                    prop_assert_eq!(a * Ratio::ZERO, Ratio::ZERO);
                }

                #[test]
                fn division_undoes_multiplication(a in ratio(), b in ratio()) {
                    let product = &a * &b;
                    let quotient = product.checked_div(&b);
                    prop_assert_eq!(quotient, (!b.is_zero()).then(|| a.clone()));
                    let inverse = b.checked_inverse();
                    prop_assert_eq!(inverse.is_none(), b.is_zero());
                    prop_assert_eq!(inverse.map(|inverse| inverse * &b), (!b.is_zero()).then_some(Ratio::ONE));
                }

                #[test]
                fn operators_agree_whoever_owns(a in ratio(), b in ratio(), n in any::<i128>()) {
                    let sum = &a + &b;
                    prop_assert_eq!(a.clone() + b.clone(), sum.clone());
                    prop_assert_eq!(a.clone() + &b, sum.clone());
                    prop_assert_eq!(&a + b.clone(), sum.clone());
                    let mut total = a.clone();
                    total += &b;
                    prop_assert_eq!(&total, &sum);
                    total -= &b;
                    prop_assert_eq!(&total, &a);
                    prop_assert_eq!([&a, &b].into_iter().sum::<Ratio>(), sum.clone());
                    prop_assert_eq!([a.clone(), b].into_iter().sum::<Ratio>(), sum);
                    prop_assert_eq!(a.mul_int(n), a * Ratio::from(n));
                }

                #[test]
                fn order_is_the_sign_of_the_difference(a in ratio(), b in ratio()) {
                    let difference = &a - &b;
                    let expected = match (difference.is_negative(), difference.is_positive()) {
                        (true, false) => Ordering::Less,
                        (false, true) => Ordering::Greater,
                        _ => Ordering::Equal,
                    };
                    prop_assert_eq!(a.cmp(&b), expected);
                    prop_assert_eq!(b.cmp(&a), expected.reverse());
                    prop_assert_eq!(a == b, expected == Ordering::Equal);
                    prop_assert_eq!(a.cmp(&b), a.0.cmp(&b.0));
                }

                #[test]
                fn order_fits_the_operations(a in ratio(), b in ratio(), c in ratio()) {
                    prop_assert_eq!((&a + &c).cmp(&(&b + &c)), a.cmp(&b));
                    prop_assert_eq!((-&a).cmp(&-&b), b.cmp(&a));
                    let scaled = (&a * &c).cmp(&(&b * &c));
                    let expected = match c.cmp(&Ratio::ZERO) {
                        Ordering::Greater => a.cmp(&b),
                        Ordering::Equal => Ordering::Equal,
                        Ordering::Less => b.cmp(&a),
                    };
                    prop_assert_eq!(scaled, expected);
                    let mut sorted = [a, b, c];
                    sorted.sort();
                    prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
                }

                #[test]
                fn close_values_are_told_apart(a in ratio(), b in ratio()) {
                    let step = b.checked_inverse().unwrap_or(Ratio::ONE).abs();
                    let above = &a + &step * &step;
                    prop_assert!(a < above);
                    prop_assert!(-above < -a);
                }

                #[test]
                fn absolute_value_and_sign(a in ratio()) {
                    prop_assert!(!a.abs().is_negative());
                    prop_assert_eq!(a.abs(), if a.is_negative() { -&a } else { a.clone() });
                    prop_assert_eq!(
                        [a.is_negative(), a.is_zero(), a.is_positive()].into_iter().filter(|&is| is).count(),
                        1
                    );
                }

                #[test]
                fn floor_and_ceil_enclose(a in ratio()) {
                    let (floor, ceil) = (a.floor(), a.ceil());
                    prop_assert!(floor.is_integer() && ceil.is_integer());
                    prop_assert!(floor <= a && a < &floor + Ratio::ONE);
                    prop_assert!(&ceil - Ratio::ONE < a && a <= ceil);
                    prop_assert_eq!(&floor == &ceil, a.is_integer());
                    prop_assert_eq!(-(-&a).floor(), ceil);
                }

                #[test]
                fn text_round_trip(a in ratio()) {
                    let text = a.to_string();
                    prop_assert_eq!(text.parse::<Ratio>(), Ok(a.clone()));
                    prop_assert_eq!(format!("{a:?}"), text.clone());
                    let json = serde_json::to_string(&a).unwrap();
                    prop_assert_eq!(&json, &format!("\"{text}\""));
                    prop_assert_eq!(serde_json::from_str::<Ratio>(&json).unwrap(), a);
                }

                #[test]
                fn one_form_for_each_value(a in ratio(), b in ratio()) {
                    let again = (&a + &b) - &b;
                    prop_assert_eq!(hash(&again), hash(&a));
                    prop_assert_eq!(again.to_string(), a.to_string());
                    prop_assert_eq!(again.bits(), a.bits());
                }

                #[test]
                fn decimal_is_long_division(a in ratio(), places in 0u32..40) {
                    let decimal = a.decimal(places);
                    prop_assert_eq!(&decimal, &slow_decimal(&a, places));
                    let shown: Ratio = decimal.parse().unwrap();
                    let half_unit = (0..places).fold(Ratio::new(1, 2).unwrap(), |unit, _| {
                        unit.checked_div(&Ratio::from(10)).unwrap()
                    });
                    let miss = (&shown - &a).abs();
                    prop_assert!(miss <= half_unit);
                    prop_assert!(miss < half_unit || shown.abs() > a.abs());
                }
            }
        }
    };
}

laws!(small);
laws!(machine);
laws!(huge);

proptest! {
    #[test]
    fn small_values_agree_with_plain_integers(p in -999i128..999, q in 1i128..99, r in -999i128..999, s in 1i128..99) {
        let (a, b) = (Ratio::new(p, q).unwrap(), Ratio::new(r, s).unwrap());
        prop_assert_eq!(Some(&a + &b), Ratio::new(p * s + r * q, q * s));
        prop_assert_eq!(Some(&a - &b), Ratio::new(p * s - r * q, q * s));
        prop_assert_eq!(Some(&a * &b), Ratio::new(p * r, q * s));
        prop_assert_eq!(a.checked_div(&b), Ratio::new(p * s, q * r));
        prop_assert_eq!(a.cmp(&b), (p * s).cmp(&(r * q)));
        prop_assert_eq!(a.floor().to_i128(), Some(p.div_euclid(q)));
        prop_assert_eq!(a.to_i128(), (p % q == 0).then_some(p / q));
    }

    #[test]
    fn integers_survive(n in any::<i128>()) {
        prop_assert_eq!(Ratio::from(n).to_i128(), Some(n));
        prop_assert_eq!(Ratio::from(n).to_string(), n.to_string());
    }
}

/// The grammar of the text form, told in another way than the reader does.
fn is_number(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_start_matches('-').split(['/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let zero_below = text.contains('/') && parts[parts.len() - 1].bytes().all(|byte| byte == b'0');
    !text.starts_with("--") && parts.len() <= 2 && parts.iter().all(digits) && !zero_below
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn the_reader_accepts_the_grammar_and_nothing_else(text in "-?[0-9]{0,3}[-+/. e_,0-9é]{0,2}[0-9]{0,3}") {
        let read = text.parse::<Ratio>();
        prop_assert_eq!(read.is_ok(), is_number(&text), "{:?}", read);
        if let Ok(value) = read {
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }
    }

    #[test]
    fn the_reader_survives_any_text(text in "\\PC*") {
        prop_assert_eq!(text.parse::<Ratio>().is_ok(), is_number(&text));
    }
}

#[test]
fn integers_beyond_the_machine_are_not_squeezed() {
    let above = Ratio::from(i128::MAX) + Ratio::ONE;
    assert_eq!(above.to_i128(), None);
    assert_eq!((-above).to_i128(), Some(i128::MIN));
    assert_eq!((Ratio::from(i128::MIN) - Ratio::ONE).to_i128(), None);
}

#[test]
fn extreme_parts_are_reduced() {
    assert_eq!(Ratio::new(i128::MIN, i128::MIN), Some(Ratio::ONE));
    assert_eq!(Ratio::new(0, i128::MIN), Some(Ratio::ZERO));
    assert_eq!(
        Ratio::new(1, i128::MIN).unwrap().to_string(),
        "-1/170141183460469231731687303715884105728"
    );
    assert_eq!(Ratio::new(i128::MIN, 0), None);
    assert_eq!(Ratio::default(), Ratio::ZERO);
}

#[test]
fn can_be_shared_between_threads() {
    fn shareable<T: Send + Sync + 'static>() {}
    shareable::<Ratio>();
}
