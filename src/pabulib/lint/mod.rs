//! The linter: everything that can be seen to be wrong, or suspicious, in a `.pb` file.
//!
//! [`lint`] gives the diagnostics of the strict reader and those of the checks below, sorted by place, so
//! one list says all there is to say about a file before it is published. [`apply_fixes`] makes the fixes
//! that cannot change what a file says.
//!
//! Two kinds of check are elsewhere on purpose. What breaks the format (sections, header rows, repeated ids,
//! numbers, unknown projects, limits of votes, wrong totals, the `votes` and `score` columns counted again)
//! is a [`Fault`](super::Fault) of the reader. Whether `selected` is what the rule of META gives needs the
//! rule to be run, which is the archive's recount; the checks of money here only add and compare amounts.
//!
//! Countries, currencies and languages are checked for their form (a capitalised name, three capital
//! letters, two small letters), not against the ISO lists, which change.
//!
//! | code | severity | what | fix |
//! |---|---|---|---|
//! | `outer-blanks` | error | blanks around a value | trimmed |
//! | `list-blanks` | error | blanks around the commas of a list of points or amounts | removed |
//! | `repeated-item` | warning | a list names a label twice | named once |
//! | `unknown-field` | warning | a META field that the format does not know | |
//! | `unknown-column` | warning | a column that the format does not know | |
//! | `renamed-column` | warning | `target`, now `beneficiaries` | |
//! | `field-order` | warning | META fields in another order than the format's | |
//! | `column-order` | warning | columns in another order than the format's | |
//! | `missing-field` | error | a META field that every file needs | |
//! | `empty-field` | error | a META field without a value | |
//! | `field-type` | error | a META value that is not the number, amount, list or flag it should be | |
//! | `date-form` | error | a date that is neither `31.12.2024` nor `2024`, or does not exist | |
//! | `date-order` | error | `date_end` before `date_begin` | |
//! | `country-form` | error | not the form of a country's name | |
//! | `currency-code` | error | not the form of an ISO 4217 code | |
//! | `language-code` | error | not the form of an ISO 639-1 code | |
//! | `unknown-rule` | error | a rule that the format does not know | |
//! | `comment-numbering` | error | comments not numbered `#1: ... #2: ...` | |
//! | `field-vote-type` | warning | a limit that has no meaning for the type of vote | |
//! | `unexpected-points` | error | a column `points` for approval or choose-1 votes | |
//! | `unused-threshold` | error | a threshold, but the rule is plain `greedy` | |
//! | `missing-threshold` | error | the rule `greedy-threshold` without its threshold | |
//! | `missing-max-sum-points` | error | cumulative votes without `max_sum_points` | |
//! | `choose-one-limit` | error | choose-1 votes with a length limit other than 1 | |
//! | `choose-one-suggested` | warning | approval votes with `max_length` 1 | |
//! | `no-max-length` | warning | nothing limits the length of a vote: neither number, cost nor points | |
//! | `max-length-above-projects` | error | `max_length` above the number of projects | |
//! | `fully-funded-value` | error | `fully_funded` is neither 1 nor absent | |
//! | `fully-funded-wrong` | error | `fully_funded`, but some project is not funded | |
//! | `fully-funded-missing` | error | everything fits into the budget, without `fully_funded` | |
//! | `list-length` | warning | a list per category or neighborhood with another number of values | |
//! | `unused-value` | warning | a category or neighborhood that META announces and nothing has | |
//! | `undeclared-value` | warning | a category or neighborhood that META does not announce | |
//! | `label-variant` | warning | labels that differ in case, accents, blanks or punctuation only | |
//! | `label-comma` | warning | blanks around a comma in a list of labels: the comma may be part of a label | |
//! | `sentinel-cost` | warning | the cost 999999999 of a withdrawn project | |
//! | `sentinel-selected` | error | a withdrawn project that is selected | |
//! | `cost-above-budget` | error | a project above the whole budget | |
//! | `selected-above-budget` | error | the selected projects cost more than the budget | |
//! | `unspent-budget` | error | money left for a project that `greedy` or `greedy-threshold` would have taken | |
//! | `unspent-budget-perhaps` | warning | the same for `greedy-exclusive` and `greedy-custom` | |
//! | `selected-below-threshold` | error | a selected project below the threshold | |
//! | `project-without-votes` | warning | a project that no vote names | |
//! | `no-votes-column` | warning | no column `votes` | |
//! | `no-score-column` | warning | no column `score` for ranked votes or votes with points | |
//! | `selected-value` | error | `selected` is not 0, 1, 2 or 3 | |
//! | `coordinate-alone` | error | a latitude without longitude, or the reverse | |
//! | `coordinate-form` | error | a coordinate that is not a decimal number | |
//! | `coordinate-range` | error | a coordinate beyond 90 or 180 degrees | |
//! | `coordinate-shared` | warning | several projects at one point | |
//! | `average-length-one` | warning | every vote names one project | |
//! | `points-unsorted` | warning | points not from most to fewest | |
//! | `age-form` | error | an age that is neither a number nor a range | |
//! | `sex-value` | error | `sex` is not F, M or O | |
//! | `voting-method-value` | error | `voting_method` is not internet or paper | |
//! | `column-type` | error | a cell that is not the number its column holds | |
//!
//! Some of the reader's diagnostics get a fix here too: an empty line is removed, and blanks around numbers,
//! keys, ids and column names are. (The reader itself turns a decimal comma into a point where it cannot
//! separate thousands, and removes blanks around the projects of a vote.) What a voter wrote is never
//! changed: a project that a vote names twice stays.

