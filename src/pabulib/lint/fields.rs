//! The fields and columns that the format knows, in its order.
//!
//! Source: the format's description and the public archive, autumn 2026.

/// What kind of value a field has, as far as this linter checks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text, or something that the reader or a check of its own looks at.
    Text,
    /// A whole number.
    Whole,
    /// An amount of money.
    Amount,
    /// A number with or without decimals.
    Number,
    /// Amounts of money separated by commas.
    Amounts,
    /// The number 1, or absent.
    Flag,
    /// Ids or points separated by commas.
    List,
    /// Labels separated by commas. People write commas into labels too.
    Labels,
}

/// A field or a column.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

const fn known(name: &'static str, kind: Kind) -> Known {
    Known { name, kind }
}

/// Fields that every file has.
pub(super) const OBLIGATORY: &[&str] = &[
    "description",
    "country",
    "unit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
];

/// The fields of META.
pub(super) const META: &[Known] = &[
    known("description", Kind::Text),
    known("country", Kind::Text),
    known("unit", Kind::Text),
    known("district", Kind::Text),
    known("subunit", Kind::Text),
    known("instance", Kind::Text),
    known("num_projects", Kind::Whole),
    known("num_votes", Kind::Whole),
    known("budget", Kind::Amount),
    known("vote_type", Kind::Text),
    known("rule", Kind::Text),
    known("date_begin", Kind::Text),
    known("date_end", Kind::Text),
    known("min_length", Kind::Whole),
    known("max_length", Kind::Whole),
    known("min_sum_cost", Kind::Amount),
    known("max_sum_cost", Kind::Amount),
    known("min_points", Kind::Number),
    known("max_points", Kind::Number),
    known("min_sum_points", Kind::Number),
    known("max_sum_points", Kind::Number),
    known("default_score", Kind::Number),
    known("min_project_cost", Kind::Amount),
    known("max_project_cost", Kind::Amount),
    known("min_project_score_threshold", Kind::Number),
    known("neighborhoods", Kind::Labels),
    known("subdistricts", Kind::Text),
    known("categories", Kind::Labels),
    known("edition", Kind::Text),
    known("language", Kind::Text),
    known("currency", Kind::Text),
    known("fully_funded", Kind::Text),
    known("experimental", Kind::Flag),
    known("comment", Kind::Text),
    known("acknowledgments", Kind::Text),
    known("leftover_budget", Kind::Text),
    known("budget_per_category", Kind::Amounts),
    known("budget_per_neighborhood", Kind::Amounts),
    known("min_length_per_category", Kind::Whole),
    known("max_length_per_category", Kind::Whole),
    known("min_sum_cost_per_category", Kind::Amounts),
    known("max_sum_cost_per_category", Kind::Amounts),
];

/// The columns of PROJECTS.
pub(super) const PROJECTS: &[Known] = &[
    known("project_id", Kind::Text),
    known("cost", Kind::Amount),
    known("votes", Kind::Whole),
    known("score", Kind::Number),
    known("name", Kind::Text),
    known("category", Kind::Labels),
    known("beneficiaries", Kind::Labels),
    known("selected", Kind::Text),
    known("neighborhood", Kind::Text),
    known("subunit", Kind::Text),
    known("district", Kind::Text),
    known("description", Kind::Text),
    known("proposer", Kind::Text),
    known("public_id", Kind::Text),
    known("latitude", Kind::Text),
    known("longitude", Kind::Text),
];

/// The columns of VOTES.
pub(super) const VOTES: &[Known] = &[
    known("voter_id", Kind::Text),
    known("vote", Kind::List),
    known("points", Kind::List),
    known("age", Kind::Text),
    known("sex", Kind::Text),
    known("voting_method", Kind::Text),
    known("district", Kind::Text),
    known("neighborhood", Kind::Text),
    known("education", Kind::Text),
    known("topic_preference_transport", Kind::Whole),
    known("topic_preference_culture", Kind::Whole),
    known("topic_preference_nature", Kind::Whole),
    known("district_preference", Kind::Text),
    known("time_taken_seconds", Kind::Whole),
    known("format_easiness", Kind::Text),
    known("format_expressiveness", Kind::Text),
    known("format_rank", Kind::Text),
];

/// Columns that were renamed: the old name and the new one.
pub(super) const RENAMED: &[(&str, &str)] = &[("target", "beneficiaries")];

/// The position of a name in the format's order.
pub(super) fn position(known: &[Known], name: &str) -> Option<usize> {
    known.iter().position(|field| field.name == name)
}
