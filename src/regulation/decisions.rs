//! What people decided, sorted by what it changes.

use crate::election::{Instance, Money, ProjectIx};
use crate::law::Law;
use crate::record::{
    About, Decision, DecisionKind, DecisionValue, Reason, RecordedLots, check_all, check_projects,
};

use super::error::ApplyError;

/// Decisions in the form in which they are carried out.
pub(super) struct Orders {
    /// Who is out, whatever the votes.
    pub(super) out: Vec<(ProjectIx, Reason)>,
    /// Who takes part although a condition failed or is unknown.
    pub(super) included: Vec<IncludeOrder>,
    /// Who is given money by people.
    pub(super) awards: Vec<AwardOrder>,
    /// Who takes whose place.
    pub(super) substitutes: Vec<SubstituteOrder>,
    /// More money, and for what.
    pub(super) extra: Vec<ExtraOrder>,
    /// What is public: the edition, its envelope, or a stage.
    pub(super) published: Vec<About>,
    /// The lots that were drawn.
    pub(super) lots: RecordedLots,
}

/// People let a project take part.
pub(super) struct IncludeOrder {
    pub(super) project: ProjectIx,
    pub(super) by: String,
    pub(super) justification: String,
}

/// Money that people gave to a project.
pub(super) struct AwardOrder {
    /// The decision's number.
    pub(super) number: usize,
    pub(super) project: ProjectIx,
    /// How much; `None` for all that has to be paid.
    pub(super) amount: Option<Money>,
}

/// A project that takes a winner's place.
pub(super) struct SubstituteOrder {
    /// The decision's number.
    pub(super) number: usize,
    /// The winner.
    pub(super) out: ProjectIx,
    /// Who takes its place.
    pub(super) by: ProjectIx,
}

/// Money that people added.
pub(super) struct ExtraOrder {
    /// The decision's number.
    pub(super) number: usize,
    pub(super) about: About,
    pub(super) amount: Money,
}

impl Orders {
    pub(super) fn of(
        law: &Law,
        instance: &Instance,
        decisions: &[Decision],
    ) -> Result<Orders, ApplyError> {
        check_all(decisions).map_err(ApplyError::Decisions)?;
        check_projects(decisions, |id| instance.find(id).is_some())
            .map_err(ApplyError::Decisions)?;
        let mut orders = Orders {
            out: Vec::new(),
            included: Vec::new(),
            awards: Vec::new(),
            substitutes: Vec::new(),
            extra: Vec::new(),
            published: Vec::new(),
            lots: RecordedLots::from_decisions(decisions).map_err(ApplyError::Decisions)?,
        };
        for (number, decision) in (1..).zip(decisions) {
            check_stage(law, number, decision)?;
            orders.sort(instance, number, decision)?;
        }
        Ok(orders)
    }

    fn sort(
        &mut self,
        instance: &Instance,
        number: usize,
        decision: &Decision,
    ) -> Result<(), ApplyError> {
        let project = match &decision.about {
            About::Project(id) => instance.find(id),
            _ => None,
        };
        let (by, justification) = (decision.by.clone(), decision.justification.clone());
        match (decision.kind, project, &decision.value) {
            (DecisionKind::Exclude, Some(project), _) => {
                self.out
                    .push((project, Reason::Excluded { by, justification }));
            }
            (DecisionKind::Withdraw, Some(project), _) => {
                self.out
                    .push((project, Reason::Withdrawn { by, justification }));
            }
            (DecisionKind::Include, Some(project), _) => self.included.push(IncludeOrder {
                project,
                by,
                justification,
            }),
            (DecisionKind::Award, Some(project), value) => {
                let amount = match value {
                    DecisionValue::Amount(amount) => Some(*amount),
                    _ => None,
                };
                self.awards.push(AwardOrder {
                    number,
                    project,
                    amount,
                });
            }
            (DecisionKind::ExtraMoney, _, DecisionValue::Amount(amount)) => {
                self.extra.push(ExtraOrder {
                    number,
                    about: decision.about.clone(),
                    amount: *amount,
                });
            }
            (DecisionKind::ExtraMoney, _, DecisionValue::Added { added, .. }) => {
                let why = format!(
                    "what the edition opened with is `envelope.voted` of the regulation: write value = \"{added}\""
                );
                return Err(ApplyError::Decision { number, why });
            }
            (DecisionKind::Substitute, Some(out), DecisionValue::Text(id)) => {
                // That both exist has been checked.
                let order = instance
                    .find(id)
                    .map(|by| SubstituteOrder { number, out, by });
                self.substitutes.extend(order);
            }
            (DecisionKind::Published, ..) => self.published.push(decision.about.clone()),
            (DecisionKind::Lot, ..) => {}
            (kind, ..) => {
                let why = format!("a regulation does not know what to do with this `{kind}`");
                return Err(ApplyError::Decision { number, why });
            }
        }
        Ok(())
    }

    /// What is added to the envelope as a whole.
    pub(super) fn extra_for_all(&self) -> Money {
        let all = self
            .extra
            .iter()
            .filter(|order| order.about == About::Envelope);
        Money::checked_sum(all.map(|order| order.amount)).unwrap_or(Money::MAX)
    }

    /// All that is added.
    pub(super) fn extra_in_all(&self) -> Money {
        Money::checked_sum(self.extra.iter().map(|order| order.amount)).unwrap_or(Money::MAX)
    }
}

/// The stage that a decision is about exists: a mistyped id would otherwise change nothing, and nobody would notice.
fn check_stage(law: &Law, number: usize, decision: &Decision) -> Result<(), ApplyError> {
    let About::Stage(id) = &decision.about else {
        return Ok(());
    };
    let stages = law.stages.iter().map(|stage| stage.id.clone());
    let rules = 1..=law.redistribution.len();
    let mut known: Vec<String> = stages.collect();
    known.extend(rules.map(|number| format!("redistribute-{number}")));
    if known.contains(id) {
        return Ok(());
    }
    let why = format!(
        "there is no stage `{id}`: write one of {}",
        known.join(", ")
    );
    Err(ApplyError::Decision { number, why })
}
