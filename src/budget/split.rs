//! Splits: parts that always add up to the whole.

use crate::election::Money;
use crate::exact::Ratio;

/// Why an amount cannot be split.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// No weight is above zero.
    #[error("nobody has a weight above zero: there is no proportion to split by")]
    NoWeight,
    /// A weight is below zero.
    #[error("weight {place} is below zero")]
    NegativeWeight {
        /// Its place, from 1.
        place: usize,
    },
    /// The amount is negative or too large, or the granularity is not above zero.
    #[error("the amount is negative or too large, or the granularity is not above zero")]
    BadAmount,
}

/// Splits an amount in proportion to weights, by largest remainder (Hamilton's method).
///
/// **Definition.** Each part is first its exact proportion, rounded down to a whole granularity. What is left
/// over goes out one granule each, to the parts whose rounding took most; **ties** go to the part that comes
/// first in the list, so callers list areas in the order of their ids. An amount that is no whole number of
/// granules leaves a rest below one granule: the first of that order has it.
///
/// **Properties.** The parts add up to the whole, exactly; no part differs from its proportion by a granule or
/// more, the rest below one granule apart; equal weights differ by one granule at most. As with every quota
/// method, more money may give one part less (the Alabama paradox).
///
/// ```
/// use quartier::budget::split;
/// use quartier::election::Money;
/// use quartier::exact::Ratio;
/// let weights = [1, 1, 1].map(Ratio::from);
/// let parts = split(Money::from(100), &weights, Money::from(1))?;
/// assert_eq!(parts, [34, 33, 33].map(Money::from));
/// # Ok::<(), quartier::budget::SplitError>(())
/// ```
///
/// # Errors
/// [`SplitError`]: no weight is above zero, one is below, or the amounts make no sense.
pub fn split(
    total: Money,
    weights: &[Ratio],
    granularity: Money,
) -> Result<Vec<Money>, SplitError> {
    if let Some(at) = weights.iter().position(Ratio::is_negative) {
        return Err(SplitError::NegativeWeight { place: at + 1 });
    }
    if total.is_negative() || granularity.is_negative() || granularity.is_zero() {
        return Err(SplitError::BadAmount);
    }
    let sum = weights.iter().fold(Ratio::ZERO, |sum, weight| sum + weight);
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for weight in weights {
        let exact = (total.to_ratio() * weight)
            .checked_div(&sum)
            .ok_or(SplitError::NoWeight)?;
        let floor = Money::floor_to(&exact, granularity).ok_or(SplitError::BadAmount)?;
        remainders.push(exact - floor.to_ratio());
        parts.push(floor);
    }
    let given = Money::checked_sum(parts.iter().copied()).ok_or(SplitError::BadAmount)?;
    let rest = total.checked_sub(given).ok_or(SplitError::BadAmount)?;
    hand_out(&mut parts, &remainders, rest, granularity)?;
    Ok(parts)
}

/// Splits an amount into equal parts by largest remainder: the first ones may have a granule more.
pub(crate) fn split_equally(total: Money, parts: usize, granularity: Money) -> Option<Vec<Money>> {
    if parts == 1 {
        return Some(vec![total]);
    }
    split(total, &vec![Ratio::ONE; parts], granularity).ok()
}

/// Gives the rest out, a granule each, the largest remainder first.
fn hand_out(
    parts: &mut [Money],
    remainders: &[Ratio],
    mut rest: Money,
    granularity: Money,
) -> Result<(), SplitError> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let none = Ratio::ZERO;
    let remainder = |at: usize| remainders.get(at).unwrap_or(&none);
    // The sort is stable, so equal remainders stay in the order of the list.
    order.sort_by(|&a, &b| remainder(b).cmp(remainder(a)));
    // Fewer granules than parts are left, and at most one part of a granule.
    for at in order {
        if rest.is_zero() {
            break;
        }
        let more = granularity.min(rest);
        if let Some(part) = parts.get_mut(at) {
            *part = part.checked_add(more).ok_or(SplitError::BadAmount)?;
            rest = rest.checked_sub(more).ok_or(SplitError::BadAmount)?;
        }
    }
    if rest.is_zero() {
        Ok(())
    } else {
        Err(SplitError::NoWeight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(parts: &[Money]) -> Vec<String> {
        parts.iter().map(Money::to_string).collect()
    }

    #[test]
    fn nine_shares_never_make_one_euro_more() {
        // Lyon 2022 published nine amounts, each rounded by itself: together one euro more than the 10.5 M€ there
        // were. Here nine weights of which each exact share ends in a half or more.
        let weights: Vec<Ratio> = [3, 3, 3, 3, 3, 3, 3, 3, 5].map(Ratio::from).to_vec();
        let parts = split(Money::from(10_500_001), &weights, Money::from(1)).unwrap();
        assert_eq!(
            Money::checked_sum(parts.iter().copied()),
            Some(Money::from(10_500_001))
        );
    }

    #[test]
    fn ties_go_to_the_first_and_the_small_rest_too() {
        let weights = [Ratio::ONE, Ratio::ONE];
        let parts = split("100.5".parse().unwrap(), &weights, Money::from(1)).unwrap();
        assert_eq!(money(&parts), ["50.5", "50"]);
        let parts = split("101.5".parse().unwrap(), &weights, Money::from(1)).unwrap();
        assert_eq!(money(&parts), ["51", "50.5"]);
    }

    #[test]
    fn weights_must_make_a_proportion() {
        let zero = [Ratio::ZERO, Ratio::ZERO];
        assert_eq!(
            split(Money::from(1), &zero, Money::from(1)),
            Err(SplitError::NoWeight)
        );
        assert_eq!(
            split(Money::from(1), &[], Money::from(1)),
            Err(SplitError::NoWeight)
        );
        let minus = [Ratio::ONE, Ratio::from(-1)];
        assert_eq!(
            split(Money::from(1), &minus, Money::from(1)),
            Err(SplitError::NegativeWeight { place: 2 })
        );
    }
}
