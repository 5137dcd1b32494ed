//! A `.pb` file as a value: the election, and everything else that the file says.

use crate::election::{Column, Election, Points, ProjectIx};

use super::diagnostics::Diagnostics;
use super::meta::Meta;

/// The PROJECTS section as it was written: every column, known or not, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectTable {
    pub(super) rows: Vec<ProjectIx>,
    pub(super) columns: Vec<(String, Column)>,
}

impl ProjectTable {
    /// The projects in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[ProjectIx] {
        &self.rows
    }

    /// All columns with their cells, one per row.
    #[must_use]
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// The cells of a column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, column)| column)
    }
}

/// A whole `.pb` file: the election that can be counted, and everything else, so that it can be written
/// again. [`read`](super::read) makes one, [`Document::from_election`] too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) election: Election,
    pub(super) meta: Meta,
    pub(super) projects: ProjectTable,
    pub(super) vote_header: Vec<String>,
    pub(super) selected: Option<Vec<u64>>,
    pub(super) votes: Option<Vec<u64>>,
    pub(super) scores: Option<Vec<Points>>,
    pub(super) warnings: Diagnostics,
}

impl Document {
    /// The election.
    #[must_use]
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// The election alone.
    #[must_use]
    pub fn into_election(self) -> Election {
        self.election
    }

    /// All entries of META.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The PROJECTS section as it was written.
    #[must_use]
    pub fn projects(&self) -> &ProjectTable {
        &self.projects
    }

    /// The names of the columns of VOTES, in the order of the file. The cells are in the election's voter
    /// table, if it was kept.
    #[must_use]
    pub fn vote_header(&self) -> &[String] {
        &self.vote_header
    }

    /// The published `selected` of each project, by [`ProjectIx`], if the file has the column: 0 for not
    /// selected, 1 for selected, more where a comment of the file says what it means.
    #[must_use]
    pub fn selected(&self) -> Option<&[u64]> {
        self.selected.as_deref()
    }

    /// The published `votes` of each project, by [`ProjectIx`], if the file has the column.
    #[must_use]
    pub fn published_votes(&self) -> Option<&[u64]> {
        self.votes.as_deref()
    }

    /// The published `score` of each project, by [`ProjectIx`], if the file has the column.
    #[must_use]
    pub fn published_scores(&self) -> Option<&[Points]> {
        self.scores.as_deref()
    }

    /// What was accepted with a warning.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}
