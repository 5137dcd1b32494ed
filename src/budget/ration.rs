//! Rations: what there is, shared among claims in proportion to what each misses.

use crate::election::Money;
use crate::exact::Ratio;

use super::split::{SplitError, split};

/// Shares an amount among claims in proportion to what each misses, by largest remainder, nobody more than that.
///
/// **Definition.** If there is enough for all, everybody gets what is missing. Otherwise what there is, rounded down to a
/// whole granularity, is [`split`] with what is missing as weights. A part that would be above what is missing, which
/// only rounding up can do, is cut to it, and what was cut off goes to the claims that miss most beyond their part, the
/// first in the list among equals.
///
/// **Properties.** The parts add up exactly to what there is, rounded down to a granularity, or to all that is missing;
/// no part is below zero or above what is missing; **ties** between remainders go to the claim that comes first in the
/// list, so callers list claims in the order in which they would be served. O(n²) for n claims at worst, and O(n log n)
/// where all amounts are whole granules.
///
/// ```
/// use quartier::budget::ration;
/// use quartier::election::Money;
/// let missing = [60, 30, 10].map(Money::from);
/// assert_eq!(ration(Money::from(51), &missing, Money::from(1))?, [31, 15, 5].map(Money::from));
/// assert_eq!(ration(Money::from(500), &missing, Money::from(1))?, missing);
/// # Ok::<(), quartier::budget::SplitError>(())
/// ```
///
/// # Errors
/// [`SplitError::BadAmount`]: an amount is negative, or the granularity is not above zero.
pub fn ration(
    there: Money,
    missing: &[Money],
    granularity: Money,
) -> Result<Vec<Money>, SplitError> {
    let is_negative = there.is_negative() || missing.iter().any(|amount| amount.is_negative());
    if is_negative || granularity <= Money::ZERO {
        return Err(SplitError::BadAmount);
    }
    let weights: Vec<Ratio> = missing.iter().map(|amount| amount.to_ratio()).collect();
    let wanted = weights.iter().fold(Ratio::ZERO, |sum, weight| sum + weight);
    if there.to_ratio() >= wanted {
        return Ok(missing.to_vec());
    }
    let total = Money::floor_to(&there.to_ratio(), granularity).ok_or(SplitError::BadAmount)?;
    // Something is missing, so there is a weight above zero.
    let mut parts = split(total, &weights, granularity)?;
    let mut rest = Money::ZERO;
    for (part, &most) in parts.iter_mut().zip(missing) {
        if *part > most {
            let cut = part.checked_sub(most).ok_or(SplitError::BadAmount)?;
            rest = rest.checked_add(cut).ok_or(SplitError::BadAmount)?;
            *part = most;
        }
    }
    hand_on(&mut parts, missing, rest)?;
    Ok(parts)
}

/// Would everybody who misses something get a part of it by [`ration`]?
///
/// # Errors
/// [`SplitError`], as for `ration`.
pub(crate) fn gives_everyone(
    there: Money,
    missing: &[Money],
    granularity: Money,
) -> Result<bool, SplitError> {
    let some = || missing.iter().filter(|amount| !amount.is_zero());
    let Some(least) = some().min() else {
        return Ok(true);
    };
    // Whoever's exact part is a whole granule gets one, and no part is less than that of the least claim: no need to split.
    let total = Money::floor_to(&there.to_ratio(), granularity).ok_or(SplitError::BadAmount)?;
    let wanted = some().fold(Ratio::ZERO, |sum, amount| sum + amount.to_ratio());
    if total.to_ratio() * least.to_ratio() >= wanted * granularity.to_ratio() {
        return Ok(true);
    }
    let parts = ration(there, missing, granularity)?;
    let mut parts = parts.iter().zip(missing);
    Ok(parts.all(|(part, missing)| !part.is_zero() || missing.is_zero()))
}

/// Gives what was cut off to the claims that still miss most.
fn hand_on(parts: &mut [Money], missing: &[Money], mut rest: Money) -> Result<(), SplitError> {
    while !rest.is_zero() {
        let mut neediest: Option<(usize, Money)> = None;
        for (at, (part, most)) in parts.iter().zip(missing).enumerate() {
            let room = most.checked_sub(*part).ok_or(SplitError::BadAmount)?;
            if neediest.is_none_or(|(_, before)| room > before) {
                neediest = Some((at, room));
            }
        }
        let (at, room) = neediest.ok_or(SplitError::NoWeight)?;
        let more = room.min(rest);
        let part = parts.get_mut(at).ok_or(SplitError::NoWeight)?;
        *part = part.checked_add(more).ok_or(SplitError::BadAmount)?;
        rest = rest.checked_sub(more).ok_or(SplitError::BadAmount)?;
        if more.is_zero() {
            return Err(SplitError::NoWeight);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(parts: &[&str]) -> Vec<Money> {
        parts.iter().map(|part| part.parse().unwrap()).collect()
    }

    #[test]
    fn nobody_gets_more_than_is_missing() {
        // 3 granules of 1 for 0.4, 0.4, 0.4 and 3: exactly 0.285.., 0.285.., 0.285.., 2.142..; the rest of one granule is
        // the first's, who misses 0.4 only; 0.6 go to the last.
        let missing = money(&["0.4", "0.4", "0.4", "3"]);
        let parts = ration(Money::from(3), &missing, Money::from(1)).unwrap();
        assert_eq!(parts, money(&["0.4", "0", "0", "2.6"]));
    }

    #[test]
    fn what_is_below_a_granule_is_not_shared() {
        let parts = ration("7.5".parse().unwrap(), &money(&["5", "5"]), Money::from(1)).unwrap();
        assert_eq!(parts, money(&["4", "3"]));
        let parts = ration("0.5".parse().unwrap(), &money(&["5", "5"]), Money::from(1)).unwrap();
        assert_eq!(parts, money(&["0", "0"]));
    }

    #[test]
    fn what_is_missing_may_add_up_to_more_than_an_amount_can_be() {
        let parts = ration(Money::from(5), &[Money::MAX; 3], Money::from(1)).unwrap();
        assert_eq!(parts, money(&["2", "2", "1"]));
    }

    #[test]
    fn whether_everyone_gets_something_is_what_sharing_says() {
        let amounts = money(&["0", "0.4", "1", "3", "40"]);
        let granularity = Money::from(1);
        let mut seen = [0, 0];
        for there in money(&["0", "0.3", "0.5", "1", "2", "5", "12.5", "44.4", "60"]) {
            for a in &amounts {
                for b in &amounts {
                    for c in &amounts {
                        let missing = [*a, *b, *c];
                        let parts = ration(there, &missing, granularity).unwrap();
                        let mut both = parts.iter().zip(&missing);
                        let all = both.all(|(part, missing)| !part.is_zero() || missing.is_zero());
                        assert_eq!(gives_everyone(there, &missing, granularity), Ok(all));
                        seen[usize::from(all)] += 1;
                    }
                }
            }
        }
        assert!(seen.iter().all(|&cases| cases > 100), "{seen:?}");
    }

    #[test]
    fn no_claim_and_nothing_missing_take_nothing() {
        assert_eq!(ration(Money::from(5), &[], Money::from(1)), Ok(Vec::new()));
        let nothing = ration(Money::from(5), &[Money::ZERO], Money::from(1));
        assert_eq!(nothing, Ok(vec![Money::ZERO]));
        assert!(ration(Money::from(5), &[], Money::ZERO).is_err());
    }
}
