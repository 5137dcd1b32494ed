//! Whether the ballots that a law asks for say what its stages look at.

use crate::election::BallotKind;
use crate::law::{Fault, FaultKind, Law, Method};
use crate::rules::AnyRule;
use crate::tally::{BallotRules, Score, ScoreError};

use super::read::ReadStage;

/// Notes every rule and score that cannot be read from ballots of the law's form.
pub(super) fn check(
    law: &Law,
    stages: &[Option<ReadStage>],
    ballots: &BallotRules,
    faults: &mut Vec<Fault>,
) {
    let kind = ballots.form.kind();
    for stage in stages.iter().flatten() {
        let written = law.stages.get(stage.at);
        let mut fault = |key: &str, why: String| {
            let path = format!("stage[{}].{key}", stage.at);
            faults.push(Fault::new(path, FaultKind::RuleCannotHonour).why(why));
        };
        let rules = stage.plan.iter().flat_map(|plan| plan.rules());
        for why in rules.filter_map(|rule| unreadable(rule, kind)) {
            fault("rule", why);
        }
        let own = written.is_some_and(|stage| stage.rank_by.is_some());
        let key = match written.map(|stage| &stage.method) {
            _ if own => "rank-by",
            Some(Method::Balance { .. } | Method::TopK { .. }) => "score",
            // The score is the rule's, which was looked at.
            _ => continue,
        };
        if let Some(why) = stage.score.as_ref().and_then(|score| refusal(score, kind)) {
            fault(key, why);
        }
    }
}

fn unreadable(rule: &AnyRule, kind: BallotKind) -> Option<String> {
    if let AnyRule::Greedy(rule) = rule {
        return refusal(rule.score(), kind);
    }
    let reads = rule.capabilities().ballots.contains(&kind);
    (!reads).then(|| format!("it cannot count {kind} ballots"))
}

fn refusal(score: &Score, kind: BallotKind) -> Option<String> {
    let score = score.clone();
    (!score.reads(kind)).then(|| ScoreError::Ballots { score, kind }.to_string())
}
