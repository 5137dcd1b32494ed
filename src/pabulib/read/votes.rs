//! Reading VOTES: one pass, ballots merged as they come.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::{memchr, memchr_iter};

use super::ballot::BallotReader;
use super::cursor::Cursor;
use super::header::{Header, check_quoting};
use super::memo::{Memo, Unknown};
use super::projects::check_visible;
use super::report::{Report, Spot};
use super::voter_ids::{Suspects, VoterIds};
use crate::election::{BallotIx, BallotKind, Column, Profile, ProfileBuilder, RowError, Voters};
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Cell, Line, cells};
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
    vote: usize,
    points: Option<usize>,
    /// How many cells at the start of a row are looked at, where the others hold no quotes and are dropped.
    needed: Option<usize>,
    keep: VoterTable,
    reader: BallotReader,
    profile: Option<ProfileBuilder>,
    ballots: Vec<u32>,
    ids: Column,
    columns: Vec<Column>,
    voter_ids: VoterIds<'a>,
    memo: Memo,
    /// The cells of the row that is being read.
    parts: Vec<&'a str>,
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
        let points = if kind == BallotKind::Points {
            header.needed("points", report)
        } else {
            None
        };
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
            vote: vote.unwrap_or_default(),
            points,
            needed: (keep == VoterTable::Drop && !cursor.has_quotes())
                .then_some(1 + vote.max(points).unwrap_or_default()),
            keep,
            reader,
            profile,
            ballots: Vec::new(),
            ids: Column::new(),
            columns: vec![Column::new(); kept],
            voter_ids: VoterIds::new(),
            memo: Memo::new(),
            parts: Vec::new(),
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
        let mut parts = std::mem::take(&mut self.parts);
        let columns = self.roles.len();
        let plain = match self.needed {
            Some(needed) => split_first(line.text, needed, columns, &mut parts),
            None => split(line.text, columns, &mut parts),
        };
        if plain {
            self.plain_row(line, &parts, report);
        } else {
            self.general_row(line, report);
        }
        self.parts = parts;
    }

    /// A row without quotes and of the right width, split at its semicolons: nearly all rows.
    #[inline]
    fn plain_row(&mut self, line: Line<'a>, parts: &[&'a str], report: &mut Report) {
        if self.keep == VoterTable::Keep {
            self.keep_row(line, parts, report);
        }
        let (vote, points) = (self.vote, self.points);
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        if !self.voter_ids.note_number(part(0)) {
            self.voter_ids.note_other(Cow::Borrowed(part(0)));
            check_visible("voter", part(0), spot_of(line, parts, 0), report);
        }
        let (text, given) = (part(vote), points.map_or("", part));
        let unknown = match self.memo.again(text, given) {
            Ok(row) => {
                if self.keep == VoterTable::Keep {
                    self.ballots.push(row);
                }
                return;
            }
            Err(unknown) => unknown,
        };
        let is_counted = self.reader.quick(text, given) && self.count(unknown);
        if !is_counted {
            let points = points.map(|at| (spot_of(line, parts, at), part(at)));
            self.faulty_ballot(line, (spot_of(line, parts, vote), text), points, report);
        }
    }

    /// Keeps what the voter table keeps of a row.
    #[inline]
    fn keep_row(&mut self, line: Line<'a>, parts: &[&'a str], report: &mut Report) {
        for (&role, &text) in self.roles.iter().zip(parts) {
            match role {
                Role::Voter => keep(&mut self.ids, line, text, report),
                Role::Keep(column) => {
                    if let Some(column) = self.columns.get_mut(column) {
                        keep(column, line, text, report);
                    }
                }
                Role::Vote | Role::Points | Role::Drop => {}
            }
        }
    }

    /// Any row, with quotes or of the wrong width.
    #[cold]
    fn general_row(&mut self, line: Line<'a>, report: &mut Report) {
        let found = cells(line.text).count();
        if found != self.roles.len() {
            return report.line(
                Section::Votes,
                line,
                Fault::RowWidth {
                    found,
                    expected: self.roles.len(),
                },
            );
        }
        let (mut vote, mut points) = (None, None);
        for (at, cell) in cells(line.text).enumerate() {
            check_quoting(&cell, spot(line, &cell), report);
            match self.roles.get(at) {
                Some(Role::Voter) => {
                    if self.keep == VoterTable::Keep {
                        keep(&mut self.ids, line, &cell.text, report);
                    }
                    if !self.voter_ids.note_number(&cell.text) {
                        self.voter_ids.note_other(cell.text.clone());
                        check_visible("voter", &cell.text, spot(line, &cell), report);
                    }
                }
                Some(Role::Vote) => vote = Some(cell),
                Some(Role::Points) => points = Some(cell),
                Some(&Role::Keep(column)) => {
                    if let Some(column) = self.columns.get_mut(column) {
                        keep(column, line, &cell.text, report);
                    }
                }
                Some(Role::Drop) | None => {}
            }
        }
        let Some(vote) = vote else { return };
        let given = points.as_ref().map_or("", |cell| &cell.text);
        if !(self.reader.quick(&vote.text, given) && self.push().is_ok_and(|row| row.is_some())) {
            let points = points
                .as_ref()
                .map(|cell| (spot(line, cell), cell.text.as_ref()));
            self.faulty_ballot(line, (spot(line, &vote), &vote.text), points, report);
        }
    }

    /// Says what is wrong with a vote, and counts it if it can be.
    #[cold]
    fn faulty_ballot(
        &mut self,
        line: Line<'a>,
        vote: (Spot<'_>, &str),
        points: Option<(Spot<'_>, &str)>,
        report: &mut Report,
    ) {
        if self.reader.explain(vote.0, vote.1, points, report)
            && let Err(error) = self.push()
        {
            report.line(
                Section::Votes,
                line,
                Fault::Election {
                    message: error.to_string(),
                },
            );
        }
    }

    /// Adds the ballot that the reader holds, whose text may be learnt; `false` if it is not counted.
    #[inline]
    fn count(&mut self, unknown: Option<Unknown>) -> bool {
        if self.keep == VoterTable::Drop
            && !self.memo.is_useful()
            && let Some(profile) = &mut self.profile
        {
            // Nobody asks for the row.
            return profile.push_later(self.reader.entries()).is_ok();
        }
        let pushed = self.push();
        if let Ok(Some(row)) = pushed {
            self.memo.learn(unknown, row);
        }
        matches!(pushed, Ok(Some(_)))
    }

    /// Adds the ballot that the reader holds, and tells its row; `None` where votes are only checked.
    #[inline]
    fn push(&mut self) -> Result<Option<u32>, RowError> {
        let Some(profile) = &mut self.profile else {
            return Ok(None);
        };
        let row = profile.push(self.reader.entries(), 0, 1)?;
        if self.keep == VoterTable::Keep {
            self.ballots.push(row);
        }
        Ok(Some(row))
    }

    /// Is the vote, or what belongs to it, the last cell of a row?
    pub(super) fn ends_with_vote(&self) -> bool {
        matches!(self.roles.last(), Some(Role::Vote | Role::Points))
    }

    /// The profile and the voter table, once no error was found.
    pub(super) fn into_kept(self) -> Option<KeptVotes> {
        let mut profile = self.profile?;
        for (row, count) in self.memo.into_counts() {
            if !profile.again(row, count) {
                return None;
            }
        }
        let (profile, became) = profile.finish();
        let names = self.header.names;
        if self.keep == VoterTable::Drop {
            return Some(KeptVotes {
                profile,
                voters: None,
                names,
            });
        }
        let ballots: Vec<BallotIx> = self
            .ballots
            .iter()
            .filter_map(|&row| became.get(row as usize).copied())
            .collect();
        let kept = self
            .roles
            .iter()
            .zip(&names)
            .filter(|(role, _)| matches!(role, Role::Keep(_)));
        let columns = kept
            .map(|(_, name)| name.clone())
            .zip(self.columns)
            .collect();
        let voters = Voters::new(self.ids, ballots, columns).ok()?;
        Some(KeptVotes {
            profile,
            voters: Some(voters),
            names,
        })
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
fn roles(
    columns: usize,
    vote: Option<usize>,
    points: Option<usize>,
    keep: VoterTable,
) -> (Vec<Role>, usize) {
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
fn keep(column: &mut Column, line: Line<'_>, cell: &str, report: &mut Report) {
    if column.push(cell).is_err() {
        report.line(
            Section::Votes,
            line,
            Fault::LimitExceeded {
                what: "bytes in a column",
                limit: u32::MAX as usize,
            },
        );
    }
}

/// Splits a line at its semicolons; `false` if it has quoted cells or another number of cells.
///
/// Cells are short, so a search for each semicolon costs more than looking at eight bytes at a time.
#[inline]
fn split<'a>(line: &'a str, columns: usize, parts: &mut Vec<&'a str>) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    parts.clear();
    let (chunks, rest) = line.as_bytes().as_chunks::<8>();
    let (mut from, mut base) = (0, 0);
    let mut cut = |at: usize| {
        if let Some(part) = line.get(from..at) {
            parts.push(part);
        }
        from = at + 1;
    };
    for chunk in chunks {
        // A byte of `other` is 0 where the line has a semicolon; its high bit is then set in `found`.
        let other = u64::from_le_bytes(*chunk) ^ (ONES * 0x3b);
        let mut found = !(((other & !HIGH) + !HIGH) | other) & HIGH;
        while found != 0 {
            cut(base + (found.trailing_zeros() / 8) as usize);
            found &= found - 1;
        }
        base += 8;
    }
    for (at, &byte) in (base..).zip(rest) {
        if byte == b';' {
            cut(at);
        }
    }
    cut(line.len());
    parts.len() == columns
        && parts
            .iter()
            .all(|part| part.as_bytes().first() != Some(&b'"'))
}

/// Splits off the first cells of a line without quotes; `false` if it has another number of cells.
#[inline]
fn split_first<'a>(line: &'a str, needed: usize, columns: usize, parts: &mut Vec<&'a str>) -> bool {
    parts.clear();
    let mut rest = Some(line);
    while let Some(text) = rest
        && parts.len() < needed
    {
        let cut = memchr(b';', text.as_bytes()).and_then(|at| text.split_at_checked(at));
        parts.push(cut.map_or(text, |(part, _)| part));
        rest = cut.and_then(|(_, after)| after.get(1..));
    }
    let dropped = rest.map_or(0, |text| 1 + memchr_iter(b';', text.as_bytes()).count());
    parts.len() + dropped == columns && parts.len() == needed
}

/// The place of a cell of a row that was split.
fn spot_of<'a>(line: Line<'a>, parts: &[&'a str], at: usize) -> Spot<'a> {
    let start = parts.iter().take(at).map(|part| part.len() + 1).sum();
    Spot {
        section: Section::Votes,
        line,
        start,
        part: parts.get(at).copied().unwrap_or_default(),
    }
}

fn spot<'a>(line: Line<'a>, cell: &Cell<'a>) -> Spot<'a> {
    Spot {
        section: Section::Votes,
        line,
        start: cell.start,
        part: cell.raw,
    }
}

/// Walks through the votes again to tell where the suspicious ids are.
#[cold]
fn report_suspects(mut body: Cursor<'_>, suspects: &Suspects, report: &mut Report) {
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    // What is wrong with the rows has been said.
    let mut silent = Report::new(*report.options());
    while let Some(line) = body.row(Section::Votes, &mut silent) {
        let Some(cell) = cells(line.text).next() else {
            continue;
        };
        let id: &Cow<'_, str> = &cell.text;
        if suspects.repeated.contains(id.as_ref()) {
            match first.get(id.as_ref()) {
                Some(&first) => report.spot(
                    spot(line, &cell),
                    Fault::RepeatedVoterId {
                        id: super::number::shortened(id),
                        first,
                    },
                ),
                None => {
                    first.insert(id.to_string(), line.number);
                }
            }
        } else if suspects.alike.contains(id.as_ref()) {
            report.spot(
                spot(line, &cell),
                Fault::LookAlikeVoters {
                    id: super::number::shortened(id),
                },
            );
        }
    }
}
