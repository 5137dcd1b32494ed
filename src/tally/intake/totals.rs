//! May the totals of a channel be added to the ballots?

use crate::election::{Aggregate, BallotKind};
use crate::tally::ballot_rule::{BallotRules, Mass, Role};

/// Why totals cannot be used with these rules, and what to do.
pub(super) fn fault(aggregate: &Aggregate, rules: &BallotRules) -> Option<String> {
    let role = rules.channels.get(&aggregate.channel);
    match role {
        None => Some("the rules give the channel no role: add it to `channels`".to_owned()),
        Some(_) if rules.form.kind() != BallotKind::Approval => Some(format!(
            "totals are numbers of votes, and the ballots are of the form {}: enter the single ballots",
            rules.form
        )),
        Some(Role::Binding) if rules.mass == Mass::EqualPerChannel => Some(
            "equal mass per channel weighs single ballots: enter them, or use one-person-one-vote"
                .to_owned(),
        ),
        Some(_) => None,
    }
}
