//! The register: one row for every vote that was received, and what became of it.

use crate::election::Entry;

use super::cast::{CastTime, Place, PlaceUnit};
use super::intake::{Contents, Names, Verdict, VoterNames};
use super::ledger::Cell;
use super::reason::VoidReason;

/// What became of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Disposition {
    /// It counts.
    Accepted,
    /// It is blank. Whether it counts as a ballot is the regulation's choice.
    Blank,
    /// It is void.
    Void(VoidReason),
    /// The voter's other vote replaced it.
    Superseded,
    /// The voter had voted already, or all of the voter's votes are set aside.
    Duplicate,
    /// The voter may not vote.
    Ineligible,
}

/// One row as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) source: u32,
    /// `u32::MAX` for an anonymous ballot.
    pub(super) voter: u32,
    pub(super) cell: u32,
    pub(super) content: u32,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) count: u64,
    pub(super) time: Option<CastTime>,
    /// Where the row's attributes begin.
    pub(super) attributes: u64,
    /// The reason that was given for not being eligible, and the time that cannot be read: numbers of names.
    pub(super) ineligible: u32,
    pub(super) bad_time: u32,
    /// Is it known before any duplicate is looked for what becomes of the vote?
    pub(super) ruled: Option<Disposition>,
}

/// No name.
pub(super) const NO_NAME: u32 = u32::MAX;

/// No voter: the ballot is anonymous.
pub(super) const ANONYMOUS: u32 = u32::MAX;

/// The cell of no row.
static NOWHERE: Cell = Cell {
    channel: String::new(),
    area: String::new(),
    station: String::new(),
};

/// Every vote that was received, in the order of its sources' names and lines.
///
/// Memory: some 100 bytes and the voter's id for each vote, and each distinct content once.
#[derive(Debug, Default)]
pub struct Register {
    pub(super) sources: Vec<Source>,
    pub(super) voters: VoterNames,
    pub(super) cells: Vec<Cell>,
    pub(super) values: Names,
    pub(super) cell_values: Vec<u32>,
    pub(super) contents: Contents,
    pub(super) rows: Vec<Row>,
    /// Parallel to the rows: what became of each, and the row it was set aside for.
    pub(super) fates: Vec<(Disposition, Option<u32>)>,
}

/// Where votes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) name: String,
    /// The names of its further columns.
    pub(super) attributes: Vec<String>,
    /// What the numbers of places in it count.
    pub(super) unit: PlaceUnit,
}

/// One vote of the register.
#[derive(Debug, Clone, Copy)]
pub struct RegisterRow<'a> {
    register: &'a Register,
    row: &'a Row,
    number: usize,
}

impl Register {
    /// What becomes of a row by itself, before it is asked which of a voter's votes counts.
    pub(super) fn by_itself(&self, row: &Row) -> Disposition {
        row.ruled
            .unwrap_or_else(|| match self.contents.verdict(row.content) {
                Verdict::Accepted => Disposition::Accepted,
                Verdict::Blank => Disposition::Blank,
                Verdict::Void(reason) => Disposition::Void(reason),
            })
    }

