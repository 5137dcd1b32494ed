//! What can be wrong with an election: one variant per mistake, all reported at once.

use std::fmt;

use super::ballot::BallotKind;
use super::id::IdFault;

/// One mistake in an election, with the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// An id that is empty.
    #[error("{what} number {number} has an empty id: give it one")]
    EmptyId {
        /// `project`, `area`, `group` or `voter`.
        what: &'static str,
        /// Its place in the list, from 1.
        number: usize,
    },
    /// An id that cannot be told from others by eye, or is too long.
    #[error("{what} id `{id}` {why}")]
    BadId {
        /// `project`, `area`, `group` or `voter`.
        what: &'static str,
        /// The id, with invisible characters escaped.
        id: String,
        /// What is wrong and what to do.
        why: String,
    },
    /// Two things with one id.
    #[error("{what} id `{id}` is used twice: ids must differ, merge the two or rename one")]
    DuplicateId {
        /// `project`, `area` or `group`.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// Two project ids that people would take for each other.
    #[error(
        "project ids `{first}` and `{second}` look alike: a voter cannot tell them apart, rename one"
    )]
    LookAlike {
        /// The smaller id.
        first: String,
        /// The other.
        second: String,
    },
    /// No budget was given.
    #[error("no budget was given: say how much money there is, even if it is 0")]
    NoBudget,
    /// The budget is below zero.
    #[error("the budget {budget} is negative: it must be 0 or more")]
    NegativeBudget {
        /// The budget.
        budget: String,
    },
    /// A cost below zero.
    #[error("project `{project}` costs {cost}: a cost cannot be negative, it would create money")]
    NegativeCost {
        /// The project.
        project: String,
        /// Its cost.
        cost: String,
    },
    /// A cost of zero where the caller has not said that it is meant.
    #[error(
        "project `{project}` costs nothing: correct the cost, or allow zero-cost projects if that is meant"
    )]
    ZeroCost {
        /// The project.
        project: String,
    },
    /// All costs together are beyond what an amount can hold.
    #[error(
        "the costs and the budget add up to more than an amount can hold: check for a wrong unit"
    )]
    TotalTooLarge,
    /// The smallest amount that may be awarded is zero or negative.
    #[error(
        "the granularity {granularity} is not positive: give the smallest amount that may be awarded, such as 1 or 0.01"
    )]
    BadGranularity {
        /// The granularity.
        granularity: String,
    },
    /// A minimum above its maximum.
    #[error("the ballot limits contradict each other: {minimum} is greater than {maximum}")]
    ContradictoryLimits {
        /// The lower limit with its value.
        minimum: String,
        /// The upper limit with its value.
        maximum: String,
    },
    /// Something names something else that does not exist.
    #[error("{what} `{id}` names the unknown {missing} `{name}`: add it or correct the name")]
    UnknownReference {
        /// Who names it: `project`, `area`, …
        what: &'static str,
        /// Its id.
        id: String,
        /// What is missing: `area`, `group`, `project`.
        missing: &'static str,
        /// The name that was not found.
        name: String,
    },
    /// Something refers to itself, directly or in a circle.
    #[error("{what} `{id}` depends on itself through {relation}: remove the circle")]
    Circular {
        /// `project` or `area`.
        what: &'static str,
        /// Its id.
        id: String,
        /// The relation.
        relation: &'static str,
    },
    /// A project that requires another one which is never funded beside it.
    #[error(
        "project `{project}` can never win: it requires `{required}` but {excluded}; remove one of the relations"
    )]
    NeverFunded {
        /// The project.
        project: String,
        /// The project it requires.
        required: String,
        /// What keeps the two apart.
        excluded: String,
    },
    /// A grade without a name.
    #[error("grade number {number} of the scale is blank: name it")]
    BlankGrade {
        /// Its place in the scale, from 1.
        number: usize,
    },
    /// Two grades of one name.
    #[error(
        "grade number {number} of the scale, `{grade}`, is named before: grades must differ, remove or rename one"
    )]
    DuplicateGrade {
        /// The place of the second in the scale, from 1.
        number: usize,
        /// The grade.
        grade: String,
    },
    /// More things than an index can number.
    #[error("there are too many {what}: at most {limit} are possible")]
    TooMany {
        /// What.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A ballot names a project that does not exist.
    #[error(
        "ballot {ballot} names the unknown project `{project}`: correct the id or add the project"
    )]
    UnknownProject {
        /// The ballot's number, from 1.
        ballot: usize,
        /// The unknown id.
        project: String,
    },
    /// A ballot names a project twice.
    #[error(
        "ballot {ballot} names project `{project}` more than once: a project counts once on a ballot"
    )]
    RepeatedProject {
        /// The ballot's number, from 1.
        ballot: usize,
        /// The project.
        project: String,
    },
    /// A ballot of another kind than the first.
    #[error(
        "ballot {ballot} is {found}, the others are {expected}: a profile has one kind of ballot, count the others apart"
    )]
    MixedKinds {
        /// The ballot's number, from 1.
        ballot: usize,
        /// The kind of the profile.
        expected: BallotKind,
        /// The kind that was found.
        found: BallotKind,
    },
    /// A ballot that stands for no voter, or for too many.
    #[error(
        "ballot {ballot} stands for {count} voters: the count must be 1 or more, and all together at most 2^63"
    )]
    BadCount {
        /// The ballot's number, from 1.
        ballot: usize,
        /// The count.
        count: u64,
    },
    /// A grade that is not in the scale.
    #[error("ballot {ballot} gives the unknown grade `{grade}`: use one of {scale}")]
    UnknownGrade {
        /// The ballot's number, from 1.
        ballot: usize,
        /// The grade.
        grade: String,
        /// The scale, worst first.
        scale: String,
    },
    /// A voter weight or endowment that is not above zero.
    #[error(
        "ballot {ballot} has the {what} {value}: it must be above 0; leave a voter out instead of weighing it with 0"
    )]
    BadWeight {
        /// The ballot's number, from 1.
        ballot: usize,
        /// `weight` or `endowment`.
        what: &'static str,
        /// The value.
        value: String,
    },
    /// A ballot that the profile refuses for another reason.
    #[error("ballot {ballot} cannot be added: {why}")]
    BadBallot {
        /// The ballot's number, from 1.
        ballot: usize,
        /// Why, and what to do.
        why: String,
    },
    /// The voter table does not fit the ballots.
    #[error("the voter table does not fit the ballots: {why}")]
    BadVoters {
        /// What does not fit.
        why: String,
    },
    /// Totals of a channel that cannot be.
    #[error("the totals of channel `{channel}` cannot be used: {why}")]
    BadAggregate {
        /// The channel.
        channel: String,
        /// What is wrong.
        why: String,
    },
}

impl Problem {
    /// The problem of an id, as found by the check.
    pub(crate) fn of_id(what: &'static str, number: usize, id: &str, fault: IdFault) -> Problem {
        let why = match fault {
            IdFault::Empty => return Problem::EmptyId { what, number },
            IdFault::TooLong => "is longer than 256 bytes: shorten it".to_owned(),
            IdFault::Invisible(c) => format!(
                "contains the invisible character U+{:04X}: remove it",
                u32::from(c)
            ),
            IdFault::OuterBlank => "has blanks around it: remove them".to_owned(),
        };
        Problem::BadId {
            what,
            id: id.chars().take(60).flat_map(char::escape_debug).collect(),
            why,
        }
    }
}

/// All the mistakes that were found, in a stated order: instance first, then ballots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

/// How many problems are kept; one more says that there were others.
const KEPT: usize = 1_000;

impl Problems {
    /// Adds a problem, unless a thousand are already known.
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.0.len() < KEPT {
            self.0.push(problem);
        }
    }

    /// Adds all of another list.
    pub(crate) fn append(&mut self, others: Problems) {
        others.0.into_iter().for_each(|problem| self.push(problem));
    }

    /// The value if there are no problems, else the problems.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems, in order. At most a thousand are kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
