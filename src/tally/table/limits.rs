//! How much a table may hold.

/// Bounds on what is read, so that no table, however made, can fill the memory.
///
/// ```
/// use quartier::tally::table::TableLimits;
/// let limits = TableLimits::new().max_line_bytes(10_000);
/// assert_eq!(limits.line_bytes(), 10_000);
/// assert_eq!(TableLimits::new().line_bytes(), 1 << 20);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableLimits {
    line_bytes: usize,
    columns: usize,
    diagnostics: usize,
    json_bytes: usize,
}

impl Default for TableLimits {
    fn default() -> TableLimits {
        TableLimits {
            line_bytes: 1 << 20,
            columns: 256,
            diagnostics: 200,
            json_bytes: 1 << 30,
        }
    }
}

impl TableLimits {
    /// The default bounds.
    #[must_use]
    pub fn new() -> TableLimits {
        TableLimits::default()
    }

    /// Most bytes of one line, without its end (1 MiB). A longer one is one unreadable row.
    #[must_use]
    pub const fn max_line_bytes(mut self, most: usize) -> TableLimits {
        self.line_bytes = most;
        self
    }

    /// Most columns (256).
    #[must_use]
    pub const fn max_columns(mut self, most: usize) -> TableLimits {
        self.columns = most;
        self
    }

    /// Most problems of each severity that are kept; the others are counted (200).
    #[must_use]
    pub const fn max_diagnostics(mut self, most: usize) -> TableLimits {
        self.diagnostics = most;
        self
    }

    /// The bound that [`max_line_bytes`](Self::max_line_bytes) sets.
    #[must_use]
    pub const fn line_bytes(&self) -> usize {
        self.line_bytes
    }

    /// The bound that [`max_columns`](Self::max_columns) sets.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The bound that [`max_diagnostics`](Self::max_diagnostics) sets.
    #[must_use]
    pub const fn diagnostics(&self) -> usize {
        self.diagnostics
    }

    /// Most bytes of a JSON document, which is kept as a whole (1 GiB).
    #[must_use]
    pub const fn max_json_bytes(mut self, most: usize) -> TableLimits {
        self.json_bytes = most;
        self
    }

    /// The bound that [`max_json_bytes`](Self::max_json_bytes) sets.
    #[must_use]
    pub const fn json_bytes(&self) -> usize {
        self.json_bytes
    }
}
