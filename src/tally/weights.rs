//! What each place of a ranking is worth.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::election::{Points, PointsError};
use crate::exact::Ratio;

/// A weight for each place of a ranking, the best first; places beyond the list give 0.
///
/// ```
/// use quartier::tally::{Score, Weights};
/// let weights: Weights = "3;2;1".parse()?;
/// assert_eq!(Weights::new([3.into(), 2.into(), 1.into()])?, weights);
/// assert_eq!(Score::Weights(weights).to_string(), "weights;3;2;1");
/// assert!(Weights::new([]).is_err());
/// # Ok::<(), quartier::tally::WeightsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights(Box<Table>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    places: Vec<Points>,
    /// The sum of the weights before each place, and of all.
    sums: Vec<Ratio>,
}

/// Weights that a ranking cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// None at all, or more than the text of a rule can hold.
    #[error(
        "a ranking has between 1 and {} weights, and {found} are given: places beyond the list give 0",
        Weights::MOST
    )]
    Number {
        /// How many were given.
        found: usize,
    },
    /// A weight that is not a number.
    #[error(transparent)]
    Weight(#[from] PointsError),
}

impl Weights {
    /// The most places that can have a weight: more could not be written in the text of a rule.
    pub const MOST: usize = 100;

    /// The weights of the first places, the best first.
    ///
    /// # Errors
    /// [`WeightsError::Number`] if there is none or there are more than [`Weights::MOST`].
    pub fn new(places: impl IntoIterator<Item = Points>) -> Result<Weights, WeightsError> {
        let places: Vec<Points> = places.into_iter().collect();
        if places.is_empty() || places.len() > Weights::MOST {
            return Err(WeightsError::Number {
                found: places.len(),
            });
        }
        let mut sums = vec![Ratio::default()];
        for place in &places {
            sums.push(sums.last().cloned().unwrap_or_default() + place.to_ratio());
        }
        Ok(Weights(Box::new(Table { places, sums })))
    }

    /// The weights in order.
    #[must_use]
    pub fn places(&self) -> &[Points] {
        &self.0.places
    }

    /// The weight of some places together.
    pub(super) fn sum(&self, places: Range<usize>) -> Ratio {
        let before = |place: usize| {
            self.0
                .sums
                .get(place)
                .or(self.0.sums.last())
                .cloned()
                .unwrap_or_default()
        };
        before(places.end) - before(places.start)
    }
}

impl FromStr for Weights {
    type Err = WeightsError;

    fn from_str(text: &str) -> Result<Weights, WeightsError> {
        Weights::new(
            text.split(';')
                .map(str::parse)
                .collect::<Result<Vec<Points>, _>>()?,
        )
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, weight) in self.0.places.iter().enumerate() {
            write!(f, "{}{weight}", if place == 0 { "" } else { ";" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_places() {
        let weights = Weights::new([3, 2, 1].map(Points::from)).unwrap();
        assert_eq!(weights.sum(0..1), 3.into());
        assert_eq!(weights.sum(1..3), 3.into());
        assert_eq!(weights.sum(2..6), 1.into(), "places beyond the list give 0");
        assert_eq!(weights.sum(7..9), Ratio::ZERO);
    }
}
