//! The order in which people sort ids: `2` before `10`.

use std::cmp::Ordering;

/// Compares two ids as people do: numbers inside them by value, everything else by its bytes.
///
/// `p2` comes before `p10`, `BO.9` before `BO.10`. Where two ids are equal that way, such as `7` and
/// `007`, their bytes decide, so two different ids are never equal: this is a total order.
///
/// **Definition.** Each id is read as a sequence of *numbers* (longest runs of the digits `0` to `9`)
/// and single other bytes of its UTF-8 form. Sequences are compared from the left: two numbers by value,
/// a number and a byte by the number's first digit and that byte, two bytes as they are; a sequence that
/// ends first comes first. Numbers may be of any length. Linear in the shorter id.
///
/// ```
/// use quartier::record::natural_cmp;
/// let mut ids = ["p10", "p2", "p1", "p02"];
/// ids.sort_by(|a, b| natural_cmp(a, b));
/// assert_eq!(ids, ["p1", "p02", "p2", "p10"]);
/// ```
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let order = match (left.first(), right.first()) {
            (None, _) | (_, None) => return left.len().cmp(&right.len()).then_with(|| a.cmp(b)),
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, y) = (number(&mut left), number(&mut right));
                x.len().cmp(&y.len()).then_with(|| x.cmp(y))
            }
            (Some(x), Some(y)) => {
                let order = x.cmp(y);
                (left, right) = (rest(left), rest(right));
                order
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn rest(bytes: &[u8]) -> &[u8] {
    bytes.split_first().map_or(&[], |(_, rest)| rest)
}

/// Takes the leading run of digits away and gives it without leading zeros, so that a longer one is a
/// larger number.
fn number<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let end = bytes
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    *bytes = rest;
    let zeros = digits.iter().take_while(|&&byte| byte == b'0').count();
    digits.split_at(zeros).1
}

/// An id that sorts by [`natural_cmp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NaturalId<'a>(pub(super) &'a str);

impl Ord for NaturalId<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        natural_cmp(self.0, other.0)
    }
}

impl PartialOrd for NaturalId<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_people_do() {
        let sorted = [
            "", "0", "1", "02", "2", "9", "010", "10", "A1", "A1b", "A2", "A10", "BO.D9.2",
            "BO.D10.1", "a-1", "a-1-2", "a-1-10", "é2", "é10",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(natural_cmp(a, b), i.cmp(&j), "{a} and {b}");
            }
        }
    }

    #[test]
    fn numbers_of_any_length() {
        let long = "9".repeat(100);
        let longer = format!("1{}", "0".repeat(100));
        assert_eq!(natural_cmp(&long, &longer), Ordering::Less);
        assert_eq!(natural_cmp("00", "0"), Ordering::Greater);
        assert_eq!(
            natural_cmp("1٢", "1٣"),
            Ordering::Less,
            "other digits are plain bytes"
        );
    }
}
