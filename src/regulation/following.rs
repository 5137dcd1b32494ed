//! The register beside an election: which followed project is which, and what it may receive.

use std::collections::BTreeMap;

use crate::election::{Instance, Money, ProjectIx};
use crate::law::follow_up::{Followed, Register};
use crate::law::{Cause, Fault, FaultKind, Law, Rate};

use super::follow_up::{OtherAward, Owed};
use super::grants::Due;
use super::run::Run;

/// A register beside an election.
pub(super) struct Following<'a> {
    pub(super) register: &'a Register,
    /// The places of its projects, by edition and id.
    places: BTreeMap<(&'a str, &'a str), usize>,
    /// The candidates that its projects are, in its order.
    own: Vec<Option<ProjectIx>>,
    /// The rates of this law for those, in the same order.
    rates: Vec<Option<&'a Rate>>,
    granularity: Money,
}

impl<'a> Following<'a> {
    /// A followed project of the law's edition that is a candidate of the election is that candidate. What the register says
    /// that the city owes of it must be what this law says.
    pub(super) fn of(
        register: &'a Register,
        law: &'a Law,
        instance: &Instance,
        dues: &[Due],
        faults: &mut Vec<Fault>,
    ) -> Following<'a> {
        let projects = register.projects.iter().enumerate();
        let key = |project: &'a Followed| (project.edition.as_str(), project.id.as_str());
        let own = |project: &Followed| {
            let is_own = project.edition == law.edition;
            is_own.then(|| instance.find(&project.id)).flatten()
        };
        let own: Vec<Option<ProjectIx>> = register.projects.iter().map(own).collect();
        let rate = |project: ProjectIx| law.rates.get(dues.get(project.index())?.rate?);
        let rates = own.iter().map(|own| own.and_then(rate)).collect();
        let following = Following {
            register,
            places: projects.map(|(at, project)| (key(project), at)).collect(),
            own,
            rates,
            granularity: law.envelope.granularity,
        };
        following.check_grants(law, faults);
        following
    }

    fn check_grants(&self, law: &Law, faults: &mut Vec<Fault>) {
        for (place, project) in self.register.projects.iter().enumerate() {
            let (Some(_), Some(stated)) = (self.own(place), project.grant) else {
                continue;
            };
            let owed = self.owed(place, project).of(project.voted);
            if owed == stated {
                continue;
            }
            let rate = self.rates.get(place).copied().flatten();
            let at = rate.and_then(|rate| law.rates.iter().position(|known| known == rate));
            let path = at.map_or("rate".to_owned(), |at| format!("rate[{at}]"));
            let why = format!(
                "the register says that the city owed {stated} of project `{}`, which is {owed} by this regulation: correct one of the two, or leave `grant` out of the register",
                project.id
            );
            faults.push(Fault::new(path, FaultKind::Contradiction).why(why));
        }
    }

    /// What the city owes of the cost of a project of the register: of a candidate by this law's rates, of any other as the
    /// register says.
    pub(super) fn owed<'b>(&'b self, place: usize, project: &'b Followed) -> Owed<'b> {
        match self.own(place) {
            Some(_) => {
                let rate = self.rates.get(place).copied().flatten();
                Owed::of_candidate(rate, self.granularity)
            }
            None => Owed::of_followed(project, self.granularity),
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

/// Where a law needs the register, and for what.
fn needs(law: &Law) -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    for (at, rule) in law.redistribution.iter().enumerate() {
        for (place, cause) in rule.from.iter().enumerate() {
            if *cause == Cause::Saved {
                all.push((format!("redistribute[{at}].from[{place}]"), cause.code()));
            }
        }
        for (place, claim) in rule.claims.iter().enumerate() {
            if claim.kind.is_from_register() {
                let path = format!("redistribute[{at}].claims[{place}].kind");
                all.push((path, claim.kind.code()));
            }
        }
    }
    all
}

/// What only a register tells is a fault where there is none: nothing is silently unpaid.
pub(super) fn check_given(law: &Law, register: Option<&Register>, faults: &mut Vec<Fault>) {
    if register.is_some() {
        return;
    }
    for (path, what) in needs(law) {
        let why = format!(
            "`{what}` comes from the register of follow-up: apply the regulation with it, or take this out"
        );
        faults.push(Fault::new(path, FaultKind::NeedsRegister).why(why));
    }
}

impl Run<'_> {
    /// The candidates of which the register knows another award than this count gives, where the law needs the register.
    pub(super) fn other_awards(&self) -> Vec<OtherAward> {
        let setting = self.setting;
        let Some(following) = &setting.following else {
            return Vec::new();
        };
        if needs(setting.law).is_empty() {
            return Vec::new();
        }
        let places = following.places.values();
        let other = |&place: &usize| {
            let project = following.register.projects.get(place)?;
            let received = self.allocation.received(following.own(place)?);
            let more = self.followed.paid(place);
            let count = received.unwrap_or_default().checked_sub(more)?;
            (count != project.awarded).then(|| OtherAward {
                project: project.id.clone(),
                register: project.awarded,
                count,
            })
        };
        places.filter_map(other).collect()
    }
}
