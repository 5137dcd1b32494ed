//! The required choices, as the guide lists them.

use quartier::law::{REQUIRED, Required, calendar};

const PAGE: &str = include_str!("../../src/guide/required_choices.md");

fn rows(list: &[Required]) -> Vec<String> {
    let row = |key: &Required| format!("| `{}` | {} |", key.path, key.decides);
    list.iter().map(row).collect()
}

/// Every choice that must be written stands in the guide, in order, and nothing else does.
#[test]
fn the_guide_lists_every_required_choice() {
    let (law, days) = PAGE.split_once("\n## The calendar\n").unwrap();
    for (text, list) in [(law, REQUIRED), (days, calendar::REQUIRED)] {
        let listed: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        let expected = rows(list);
        assert!(
            listed == expected,
            "in src/guide/required_choices.md write:\n{}",
            expected.join("\n")
        );
    }
}
