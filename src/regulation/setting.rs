//! Everything that is known before money moves: whatever does not fit is found here, all at once.

use crate::election::{BallotView, Election, Instance, Money, ProjectIx};
use crate::exact::Ratio;
use crate::law::{ClaimKind, Fault, FaultKind, Faults, Law, Measure, Method, OnUnknown, SplitKey};
use crate::record::Decision;
use crate::tally::BallotRules;

use super::decisions::Orders;
use super::digest::Digests;
use super::eligibility::{Admission, admission};
use super::error::{ApplyError, Unknown};
use super::following::{self, Following};
use super::grants::{Due, dues};
use super::ground::Ground;
use super::inputs::Inputs;
use super::pots::{OpenPot, lacking, lay_out};
use super::read::Regulation;
use super::receiving;

/// A regulation and an election that fit together.
pub(super) struct Setting<'a> {
    pub(super) regulation: &'a Regulation,
    pub(super) law: &'a Law,
    /// What people decided.
    pub(super) decisions: &'a [Decision],
    /// The election with the money that the regulation gives it.
    pub(super) election: Election,
    pub(super) ground: Ground<'a>,
    pub(super) orders: Orders,
    /// What was given, before the regulation's money was put in.
    pub(super) digests: Digests,
    /// What the pots share.
    pub(super) whole: Money,
    pub(super) pots: Vec<OpenPot>,
    /// What has to be paid for each project.
    pub(super) dues: Vec<Due>,
    /// Who takes part, and why not.
    pub(super) admissions: Vec<Admission>,
    /// What each area is entitled to in a balance, for each stage in the order in which they run.
    pub(super) weights: Vec<Option<Vec<Ratio>>>,
    /// How many voters each area has, of those that may receive by turnout.
    pub(super) voters: Vec<u64>,
    /// The register of follow-up, where there is one.
    pub(super) following: Option<Following<'a>>,
}

impl<'a> Setting<'a> {
    pub(super) fn of(
        regulation: &'a Regulation,
        election: &'a Election,
        inputs: Inputs<'a>,
    ) -> Result<Setting<'a>, ApplyError> {
        let (law, instance) = (regulation.law(), election.instance());
        let orders = Orders::of(law, instance, inputs.decisions)?;
        check_ballots(regulation.ballots(), election)?;
        let mut faults = Vec::new();
        let ground = Ground::of(law, election, &mut faults);
        check_areas(law, &ground, &mut faults);
        check_currency(law, instance, &mut faults);
        let whole = whole(law, &orders)?;
        let pots = lay_out(law, &ground, whole, &mut faults);
        let weights = regulation
            .stages()
            .iter()
            .map(|stage| match &law.stages.get(stage.at)?.method {
                Method::Balance { weight, .. } => {
                    let path = format!("stage[{}].weight", stage.at);
                    Some(weights(&ground, weight, &path, &mut faults))
                }
                _ => None,
            })
            .collect();
        let dues = dues(law, instance, &mut faults);
        check_measures(law, &ground, &mut faults);
        let voters = receiving::check(law, election, &ground, &pots, &mut faults);
        following::check_given(law, inputs.register, &mut faults);
        let following = inputs
            .register
            .map(|register| Following::of(register, law, instance, &dues, &mut faults));
        if !faults.is_empty() {
            return Err(ApplyError::Misfit(Faults::new(faults)));
        }
        let admissions = admissions(law, instance, &orders, &dues)?;
        let digests = Digests::of(regulation.digest(), &inputs, election);
        let election = on_these_terms(regulation.ballots(), election, whole);
        Ok(Setting {
            regulation,
            law,
            decisions: inputs.decisions,
            election,
            ground,
            orders,
            digests,
            whole,
            pots,
            dues,
            admissions,
            weights,
            voters,
            following,
        })
    }

    pub(super) fn instance(&self) -> &Instance {
        self.election.instance()
    }

    pub(super) fn is_admitted(&self, project: ProjectIx) -> bool {
        self.admissions.get(project.index()) == Some(&Admission::Admitted)
    }
}

