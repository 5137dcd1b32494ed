//! What happens when the next project in rank does not fit what is left.

use crate::election::Money;
use crate::exact::Ratio;
use crate::record::{StepReader, StepWriter};
use std::fmt;

/// A share of a project's cost, between 0 and 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share(Ratio);

impl Share {
    /// The largest numerator and denominator together, in bits: the text of a rule stays short.
    const BITS: usize = 400;

    /// A share from a percentage between 0 and 100 of at most 400 bits.
    #[must_use]
    pub fn percent(percent: &Ratio) -> Option<Share> {
        let share = percent.checked_div(&Ratio::from(100))?;
        (!share.is_negative() && share <= Ratio::ONE && percent.bits() <= Share::BITS)
            .then_some(Share(share))
    }

    /// Does `amount` cover this share of `cost`?
    #[must_use]
    pub fn is_covered(&self, amount: Money, cost: Money) -> bool {
        amount.to_ratio() >= cost.to_ratio() * &self.0
    }
}

impl std::str::FromStr for Share {
    type Err = ();

    fn from_str(text: &str) -> Result<Share, ()> {
        let percent = text.strip_suffix('%').ok_or(())?;
        Share::percent(&percent.parse().map_err(|_| ())?).ok_or(())
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.mul_int(100))
    }
}

/// How much a reserve holds: an amount that is not negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reserve(Money);

impl Reserve {
    /// A reserve that holds this; `None` if it is negative.
    #[must_use]
    pub fn new(amount: Money) -> Option<Reserve> {
        (!amount.is_negative()).then_some(Reserve(amount))
    }

    /// How much it holds.
    #[must_use]
    pub fn amount(self) -> Money {
        self.0
    }
}

impl std::str::FromStr for Reserve {
    type Err = ();

    fn from_str(text: &str) -> Result<Reserve, ()> {
        Reserve::new(text.parse().map_err(|_| ())?).ok_or(())
    }
}

impl fmt::Display for Reserve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What happens at a *misfit*: a project whose turn it is and that costs more than is left.
///
/// Law differs from city to city, and the choice changes the winners in most elections, so there is no
/// default. Skip: Warszawa, Kraków, Łódź. Stop: Gdynia, Wrocław. Top-up: Poznań. Partial: Amsterdam.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// Go on to the next that fits.
    Skip,
    /// Fund nothing more.
    Stop,
    /// Give it what is left, rounded down to the granularity of the election, if that covers the share, and
    /// fund nothing more.
    Partial {
        /// The least share of its cost that must be covered.
        min_covered: Share,
    },
    /// Fund it in full with the rest and a reserve, if the rest covers the share, and fund nothing more.
    TopUp {
        /// The least share of its cost that the rest must cover.
        min_covered: Share,
        /// How much the reserve holds.
        reserve: Reserve,
    },
}

#[derive(Clone, Copy)]
enum Word {
    Skip,
    Stop,
    Partial,
    TopUp,
}

impl Misfit {
    /// Takes the keys `misfit`, `min-covered` and `reserve` of a rule's text. `misfit` has no default.
    pub(super) fn take(reader: &mut StepReader<'_>) -> Option<Misfit> {
        const SHARE: &str = "the least share that must be covered, such as min-covered=80%";
        const RESERVE: &str = "the amount that the reserve holds, such as reserve=200000";
        let word = reader.require_choice(
            "misfit",
            &[
                ("skip", Word::Skip),
                ("stop", Word::Stop),
                ("partial", Word::Partial),
                ("top-up", Word::TopUp),
            ],
        );
        let Some(word) = word else {
            // Which of the other keys belong here depends on the one that is missing: none of them is unknown.
            reader.take("min-covered");
            reader.take("reserve");
            return None;
        };
        match word {
            Word::Skip => Some(Misfit::Skip),
            Word::Stop => Some(Misfit::Stop),
            Word::Partial => Some(Misfit::Partial {
                min_covered: reader.require("min-covered", SHARE)?,
            }),
            Word::TopUp => {
                let (min_covered, reserve) = (
                    reader.require("min-covered", SHARE),
                    reader.require("reserve", RESERVE),
                );
                Some(Misfit::TopUp {
                    min_covered: min_covered?,
                    reserve: reserve?,
                })
            }
        }
    }

    pub(super) fn write(&self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        match self {
            Misfit::Skip => writer.arg("misfit", "skip")?,
            Misfit::Stop => writer.arg("misfit", "stop")?,
            Misfit::Partial { min_covered } => writer
                .arg("misfit", "partial")?
                .arg("min-covered", min_covered)?,
            Misfit::TopUp {
                min_covered,
                reserve,
            } => writer
                .arg("misfit", "top-up")?
                .arg("min-covered", min_covered)?
                .arg("reserve", reserve)?,
        };
        Ok(())
    }
}
