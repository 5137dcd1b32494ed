//! What is said of selected projects and of money left.

use crate::bases::APPROVAL;
use crate::helpers::linted;

#[test]
fn what_selected_means_beyond_one_is_not_paid_from_the_budget() {
    for value in ["2", "3"] {
        let found = linted(&APPROVAL.replacen("sport;;0", &format!("sport;;{value}"), 1));
        assert!(found.is_empty(), "{found}");
    }
}

#[test]
fn rules_that_may_leave_money_are_not_blamed() {
    for rule in [
        "greedy-no-skip",
        "equalshares",
        "equalshares/add1",
        "unknown",
    ] {
        let found = linted(&APPROVAL.replacen("3;300;", "3;100;", 1).replacen(
            "rule;greedy",
            &format!("rule;{rule}"),
            1,
        ));
        assert!(found.is_empty(), "{found}");
    }
}
