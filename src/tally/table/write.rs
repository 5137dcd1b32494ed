//! Writing a table that reads back as what was written.

/// Why a value cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A line break or a NUL, which no cell can hold.
    #[error(
        "`{column}` of {row} has a line break or a NUL in it: one line is one record, remove it"
    )]
    LineBreak {
        /// The column.
        column: String,
        /// What the row is about.
        row: String,
    },
    /// Blanks around a value, which reading takes off.
    #[error("`{column}` of {row} has blanks around it, which reading takes off: remove them")]
    OuterBlank {
        /// The column.
        column: String,
        /// What the row is about.
        row: String,
    },
    /// An id that a spreadsheet would take for a formula.
    #[error(
        "`{column}` of {row} begins like a formula, which a spreadsheet would run, and an id cannot be changed: rename it"
    )]
    Formula {
        /// The column.
        column: String,
        /// What the row is about.
        row: String,
    },
    /// A value that the form has no place for.
    #[error("{what} of {row} cannot be written in this form: {remedy}")]
    NoPlace {
        /// What has no place.
        what: String,
        /// What the row is about.
        row: String,
        /// What to do.
        remedy: &'static str,
    },
}

/// Builds a table, delimited by `;`, a line after the other.
///
/// Cells are quoted where it is needed. A text for people that begins with `=`, `+`, `-` or `@` would be run by a
/// spreadsheet as a formula; an apostrophe is put before it, as spreadsheets do themselves, and the readers take it
/// off again. Ids cannot be changed: one that begins so is refused.
///
/// ```
/// use quartier::tally::table::TableWriter;
/// let mut table = TableWriter::new(&["project_id", "name"]);
/// table.row("project 7").id("7")?.text("+ de vert; \"ici\"")?.end();
/// assert_eq!(table.finish(), "project_id;name\n7;\"'+ de vert; \"\"ici\"\"\"\n");
/// # Ok::<(), quartier::tally::table::WriteError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct TableWriter {
    columns: Vec<String>,
    out: String,
}

/// One row as it is written.
#[derive(Debug)]
#[must_use]
pub struct RowWriter<'a> {
    table: &'a mut TableWriter,
    about: &'a str,
    cells: usize,
    start: usize,
}

impl TableWriter {
    /// A table with these columns and no row.
    pub fn new(columns: &[&str]) -> TableWriter {
        let mut table = TableWriter {
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            out: String::new(),
        };
        for (at, name) in columns.iter().enumerate() {
            if at > 0 {
                table.out.push(';');
            }
            push_quoted(&mut table.out, name);
        }
        table.out.push('\n');
        table
    }

    /// Begins a row about something that errors can name.
    pub fn row<'a>(&'a mut self, about: &'a str) -> RowWriter<'a> {
        let start = self.out.len();
        RowWriter {
            table: self,
            about,
            cells: 0,
            start,
        }
    }

    /// The text of the table.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }
}

impl RowWriter<'_> {
    /// Writes an id or a name that stands for something: never changed.
    ///
    /// # Errors
    /// [`WriteError`] if it could not be read back, or if a spreadsheet would take it for a formula.
    pub fn id(self, cell: &str) -> Result<Self, WriteError> {
        if is_formula(cell) {
            let (column, row) = self.names();
            return Err(WriteError::Formula { column, row });
        }
        self.plain(cell)
    }

    /// Writes a text for people.
    ///
    /// # Errors
    /// [`WriteError`] if it could not be read back.
    pub fn text(self, cell: &str) -> Result<Self, WriteError> {
        if is_formula(cell.trim_start_matches('\'')) {
            self.plain(&format!("'{cell}"))
        } else {
            self.plain(cell)
        }
    }

    /// Writes a number, or another cell that this crate has made.
    ///
    /// # Errors
    /// [`WriteError`] if it could not be read back.
    pub fn plain(mut self, cell: &str) -> Result<Self, WriteError> {
        let (column, row) = (self.column(), self.about);
        if cell.contains(['\n', '\r', '\0']) {
            let row = row.to_owned();
            return Err(WriteError::LineBreak { column, row });
        }
        if cell.trim() != cell {
            let row = row.to_owned();
            return Err(WriteError::OuterBlank { column, row });
        }
        if self.cells > 0 {
            self.table.out.push(';');
        }
        push_quoted(&mut self.table.out, cell);
        self.cells += 1;
        Ok(self)
    }

    /// Ends the row; columns without a cell get an empty one.
    pub fn end(self) {
        let out = &mut self.table.out;
        for _ in self.cells.max(1)..self.table.columns.len() {
            out.push(';');
        }
        // A row of nothing at all would be passed over as an empty line.
        let is_empty = out
            .get(self.start..)
            .is_some_and(|row| row.bytes().all(|b| b == b';'));
        if is_empty {
            out.insert_str(self.start, "\"\"");
        }
        out.push('\n');
    }

    fn column(&self) -> String {
        self.table
            .columns
            .get(self.cells)
            .cloned()
            .unwrap_or_default()
    }

    fn names(&self) -> (String, String) {
        (self.column(), self.about.to_owned())
    }
}

/// Would a spreadsheet run this?
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@'])
}

/// The text that [`RowWriter::text`] wrote, or that a spreadsheet protected in the same way.
pub(crate) fn unprotected(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn push_quoted(out: &mut String, cell: &str) {
    if !cell.contains([';', '"']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    for (at, part) in cell.split('"').enumerate() {
        if at > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}
