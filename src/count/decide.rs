//! Carrying out what people decided.

use crate::election::{Money, ProjectIx};
use crate::record::{About, Decision, DecisionKind, DecisionValue, Event, Reason};

use super::allocation::Allocation;
use super::error::{CountError, Halt};
use super::run::Count;

impl Count<'_> {
    /// The opening budget, and what is added later, in order.
    pub(super) fn money(&self) -> Result<(Money, Vec<Money>), CountError> {
        let budget = self.election.instance().budget();
        let mut opening = budget;
        let mut extra = Vec::new();
        for (number, decision) in (1..)
            .zip(self.decisions)
            .filter(|(_, decision)| decision.kind == DecisionKind::ExtraMoney)
        {
            let ours = matches!(&decision.about, About::Envelope)
                || matches!(&decision.about, About::Pot(pot) if pot == "budget");
            let cannot = |why: String| CountError::Decision { number, why };
            match &decision.value {
                _ if !ours => {
                    return Err(cannot(format!(
                        "a count of one rule has the one pot `budget`, and this is about {}",
                        decision.about
                    )));
                }
                DecisionValue::Amount(amount) => extra.push(*amount),
                DecisionValue::Added {
                    opening: before,
                    added,
                } => {
                    if before.checked_add(*added) != Some(budget) || opening != budget {
                        return Err(cannot(format!(
                            "opening {before} and added {added} must add up to the published budget {budget}, once"
                        )));
                    }
                    opening = *before;
                    extra.push(*added);
                }
                _ => return Err(cannot("it needs an amount".to_owned())),
            }
        }
        Ok((opening, extra))
    }

    /// Carries out the decisions about projects, before the rule begins.
    pub(super) fn decide(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        for (number, decision) in (1..).zip(self.decisions) {
            let instance = self.election.instance();
            let project = match &decision.about {
                About::Project(id) => instance.find(id),
                _ => None,
            };
            if let Some(observer) = allocation.observer.as_mut() {
                observer.observe(&Event::Decided {
                    number,
                    project: project.map(|project| instance.id_of(project)),
                });
            }
            apply(allocation, number, decision, project)?;
        }
        Ok(())
    }
}

/// Carries out one decision.
fn apply(
    allocation: &mut Allocation<'_>,
    number: usize,
    decision: &Decision,
    project: Option<ProjectIx>,
) -> Result<(), Halt> {
    let cannot = |why: &str| {
        Halt::Failed(CountError::Decision {
            number,
            why: why.to_owned(),
        })
    };
    let cost = project.map_or(Money::ZERO, |project| {
        allocation.election.instance().cost_of(project)
    });
    let (by, justification) = (decision.by.clone(), decision.justification.clone());
    match (decision.kind, project) {
        // No check of eligibility comes before a count of one rule, so whoever is included takes part.
        (DecisionKind::Lot | DecisionKind::ExtraMoney, _) | (DecisionKind::Include, Some(_)) => {}
        (DecisionKind::Exclude, Some(project)) => {
            allocation.rule_out(project, Reason::Excluded { by, justification });
        }
        (DecisionKind::Withdraw, Some(project)) => {
            allocation.rule_out(project, Reason::Withdrawn { by, justification });
        }
        (DecisionKind::Award, Some(project)) => match &decision.value {
            DecisionValue::Amount(amount) if *amount <= cost => {
                grant(allocation, number, project, *amount)?;
            }
            DecisionValue::None => grant(allocation, number, project, cost)?,
            _ => {
                return Err(cannot(
                    "an award is an amount of at most the project's cost",
                ));
            }
        },
        (kind, _) => {
            return Err(cannot(&format!(
                "a count of one rule does not know what to do with `{kind}`: it belongs to a regulation"
            )));
        }
    }
    Ok(())
}

fn grant(
    allocation: &mut Allocation<'_>,
    number: usize,
    project: ProjectIx,
    amount: Money,
) -> Result<(), Halt> {
    match allocation.grant(project, amount)? {
        Ok(()) => Ok(()),
        Err(block) => {
            let why = block.reason(allocation.election.instance()).to_string();
            Err(Halt::Failed(CountError::Decision { number, why }))
        }
    }
}
