//! A law with its rules.

use crate::count::LotRequired;
use crate::election::Election;
use crate::law::{Document, Fault, FaultKind, Faults, Law, Method};
use crate::record::{Decision, TieChain};
use crate::rules::{AnyRule, Feature, Plan};
use crate::tally::{BallotRules, Score};

use super::apply;
use super::digest::ContentDigest;
use super::edition::Edition;
use super::error::ApplyError;
use super::inputs::Inputs;
use super::names::Catalogue;

/// A regulation that can be applied: a checked [`Law`] of which every rule, tie chain and score is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulation {
    law: Law,
    digest: ContentDigest,
    ballots: BallotRules,
    stages: Vec<ReadStage>,
}

/// What a stage's texts mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadStage {
    /// Its place in the law.
    pub(super) at: usize,
    /// Its rules, if it decides by rules.
    pub(super) plan: Option<Plan>,
    pub(super) chain: TieChain,
    /// What orders projects, where something does.
    pub(super) score: Option<Score>,
}

/// What applying a regulation gives.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Applied {
    /// Everything is decided.
    Decided(Box<Edition>),
    /// A lot must be drawn: record its result as a decision and apply again.
    LotRequired(LotRequired),
}

impl Applied {
    /// The edition, if everything is decided.
    #[must_use]
    pub fn edition(&self) -> Option<&Edition> {
        match self {
            Applied::Decided(edition) => Some(edition),
            Applied::LotRequired(_) => None,
        }
    }
}

impl Regulation {
    /// Reads a document, before any ballot is looked at.
    ///
    /// # Errors
    /// All faults: those of the document itself, and what its rules cannot honour.
    pub fn read(document: &Document) -> Result<Regulation, Faults> {
        let law = document.check(&Catalogue)?;
        let mut faults = Vec::new();
        let stages: Vec<Option<ReadStage>> = (0..law.stages.len())
            .map(|at| read_stage(&law, at, &mut faults))
            .collect();
        check_claims(&law, &stages, &mut faults);
        super::calendar::check(&law, &mut faults);
        let ballots = BallotRules::from_options(law.ballot.options.iter().cloned()).ok();
        if let Some(ballots) = &ballots {
            super::forms::check(&law, &stages, ballots, &mut faults);
        }
        let stages: Option<Vec<ReadStage>> = stages.into_iter().collect();
        match stages.zip(ballots) {
            Some((stages, ballots)) if faults.is_empty() => Ok(Regulation {
                digest: ContentDigest::of_document(document),
                stages: in_order(&law, stages),
                ballots,
                law,
            }),
            _ => Err(Faults::new(faults)),
        }
    }

    /// The law.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The fingerprint of what was written, see [`Digests`](super::Digests).
    #[must_use]
    pub fn digest(&self) -> ContentDigest {
        self.digest
    }

    /// What a valid ballot is, for whoever tallies them.
    #[must_use]
    pub fn ballots(&self) -> &BallotRules {
        &self.ballots
    }

    /// Applies the regulation to an election, with what people decided.
    ///
    /// The election's own budget is not looked at: how much there is, the regulation says. Its ballots are taken as
    /// they are: which of those cast are valid, and which channels count, is decided when they are tallied.
    ///
    /// **Complexity.** That of the rules, and O(m²) looks at projects for m of them in guarantees, balances and redistribution; where claims are
    /// paid pro rata and money is short, each look divides it among those before.
    ///
    /// # Errors
    /// [`ApplyError`]: the election and the regulation do not fit, the decisions cannot be carried out, …
    pub fn apply(
        &self,
        election: &Election,
        decisions: &[Decision],
    ) -> Result<Applied, ApplyError> {
        self.apply_with(election, Inputs::new().decisions(decisions))
    }

    /// As [`apply`](Regulation::apply), with the register of follow-up too, which a regulation needs that takes what was
    /// saved or serves claims of its kinds: `cost-overrun`, `stalled`, `backlog`, `lacking-support`.
    ///
    /// Claims of the register are served in their place among the others, the oldest first, up to what is missing; a project
    /// that claims under several kinds is paid once. A followed project of this edition that is a candidate is that
    /// candidate: it claims only if this count funds it, limits bind it, and it gets no more than it costs as far as is
    /// known. All others of the register have accounts of their own and are not watched by this regulation's limits; how
    /// much they get is bounded by what they miss, and for overruns by the regulation's `at-most`.
    ///
    /// # Errors
    /// [`ApplyError`], as for `apply`; without the register, what needs it is a fault at its path.
    pub fn apply_with(
        &self,
        election: &Election,
        inputs: Inputs<'_>,
    ) -> Result<Applied, ApplyError> {
        apply::apply(self, election, inputs)
    }

