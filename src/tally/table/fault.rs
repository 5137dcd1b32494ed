//! Every mistake that a table or a list of votes can have: one variant each.

use crate::election::{DateError, MoneyError};
use crate::exact::ParseRatioError;

/// A mistake. Its text says what is wrong; [`expected`](Fault::expected) says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    // --- the table as a whole ---
    /// A file saved as UTF-16.
    #[error("the file is UTF-16")]
    Utf16,
    /// Nothing, or no line with anything on it.
    #[error("there is no header row")]
    EmptyTable,
    /// A first line `sep=` with something else than a delimiter.
    #[error("the separator is none that is known")]
    BadSeparator,
    /// A column that is needed.
    #[error("the column `{column}` is missing")]
    MissingColumn {
        /// The column.
        column: &'static str,
    },
    /// Two columns with one name.
    #[error("the column `{column}` occurs twice")]
    RepeatedColumn {
        /// The column.
        column: String,
    },
    /// A column without a name, or with invisible characters in it.
    #[error("the name of column {number} is empty or has invisible characters")]
    UnnamedColumn {
        /// Which column, from 1.
        number: usize,
    },
    /// More columns than the limit.
    #[error("there are more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },

    // --- a line ---
    /// Bytes that are not UTF-8.
    #[error("the byte 0x{byte:02X}, number {at} of the line, is not UTF-8")]
    NotUtf8 {
        /// The first byte that does not fit.
        byte: u8,
        /// Its place in the line, in bytes from 1.
        at: usize,
    },
    /// A NUL character.
    #[error("there is a NUL character")]
    NulCharacter,
    /// A carriage return that ends no line.
    #[error("there is a carriage return without a newline")]
    LoneCarriageReturn,
    /// A line beyond the limit.
    #[error("the line has {bytes} bytes, more than the limit of {limit}")]
    LineTooLong {
        /// Its bytes.
        bytes: u64,
        /// The limit.
        limit: usize,
    },
    /// A quote that is never closed.
    #[error("the quote is not closed on its line")]
    UnclosedQuote,
    /// Something between a closing quote and the next delimiter.
    #[error("there is text after the closing quote")]
    TextAfterQuote,
    /// A row with too few cells.
    #[error("the row has {found} cells, and the table {columns} columns")]
    TooFewCells {
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A row with too many cells.
    #[error("the row has {found} cells, and the table {columns} columns")]
    TooManyCells {
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// The header once more: two files were joined.
    #[error("the header occurs again")]
    RepeatedHeader,
    /// Empty rows before another row.
    #[error("{rows} empty rows were passed over")]
    EmptyRows {
        /// How many in a row.
        rows: u64,
    },
    /// Rows of delimiters only after the last record.
    #[error(
        "{rows} rows of delimiters only, after the last record, were passed over as the padding of a spreadsheet"
    )]
    Padding {
        /// How many.
        rows: u64,
    },
    /// The last line has no newline.
    #[error("the file does not end with a newline: its end may be missing")]
    MaybeCut,

    // --- a cell ---
    /// A cell that must not be empty.
    #[error("`{column}` is empty")]
    Missing {
        /// The column.
        column: &'static str,
    },
    /// Not a whole number.
    #[error("`{column}` is not a whole number at character {at}")]
    NotANumber {
        /// The column.
        column: String,
        /// The first character that does not fit, from 1.
        at: usize,
    },
    /// A whole number beyond what can be counted.
    #[error("`{column}` is beyond {most}")]
    TooLarge {
        /// The column.
        column: String,
        /// The largest.
        most: u64,
    },
    /// A count, a weight or an endowment that is not above 0.
    #[error("`{column}` is not above 0: the row stands for nobody")]
    NotAboveZero {
        /// The column.
        column: &'static str,
    },
    /// Not an amount of money.
    #[error("{0}")]
    NotAnAmount(MoneyError),
    /// An amount such as `1.500`, which is one and a half here and one thousand five hundred there.
    #[error("the amount could be grouped digits or have three decimals")]
    AmbiguousAmount,
    /// Not a number such as 12, -0.25 or 3/4.
    #[error("{0}")]
    NotARatio(ParseRatioError),
    /// Minus nought.
    #[error("`{column}` is a minus nought, which no figure is")]
    MinusNought {
        /// The column.
        column: String,
    },
    /// Not a day.
    #[error("{0}")]
    NotADate(DateError),
    /// Neither yes nor no.
    #[error("`{column}` is neither yes nor no")]
    NotYesOrNo {
        /// The column.
        column: String,
    },
    /// An id that cannot be one.
    #[error("`{column}` is not an id: {why}")]
    BadId {
        /// The column.
        column: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// A voter id as a spreadsheet shows a long number: several voters become one.
    #[error(
        "the id has been turned into scientific notation by a spreadsheet, so that several voters have become one"
    )]
    ScientificId,
    /// `#REF!` and its like.
    #[error("the cell holds the error of a spreadsheet formula")]
    SpreadsheetError,
    /// `NaN`, `null`: what programs write where there is nothing.
    #[error(
        "the id is what a program wrote where there was none, so that several voters have become one"
    )]
    PlaceholderId,
    /// Rows without a voter id in a table that has them.
    #[error(
        "{rows} rows have no `voter_id`: they are anonymous, and duplicates among them cannot be seen"
    )]
    BlankVoterIds {
        /// How many.
        rows: u64,
    },
    /// More than one ballot for one voter id.
    #[error("one voter cannot have cast {count} ballots")]
    GroupedWithId {
        /// The count.
        count: u64,
    },
    /// A name that is not the contract's, read as what it must mean.
    #[error("the column `{found}` was read as `{column}`")]
    Alias {
        /// The name that was found.
        found: String,
        /// What it was taken for.
        column: &'static str,
    },
    /// A column that nothing is known of, and whose cells have no place to be kept.
    #[error("the column `{column}` is passed over")]
    UnusedColumn {
        /// The column.
        column: String,
    },
    /// Two rows that say something of the same thing.
    #[error("{what} has already been given on line {first}")]
    RepeatedRow {
        /// What.
        what: String,
        /// The line of the first.
        first: u64,
    },
    /// Another number of voters than an earlier row of the same channel and area has.
    #[error("the voters of this channel and area are {first} on an earlier row")]
    OtherVoters {
        /// The number of the earlier row.
        first: u64,
    },
    /// A ballot text that is none.
    #[error("the ballot cannot be read: {why}")]
    NotABallot {
        /// Why.
        why: String,
    },

    // --- JSON ---
    /// Not JSON.
    #[error("this is not JSON: {why}")]
    NotJson {
        /// Why.
        why: String,
    },
    /// Neither an array nor lines of objects.
    #[error("there is neither an array of objects nor one object a line")]
    NoRecords,
    /// A document beyond the limit.
    #[error("the document has more than {limit} bytes")]
    DocumentTooLong {
        /// The limit.
        limit: usize,
    },
    /// A key that occurs twice in one object.
    #[error("the key `{key}` occurs twice in the object")]
    RepeatedKey {
        /// The key.
        key: String,
    },
    /// A key with a value of another type.
    #[error("{why}")]
    BadValue {
        /// What was found and what was expected.
        why: String,
    },
}