/// The ballots are of the form that the regulation says.
fn check_ballots(rules: &BallotRules, election: &Election) -> Result<(), ApplyError> {
    let (asked, found) = (rules.form.kind(), election.profile().kind());
    let fits = asked == found;
    if !fits {
        return Err(ApplyError::Ballots {
            asked: asked.to_string(),
            found: found.to_string(),
        });
    }
    let bound = |bound: Option<u32>, none: usize| {
        bound.map_or(none, |bound| usize::try_from(bound).unwrap_or(usize::MAX))
    };
    let (least, most) = (
        bound(rules.bounds.min, 0),
        bound(rules.bounds.max, usize::MAX),
    );
    let lengths = election.profile().ballots().map(BallotView::len);
    let mut wrong = lengths.filter(|&len| len > most || len > 0 && len < least);
    wrong.next().map_or(Ok(()), |found| {
        let most = if most == usize::MAX {
            "any number".to_owned()
        } else {
            most.to_string()
        };
        Err(ApplyError::BallotLength {
            found,
            allowed: format!("{least} to {most}"),
        })
    })
}

/// The election with the regulation's money, and with its bounds on ballots, which some scores look at.
fn on_these_terms(rules: &BallotRules, election: &Election, whole: Money) -> Election {
    let mut limits = election.instance().limits().clone();
    limits.min_length = rules.bounds.min.or(limits.min_length);
    limits.max_length = rules.bounds.max.or(limits.max_length);
    let election = election.with_limits(limits);
    election.with_budget(whole).unwrap_or(election)
}

/// What the pots share: what was voted, added and carried in, without what is taken off before.
fn whole(law: &Law, orders: &Orders) -> Result<Money, ApplyError> {
    let envelope = &law.envelope;
    let voted = envelope.voted_for(&law.edition).unwrap_or_default();
    let taken = voted
        .checked_add(orders.extra_in_all())
        .unwrap_or(Money::MAX);
    let ceiling = envelope.ceiling();
    if let Some(order) = orders.extra.last().filter(|_| taken > ceiling) {
        return Err(ApplyError::Decision {
            number: order.number,
            why: format!(
                "with {voted} voted and all that was added, {taken} are above the ceiling of {ceiling}"
            ),
        });
    }
    let came = Money::checked_sum([voted, orders.extra_for_all(), envelope.carried_in]);
    let off = envelope
        .operating_inside()
        .checked_add(envelope.contingency);
    // The law has checked that it is not negative.
    Ok(came
        .zip(off)
        .and_then(|(came, off)| came.checked_sub(off))
        .filter(|whole| !whole.is_negative())
        .unwrap_or_default())
}

/// Areas that the law names exist.
fn check_areas(law: &Law, ground: &Ground<'_>, faults: &mut Vec<Fault>) {
    let pots = law.pots.iter().enumerate();
    let limits = law.limits.iter().enumerate();
    let rates = law.rates.iter().enumerate();
    let stages = law.stages.iter().enumerate();
    let selectors = pots
        .map(|(at, pot)| (format!("pot[{at}].holds"), Some(&pot.holds)))
        .chain(limits.map(|(at, limit)| (format!("limit[{at}].holds"), Some(&limit.holds))))
        .chain(rates.map(|(at, rate)| (format!("rate[{at}].holds"), Some(&rate.holds))))
        .chain(
            stages
                .map(|(at, stage)| (format!("stage[{at}].candidates"), stage.candidates.as_ref())),
        );
    let mut named: Vec<(String, &str)> = selectors
        .filter_map(|(path, selector)| Some((path, selector?.named_areas())))
        .flat_map(|(path, areas)| areas.into_iter().map(move |area| (path.clone(), area)))
        .collect();
    for (at, pot) in law.pots.iter().enumerate() {
        for (place, area) in pot.areas.iter().flatten().enumerate() {
            named.push((format!("pot[{at}].areas[{place}]"), area));
        }
    }
    for (path, area) in named {
        if ground.find(area).is_none() {
            let known = ground.areas.iter().map(|area| area.id.as_str());
            let why = format!("found `{area}`");
            faults.push(
                Fault::new(path, FaultKind::UnknownArea)
                    .allowed(known)
                    .why(why),
            );
        }
    }
}

