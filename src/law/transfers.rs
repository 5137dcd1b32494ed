//! Where leftovers go: the pots exist, an area's pot is one, and money does not come back.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind};
use super::pot::Pot;
use super::reader::Sink;
use super::receiving_area::ReceivingArea;
use super::redistribution::{Cause, Redistribution, Rest};
use super::references::{Parts, is_pot, unknown};

/// The pot in which savings stand.
pub(crate) const SAVINGS: &str = "savings";

/// Where money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    /// A pot, a family or a member of one.
    Pot(&'a str),
    /// One member of a family, nobody knows which yet, by the rule of this number.
    SomeMember(&'a str, usize),
}

impl<'a> Place<'a> {
    /// The family of a member, or the pot itself.
    fn base(self) -> &'a str {
        match self {
            Place::Pot(id) => base(id),
            Place::SomeMember(family, _) => family,
        }
    }

    /// May these be the same pot?
    fn may_be(self, other: Place<'_>) -> bool {
        match (self, other) {
            (Place::Pot(one), Place::Pot(other)) => one == other,
            _ => self.base() == other.base(),
        }
    }

    /// Is what stands here taken by a rule that takes from a pot and gives to another place?
    fn is_taken(self, from: &str, to: Place<'_>) -> bool {
        match self {
            // A family is the source of each of its members but the one that it gives to.
            Place::Pot(id) => from == id || from == base(id) && to != self,
            Place::SomeMember(family, _) => base(from) == family && to != self,
        }
    }
}

/// The family of a member, or the pot itself.
pub(super) fn base(id: &str) -> &str {
    id.split_once('/').map_or(id, |(family, _)| family)
}

pub(super) fn check(parts: &Parts<'_>, pots: &[&Pot], sink: &Sink) {
    let known: Vec<&str> = pots.iter().map(|pot| pot.id.as_str()).collect();
    // From which pots money has gone to which, by the rules so far.
    let mut moves: Vec<(&str, Place<'_>)> = Vec::new();
    for (at, rule) in parts.rules.iter().enumerate() {
        let Some(rule) = rule else { continue };
        check_savings(at, rule, pots, sink);
        let sources = rule.pots.as_ref();
        for (place, id) in sources.into_iter().flatten().enumerate() {
            if !is_pot(id, pots) {
                let path = format!("redistribute[{at}].pots[{place}]");
                unknown(sink, path, FaultKind::UnknownPot, id, &known);
            }
        }
        let Some(to) = target(at, rule, pots, sink) else {
            continue;
        };
        let from: Vec<&str> = match sources {
            Some(sources) => sources.iter().map(String::as_str).collect(),
            None => known
                .iter()
                .copied()
                .filter(|id| Place::Pot(id) != to)
                .collect(),
        };
        moves.extend(from.iter().map(|from| (*from, to)));
        if comes_back(&moves, to) {
            let what = match to {
                Place::Pot(id) => format!("`{id}`"),
                Place::SomeMember(family, _) => format!("a pot of `{family}`"),
            };
            let why = format!("what reaches {what} would be taken from it and come back");
            let path = format!("redistribute[{at}].rest");
            sink.push(Fault::new(path, FaultKind::CircularTransfer).why(why));
        }
    }
}

/// Savings stand in a pot of their own, so no other is called so.
fn check_savings(at: usize, rule: &Redistribution, pots: &[&Pot], sink: &Sink) {
    let taken = pots.iter().position(|pot| pot.id == SAVINGS);
    if let Some(pot) = taken.filter(|_| rule.from.contains(&Cause::Saved)) {
        let why = format!(
            "redistribute[{at}] takes what was saved, which stands in a pot of this name: call this one otherwise"
        );
        let path = format!("pot[{pot}].id");
        sink.push(Fault::new(path, FaultKind::DuplicateId).why(why));
    }
}

/// The pot that receives the rest, if one does and it exists.
fn target<'a>(
    at: usize,
    rule: &'a Redistribution,
    pots: &[&'a Pot],
    sink: &Sink,
) -> Option<Place<'a>> {
    match &rule.rest {
        Rest::Pot(to) => {
            let is_family = |pot: &&Pot| pot.id == *to && pot.is_family();
            if !is_pot(to, pots) || pots.iter().any(is_family) {
                let known: Vec<&str> = pots.iter().map(|pot| pot.id.as_str()).collect();
                let path = format!("redistribute[{at}].rest");
                unknown(sink, path, FaultKind::UnknownPot, to, &known);
                return None;
            }
            Some(Place::Pot(to))
        }
        Rest::Area(area) => {
            family(at, area, pots, sink).map(|family| Place::SomeMember(family, at))
        }
        _ => None,
    }
}

/// The pot for each area of which a member receives the rest.
fn family<'a>(at: usize, area: &ReceivingArea, pots: &[&'a Pot], sink: &Sink) -> Option<&'a str> {
    let families = pots.iter().filter(|pot| pot.is_family());
    let families: Vec<&str> = families.map(|pot| pot.id.as_str()).collect();
    let path = format!("redistribute[{at}].area-pot");
    match (&area.pots, families.as_slice()) {
        (_, []) => {
            let path = format!("redistribute[{at}].rest");
            let why = "no area has a pot of its own: no pot has `each-area` or `split`";
            sink.push(Fault::new(path, FaultKind::Contradiction).why(why));
            None
        }
        (Some(id), families) => {
            let found = families.iter().copied().find(|family| family == id);
            if found.is_none() {
                unknown(sink, path, FaultKind::UnknownPot, id, families);
            }
            found
        }
        (None, [only]) => Some(only),
        (None, families) => {
            let why = "areas have several pots: which of them receives";
            sink.push(
                Fault::new(path, FaultKind::MissingChoice)
                    .allowed(families)
                    .why(why),
            );
            None
        }
    }
}

fn comes_back(moves: &[(&str, Place<'_>)], start: Place<'_>) -> bool {
    let (mut open, mut seen) = (vec![start], BTreeSet::new());
    while let Some(place) = open.pop() {
        for (_, to) in moves.iter().filter(|(from, to)| place.is_taken(from, *to)) {
            if to.may_be(start) {
                return true;
            }
            if seen.insert(*to) {
                open.push(*to);
            }
        }
    }
    false
}