    /// How many records were received.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Was none received?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row by its number, from 0.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<RegisterRow<'_>> {
        self.rows.get(number).map(|row| RegisterRow {
            register: self,
            row,
            number,
        })
    }

    /// All rows, in order.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = RegisterRow<'_>> {
        self.rows
            .iter()
            .enumerate()
            .map(|(number, row)| RegisterRow {
                register: self,
                row,
                number,
            })
    }

    /// The marks of a content by its number.
    pub(super) fn entries_of(&self, content: usize) -> &[Entry] {
        u32::try_from(content).map_or(&[], |content| self.contents.entries(content))
    }

    /// The names of the sources, in order.
    #[must_use]
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sources.iter().map(|source| source.name.as_str())
    }

    /// The names of all further columns, in the order of the sources.
    #[must_use]
    pub fn attributes(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.sources.iter().flat_map(|source| &source.attributes) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

impl<'a> RegisterRow<'a> {
    /// The number of the row, from 0.
    #[must_use]
    pub fn number(self) -> usize {
        self.number
    }

    /// The voter's id or pseudonym; empty for an anonymous ballot.
    #[must_use]
    pub fn voter(self) -> &'a str {
        self.register.voters.name(self.row.voter)
    }

    /// The channel.
    #[must_use]
    pub fn channel(self) -> &'a str {
        &self.cell().channel
    }

    /// The voter's quartier; empty where it is not known.
    #[must_use]
    pub fn area(self) -> &'a str {
        &self.cell().area
    }

    /// The station; empty where it is not known.
    #[must_use]
    pub fn station(self) -> &'a str {
        &self.cell().station
    }

    pub(super) fn cell_number(self) -> u32 {
        self.row.cell
    }

    fn cell(self) -> &'a Cell {
        let cell = self.register.cells.get(self.row.cell as usize);
        cell.unwrap_or(&NOWHERE)
    }

    /// When it was cast, where that is known.
    #[must_use]
    pub fn time(self) -> Option<CastTime> {
        self.row.time
    }

    /// The name of the source.
    #[must_use]
    pub fn source(self) -> &'a str {
        let source = self.register.sources.get(self.row.source as usize);
        source.map_or("", |source| &source.name)
    }

    /// What the number of its [place](RegisterRow::place) counts: lines, unless the intake was told otherwise.
    #[must_use]
    pub fn unit(self) -> PlaceUnit {
        let source = self.register.sources.get(self.row.source as usize);
        source.map_or(PlaceUnit::Line, |source| source.unit)
    }

    /// Where it was read.
    #[must_use]
    pub fn place(self) -> Place {
        Place {
            source: self.row.source,
            line: self.row.line,
            column: self.row.column,
        }
    }

    /// How many voters cast it: 1, or more for ballots grouped before.
    #[must_use]
    pub fn count(self) -> u64 {
        self.row.count
    }

    /// What became of it.
    #[must_use]
    pub fn disposition(self) -> Disposition {
        let fate = self.register.fates.get(self.number);
        fate.map_or(Disposition::Void(VoidReason::Unreadable), |(fate, _)| *fate)
    }

    /// What the vote is by itself, before it is asked which of the voter's votes counts: accepted, blank, void or
    /// ineligible. A polling station announces this.
    #[must_use]
    pub fn by_itself(self) -> Disposition {
        self.register.by_itself(self.row)
    }

    /// Why the voter may not vote, as it was given; `None` where no reason was.
    #[must_use]
    pub fn ineligible_because(self) -> Option<&'a str> {
        self.named(self.row.ineligible)
    }

    /// The time of the vote as it was given, where it cannot be read.
    #[must_use]
    pub fn unreadable_time(self) -> Option<&'a str> {
        self.named(self.row.bad_time)
    }

    fn named(self, number: u32) -> Option<&'a str> {
        (number != NO_NAME).then(|| self.register.values.name(number))
    }

    /// The number of the row that counts instead, if it was set aside for one.
    #[must_use]
    pub fn in_favour_of(self) -> Option<usize> {
        let (_, kept) = self.register.fates.get(self.number)?;
        kept.map(|kept| kept as usize)
    }

    /// A further cell by the name of its column; `None` where the source has no such column.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let source = self.register.sources.get(self.row.source as usize)?;
        let column = source.attributes.iter().position(|known| known == name)?;
        let at = usize::try_from(self.row.attributes)
            .ok()?
            .checked_add(column)?;
        let value = self.register.cell_values.get(at)?;
        Some(self.register.values.name(*value))
    }

    /// A number that is equal for two votes of the same source text; different texts may still be equal ballots.
    #[must_use]
    pub fn content(self) -> usize {
        self.row.content as usize
    }

    /// The marks of a ballot that is valid by its content, as they were written and cut; empty for blank and void
    /// ballots. See [`Entry`] for what they mean.
    #[must_use]
    pub fn entries(self) -> &'a [Entry] {
        self.register.contents.entries(self.row.content)
    }

    /// How many marks were dropped or cut off a ballot that is valid.
    #[must_use]
    pub fn dropped(self) -> u32 {
        self.register.contents.dropped(self.row.content)
    }

    /// The reason why the vote or a mark of it does not count, with the mark's place in the vote's text (in characters) and what was expected.
    pub(super) fn fault(self) -> Option<(VoidReason, Option<(u64, &'a str)>)> {
        let trouble = self.register.contents.trouble(self.row.content);
        let trouble =
            trouble.map(|trouble| (trouble.reason, (trouble.offset, trouble.detail.as_str())));
        match (self.disposition(), trouble) {
            (Disposition::Void(reason), Some((of_mark, known))) if reason == of_mark => {
                Some((reason, Some(known)))
            }
            (Disposition::Void(reason), _) => Some((reason, None)),
            (Disposition::Accepted, Some((reason, known))) => Some((reason, Some(known))),
            _ => None,
        }
    }
}