mod facts;
mod fields;
mod finding;
mod fix;
mod labels;
mod limits;
mod lists;
mod meta;
mod money;
mod projects;
mod report;
mod structure;
mod tables;
mod votes;

use super::{Diagnostics, ReadLimits, ReadOptions, VoterTable, read};
use facts::Facts;
use report::Report;
use tables::Sheet;

pub use finding::Finding;
pub use fix::apply_fixes;

/// The number of a line that is not there.
const MISSING: u64 = 0;

/// A check looks at the whole file and reports what it finds.
type Check = fn(&Sheet<'_>, &Facts<'_>, &mut Report);

/// All checks. To add one, write a function and add its name to the list of its file.
const CHECKS: &[&[Check]] = &[
    meta::CHECKS,
    limits::CHECKS,
    money::CHECKS,
    projects::CHECKS,
    lists::CHECKS,
    labels::CHECKS,
    votes::CHECKS,
    structure::CHECKS,
];

/// Everything that can be said against a `.pb` file: what the strict reader says, and what the checks of
/// this module find, in the order of their places.
///
/// Never fails; a text that is no `.pb` file at all gives the reader's errors. Takes time proportional to
/// the text (times the logarithm of the number of projects), and memory of a few words a line beside it.
///
/// ```
/// use quartier::pabulib::{ReadLimits, lint::lint};
/// let text = "META\nkey;value\nlanguage;Polish\n";
/// let found = lint(text, &ReadLimits::new());
/// assert!(found.iter().any(|d| d.code() == "language-code" && d.place().line == 3));
/// ```
#[must_use]
pub fn lint(text: &str, limits: &ReadLimits) -> Diagnostics {
    let mut report = Report::new(limits);
    report.reader(fix::with_fixes(
        text,
        &strict_reading(text, limits),
        limits.diagnostics(),
    ));
    if text.len() <= limits.bytes() {
        let sheet = Sheet::new(text, limits);
        let facts = Facts::new(&sheet);
        for check in CHECKS.iter().copied().flatten() {
            check(&sheet, &facts, &mut report);
        }
    }
    report.finish()
}

/// What the reader says. The votes are checked, and not kept.
fn strict_reading(text: &str, limits: &ReadLimits) -> Diagnostics {
    match read(
        text,
        &ReadOptions::strict()
            .limits(*limits)
            .voters(VoterTable::Drop),
    ) {
        Ok(document) => document.warnings().clone(),
        Err(refused) => refused,
    }
}
