//! Reading VOTES: one pass, ballots merged as they come.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ballot::BallotReader;
use super::cursor::Cursor;
use super::header::{Header, check_quoting};
use super::projects::check_visible;
use super::report::{Report, Spot};
use super::voter_ids::{Suspects, VoterIds};
use crate::election::{BallotIx, BallotKind, Column, Profile, ProfileBuilder, RowError, Voters};
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Cell, Line, Quoting, cells};
use crate::pabulib::options::VoterTable;

/// What is done with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Voter,
    Vote,
    Points,
    Keep(usize),
    Drop,
}

/// VOTES as read.
#[derive(Debug)]
pub(super) struct VotesPart<'a> {
    pub(super) header: Header<'a>,
    /// Rows that were seen, kept or not.
    pub(super) rows: usize,
    roles: Vec<Role>,
    keep: VoterTable,
    reader: BallotReader,
    profile: Option<ProfileBuilder>,
    ballots: Vec<u32>,
    ids: Column,
    columns: Vec<Column>,
    voter_ids: VoterIds<'a>,
}

impl<'a> VotesPart<'a> {
    /// Reads the section. Without a profile the votes are only checked.
    pub(super) fn read(
        cursor: &mut Cursor<'a>,
        title: Line<'a>,
        kind: BallotKind,
        reader: BallotReader,
        profile: Option<ProfileBuilder>,
        report: &mut Report,
    ) -> Option<VotesPart<'a>> {
        let Some(header) = Header::read(cursor, Section::Votes, "voter_id", title, report) else {
            cursor.skip(Section::Votes, report);
            return None;
        };
        let vote = header.needed("vote", report);
        let points = if kind == BallotKind::Points { header.needed("points", report) } else { None };
        if vote.is_none() || kind == BallotKind::Points && points.is_none() {
            cursor.skip(Section::Votes, report);
            return None;
        }
        let keep = report.options().voter_table();
        let (roles, kept) = roles(header.names.len(), vote, points, keep);
        let mut part = VotesPart {
            header,
            rows: 0,
            roles,
            keep,
            reader,
            profile,
            ballots: Vec::new(),
            ids: Column::new(),
            columns: vec![Column::new(); kept],
            voter_ids: VoterIds::new(),
        };
        part.read_rows(cursor, report);
        Some(part)
    }

    fn read_rows(&mut self, cursor: &mut Cursor<'a>, report: &mut Report) {
        let body = cursor.clone();
        let limit = report.options().read_limits().votes();
        while let Some(line) = cursor.row(Section::Votes, report) {
            self.rows += 1;
            if self.rows > limit {
                report.over(Section::Votes, line, "votes", self.rows, limit);
                cursor.skip(Section::Votes, report);
                break;
            }
            self.row(line, report);
        }
        let suspects = std::mem::take(&mut self.voter_ids).suspects();
        if !suspects.is_empty() {
            report_suspects(body, &suspects, report);
        }
    }

    #[inline]
    fn row(&mut self, line: Line<'a>, report: &mut Report) {
        let mut cells = cells(line.text);
        let (mut vote, mut points) = (None, None);
        for at in 0..self.roles.len() {
            let Some(cell) = cells.next() else { return self.wrong_width(line, report) };
            if matches!(cell.quoting, Quoting::Unclosed | Quoting::TextAfterQuote) {
                check_quoting(&cell, spot(line, &cell), report);
            }
            match self.roles.get(at) {
                Some(Role::Voter) => self.voter(line, &cell, report),
                Some(Role::Vote) => vote = Some(cell),
                Some(Role::Points) => points = Some(cell),
                Some(&Role::Keep(column)) => keep(self.columns.get_mut(column), line, &cell, report),
                Some(Role::Drop) | None => {}
            }
        }
        if cells.next().is_some() {
            return self.wrong_width(line, report);
        }
        if let Some(vote) = vote {
            self.ballot(line, &vote, points.as_ref(), report);
        }
    }

    #[cold]
    fn wrong_width(&mut self, line: Line<'a>, report: &mut Report) {
        report.line(Section::Votes, line, Fault::RowWidth { found: cells(line.text).count(), expected: self.roles.len() });
    }

    #[inline]
    fn voter(&mut self, line: Line<'a>, cell: &Cell<'a>, report: &mut Report) {
        if !self.voter_ids.note(cell.text.clone()) {
            check_visible("voter", &cell.text, spot(line, cell), report);
        }
        if self.keep == VoterTable::Keep {
            keep(Some(&mut self.ids), line, cell, report);
        }
    }

    #[inline]
    fn ballot(&mut self, line: Line<'a>, vote: &Cell<'a>, points: Option<&Cell<'a>>, report: &mut Report) {
        let given = points.map_or("", |cell| &cell.text);
        if self.reader.quick(&vote.text, given) && !matches!(self.push(), Err(RowError::Repeated(_))) {
            return;
        }
        let points = points.map(|cell| (spot(line, cell), cell.text.as_ref()));
        if self.reader.explain(spot(line, vote), &vote.text, points, report)
            && let Err(error) = self.push()
        {
            report.line(Section::Votes, line, Fault::Election { message: error.to_string() });
        }
    }

    /// Adds the ballot that the reader holds.
    #[inline]
    fn push(&mut self) -> Result<(), RowError> {
        let Some(profile) = &mut self.profile else { return Ok(()) };
        let row = profile.push(self.reader.entries(), 0, 1)?;
        if self.keep == VoterTable::Keep {
            self.ballots.push(row);
        }
        Ok(())
    }

    /// Is the vote, or what belongs to it, the last cell of a row?
    pub(super) fn ends_with_vote(&self) -> bool {
        matches!(self.roles.last(), Some(Role::Vote | Role::Points))
    }

    /// The profile and the voter table, once no error was found.
    pub(super) fn into_kept(self) -> Option<KeptVotes> {
        let (profile, became) = self.profile?.finish();
        let names = self.header.names;
        if self.keep == VoterTable::Drop {
            return Some(KeptVotes { profile, voters: None, names });
        }
        let ballots: Vec<BallotIx> = self.ballots.iter().filter_map(|&row| became.get(row as usize).copied()).collect();
        let kept = self.roles.iter().zip(&names).filter(|(role, _)| matches!(role, Role::Keep(_)));
        let columns = kept.map(|(_, name)| name.clone()).zip(self.columns).collect();
        let voters = Voters::new(self.ids, ballots, columns).ok()?;
        Some(KeptVotes { profile, voters: Some(voters), names })
    }
}