fn check_currency(law: &Law, instance: &Instance, faults: &mut Vec<Fault>) {
    let found = instance.currency();
    if !found.is_empty() && found != law.envelope.currency {
        let why = format!("the election counts in {found}");
        faults.push(Fault::new("envelope.currency", FaultKind::Contradiction).why(why));
    }
}

/// What each area weighs, in the order of all areas; those that no project concerns weigh nothing.
fn weights(ground: &Ground<'_>, key: &SplitKey, path: &str, faults: &mut Vec<Fault>) -> Vec<Ratio> {
    let mut all = vec![Ratio::ZERO; ground.areas.len()];
    let used = used_areas(ground);
    let areas: Vec<_> = used
        .iter()
        .filter_map(|&area| ground.areas.get(area))
        .collect();
    let mut fault = |why: String| {
        faults.push(Fault::new(path, FaultKind::MissingAttribute).why(why));
    };
    match key.weights(&areas) {
        Ok(weights) => {
            for (area, weight) in used.into_iter().zip(weights) {
                if !weight.is_positive() {
                    fault(format!("area `{}` weighs nothing", ground.id(area)));
                }
                if let Some(slot) = all.get_mut(area) {
                    *slot = weight;
                }
            }
        }
        Err((area, name)) => fault(lacking(area.as_deref(), &name)),
    }
    all
}

/// The areas that projects are charged to.
fn used_areas(ground: &Ground<'_>) -> Vec<usize> {
    let mut used = ground.charged.concat();
    used.sort_unstable();
    used.dedup();
    used
}

/// A measure by inhabitants needs inhabitants.
fn check_measures(law: &Law, ground: &Ground<'_>, faults: &mut Vec<Fault>) {
    for (at, rule) in law.redistribution.iter().enumerate() {
        for (place, claim) in rule.claims.iter().enumerate() {
            let by_head = ClaimKind::UnderServed {
                measure: Measure::AmountPerInhabitant,
            };
            if claim.kind != by_head {
                continue;
            }
            let lacking = |&area: &usize| ground.positive(area, "population").is_none();
            for area in used_areas(ground).into_iter().filter(lacking) {
                let path = format!("redistribute[{at}].claims[{place}].measure");
                let why = format!("area `{}` has no population above zero", ground.id(area));
                faults.push(Fault::new(path, FaultKind::MissingAttribute).why(why));
            }
        }
    }
}

/// Who takes part. What is unknown refuses everything, or the project, as the regulation says.
fn admissions(
    law: &Law,
    instance: &Instance,
    orders: &Orders,
    dues: &[Due],
) -> Result<Vec<Admission>, ApplyError> {
    let mut unknown = Vec::new();
    let mut admissions = Vec::new();
    let projects = instance.project_indices().zip(instance.projects());
    for ((project, record), due) in projects.zip(dues) {
        let out = orders.out.iter().find(|(out, _)| *out == project);
        let decided = out.map(|(_, reason)| Admission::Refused(reason.clone()));
        let mut included = orders.included.iter();
        let included = included.any(|order| order.project == project);
        let found = decided.unwrap_or_else(|| {
            if included {
                Admission::Admitted
            } else {
                admission(law, record, *due)
            }
        });
        if let (Admission::Unknown(condition), OnUnknown::Refuse) =
            (&found, law.eligibility.on_unknown)
        {
            unknown.push(Unknown {
                project: record.id.clone(),
                condition: condition.clone(),
            });
        }
        admissions.push(found);
    }
    if unknown.is_empty() {
        Ok(admissions)
    } else {
        Err(ApplyError::UnknownEligibility(unknown))
    }
}
