//! The pots of an election: the law's pots with their amounts, families with their members.

use std::collections::BTreeSet;

use crate::budget::{Journal, JournalFault, PotIx, split};
use crate::election::{Area, Money};
use crate::law::{Fault, FaultKind, Law, Pot, PotAmount, SplitKey, Total};

use super::ground::Ground;

/// One pot.
#[derive(Debug, Clone)]
pub(super) struct OpenPot {
    pub(super) id: String,
    /// Its place among the law's pots.
    pub(super) spec: usize,
    /// The area of a member of a family.
    pub(super) area: Option<usize>,
    /// The pot that it is a part of, by its place among the open pots.
    parent: Option<usize>,
    pub(super) amount: Money,
}

/// Lays the pots out: the amount of each, whole before parts.
pub(super) fn lay_out(
    law: &Law,
    ground: &Ground<'_>,
    whole: Money,
    faults: &mut Vec<Fault>,
) -> Vec<OpenPot> {
    let mut layout = Layout {
        law,
        ground,
        faults,
        pots: Vec::new(),
    };
    layout.level(None, None, whole);
    layout.pots
}

/// Opens the pots in the books, as parts of the pot `envelope`.
pub(super) fn open(
    journal: &mut Journal,
    envelope: PotIx,
    pots: &[OpenPot],
) -> Result<Vec<PotIx>, JournalFault> {
    let mut opened: Vec<PotIx> = Vec::new();
    for pot in pots {
        let whole = pot.parent.and_then(|parent| opened.get(parent)).copied();
        opened.push(journal.open_part(&pot.id, whole.unwrap_or(envelope), pot.amount)?);
    }
    Ok(opened)
}

struct Layout<'a, 'b> {
    law: &'a Law,
    ground: &'a Ground<'a>,
    faults: &'b mut Vec<Fault>,
    pots: Vec<OpenPot>,
}

impl Layout<'_, '_> {
    /// The parts of one whole, and their parts.
    fn level(&mut self, parent: Option<&str>, parent_at: Option<usize>, whole: Money) {
        let law = self.law;
        let parts: Vec<(usize, &Pot)> = law
            .pots
            .iter()
            .enumerate()
            .filter(|(_, pot)| pot.parent.as_deref() == parent)
            .collect();
        let mut rest = whole;
        let mut totals: Vec<Option<Money>> = Vec::new();
        for &(at, pot) in &parts {
            let total = self.total(at, pot, whole);
            rest = self.take(at, pot, rest, total.unwrap_or_default());
            totals.push(total);
        }
        for ((at, pot), total) in parts.into_iter().zip(totals) {
            let total = total.unwrap_or_else(|| within(pot, rest).min(rest));
            if pot.is_family() {
                self.members(at, pot, parent_at, total);
            } else {
                let place = self.pots.len();
                self.pots.push(OpenPot {
                    id: pot.id.clone(),
                    spec: at,
                    area: None,
                    parent: parent_at,
                    amount: total,
                });
                self.level(Some(&pot.id), Some(place), total);
            }
        }
    }

    /// What is left of a whole after a part; a fault where there is less.
    fn take(&mut self, at: usize, pot: &Pot, rest: Money, part: Money) -> Money {
        let left = rest.checked_sub(part).unwrap_or_default();
        if left.is_negative() {
            let key = key_of(pot);
            let why = format!("it asks for {part}, and {rest} are left for it");
            self.fault(format!("pot[{at}].{key}"), FaultKind::AboveParent, why);
            return Money::ZERO;
        }
        left
    }

