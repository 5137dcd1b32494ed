//! What a reader is told beforehand.

use crate::tally::table::TableLimits;

/// How readers take a file: strictly by the names of the columns, or with the names that cities use instead.
///
/// ```
/// use quartier::tally::read::ReadOptions;
/// use quartier::tally::table::TableLimits;
/// let options = ReadOptions::lenient().limits(TableLimits::new().max_line_bytes(4_096));
/// assert_eq!(options.table_limits().line_bytes(), 4_096);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    limits: TableLimits,
    names: ColumnNames,
}

/// Which names of columns are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnNames {
    /// Those of the contract.
    Exact,
    /// Others too, each with a warning.
    WithAliases,
}

/// What cities call the columns, where the contract's own name is missing.
const ALIASES: [(&str, &[&str]); 4] = [
    ("voter_id", &["voter", "id"]),
    ("project_id", &["project", "id"]),
    (
        "area",
        &["neighborhood", "neighbourhood", "quartier", "district"],
    ),
    ("channel", &["voting_method"]),
];

impl ReadOptions {
    /// Columns have the names of the contract; any other is an attribute.
    #[must_use]
    pub fn strict() -> ReadOptions {
        ReadOptions {
            limits: TableLimits::new(),
            names: ColumnNames::Exact,
        }
    }

    /// Where a column of the contract is missing, another name is taken for it, with a warning: `voter` or `id`
    /// for `voter_id`; `project` or `id` for `project_id`; `neighborhood`, `neighbourhood`, `quartier` or
    /// `district` for `area`; `voting_method` for `channel`.
    #[must_use]
    pub fn lenient() -> ReadOptions {
        ReadOptions {
            limits: TableLimits::new(),
            names: ColumnNames::WithAliases,
        }
    }

    /// The same with other bounds.
    #[must_use]
    pub fn limits(mut self, limits: TableLimits) -> ReadOptions {
        self.limits = limits;
        self
    }

    /// The bounds.
    #[must_use]
    pub fn table_limits(&self) -> TableLimits {
        self.limits
    }

    /// Other names that are taken for a column of the contract.
    pub(super) fn aliases(&self, column: &str) -> &'static [&'static str] {
        match self.names {
            ColumnNames::Exact => &[],
            ColumnNames::WithAliases => ALIASES
                .iter()
                .find(|(name, _)| *name == column)
                .map_or(&[], |(_, others)| others),
        }
    }
}