/// What a document keeps of VOTES.
#[derive(Debug)]
pub(super) struct KeptVotes {
    pub(super) profile: Profile,
    pub(super) voters: Option<Voters>,
    pub(super) names: Vec<String>,
}

/// What is done with each column, and how many are kept as text.
fn roles(columns: usize, vote: Option<usize>, points: Option<usize>, keep: VoterTable) -> (Vec<Role>, usize) {
    let mut kept = 0;
    let roles = (0..columns)
        .map(|at| match at {
            0 => Role::Voter,
            _ if Some(at) == vote => Role::Vote,
            _ if Some(at) == points => Role::Points,
            _ if keep == VoterTable::Drop => Role::Drop,
            _ => {
                kept += 1;
                Role::Keep(kept - 1)
            }
        })
        .collect();
    (roles, kept)
}

#[inline]
fn keep(column: Option<&mut Column>, line: Line<'_>, cell: &Cell<'_>, report: &mut Report) {
    if column.is_some_and(|column| column.push(&cell.text).is_err()) {
        report.line(Section::Votes, line, Fault::LimitExceeded { what: "bytes in a column", limit: u32::MAX as usize });
    }
}

fn spot<'a>(line: Line<'a>, cell: &Cell<'a>) -> Spot<'a> {
    Spot { section: Section::Votes, line, start: cell.start, part: cell.raw }
}

/// Walks through the votes again to tell where the suspicious ids are.
#[cold]
fn report_suspects(mut body: Cursor<'_>, suspects: &Suspects, report: &mut Report) {
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    // What is wrong with the rows has been said.
    let mut silent = Report::new(*report.options());
    while let Some(line) = body.row(Section::Votes, &mut silent) {
        let Some(cell) = cells(line.text).next() else { continue };
        let id: &Cow<'_, str> = &cell.text;
        if suspects.repeated.contains(id.as_ref()) {
            match first.get(id.as_ref()) {
                Some(&first) => report.spot(spot(line, &cell), Fault::RepeatedVoterId { id: super::number::shortened(id), first }),
                None => {
                    first.insert(id.to_string(), line.number);
                }
            }
        } else if suspects.alike.contains(id.as_ref()) {
            report.spot(spot(line, &cell), Fault::LookAlikeVoters { id: super::number::shortened(id) });
        }
    }
}
