//! Finding the columns of a form, and opening a table by them.

use std::io::BufRead;

use super::error::ReadError;
use super::options::ReadOptions;
use crate::tally::table::{Fault, Header, Report, Severity, Table, is_same};

/// Opens a table; refuses it if it has no good header.
pub(super) fn open<R: BufRead>(
    source: R,
    known: &[&'static str],
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Option<Table<R>>, ReadError> {
    let aliases = known.iter().flat_map(|name| options.aliases(name));
    let names: Vec<&str> = known.iter().chain(aliases).copied().collect();
    Ok(Table::open(source, &names, options.table_limits(), report)?)
}

/// Reads a refused table to its end, so that all that is wrong with its rows is told too.
pub(super) fn drain<R: BufRead>(
    mut table: Table<R>,
    mut report: Report,
) -> Result<ReadError, ReadError> {
    while table.next(&mut report)?.is_some() {}
    Ok(ReadError::Refused(report.into_found()))
}

/// Which columns of a table have been taken for something.
#[derive(Debug)]
pub(super) struct Columns<'h> {
    header: &'h Header,
    options: &'h ReadOptions,
    taken: Vec<bool>,
}

impl<'h> Columns<'h> {
    pub(super) fn new(header: &'h Header, options: &'h ReadOptions) -> Columns<'h> {
        Columns {
            header,
            options,
            taken: vec![false; header.names().len()],
        }
    }

    /// The place of a column that may be missing.
    pub(super) fn find(&mut self, name: &'static str, report: &mut Report) -> Option<usize> {
        let found = self
            .header
            .position(name)
            .or_else(|| self.by_alias(name, report))?;
        if let Some(taken) = self.taken.get_mut(found) {
            *taken = true;
        }
        Some(found)
    }

    fn by_alias(&self, name: &'static str, report: &mut Report) -> Option<usize> {
        let aliases = self.options.aliases(name);
        let found = aliases
            .iter()
            .find_map(|alias| self.header.position(alias))?;
        if self.taken.get(found) == Some(&true) {
            return None;
        }
        let alias = self.header.names().get(found).cloned().unwrap_or_default();
        let fault = Fault::Alias {
            found: alias,
            column: name,
        };
        report.whole(Severity::Warning, fault);
        Some(found)
    }

    /// The place of a column that must be there.
    pub(super) fn needed(&mut self, name: &'static str, report: &mut Report) -> Option<usize> {
        self.find(name, report)
            .or_else(|| self.header.needed(name, report))
    }

    /// The columns that nothing has been taken from, with their names.
    pub(super) fn others(&self) -> Vec<(usize, String)> {
        let names = self.header.names().iter().enumerate();
        names
            .filter(|(at, _)| self.taken.get(*at) == Some(&false))
            .map(|(at, name)| (at, name.clone()))
            .collect()
    }

    /// Warns of the columns that the form has no place for.
    pub(super) fn warn_of_others(&self, report: &mut Report) {
        for (_, column) in self.others() {
            report.whole(Severity::Warning, Fault::UnusedColumn { column });
        }
    }

    /// Does the table have this column under any name?
    pub(super) fn has(&self, name: &str) -> bool {
        self.header.names().iter().any(|known| is_same(known, name))
    }
}
