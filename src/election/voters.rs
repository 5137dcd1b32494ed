//! The voter table: who cast which ballot, with everything else that was published about them.

use super::id::BallotIx;

/// A column of texts kept in one piece of memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    text: String,
    ends: Vec<u32>,
}

/// A voter table that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VotersError {
    /// A column holds more than 4 GiB of text.
    #[error(
        "a column of the voter table holds more than 4 GiB: split the election or drop the column"
    )]
    ColumnTooLarge,
    /// The columns do not have one cell per voter.
    #[error("column `{0}` of the voter table has another number of cells than there are voters")]
    Ragged(usize),
}

impl Column {
    /// An empty column.
    #[must_use]
    pub fn new() -> Column {
        Column::default()
    }

    /// Appends a cell.
    ///
    /// # Errors
    /// [`VotersError::ColumnTooLarge`] beyond 4 GiB of text.
    pub fn push(&mut self, cell: &str) -> Result<(), VotersError> {
        let end =
            u32::try_from(self.text.len() + cell.len()).map_err(|_| VotersError::ColumnTooLarge)?;
        self.text.push_str(cell);
        self.ends.push(end);
        Ok(())
    }

    /// The number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Has it no cell?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)? as usize;
        let start = row
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |&start| start as usize);
        self.text.get(start..end)
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|row| self.get(row))
    }
}

impl<'a> FromIterator<&'a str> for Column {
    /// Collects cells; those beyond 4 GiB of text are left out, which [`Voters::new`] then reports.
    fn from_iter<I: IntoIterator<Item = &'a str>>(cells: I) -> Column {
        let mut column = Column::new();
        for cell in cells {
            if column.push(cell).is_err() {
                break;
            }
        }
        column
    }
}

/// One row per voter, in the order of the source: id, ballot, and further columns.
///
/// It is not needed to count: the profile is. It keeps what was published, so that a file can be written
/// again, and lets reports tell turnout by area or channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voters {
    ids: Column,
    ballots: Vec<BallotIx>,
    columns: Vec<(String, Column)>,
}

impl Voters {
    /// A table from its columns.
    ///
    /// # Errors
    /// [`VotersError::Ragged`] if a column has another number of cells than there are ids.
    pub fn new(
        ids: Column,
        ballots: Vec<BallotIx>,
        columns: Vec<(String, Column)>,
    ) -> Result<Voters, VotersError> {
        if ids.len() != ballots.len() {
            return Err(VotersError::Ragged(0));
        }
        match columns
            .iter()
            .position(|(_, column)| column.len() != ids.len())
        {
            Some(ragged) => Err(VotersError::Ragged(ragged + 1)),
            None => Ok(Voters {
                ids,
                ballots,
                columns,
            }),
        }
    }

    /// The number of voters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ballots.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ballots.is_empty()
    }

    /// The voters' ids.
    #[must_use]
    pub fn ids(&self) -> &Column {
        &self.ids
    }

    /// The distinct ballot that each voter cast.
    #[must_use]
    pub fn ballots(&self) -> &[BallotIx] {
        &self.ballots
    }

    /// The further columns, in the order of the source.
    #[must_use]
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// A further column by its name, such as `area` or `channel`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, column)| column)
    }

    /// The same voters with ballots renumbered by `map`.
    pub(crate) fn renumbered(&self, map: &[BallotIx]) -> Option<Voters> {
        let ballots: Option<Vec<BallotIx>> = self
            .ballots
            .iter()
            .map(|ballot| map.get(ballot.index()).copied())
            .collect();
        Some(Voters {
            ballots: ballots?,
            ids: self.ids.clone(),
            columns: self.columns.clone(),
        })
    }
}
