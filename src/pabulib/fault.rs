//! Every way in which a file can break the format or contradict itself: one variant per mistake.

use thiserror::Error;

use super::diagnostic::{Section, Severity};
use super::options::Strictness;
use crate::election::{MoneyError, PointsError};

/// A break of the format, or a contradiction within a file, that the reader found.
///
/// The text of each names the remedy. How bad it is depends on the [`Strictness`], see
/// [`Fault::severity`]; the table is in the [module](super).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    // --- the text ---
    /// Bytes that are not UTF-8.
    #[error("the file is not UTF-8 at byte {offset} (counted from 0): save it as UTF-8")]
    NotUtf8 {
        /// The first byte that does not fit, from 0.
        offset: u64,
    },
    /// A file saved as UTF-16.
    #[error("the file is UTF-16: save it as UTF-8")]
    Utf16,
    /// A NUL character.
    #[error("there is a NUL character: the file is damaged or not a text, fetch it again")]
    NulCharacter,
    /// A carriage return without a newline.
    #[error("there is a carriage return without a newline: end lines with LF or CR LF")]
    LoneCarriageReturn,
    /// More of something than the reader's limits allow.
    #[error(
        "more {what} than the limit of {limit}: check the file, or raise the limit if it is right"
    )]
    LimitExceeded {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The last line has no newline, and no total in the file could show that its end is missing.
    #[error(
        "the file does not end with a newline and has no totals to check its last vote with: make sure that it is complete"
    )]
    MaybeCut,

    // --- sections, headers, rows ---
    /// A section is missing.
    #[error(
        "the section {section} is missing: the file may be cut, a file has META, PROJECTS and VOTES"
    )]
    MissingSection {
        /// The section.
        section: Section,
    },
    /// A section occurs twice.
    #[error("the section {section} has already begun on line {first}: merge the two")]
    RepeatedSection {
        /// The section.
        section: Section,
        /// The line of the first.
        first: u64,
    },
    /// Sections in another order.
    #[error("the section {section} is out of order: sections come as META, PROJECTS, VOTES")]
    MisplacedSection {
        /// The section.
        section: Section,
    },
    /// A line that names a section, but not exactly.
    #[error("a section is named by the line `{section}` alone: remove what is around it")]
    DecoratedSection {
        /// The section.
        section: Section,
    },
    /// Text before META.
    #[error("the file must begin with the line `META`: remove what comes before it")]
    TextBeforeMeta,
    /// An empty line.
    #[error("the line is empty: remove it")]
    BlankLine,
    /// A section without its header row.
    #[error("the section {section} has no header row: name its columns in the line after it")]
    MissingHeader {
        /// The section.
        section: Section,
    },
    /// META's header row.
    #[error("the header row of META is `key;value`, not `{found}`")]
    WrongMetaHeader {
        /// The row that was found.
        found: String,
    },
    /// Another first column.
    #[error("the first column is `{expected}`, not `{found}`")]
    WrongFirstColumn {
        /// The name that was expected.
        expected: &'static str,
        /// The name that was found.
        found: String,
    },
    /// A column that is needed.
    #[error("the column `{column}` is missing: add it")]
    MissingColumn {
        /// The column.
        column: &'static str,
    },
    /// Two columns with one name.
    #[error("the column `{column}` occurs twice: rename or remove one")]
    RepeatedColumn {
        /// The column.
        column: String,
    },
    /// A column without a name, or with blanks around it.
    #[error("the column name `{found}` is empty or has blanks around it: name the column")]
    BadColumnName {
        /// The name that was found.
        found: String,
    },
    /// A row with too few or too many cells.
    #[error(
        "the row has {found} cells, its section has {expected} columns: a `;` is missing or too much, quote a cell that contains one"
    )]
    RowWidth {
        /// Cells of the row.
        found: usize,
        /// Columns of the section.
        expected: usize,
    },
    /// A quote that is never closed.
    #[error(
        "the quote is not closed on its line: close it, or double it if it belongs to the text"
    )]
    UnclosedQuote,
    /// Something between a closing quote and the next semicolon.
    #[error("there is text after the closing quote: double the quotes that belong to the text")]
    TextAfterQuote,

    // --- META ---
    /// A META row without key.
    #[error("the key is empty: name it or remove the row")]
    EmptyKey,
    /// A META key with blanks around it.
    #[error("the key `{key}` has blanks or invisible characters in or around it: remove them")]
    BadKey {
        /// The key.
        key: String,
    },
    /// A META key that occurs twice.
    #[error("`{key}` is already given on line {first}: keep one of the two")]
    RepeatedKey {
        /// The key.
        key: String,
        /// The line of the first.
        first: u64,
    },
    /// A META key that is needed.
    #[error("META has no `{key}`: add it")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A vote type that does not exist.
    #[error("`{found}` is not a vote type: use approval, choose-1, ordinal, cumulative or scoring")]
    UnknownVoteType {
        /// What was found.
        found: String,
    },
    /// A minimum above its maximum.
    #[error("`{minimum}` is greater than `{maximum}` on line {line}: correct one of the two")]
    ContradictoryLimits {
        /// The key of the minimum.
        minimum: &'static str,
        /// The key of the maximum.
        maximum: &'static str,
        /// The line of the maximum.
        line: u64,
    },
    /// A count in META that is not what the file holds.
    #[error(
        "META says `{key}` {declared}, the file has {found}: it may be cut, or the number is wrong"
    )]
    CountMismatch {
        /// `num_projects` or `num_votes`.
        key: &'static str,
        /// The number in META.
        declared: u64,
        /// The number of rows.
        found: u64,
    },

    // --- numbers ---
    /// Not a whole number.
    #[error("`{what}` is a whole number written with digits only, not `{found}`")]
    BadWholeNumber {
        /// The key or column.
        what: String,
        /// What was found, shortened.
        found: String,
    },
    /// Not an amount of money.
    #[error("`{what}`: {error}")]
    BadAmount {
        /// The key or column.
        what: String,
        /// Why.
        error: MoneyError,
    },
    /// A comma where a decimal point belongs, or between thousands.
    #[error(
        "`{what}` has a comma in `{found}`: write a decimal point, and nothing between thousands"
    )]
    CommaInNumber {
        /// The key or column.
        what: String,
        /// What was found, shortened.
        found: String,
    },
    /// Not a number of points.
    #[error("`{what}`: {error}")]
    BadPoints {
        /// The key or column.
        what: String,
        /// Why.
        error: PointsError,
    },

    // --- projects ---
    /// An empty id.
    #[error("the {what} id is empty: give it one")]
    EmptyId {
        /// `project` or `voter`.
        what: &'static str,
    },
    /// An id with invisible characters, blanks around it, or too long.
    #[error("the {what} id {why}")]
    BadId {
        /// `project` or `voter`.
        what: &'static str,
        /// What is wrong and what to do.
        why: String,
    },
    /// A project id that no ballot could name.
    #[error(
        "the project id contains a comma, which separates the projects of a vote: use another character"
    )]
    CommaInId,
    /// Two projects with one id.
    #[error("the project id `{id}` is already used on line {first}: ids must differ")]
    RepeatedProjectId {
        /// The id.
        id: String,
        /// The line of the first.
        first: u64,
    },
    /// Two project ids that people would take for each other.
    #[error(
        "the project id `{id}` looks like `{other}` on line {line}: a voter cannot tell them apart, rename one"
    )]
    LookAlikeProjects {
        /// The id.
        id: String,
        /// The other.
        other: String,
        /// The line of the other.
        line: u64,
    },
    /// A project that costs nothing.
    #[error("the project costs nothing: correct the cost, or read leniently if it is meant")]
    ZeroCost,
    /// A published total that the votes do not give.
    #[error(
        "`{column}` says {published} for project `{project}`, the votes give {recounted}: a vote is missing or counted twice, or the column is wrong"
    )]
    ControlMismatch {
        /// The column: `votes` or `score`.
        column: &'static str,
        /// The project.
        project: String,
        /// What the column says.
        published: String,
        /// What the votes give.
        recounted: String,
    },

    // --- votes ---
    /// Two votes of one voter.
    #[error(
        "the voter id `{id}` is already used on line {first}: one voter has one vote, remove or rename one"
    )]
    RepeatedVoterId {
        /// The id.
        id: String,
        /// The line of the first; 0 where it is not known any more.
        first: u64,
    },
    /// Two voter ids that differ in case or in the form of accented letters only.
    #[error(
        "the voter id `{id}` differs from another only in case or in the form of its letters: check that they are two people"
    )]
    LookAlikeVoters {
        /// The id.
        id: String,
    },
    /// A vote that names no project.
    #[error("the vote names no project: it is counted as a blank ballot")]
    BlankBallot,
    /// A vote for a project that does not exist.
    #[error("the vote names the unknown project `{id}`: correct the id or add the project")]
    UnknownProject {
        /// The id.
        id: String,
    },
    /// A project named twice in one vote.
    #[error(
        "the vote names project `{id}` more than once: a project counts once on a vote, remove the repetition"
    )]
    RepeatedProject {
        /// The project.
        id: String,
    },
    /// A project that gets points twice in one vote.
    #[error(
        "the vote gives points to project `{id}` more than once: name it once with its sum of points"
    )]
    RepeatedPoints {
        /// The project.
        id: String,
    },
    /// Points of one project that add up to more than can be kept.
    #[error("the points of project `{id}` add up to more than 10^12: correct the vote")]
    TooManyPoints {
        /// The project.
        id: String,
    },
    /// Nothing between two commas, or a comma at the end.
    #[error("there is nothing between two commas, or a comma at an end: remove it")]
    EmptyMark,
    /// Blanks around a project in a vote.
    #[error("there are blanks around `{found}`: remove them")]
    BlanksInVote {
        /// The project with its blanks.
        found: String,
    },
    /// Not as many points as projects.
    #[error(
        "the vote names {projects} projects but has {points} points: give each project its points"
    )]
    PointsCount {
        /// Number of projects.
        projects: usize,
        /// Number of points.
        points: usize,
    },
    /// Points below zero where points are shared out.
    #[error("points below zero cannot be shared out: `{found}`")]
    NegativePoints {
        /// What was found.
        found: String,
    },
    /// A *choose one* vote that names several projects.
    #[error(
        "the vote names {found} projects where one is to be chosen: correct the vote or `vote_type`"
    )]
    NotOneChoice {
        /// Number of projects.
        found: usize,
    },
    /// A vote above a limit of META.
    #[error("the vote has {found}, above the `{key}` of {limit}: correct the vote or the limit")]
    AboveLimit {
        /// The key of META.
        key: &'static str,
        /// The limit.
        limit: String,
        /// What the vote has.
        found: String,
    },
    /// A vote below a limit of META.
    #[error("the vote has {found}, below the `{key}` of {limit}: correct the vote or the limit")]
    BelowLimit {
        /// The key of META.
        key: &'static str,
        /// The limit.
        limit: String,
        /// What the vote has.
        found: String,
    },
    /// The election that the file describes is not possible.
    #[error("{message}")]
    Election {
        /// What the election's own check says.
        message: String,
    },
}

