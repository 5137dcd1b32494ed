//! The area that receives a rest, chosen by a number about areas.

use super::claim::Measure;
use super::fault::FaultKind;
use super::pot::Pot;
use super::reader::Reader;

/// The area whose pot receives the rest: the one that has most or least of something.
///
/// Częstochowa and Gdynia reward turnout; a city that wants the opposite writes the opposite. The direction is always a
/// part of the word. Only areas that have a pot of their own, a member of a pot for each area, can receive. The area is
/// found when the rule begins, before its claims are served, and is **none** where two are equal: nothing is applied
/// then, and the regulation must name the pot, unless nothing is left over that it could receive, or claims take all of it
/// and none of the equal areas' pots gives.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivingArea {
    /// Most or least of what.
    pub by: AreaMeasure,
    /// Most or least.
    pub which: Extreme,
    /// The pot for each area whose member receives; asked for where there are several such pots.
    pub pots: Option<String>,
}

/// Of what an area has most or least.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AreaMeasure {
    /// Voters of the area by a number about it.
    Turnout {
        /// The number, such as `registered` or `population`.
        of: String,
    },
    /// What the area has received.
    Received(Measure),
}

/// Which end of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    /// The one that has most.
    Most,
    /// The one that has least.
    Least,
}

/// Of what, as it is written.
#[derive(Debug, Clone, Copy)]
enum Word {
    Turnout,
    Received(Measure),
}

const WORDS: &[(&str, (Word, Extreme))] = &[
    ("area:highest-turnout", (Word::Turnout, Extreme::Most)),
    ("area:lowest-turnout", (Word::Turnout, Extreme::Least)),
    (
        "area:least-amount",
        (Word::Received(Measure::Amount), Extreme::Least),
    ),
    (
        "area:most-amount",
        (Word::Received(Measure::Amount), Extreme::Most),
    ),
    (
        "area:least-amount-per-inhabitant",
        (Word::Received(Measure::AmountPerInhabitant), Extreme::Least),
    ),
    (
        "area:most-amount-per-inhabitant",
        (Word::Received(Measure::AmountPerInhabitant), Extreme::Most),
    ),
    (
        "area:least-winners",
        (Word::Received(Measure::Winners), Extreme::Least),
    ),
    (
        "area:most-winners",
        (Word::Received(Measure::Winners), Extreme::Most),
    ),
    (
        "area:least-success-rate",
        (Word::Received(Measure::SuccessRate), Extreme::Least),
    ),
    (
        "area:most-success-rate",
        (Word::Received(Measure::SuccessRate), Extreme::Most),
    ),
];
const TURNOUT_OF: &str = "turnout-of";
const AREA_POT: &str = "area-pot";

impl ReceivingArea {
    /// How such a rest is written.
    #[must_use]
    pub fn word(&self) -> &'static str {
        let same = |(word, which): (Word, Extreme)| {
            which == self.which
                && match (word, &self.by) {
                    (Word::Turnout, AreaMeasure::Turnout { .. }) => true,
                    (Word::Received(word), AreaMeasure::Received(measure)) => word == *measure,
                    _ => false,
                }
        };
        let found = WORDS.iter().find(|(_, meaning)| same(*meaning));
        found.map_or("area", |(text, _)| text)
    }

    /// The pot for each area whose member receives, among the law's pots: the one that is named, or the only one.
    #[must_use]
    pub fn family<'a>(&self, pots: impl IntoIterator<Item = &'a Pot>) -> Option<&'a Pot> {
        let mut families = pots.into_iter().filter(|pot| pot.is_family());
        if let Some(id) = &self.pots {
            return families.find(|pot| pot.id == *id);
        }
        let first = families.next();
        first.filter(|_| families.next().is_none())
    }

    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|(word, _)| *word)
    }

    /// Reads the keys that belong to such a rest; `rest` is what was written there, if it is a text.
    pub(super) fn read(reader: &Reader<'_>, rest: Option<&str>) -> Option<ReceivingArea> {
        let keys = [TURNOUT_OF, AREA_POT].map(|key| (key, reader.has(key)));
        let meaning = rest.and_then(|rest| WORDS.iter().find(|(word, _)| *word == rest));
        let Some((_, (word, which))) = meaning else {
            // Of a rest that cannot be read one fault is enough.
            let elsewhere = rest.filter(|rest| !rest.starts_with("area:"));
            for (key, _) in keys
                .into_iter()
                .filter(|(_, is)| *is && elsewhere.is_some())
            {
                let why = "the rest goes to no area that is chosen by a number";
                reader.fault(key, FaultKind::Contradiction, &[], why);
            }
            return None;
        };
        let pots = reader.optional_text(AREA_POT, &["the id of a pot for each area"]);
        let by = match word {
            Word::Turnout => {
                const OF: &[&str] = &["registered", "population", "another number about areas"];
                let of = reader.text(TURNOUT_OF, OF);
                of.map(|of| AreaMeasure::Turnout { of: of.to_owned() })
            }
            Word::Received(measure) => {
                if reader.has(TURNOUT_OF) {
                    let why = "the area is not chosen by turnout";
                    reader.fault(TURNOUT_OF, FaultKind::Contradiction, &[], why);
                }
                Some(AreaMeasure::Received(*measure))
            }
        };
        Some(ReceivingArea {
            by: by?,
            which: *which,
            pots: pots.map(str::to_owned),
        })
    }
}
