//! What several of these tests need.

use crate::pabulib_common::{file, lenient_codes, strict_codes};

/// Refused in both modes, for this reason among others.
pub(crate) fn refused(what: &str, text: &str, code: &str) {
    assert!(
        strict_codes(text).contains(&code),
        "{what}, strict: {:?}",
        strict_codes(text)
    );
    assert!(
        lenient_codes(text).contains(&code),
        "{what}, lenient: {:?}",
        lenient_codes(text)
    );
}

pub(crate) fn with_cost(cost: &str) -> String {
    file(
        "vote_type;approval",
        &format!("project_id;cost\na;{cost}\nb;100"),
        "voter_id;vote\n1;a\n2;b",
    )
}

pub(crate) fn with_budget(budget: &str) -> String {
    with_cost("60").replace("budget;100", &format!("budget;{budget}"))
}

pub(crate) fn with_vote(vote: &str) -> String {
    file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;100",
        &format!("voter_id;vote\nx;{vote}\ny;2"),
    )
}
