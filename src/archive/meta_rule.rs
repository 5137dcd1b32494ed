//! From the rule that META names to a count.

use crate::election::{Instance, Money, Utility};
use crate::exact::Ratio;
use crate::pabulib::{Document, VoteType};
use crate::record::{About, Decision, DecisionKind};
use crate::rules::{
    AnyRule, Comparison, Completion, EqualShares, Greedy, Increment, Misfit, Plan, Reserve, Share,
    Start,
};
use crate::tally::{Score, Threshold};

/// The archive marks a project that was withdrawn after the vote with this cost.
const WITHDRAWN: u32 = 999_999_999;

/// What the rule that META names means.
///
/// | META | count |
/// |---|---|
/// | `greedy`, `greedy-threshold`, `greedy-exclusive` | by rank, skip what does not fit |
/// | `greedy-no-skip` | by rank, stop at the first that does not fit |
/// | `greedy-custom` whose comment states a top-up at a share of the cost (Poznań: 80%) | by rank, stop, top up the first misfit from a reserve |
/// | another `greedy-custom` | by rank, skip, which is an assumption and is named; what the city did beyond that is a decision |
/// | `equalshares`, `equalshares/add1` | Equal Shares with cost utilities, with Add1 up to the first overspend |
/// | `equalshares-comparison`, `equalshares/add1-comparison` | the same, compared with greedy by votes |
/// | another `equalshares…` | not available |
/// | anything else | unknown |
///
/// The score is votes for approval ballots, points for points, Borda for rankings. A
/// `min_project_score_threshold` is applied where META has one. Which projects exclude each other is not
/// published, so it comes as decisions. Equal Shares starts from the share rounded down to a whole currency unit, as the
/// archive's own check does; the elections that it has come out the same from the exact share. Projects that cost 999999999 were withdrawn, which becomes a
/// decision too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetaRule {
    /// It can be counted.
    Known(Prepared),
    /// It is a rule of the field that this version does not have.
    NotAvailable {
        /// The name in META.
        rule: String,
    },
    /// META does not say, or names a rule that nobody knows.
    Unknown {
        /// The name in META; empty if there is none.
        rule: String,
    },
    /// META names a known rule and gives it a value that cannot be read.
    Unreadable {
        /// The key of META.
        key: &'static str,
        /// Its value.
        value: String,
    },
}

/// A count as META describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prepared {
    /// The rule.
    pub plan: Plan,
    /// What the file itself records as decided: withdrawals.
    pub decisions: Vec<Decision>,
    /// What META does not say and was assumed, if anything.
    pub assumption: Option<String>,
}

/// What is assumed of a `greedy-custom` whose comment states no rule that is known.
const ASSUMED: &str =
    "META says greedy-custom without a rule that is known; counted as greedy by rank, skip";

impl MetaRule {
    /// What the META of a document means.
    #[must_use]
    pub fn of(document: &Document) -> MetaRule {
        let meta = document.meta();
        let rule = meta.rule().unwrap_or("");
        let comment = meta.get("comment").unwrap_or("");
        let instance = document.election().instance();
        if rule.starts_with("equalshares") {
            return shares(document, rule);
        }
        let mut assumption = None;
        let misfit = match rule {
            "greedy" | "greedy-threshold" | "greedy-exclusive" => Misfit::Skip,
            "greedy-no-skip" => Misfit::Stop,
            "greedy-custom" => top_up(comment, instance).unwrap_or_else(|| {
                assumption = Some(ASSUMED.to_owned());
                Misfit::Skip
            }),
            _ => {
                return MetaRule::Unknown {
                    rule: rule.to_owned(),
                };
            }
        };
        let score = match meta.vote_type() {
            VoteType::Ordinal => Score::Borda,
            VoteType::Cumulative | VoteType::Scoring => Score::Points,
            _ => Score::Votes,
        };
        let mut greedy = Greedy::new(score, misfit);
        if let Some(threshold) = meta.get("min_project_score_threshold") {
            match threshold
                .parse::<Ratio>()
                .ok()
                .and_then(Threshold::at_least)
            {
                Some(least) => greedy = greedy.threshold(least),
                None => {
                    return MetaRule::Unreadable {
                        key: "min_project_score_threshold",
                        value: threshold.to_owned(),
                    };
                }
            }
        }
        MetaRule::Known(Prepared {
            plan: Plan::new(AnyRule::Greedy(greedy)),
            decisions: withdrawals(instance),
            assumption,
        })
    }
}

/// Equal Shares as META names it.
fn shares(document: &Document, rule: &str) -> MetaRule {
    let not_available = MetaRule::NotAvailable {
        rule: rule.to_owned(),
    };
    // How a threshold and Equal Shares go together is told in comments only, if at all.
    if document.meta().get("min_project_score_threshold").is_some() {
        return not_available;
    }
    let plain = EqualShares::new(Utility::Cost).start(Start::Floor);
    let add1 = plain.completion(Completion::Add1(Increment::default()));
    let rule = match rule {
        "equalshares" => plain,
        "equalshares-comparison" => plain.comparison(Comparison::Satisfaction),
        "equalshares/add1" => add1,
        "equalshares/add1-comparison" => add1.comparison(Comparison::Satisfaction),
        _ => return not_available,
    };
    MetaRule::Known(Prepared {
        plan: Plan::new(AnyRule::EqualShares(rule)),
        decisions: withdrawals(document.election().instance()),
        assumption: None,
    })
}

/// The top-up that a comment states as "… at least 80% of that project …".
///
/// How much the reserve holds is not published; it never had to pay more than the dearest project.
fn top_up(comment: &str, instance: &Instance) -> Option<Misfit> {
    let min_covered = comment
        .split("at least ")
        .skip(1)
        .find_map(share_of_that_project)?;
    let withdrawn = Money::from(WITHDRAWN);
    let costs = instance
        .projects()
        .iter()
        .map(|project| project.cost)
        .filter(|&cost| cost != withdrawn);
    let reserve = Reserve::new(costs.max().unwrap_or_default())?;
    Some(Misfit::TopUp {
        min_covered,
        reserve,
    })
}

/// Reads "80% of that project …".
fn share_of_that_project(text: &str) -> Option<Share> {
    let (percent, rest) = text.split_once('%')?;
    if !rest.trim_start().starts_with("of that project") {
        return None;
    }
    Share::percent(&percent.parse().ok()?)
}

fn withdrawals(instance: &Instance) -> Vec<Decision> {
    let withdrawn = instance
        .projects()
        .iter()
        .filter(|project| project.cost == Money::from(WITHDRAWN));
    withdrawn
        .map(|project| {
            let justification = "the archive gives withdrawn projects the cost 999999999";
            Decision::new(
                DecisionKind::Withdraw,
                About::Project(project.id.clone()),
                "Pabulib",
                justification,
            )
        })
        .collect()
}
