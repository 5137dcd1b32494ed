//! The register beside an election: which followed project is which, and what it may receive.

use std::collections::BTreeMap;

use crate::election::{Instance, Money, ProjectIx};
use crate::law::follow_up::{Followed, Register, State};
use crate::law::{Cause, Fault, FaultKind, Law};

/// A register beside an election.
pub(super) struct Following<'a> {
    pub(super) register: &'a Register,
    /// The places of its projects, by edition and id.
    places: BTreeMap<(&'a str, &'a str), usize>,
    /// The candidates that its projects are, in its order.
    own: Vec<Option<ProjectIx>>,
}

impl<'a> Following<'a> {
    /// A followed project of the law's edition that is a candidate of the election is that candidate.
    pub(super) fn of(register: &'a Register, law: &Law, instance: &Instance) -> Following<'a> {
        let projects = register.projects.iter().enumerate();
        let key = |project: &'a Followed| (project.edition.as_str(), project.id.as_str());
        let own = |project: &Followed| {
            let is_own = project.edition == law.edition;
            is_own.then(|| instance.find(&project.id)).flatten()
        };
        Following {
            register,
            places: projects.map(|(at, project)| (key(project), at)).collect(),
            own: register.projects.iter().map(own).collect(),
        }
    }

    /// The place of a project in the register, and the project.
    pub(super) fn find(&self, edition: &str, id: &str) -> Option<(usize, &'a Followed)> {
        let place = self.places.get(&(edition, id)).copied()?;
        Some((place, self.register.projects.get(place)?))
    }

    /// The candidate that a project of the register is.
    pub(super) fn own(&self, place: usize) -> Option<ProjectIx> {
        self.own.get(place).copied().flatten()
    }
}

/// The most that a project may have in all: what it costs as far as is known. A project that is held up costs at least
/// what it has received and what the committee says is missing.
pub(super) fn known_cost(project: &Followed) -> Money {
    let cost = project.cost();
    match project.state() {
        State::Stalled { missing, .. } => {
            let with = project.received().checked_add(missing);
            cost.max(with.unwrap_or(Money::MAX))
        }
        _ => cost,
    }
}

/// What only a register tells is a fault where there is none: nothing is silently unpaid.
pub(super) fn check_given(law: &Law, register: Option<&Register>, faults: &mut Vec<Fault>) {
    if register.is_some() {
        return;
    }
    let mut fault = |path: String, what: &str| {
        let why = format!(
            "`{what}` comes from the register of follow-up: apply the regulation with it, or take this out"
        );
        faults.push(Fault::new(path, FaultKind::NeedsRegister).why(why));
    };
    for (at, rule) in law.redistribution.iter().enumerate() {
        let saved = rule.from.iter().position(|cause| *cause == Cause::Saved);
        if let Some(place) = saved {
            fault(
                format!("redistribute[{at}].from[{place}]"),
                Cause::Saved.code(),
            );
        }
        for (place, claim) in rule.claims.iter().enumerate() {
            if claim.kind.is_from_register() {
                let path = format!("redistribute[{at}].claims[{place}].kind");
                fault(path, claim.kind.code());
            }
        }
    }
}