    fn fault(&mut self, path: String, kind: FaultKind, why: String) {
        let fault = Fault::new(path, kind).why(why);
        // Amounts and members ask the same of the areas.
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// How much a pot or a family holds; `None` for what is left.
    fn total(&mut self, at: usize, pot: &Pot, whole: Money) -> Option<Money> {
        let total = match &pot.amount {
            PotAmount::EachArea(amount) => {
                let areas = self.areas(at, pot);
                let all = std::iter::repeat_n(*amount, areas.len());
                return Some(Money::checked_sum(all).unwrap_or(Money::MAX));
            }
            PotAmount::One(total) | PotAmount::Split { total, .. } => total,
        };
        let granularity = self.law.envelope.granularity;
        match total {
            Total::Fixed(amount) => Some(*amount),
            Total::Share(share) => share
                .floor_of(whole, granularity)
                .map(|amount| within(pot, amount)),
            Total::Residual => None,
        }
    }

    /// The areas of a family, in the order of their ids.
    fn areas(&mut self, at: usize, pot: &Pot) -> Vec<usize> {
        let Some(named) = &pot.areas else {
            let leaves: Vec<usize> = self.ground.leaves().collect();
            if leaves.is_empty() {
                let path = format!("pot[{at}].{}", key_of(pot));
                let why = "the election has no areas: add them, or name the area of each project"
                    .to_owned();
                self.fault(path, FaultKind::UnknownArea, why);
            }
            return leaves;
        };
        let mut areas: Vec<usize> = named.iter().filter_map(|id| self.ground.find(id)).collect();
        areas.sort_unstable();
        areas
    }

    fn members(&mut self, at: usize, pot: &Pot, parent: Option<usize>, total: Money) {
        let areas = self.areas(at, pot);
        let amounts = match &pot.amount {
            PotAmount::EachArea(amount) => vec![*amount; areas.len()],
            PotAmount::Split { by, .. } => self.split(at, by, &areas, total),
            PotAmount::One(_) => Vec::new(),
        };
        for (area, amount) in areas.into_iter().zip(amounts) {
            self.pots.push(OpenPot {
                id: format!("{}/{}", pot.id, self.ground.id(area)),
                spec: at,
                area: Some(area),
                parent,
                amount,
            });
        }
    }

    fn split(&mut self, at: usize, by: &SplitKey, areas: &[usize], total: Money) -> Vec<Money> {
        let found: Vec<&Area> = areas
            .iter()
            .filter_map(|&area| self.ground.areas.get(area))
            .collect();
        let granularity = self.law.envelope.granularity;
        let parts = by
            .weights(&found)
            .map_err(|(area, name)| lacking(area.as_deref(), &name) + &self.known_numbers());
        let parts = parts.and_then(|weights| {
            split(total, &weights, granularity).map_err(|error| error.to_string())
        });
        parts.unwrap_or_else(|why| {
            // Without areas the fault has been noted.
            if !areas.is_empty() {
                self.fault(format!("pot[{at}].split"), FaultKind::MissingAttribute, why);
            }
            vec![Money::ZERO; areas.len()]
        })
    }

    /// What the areas have instead, in words.
    fn known_numbers(&self) -> String {
        let names = self
            .ground
            .areas
            .iter()
            .flat_map(|area| area.attributes.keys());
        let names: BTreeSet<&str> = names.map(String::as_str).collect();
        if names.is_empty() {
            return "; no area has any number".to_owned();
        }
        let names: Vec<&str> = names.into_iter().collect();
        format!("; known are: {}", names.join(", "))
    }
}

/// What an area lacks, in words.
pub(super) fn lacking(area: Option<&str>, name: &str) -> String {
    match area {
        Some(area) => {
            format!("area `{area}` has no number `{name}`, or it is zero where it divides")
        }
        None => format!("no area has a number `{name}` above zero"),
    }
}

fn within(pot: &Pot, amount: Money) -> Money {
    let amount = pot.at_least.map_or(amount, |least| amount.max(least));
    pot.at_most.map_or(amount, |most| amount.min(most))
}

/// The key that says how much.
fn key_of(pot: &Pot) -> &'static str {
    match pot.amount {
        PotAmount::One(_) => "amount",
        PotAmount::EachArea(_) => "each-area",
        PotAmount::Split { .. } => "split",
    }
}
