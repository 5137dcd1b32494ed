//! The majority gauge: a median grade, and how many voters stand on either side of it.

use std::cmp::Ordering;
use std::fmt;

use crate::exact::Ratio;

/// What majority judgment says of one project (Balinski and Laraki).
///
/// **Definition.** The *majority grade* α is the highest grade that more than half of the voters give at least:
/// the median, and with an even number of voters the lower of the two in the middle. p is the share of voters
/// who give more than α, q the share of those who give less. The gauge is α+ if p > q, else α−.
///
/// **Order.** The higher majority grade is better. With the same grade, + is better than −; of two with +, the one
/// with the larger p; of two with −, the one with the smaller q. Gauges that this leaves equal are tied.
///
/// **Source.** Balinski and Laraki, *A theory of measuring, electing, and ranking*, PNAS 104, 2007; *Majority
/// Judgment*, MIT Press 2011.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MajorityGauge {
    level: usize,
    grade: String,
    above: Ratio,
    below: Ratio,
}

impl MajorityGauge {
    /// From the weight of the voters who give each grade of a scale, the worst first; `None` where nobody does.
    pub(super) fn of(scale: &[String], voters: &[Ratio]) -> Option<MajorityGauge> {
        let all: Ratio = voters.iter().sum();
        let mut above = Ratio::default();
        for (level, (grade, here)) in scale.iter().zip(voters).enumerate().rev() {
            let at_least = &above + here;
            if at_least.mul_int(2) > all {
                return Some(MajorityGauge {
                    level,
                    grade: grade.clone(),
                    below: (&all - &at_least).checked_div(&all)?,
                    above: above.checked_div(&all)?,
                });
            }
            above = at_least;
        }
        None
    }

    /// The majority grade, as the scale names it.
    #[must_use]
    pub fn grade(&self) -> &str {
        &self.grade
    }

    /// The place of the majority grade on the scale, 0 for the worst.
    #[must_use]
    pub fn level(&self) -> usize {
        self.level
    }

    /// The share p of voters who give more than the majority grade.
    #[must_use]
    pub fn above(&self) -> &Ratio {
        &self.above
    }

    /// The share q of voters who give less than the majority grade.
    #[must_use]
    pub fn below(&self) -> &Ratio {
        &self.below
    }

    /// Is it α+: do more voters give more than the majority grade than less?
    #[must_use]
    pub fn leans_up(&self) -> bool {
        self.above > self.below
    }

    /// Which is better; not `Ord`, since gauges that are equally good need not be equal.
    #[must_use]
    pub fn compare(&self, other: &MajorityGauge) -> Ordering {
        let key = |gauge: &MajorityGauge| {
            let lean = if gauge.leans_up() {
                gauge.above.clone()
            } else {
                -gauge.below.clone()
            };
            (gauge.level, gauge.leans_up(), lean)
        };
        key(self).cmp(&key(other))
    }
}

impl fmt::Display for MajorityGauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.leans_up() { '+' } else { '-' };
        let MajorityGauge {
            grade,
            above,
            below,
            ..
        } = self;
        write!(f, "{grade}{sign} ({above} above, {below} below)")
    }
}
