//! Operators and the order of [`Ratio`].

use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use dashu_int::IBig;
use dashu_int::ops::BitTest;
use dashu_ratio::RBig;

use super::Ratio;

/// The four combinations of owned and borrowed operands. There is no `Div`: a division by zero must be visible where
/// it can happen, so only [`Ratio::checked_div`] exists.
macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait<&Ratio> for &Ratio {
            type Output = Ratio;
            fn $method(self, other: &Ratio) -> Ratio {
                Ratio((&self.0).$method(&other.0))
            }
        }

        impl $trait<Ratio> for &Ratio {
            type Output = Ratio;
            fn $method(self, other: Ratio) -> Ratio {
                Ratio((&self.0).$method(other.0))
            }
        }

        impl $trait<&Ratio> for Ratio {
            type Output = Ratio;
            fn $method(self, other: &Ratio) -> Ratio {
                Ratio(self.0.$method(&other.0))
            }
        }

        impl $trait<Ratio> for Ratio {
            type Output = Ratio;
            fn $method(self, other: Ratio) -> Ratio {
                Ratio(self.0.$method(other.0))
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

impl AddAssign<&Ratio> for Ratio {
    fn add_assign(&mut self, other: &Ratio) {
        self.0 += &other.0;
    }
}

impl SubAssign<&Ratio> for Ratio {
    fn sub_assign(&mut self, other: &Ratio) {
        self.0 -= &other.0;
    }
}

impl Neg for Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        Ratio(-self.0)
    }
}

impl Neg for &Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        Ratio(-&self.0)
    }
}

impl Sum<Ratio> for Ratio {
    fn sum<I: Iterator<Item = Ratio>>(values: I) -> Ratio {
        values.fold(Ratio::ZERO, |total, value| total + value)
    }
}

impl<'a> Sum<&'a Ratio> for Ratio {
    fn sum<I: Iterator<Item = &'a Ratio>>(values: I) -> Ratio {
        values.fold(Ratio::ZERO, |total, value| total + value)
    }
}

impl Ord for Ratio {
    /// The order of the numbers, exactly. Most comparisons are settled by sign and size; the rest by one
    /// multiplication on each side.
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (&self.0, &other.0);
        if left.denominator() == right.denominator() {
            return left.numerator().cmp(right.numerator());
        }
        let sign = left.numerator().cmp(&IBig::ZERO);
        let by_sign = sign.cmp(&right.numerator().cmp(&IBig::ZERO));
        if by_sign != Ordering::Equal {
            return by_sign;
        }
        // Both have the same sign, and neither is 0 (two zeros share the denominator 1).
        match cmp_by_size(left, right) {
            Some(larger) if sign == Ordering::Less => larger.reverse(),
            Some(larger) => larger,
            None => (left.numerator() * right.denominator())
                .cmp(&(right.numerator() * left.denominator())),
        }
    }
}

/// Which magnitude is larger, where the lengths in bits already tell.
///
/// A number of `n` bits lies in `[2^(n-1), 2^n)`, so `|p/q|` lies in `(2^(e-1), 2^(e+1))` with
/// `e = bits(p) - bits(q)`: exponents that differ by 2 or more decide. Both values must differ from 0.
fn cmp_by_size(left: &RBig, right: &RBig) -> Option<Ordering> {
    // e(left) against e(right), without subtracting: bits(p) + bits(q') against bits(p') + bits(q).
    let left_size = left.numerator().bit_len() + right.denominator().bit_len();
    let right_size = right.numerator().bit_len() + left.denominator().bit_len();
    (left_size.abs_diff(right_size) >= 2).then(|| left_size.cmp(&right_size))
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
