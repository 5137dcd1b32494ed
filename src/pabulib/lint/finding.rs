//! What the linter can find: one variant per mistake, with its code, its severity and its message.

use super::super::diagnostic::Severity;

/// Writes the enum, the codes and the severities from one list, so that they cannot drift apart.
macro_rules! findings {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident $({ $($field:ident : $type:ty),+ $(,)? })? = $code:literal, $severity:ident, $message:literal;
    )+) => {
        /// Something that the linter found: the format is not broken, but the file says something that cannot
        /// be, or that somebody should look at. The text of each names the remedy.
        ///
        /// Codes and severities never change once released; new findings may be added.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Finding {
            $(
                $(#[doc = $doc])+
                #[error($message)]
                $name $({ $(
                    #[doc = concat!("`", stringify!($field), "` of the message.")]
                    $field: $type,
                )+ })?,
            )+
        }

        impl Finding {
            /// The code and the severity of every finding, in the order of the documentation.
            pub const ALL: &'static [(&'static str, Severity)] = &[$(($code, Severity::$severity)),+];

            /// The machine-readable name of the mistake, such as `unspent-budget`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Finding::$name { .. } => $code,)+
                }
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(&self) -> Severity {
                match self {
                    $(Finding::$name { .. } => Severity::$severity,)+
                }
            }
        }
    };
}