    /// The stages in the order in which they run.
    pub(super) fn stages(&self) -> &[ReadStage] {
        &self.stages
    }
}

/// The stages in an order in which each comes after those that it waits for, else as written.
fn in_order(law: &Law, mut stages: Vec<ReadStage>) -> Vec<ReadStage> {
    let mut ordered: Vec<ReadStage> = Vec::new();
    while !stages.is_empty() {
        let id = |stage: &ReadStage| law.stages.get(stage.at).map(|stage| stage.id.as_str());
        let next = stages.iter().position(|stage| {
            let after = law
                .stages
                .get(stage.at)
                .and_then(|stage| stage.after.as_ref());
            after
                .into_iter()
                .flatten()
                .all(|before| ordered.iter().any(|done| id(done) == Some(before)))
        });
        // The law has refused circles, so one is always next.
        ordered.push(stages.remove(next.unwrap_or(0)));
    }
    ordered
}

fn read_stage(law: &Law, at: usize, faults: &mut Vec<Fault>) -> Option<ReadStage> {
    let stage = law.stages.get(at)?;
    let mut fault = |key: &str, kind: FaultKind, why: &str| {
        faults.push(Fault::new(format!("stage[{at}].{key}"), kind).why(why));
    };
    let is_family = |id: &String| law.pots.iter().any(|pot| pot.id == *id && pot.is_family());
    let several = stage.pots.len() > 1 || stage.pots.iter().any(is_family);
    let chain = stage.ties.parse().ok()?;
    let own = stage.rank_by.as_deref().and_then(|text| text.parse().ok());
    let (plan, score) = match &stage.method {
        Method::Rule(text) => {
            let plan: Plan = text.parse().ok()?;
            for rule in plan.rules() {
                let caps = law.limits.iter().any(|limit| limit.holds_in(&stage.id));
                let grants = !law.rates.is_empty();
                for (feature, asked) in [
                    (Feature::SeveralPots, several),
                    (Feature::Caps, caps),
                    (Feature::Grants, grants),
                ] {
                    if asked && !rule.capabilities().honours(feature) {
                        let why = format!("it does not honour {feature}");
                        fault("rule", FaultKind::RuleCannotHonour, &why);
                    }
                }
            }
            check_reserve(law, at, &plan, &mut fault);
            let score = own.or_else(|| score_of(&plan));
            (Some(plan), score)
        }
        Method::Balance { score, .. } | Method::TopK { score, .. } => (None, score.parse().ok()),
        Method::ByDecision => (None, own),
    };
    if stage.guarantee.is_some() && score.is_none() {
        let why = "the rule ranks by no score, so a guarantee needs one";
        fault("rank-by", FaultKind::MissingChoice, why);
    }
    Some(ReadStage {
        at,
        plan,
        chain,
        score,
    })
}

/// A rule that tops up takes its reserve from a pot, never from nowhere.
fn check_reserve(law: &Law, at: usize, plan: &Plan, fault: &mut impl FnMut(&str, FaultKind, &str)) {
    let tops_up = plan
        .rules()
        .iter()
        .any(|rule| matches!(rule, AnyRule::Greedy(rule) if rule.tops_up()));
    let reserve = law.stages.get(at).and_then(|stage| stage.reserve.as_ref());
    if tops_up && reserve.is_none() {
        let why = "from which pot the rule's reserve is taken";
        fault("reserve", FaultKind::MissingChoice, why);
    }
    if !tops_up && reserve.is_some() {
        let why = "the rule has no `misfit=top-up` that would need a reserve";
        fault("reserve", FaultKind::Contradiction, why);
    }
}

/// The score of the first rule that ranks by one.
fn score_of(plan: &Plan) -> Option<Score> {
    plan.rules().into_iter().find_map(|rule| match rule {
        AnyRule::Greedy(rule) => Some(rule.score().clone()),
        _ => None,
    })
}

/// Claims of this edition's projects need an order of them.
fn check_claims(law: &Law, stages: &[Option<ReadStage>], faults: &mut Vec<Fault>) {
    for (at, rule) in law.redistribution.iter().enumerate() {
        for (place, claim) in rule.claims.iter().enumerate() {
            let path = format!("redistribute[{at}].claims[{place}].kind");
            if !claim.kind.is_from_register() {
                let unranked = stages
                    .iter()
                    .flatten()
                    .find(|stage| stage.score.is_none())
                    .map(|stage| stage.at);
                if let Some(stage) = unranked {
                    let why = format!("{path} needs an order of the projects");
                    let path = format!("stage[{stage}].rank-by");
                    if !faults.iter().any(|fault| fault.path == path) {
                        faults.push(Fault::new(path, FaultKind::MissingChoice).why(why));
                    }
                }
            }
        }
    }
}