impl Fault {
    /// How bad this is: the one place where strict and lenient reading differ.
    #[must_use]
    pub fn severity(&self, strictness: Strictness) -> Severity {
        let lenient = match strictness {
            Strictness::Strict => Severity::Error,
            Strictness::Lenient => Severity::Warning,
        };
        match self {
            // Allowed to stand, and nothing is lost by it; the archive really has the two limits.
            Fault::BlankLine
            | Fault::MaybeCut
            | Fault::LookAlikeVoters { .. }
            | Fault::BlankBallot
            | Fault::AboveLimit {
                key: "max_sum_cost",
                ..
            }
            | Fault::BelowLimit {
                key: "min_sum_points",
                ..
            } => Severity::Warning,
            Fault::TextAfterQuote
            | Fault::LookAlikeProjects { .. }
            | Fault::ZeroCost
            | Fault::RepeatedProject { .. }
            | Fault::RepeatedPoints { .. }
            | Fault::ControlMismatch { .. }
            | Fault::AboveLimit { .. }
            | Fault::BelowLimit { .. } => lenient,
            _ => Severity::Error,
        }
    }

    /// The machine-readable name of the mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Fault::NotUtf8 { .. } => "not-utf8",
            Fault::Utf16 => "utf16",
            Fault::NulCharacter => "nul-character",
            Fault::LoneCarriageReturn => "lone-carriage-return",
            Fault::LimitExceeded { .. } => "limit-exceeded",
            Fault::MaybeCut => "maybe-cut",
            Fault::MissingSection { .. } => "missing-section",
            Fault::RepeatedSection { .. } => "repeated-section",
            Fault::MisplacedSection { .. } => "misplaced-section",
            Fault::DecoratedSection { .. } => "decorated-section",
            Fault::TextBeforeMeta => "text-before-meta",
            Fault::BlankLine => "blank-line",
            Fault::MissingHeader { .. } => "missing-header",
            Fault::WrongMetaHeader { .. } => "wrong-meta-header",
            Fault::WrongFirstColumn { .. } => "wrong-first-column",
            Fault::MissingColumn { .. } => "missing-column",
            Fault::RepeatedColumn { .. } => "repeated-column",
            Fault::BadColumnName { .. } => "bad-column-name",
            Fault::RowWidth { .. } => "row-width",
            Fault::UnclosedQuote => "unclosed-quote",
            Fault::TextAfterQuote => "text-after-quote",
            Fault::EmptyKey => "empty-key",
            Fault::BadKey { .. } => "bad-key",
            Fault::RepeatedKey { .. } => "repeated-key",
            Fault::MissingKey { .. } => "missing-key",
            Fault::UnknownVoteType { .. } => "unknown-vote-type",
            Fault::ContradictoryLimits { .. } => "contradictory-limits",
            Fault::CountMismatch { .. } => "count-mismatch",
            _ => self.code_of_content(),
        }
    }

    fn code_of_content(&self) -> &'static str {
        match self {
            Fault::BadWholeNumber { .. } => "bad-whole-number",
            Fault::BadAmount { .. } => "bad-amount",
            Fault::CommaInNumber { .. } => "comma-in-number",
            Fault::BadPoints { .. } => "bad-points",
            Fault::EmptyId { .. } => "empty-id",
            Fault::BadId { .. } => "bad-id",
            Fault::CommaInId => "comma-in-id",
            Fault::RepeatedProjectId { .. } => "repeated-project-id",
            Fault::LookAlikeProjects { .. } => "look-alike-projects",
            Fault::ZeroCost => "zero-cost",
            Fault::ControlMismatch { .. } => "control-mismatch",
            Fault::RepeatedVoterId { .. } => "repeated-voter-id",
            Fault::LookAlikeVoters { .. } => "look-alike-voters",
            Fault::BlankBallot => "blank-ballot",
            Fault::UnknownProject { .. } => "unknown-project",
            Fault::RepeatedProject { .. } => "repeated-project",
            Fault::RepeatedPoints { .. } => "repeated-points",
            Fault::TooManyPoints { .. } => "too-many-points",
            Fault::EmptyMark => "empty-mark",
            Fault::BlanksInVote { .. } => "blanks-in-vote",
            Fault::PointsCount { .. } => "points-count",
            Fault::NegativePoints { .. } => "negative-points",
            Fault::NotOneChoice { .. } => "not-one-choice",
            Fault::AboveLimit { .. } => "above-limit",
            Fault::BelowLimit { .. } => "below-limit",
            _ => "election",
        }
    }
}