findings! {
    // --- structure ---
    /// Blanks before or after a value.
    OuterBlanks { what: String } = "outer-blanks", Error,
        "there are blanks around the value of `{what}`, which make it another value for other programs: remove them";
    /// Blanks before or after an item of a list.
    ListBlanks { what: String } = "list-blanks", Error,
        "there are blanks around the commas of `{what}`: separate its items by a comma alone";
    /// An item that a list names twice.
    RepeatedItem { what: String, item: String } = "repeated-item", Warning,
        "`{what}` names `{item}` more than once: once is enough";
    /// A META field that the format does not know.
    UnknownField { field: String } = "unknown-field", Warning,
        "the format knows no META field `{field}`: check the spelling, or put it into `comment`";
    /// A column that the format does not know.
    UnknownColumn { column: String } = "unknown-column", Warning,
        "the format knows no column `{column}` here: check the spelling";
    /// A column with its former name.
    RenamedColumn { column: String, renamed: &'static str } = "renamed-column", Warning,
        "the column `{column}` is now called `{renamed}`: rename it";
    /// META fields in another order than the format's.
    FieldOrder { field: String, after: String } = "field-order", Warning,
        "`{field}` comes before `{after}` in the format's order: move it up";
    /// Columns in another order than the format's.
    ColumnOrder { column: String, after: String } = "column-order", Warning,
        "the column `{column}` comes before `{after}` in the format's order: move it";
    /// A META field that the format wants in every file.
    MissingField { field: &'static str } = "missing-field", Error,
        "META has no `{field}`, which every file needs: add it";
    /// A META field without a value.
    EmptyField { field: String } = "empty-field", Error,
        "`{field}` has no value: give it one or remove the row";

    // --- META ---
    /// A value of another type than the field's.
    FieldType { field: String, expected: &'static str, found: String } = "field-type", Error,
        "`{field}` is {expected}, not `{found}`: correct it";
    /// A date in another form than the format's, or that no calendar has.
    DateForm { field: String, found: String } = "date-form", Error,
        "`{field}` is a day of the calendar such as 31.12.2024, or a year such as 2024, not `{found}`: correct it";
    /// A vote that ends before it begins.
    DateOrder { begin: String, end: String } = "date-order", Error,
        "the vote ends on {end}, before it begins on {begin}: correct one of the two";
    /// Something that is not the name of a country.
    CountryForm { found: String } = "country-form", Error,
        "`{found}` is not the English name of a country, or `Worldwide`: write the name, such as Poland";
    /// Something that is not a currency code.
    CurrencyCode { found: String } = "currency-code", Error,
        "`{found}` is not a currency code of ISO 4217: write three capital letters, such as EUR";
    /// Something that is not a language code.
    LanguageCode { found: String } = "language-code", Error,
        "`{found}` is not a language code of ISO 639-1: write two small letters, such as pl";
    /// A rule that the format does not know.
    UnknownRule { found: String } = "unknown-rule", Error,
        "the format knows no rule `{found}`: use greedy, greedy-no-skip, greedy-threshold, greedy-exclusive, greedy-custom, equalshares, equalshares-comparison, equalshares/add1, equalshares/add1-comparison or unknown";
    /// Comments that are not numbered from 1.
    CommentNumbering { expected: u64 } = "comment-numbering", Error,
        "comments are numbered `#1: ... #2: ...`: number {expected} is missing here, number them in order";
    /// A META field that has no meaning for this type of vote.
    FieldVoteType { field: String, vote_type: String } = "field-vote-type", Warning,
        "`{field}` has no meaning for {vote_type} votes: remove it or correct `vote_type`";
    /// Points where the type of vote has none.
    UnexpectedPoints { vote_type: String } = "unexpected-points", Error,
        "{vote_type} votes have no points: remove the column or correct `vote_type`";
    /// A threshold that the rule does not use.
    UnusedThreshold = "unused-threshold", Error,
        "the rule `greedy` has no threshold: write `greedy-threshold` or remove `min_project_score_threshold`";
    /// A rule with a threshold, but none given.
    MissingThreshold = "missing-threshold", Error,
        "the rule `greedy-threshold` needs `min_project_score_threshold`: add it";
    /// Points to share out, but not how many.
    MissingMaxSumPoints = "missing-max-sum-points", Error,
        "cumulative votes need `max_sum_points`, how many points a voter has: add it";
    /// A limit that contradicts choosing one.
    ChooseOneLimit { field: &'static str, found: String } = "choose-one-limit", Error,
        "a choose-1 vote names one project, so `{field}` is 1, not `{found}`: correct it or `vote_type`";
    /// An approval vote where one project at most may be named.
    ChooseOneSuggested = "choose-one-suggested", Warning,
        "voters may name one project only: `vote_type` choose-1 says so plainly";
    /// No limit on how many projects a voter may name.
    NoMaxLength = "no-max-length", Warning,
        "nothing says how many projects a voter may name: add `max_length` if there was a limit";
    /// A limit that nobody can reach.
    MaxLengthAboveProjects { limit: u64, projects: u64 } = "max-length-above-projects", Error,
        "`max_length` is {limit}, but there are {projects} projects: correct it";
    /// A flag that has one value.
    FullyFundedValue { found: String } = "fully-funded-value", Error,
        "`fully_funded` is 1 or absent, not `{found}`: correct it";
    /// The flag says that all is funded, and it is not.
    FullyFundedWrong { why: String } = "fully-funded-wrong", Error,
        "`fully_funded` says that every project is funded, but {why}: correct one of the two";
    /// All is funded, and the flag does not say so.
    FullyFundedMissing = "fully-funded-missing", Error,
        "all projects together fit into the budget: add `fully_funded;1`, or correct the budget or the costs";
    /// A list with one value per category that has another number of them.
    ListLength { field: &'static str, found: u64, names: &'static str, expected: u64 } = "list-length", Warning,
        "`{field}` has {found} values, `{names}` has {expected}: give one value for each";
    /// A value that META announces and no row uses.
    UnusedValue { field: &'static str, value: String, column: &'static str } = "unused-value", Warning,
        "`{field}` announces `{value}`, but no row has it as `{column}`: check the spelling or remove it";
    /// A value that META does not announce.
    UndeclaredValue { column: &'static str, value: String, field: &'static str } = "undeclared-value", Warning,
        "the `{column}` `{value}` is not among the `{field}` of META: check the spelling or add it";
    /// Two labels that differ in case, accents, blanks or punctuation only.
    LabelVariant { what: &'static str, found: String, other: String, line: u64 } = "label-variant", Warning,
        "the {what} `{found}` looks like `{other}` on line {line}: write both the same way if they are one";

    /// A comma that may belong to a label.
    LabelComma { what: &'static str, found: String, count: u64 } = "label-comma", Warning,
        "`{what}` is a list, and `{found}` ({count} time(s)) has blanks at a comma: if the comma belongs to a label, write the label without it; if not, remove the blanks";

    // --- PROJECTS ---
    /// The cost that marks a withdrawn project.
    SentinelCost = "sentinel-cost", Warning,
        "the cost 999999999 marks a project that was withdrawn: give its real cost if it is known";
    /// A project that is withdrawn and selected.
    SentinelSelected = "sentinel-selected", Error,
        "the project is selected, but its cost 999999999 marks it as withdrawn: correct one of the two";
    /// A project that the budget could never pay.
    CostAboveBudget { cost: String, budget: String } = "cost-above-budget", Error,
        "the project costs {cost}, more than the whole budget of {budget}: correct one of the two";
    /// Selected projects that cost more than there is.
    SelectedAboveBudget { cost: String, budget: String } = "selected-above-budget", Error,
        "the selected projects cost {cost} together, more than the budget of {budget}: correct `selected`, the costs or the budget";
    /// Money left that the rule would have spent.
    UnspentBudget { left: String, cost: String, rule: String } = "unspent-budget", Error,
        "{left} of the budget are left, and this project for {cost} was not selected although the rule `{rule}` would have: correct `selected`, the budget or the rule";
    /// Money left that the rule might have spent.
    UnspentBudgetPerhaps { left: String, cost: String, rule: String } = "unspent-budget-perhaps", Warning,
        "{left} of the budget are left, and this project for {cost} was not selected: say why in `comment` if the rule `{rule}` excludes it";
    /// A winner that the threshold excludes.
    SelectedBelowThreshold { found: String, threshold: String } = "selected-below-threshold", Error,
        "the project is selected with {found}, below `min_project_score_threshold` {threshold}: correct one of the two";
    /// A project that nobody named.
    ProjectWithoutVotes { project: String } = "project-without-votes", Warning,
        "no vote names the project `{project}`: check that its votes are not missing";
    /// Projects without a total of votes.
    NoVotesColumn = "no-votes-column", Warning,
        "there is no column `votes`: add the number of votes of each project, it shows when a vote is lost";
    /// Projects without a total of points.
    NoScoreColumn = "no-score-column", Warning,
        "there is no column `score`: add the points of each project, they show when a vote is lost";
    /// Another value of `selected` than 0 to 3.
    SelectedValue { found: String } = "selected-value", Error,
        "`selected` is 0 (no), 1 (yes), 2 or 3 (from other money, see `comment`), not `{found}`: correct it";
    /// One of two coordinates.
    CoordinateAlone { missing: &'static str } = "coordinate-alone", Error,
        "the project has no {missing} but the other coordinate: give both or none";
    /// A coordinate that is not a number.
    CoordinateForm { what: &'static str, found: String } = "coordinate-form", Error,
        "the {what} is in degrees with a decimal point, such as 52.2297, not `{found}`: correct it";
    /// A coordinate that is not on the globe.
    CoordinateRange { what: &'static str, found: String, limit: u32 } = "coordinate-range", Error,
        "the {what} {found} is not between -{limit} and {limit} degrees: correct it, the two may be swapped";
    /// Projects at one point.
    CoordinateShared { count: u64, line: u64 } = "coordinate-shared", Warning,
        "{count} projects are at exactly this point, the first on line {line}: check that it is not a stand-in for an unknown place";

    // --- VOTES ---
    /// Every voter named one project.
    AverageLengthOne = "average-length-one", Warning,
        "every vote names one project: if that was all that voters could do, `vote_type` is choose-1";
    /// Votes whose points are not in descending order.
    PointsUnsorted { count: u64 } = "points-unsorted", Warning,
        "the points of {count} vote(s), first this one, are not in descending order: list the projects from the most points to the fewest";
    /// An age that is neither a number nor a range.
    AgeForm { found: String, count: u64 } = "age-form", Error,
        "`{found}` ({count} time(s)) is not an age: write a number such as 37 or a range such as 25-34, or leave it empty";
    /// Another sex than the format's.
    SexValue { found: String, count: u64 } = "sex-value", Error,
        "`{found}` ({count} time(s)) is not a `sex` of the format: write F, M or O, or leave it empty";
    /// Another voting method than the format's.
    VotingMethodValue { found: String, count: u64 } = "voting-method-value", Error,
        "`{found}` ({count} time(s)) is not a `voting_method` of the format: write internet or paper";
    /// A value of another type than the column's.
    ColumnType { column: String, expected: &'static str, found: String, count: u64 } = "column-type", Error,
        "`{column}` is {expected}, not `{found}` ({count} time(s)): correct it";
}

/// A text for a message: without what would garble it, and not too long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push_str("...");
    }
    shown
}