macro_rules! texts {
    ($($variant:pat => $code:literal, $expected:literal;)*) => {
        impl Fault {
            /// The machine-readable name of the mistake, such as `unclosed-quote`.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $($variant => $code,)* }
            }

            /// What was expected, and so what to do.
            #[must_use]
            pub fn expected(&self) -> &'static str {
                match self { $($variant => $expected,)* }
            }
        }
    };
}

texts! {
    Fault::Utf16 => "utf-16", "save it as UTF-8";
    Fault::EmptyTable => "empty-table", "name the columns in the first line";
    Fault::BadSeparator => "bad-separator", "write `sep=;`, `sep=,` or a tab after `sep=`, or remove the line";
    Fault::MissingColumn { .. } => "missing-column", "add the column to the header";
    Fault::RepeatedColumn { .. } => "repeated-column", "rename or remove one of them";
    Fault::UnnamedColumn { .. } => "unnamed-column", "name the column";
    Fault::TooManyColumns { .. } => "too-many-columns", "remove columns, or raise the limit if they are right";
    Fault::NotUtf8 { .. } => "not-utf-8", "save the file as UTF-8, or read it with `--encoding windows-1252`";
    Fault::NulCharacter => "nul-character", "fetch the file again: it is damaged or not a text";
    Fault::LoneCarriageReturn => "lone-carriage-return", "end lines with LF or CR LF";
    Fault::LineTooLong { .. } => "line-too-long", "look for a lost newline, or raise the limit if the line is right";
    Fault::UnclosedQuote => "unclosed-quote", "close it, or write the cell between quotes and double the quote if it belongs to the text";
    Fault::TextAfterQuote => "text-after-quote", "double the quotes that belong to the text";
    Fault::TooFewCells { .. } => "too-few-cells", "one cell for each column, empty ones too";
    Fault::TooManyCells { .. } => "too-many-cells", "one cell for each column; quote a cell that contains the delimiter";
    Fault::RepeatedHeader => "repeated-header", "remove the line: two files have been joined";
    Fault::EmptyRows { .. } => "empty-row", "remove them; a blank ballot says so by any cell, such as its channel, or by `\"\"`";
    Fault::Padding { .. } => "padding", "remove them; if they are blank ballots, give them a channel or write `\"\"` for the vote, and compare with control totals";
    Fault::MaybeCut => "maybe-cut", "end the last line with a newline, and compare with control totals";
    Fault::Missing { .. } => "missing", "fill the cell";
    Fault::NotANumber { .. } => "not-a-number", "digits 0 to 9 only, such as 1500: no sign, blanks, grouping, decimals or exponent";
    Fault::TooLarge { .. } => "too-large", "a smaller number";
    Fault::NotAboveZero { .. } => "not-above-zero", "a number above 0, or no such row";
    Fault::NotAnAmount(_) => "not-an-amount", "an amount such as 80000 or 12.5";
    Fault::AmbiguousAmount => "ambiguous-amount", "digits without grouping, such as 1500, or one, two or four decimals, such as 1.5";
    Fault::NotARatio(_) => "not-a-figure", "a number such as 12, -0.25 or 3/4";
    Fault::MinusNought { .. } => "minus-nought", "0";
    Fault::NotADate(_) => "not-a-date", "year-month-day, such as 2017-12-05";
    Fault::NotYesOrNo { .. } => "not-yes-or-no", "yes or no (oui, non, true, false, 1, 0), a reason after a colon: `no: moved away`";
    Fault::BadId { .. } => "bad-id", "1 to 256 bytes without invisible characters";
    Fault::ScientificId => "scientific-id", "export the ids again as text, from where they were kept before the spreadsheet";
    Fault::SpreadsheetError => "spreadsheet-error", "export the value, not the formula";
    Fault::PlaceholderId => "placeholder-id", "leave the cell empty for an anonymous ballot, or export the ids again";
    Fault::BlankVoterIds { .. } => "blank-voter-ids", "an id in every row, if everybody has one";
    Fault::GroupedWithId { .. } => "grouped-with-id", "a count of 1, or no voter id";
    Fault::Alias { .. } => "column-alias", "the name of the contract";
    Fault::UnusedColumn { .. } => "unused-column", "only the columns of the form";
    Fault::RepeatedRow { .. } => "repeated-row", "one row for each";
    Fault::OtherVoters { .. } => "other-voters", "one number of voters for a channel and area, on one row or on all of them";
    Fault::NotABallot { .. } => "not-a-ballot", "a ballot in the form of the file's other ballots";
    Fault::NotJson { .. } => "not-json", "write it with a JSON library; in lines of objects a damaged line spoils no other";
    Fault::NoRecords => "no-records", "`[{..}, {..}]`, or `{..}` on each line";
    Fault::DocumentTooLong { .. } => "document-too-long", "write a table, which is read line by line, or raise the limit";
    Fault::RepeatedKey { .. } => "repeated-key", "each key once";
    Fault::BadValue { .. } => "bad-value", "a text for every key, a number for `count`, true or false for `eligible`, a text or a ballot for `vote`";
}
