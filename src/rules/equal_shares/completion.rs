//! What happens with the money that Equal Shares leaves, and where it starts.

use std::fmt;
use std::str::FromStr;

use crate::election::Money;
use crate::exact::Ratio;
use crate::record::{StepReader, StepWriter};

use super::super::phragmen::PhragmenMisfit;

/// By how much every share is raised at a time: an amount above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Increment(Money);

impl Increment {
    /// An increment of this amount; `None` unless it is above 0.
    #[must_use]
    pub fn new(amount: Money) -> Option<Increment> {
        (amount > Money::ZERO).then_some(Increment(amount))
    }

    /// The amount.
    #[must_use]
    pub fn amount(self) -> Money {
        self.0
    }
}

impl Default for Increment {
    /// One currency unit, as in all elections that were decided so.
    fn default() -> Increment {
        Increment(Money::from(1))
    }
}

impl FromStr for Increment {
    type Err = ();

    fn from_str(text: &str) -> Result<Increment, ()> {
        Increment::new(text.parse().map_err(|_| ())?).ok_or(())
    }
}

impl fmt::Display for Increment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is done with the money that is left when no project can be bought any more.
///
/// Equal Shares alone often leaves a third of the money. *Add1* raises the share of every voter by the increment
/// (times the voter's endowment), starts again from nothing, and repeats. It is not monotone: with more money per
/// voter it may spend less (`tests/witnesses`), so every step is counted and none is skipped by guessing. It always
/// ends: at the latest when every project that somebody supports, and that no relation or limit forbids, is bought; more
/// than ten million increments are refused, with the advice to choose a larger one.
///
/// *Phragmén* goes on from where the purses are: what voters have left they keep, from now on everybody earns, in proportion to
/// their endowments, and the next project is the one whose supporters have its cost first, see [`Phragmen`](crate::rules::Phragmen).
/// The literature has it for equal voters, who earn evenly: a voter with `b` left starts with a load of `-b` (Lackner and Skowron, *Multi-Winner Voting
/// with Approval Preferences*, 2023, examples 11 and 12). With endowments, money that comes later is divided as the money was that filled
/// the purses: whoever had twice the purse earns twice as much. Weights are no money: who weighs twice with one endowment is two voters who share
/// one purse, and one purse's earnings. So weight 2 with endowment 2 is two voters here too.
///
/// Any other rule can complete: joined by a `+` it starts from the awards and the money that are left, as in
/// `equal-shares:utility=cost+greedy-welfare:utility=cost` or `equal-shares:utility=cost+greedy:score=votes,misfit=skip`. Joined
/// so, even `phragmen` starts from the awards alone and knows nothing of purses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Completion {
    /// Nothing: it stays unspent.
    None,
    /// Add1, up to the first run that would cost more than there is; the run before it counts. The Polish cities
    /// Wieliczka and Świecie counted so in 2023.
    Add1(Increment),
    /// Add1, up to the first run after which no supported project fits what is left, or as above.
    Add1UntilExhaustive(Increment),
    /// Phragmén, voters starting with what they have left. Supporters are those of [`Phragmen`](crate::rules::Phragmen),
    /// whatever they gain, of the projects that somebody gains from; as there, a project that does not fit ends the
    /// count or is passed over: no default.
    Phragmen(PhragmenMisfit),
}

/// The share of an ordinary voter at the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Start {
    /// The exact share of the money, a fraction of the currency unit included.
    #[default]
    Exact,
    /// The share rounded down to a whole currency unit; the rest is not given out.
    Floor,
}

impl Start {
    /// The share to start with; both in ten-thousandths.
    pub(super) fn of(self, share: &Ratio) -> Ratio {
        match self {
            Start::Exact => share.clone(),
            Start::Floor => {
                let unit = Ratio::from(Money::from(1).ten_thousandths());
                let whole = share.checked_div(&unit).unwrap_or_default().floor();
                whole * unit
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Word {
    None,
    Add1,
    UntilExhaustive,
    Phragmen,
}

impl Completion {
    /// By how much shares are raised at a time; 0 where they are not.
    pub(super) fn step(self) -> Money {
        match self {
            Completion::None | Completion::Phragmen(_) => Money::ZERO,
            Completion::Add1(by) | Completion::Add1UntilExhaustive(by) => by.amount(),
        }
    }

    /// Takes the keys `completion`, `increment` and `misfit` of a rule's text.
    pub(super) fn take(reader: &mut StepReader<'_>) -> Option<Completion> {
        const WORDS: [(&str, Word); 4] = [
            ("none", Word::None),
            ("add1", Word::Add1),
            ("add1-until-exhaustive", Word::UntilExhaustive),
            ("phragmen", Word::Phragmen),
        ];
        let is_given = reader.take("completion").is_some();
        let word = reader.choice("completion", &WORDS);
        let has_increment = reader.take("increment").is_some();
        let increment = reader.parse("increment", "an amount above 0, such as increment=1");
        if has_increment && increment.is_none() || is_given && word.is_none() {
            return None;
        }
        let is_phragmen = matches!(word, Some(Word::Phragmen));
        if !is_phragmen && reader.take("misfit").is_some() {
            reader.conflict(
                "Equal Shares itself has no misfits: add completion=phragmen, or leave misfit out",
            );
            return None;
        }
        let by = increment.unwrap_or_default();
        match word.unwrap_or(Word::None) {
            Word::None | Word::Phragmen if has_increment => {
                reader.conflict(
                    "an increment is used by Add1 only: choose completion=add1 or completion=add1-until-exhaustive, or leave the increment out",
                );
                None
            }
            Word::None => Some(Completion::None),
            Word::Add1 => Some(Completion::Add1(by)),
            Word::UntilExhaustive => Some(Completion::Add1UntilExhaustive(by)),
            Word::Phragmen => reader
                .require_choice("misfit", &PhragmenMisfit::WORDS)
                .map(Completion::Phragmen),
        }
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        let by = match self {
            Completion::None => return Ok(()),
            Completion::Phragmen(misfit) => {
                writer.arg("completion", "phragmen")?;
                return writer.arg("misfit", misfit).map(|_| ());
            }
            Completion::Add1(by) => {
                writer.arg("completion", "add1")?;
                by
            }
            Completion::Add1UntilExhaustive(by) => {
                writer.arg("completion", "add1-until-exhaustive")?;
                by
            }
        };
        if by != Increment::default() {
            writer.arg("increment", by)?;
        }
        Ok(())
    }
}
