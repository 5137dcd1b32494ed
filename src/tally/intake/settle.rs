//! Which of a voter's votes counts, and what becomes of every one.

use std::cmp::Ordering;

use crate::tally::ballot_rule::{BallotRules, Role};
use crate::tally::cast::{CastTime, Place};
use crate::tally::duplicates::{DuplicateFault, Duplicates, Unsettled, Within};
use crate::tally::reason::VoidReason;
use crate::tally::register::{ANONYMOUS, Disposition, Register, Row};

use super::contents::Verdict;
use super::error::IntakeError;

/// What became of a row, and the row that counts in its place.
type Fate = (Disposition, Option<u32>);

/// Settles every row of the register. Voters whose votes the rules do not settle are added to the errors.
pub(super) fn settle(
    register: &Register,
    rules: &BallotRules,
    errors: &mut Vec<IntakeError>,
) -> Vec<Fate> {
    let mut fates: Vec<Fate> = register
        .rows
        .iter()
        .map(|row| (by_itself(register, row), None))
        .collect();
    for group in groups(register, rules) {
        let settler = Settler { register, rules };
        match settler.settle(&group) {
            Ok(aside) => {
                for (row, fate) in aside {
                    if let Some(slot) = fates.get_mut(row as usize) {
                        *slot = fate;
                    }
                }
            }
            Err(why) => errors.push(IntakeError::Duplicate(fault(register, &group, why))),
        }
    }
    fates
}

fn by_itself(register: &Register, row: &Row) -> Disposition {
    row.ruled
        .unwrap_or_else(|| match register.contents.verdict(row.content) {
            Verdict::Accepted => Disposition::Accepted,
            Verdict::Blank => Disposition::Blank,
            Verdict::Void(reason) => Disposition::Void(reason),
        })
}

/// The rows of each voter who has several in channels of one role, in the order of the first of them. Rows that are
/// out for another reason are no votes of the voter.
fn groups(register: &Register, rules: &BallotRules) -> Vec<Vec<u32>> {
    let mut votes = vec![0_u32; register.voters.len()];
    let is_vote = |row: &Row| row.voter != ANONYMOUS && row.ruled.is_none();
    for row in register.rows.iter().filter(|row| is_vote(row)) {
        if let Some(votes) = votes.get_mut(row.voter as usize) {
            *votes = votes.saturating_add(1);
        }
    }
    let has_several = |row: &Row| {
        votes
            .get(row.voter as usize)
            .is_some_and(|&votes| votes > 1)
    };
    let mut several: Vec<(u32, Option<Role>, u32)> = (0_u32..)
        .zip(&register.rows)
        .filter(|(_, row)| is_vote(row) && has_several(row))
        .map(|(number, row)| (row.voter, role_of(register, rules, row), number))
        .collect();
    several.sort_unstable();
    let mut groups: Vec<Vec<u32>> = several
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|&(_, _, row)| row).collect())
        .collect();
    groups.sort_unstable();
    groups
}

fn role_of(register: &Register, rules: &BallotRules, row: &Row) -> Option<Role> {
    let cell = register.cells.get(row.cell as usize)?;
    rules.channels.get(&cell.channel).copied()
}

fn fault(register: &Register, group: &[u32], why: Unsettled) -> DuplicateFault {
    let rows = group.iter().filter_map(|&row| register.row(row as usize));
    let voter = rows.clone().next().map_or("", |row| row.voter());
    DuplicateFault {
        voter: voter.to_owned(),
        votes: rows
            .map(|row| (row.source().to_owned(), row.place()))
            .collect::<Vec<(String, Place)>>(),
        why,
    }
}

struct Settler<'a> {
    register: &'a Register,
    rules: &'a BallotRules,
}

impl Settler<'_> {
    fn row(&self, number: u32) -> Option<&Row> {
        self.register.rows.get(number as usize)
    }

    /// What becomes of the votes of one voter that are set aside.
    fn settle(&self, group: &[u32]) -> Result<Vec<(u32, Fate)>, Unsettled> {
        match &self.rules.duplicates {
            Duplicates::First => self.keep(group, Within::First),
            Duplicates::Last => self.keep(group, Within::Last),
            Duplicates::VoidAll => self.keep(group, Within::VoidAll),
            Duplicates::Refuse => Err(Unsettled::Refused),
            Duplicates::ChannelWins { channel, within } => {
                let (winning, others) = self.of_channel(group, channel);
                if winning.is_empty() {
                    return self.one_of(group, *within);
                }
                let mut aside = if winning.len() > 1 {
                    self.one_of(&winning, *within)?
                } else {
                    Vec::new()
                };
                let is_aside = |row: &u32| aside.iter().any(|(other, _)| other == row);
                let kept = winning.iter().copied().find(|row| !is_aside(row));
                let fate = match kept {
                    Some(kept) => (Disposition::Superseded, Some(kept)),
                    None => (Disposition::Duplicate, None),
                };
                aside.extend(others.into_iter().map(|row| (row, fate)));
                Ok(aside)
            }
        }
    }

    fn of_channel(&self, group: &[u32], channel: &str) -> (Vec<u32>, Vec<u32>) {
        let is_winner = |row: &u32| {
            let row = self.register.row(*row as usize);
            row.is_some_and(|row| row.channel() == channel)
        };
        group.iter().copied().partition(is_winner)
    }

    /// Several votes among which the channel does not decide.
    fn one_of(&self, group: &[u32], within: Option<Within>) -> Result<Vec<(u32, Fate)>, Unsettled> {
        match within {
            Some(within) => self.keep(group, within),
            None if self.are_equal(group) => self.keep(group, Within::First),
            None => Err(Unsettled::NotStated),
        }
    }

    fn keep(&self, group: &[u32], within: Within) -> Result<Vec<(u32, Fate)>, Unsettled> {
        let (wanted, disposition) = match within {
            Within::VoidAll => {
                let fate = (Disposition::Duplicate, None);
                return Ok(group.iter().map(|&row| (row, fate)).collect());
            }
            Within::First => (Ordering::Less, Disposition::Duplicate),
            Within::Last => (Ordering::Greater, Disposition::Superseded),
        };
        let kept = if self.are_equal(group) {
            group.first().copied()
        } else {
            Some(self.extreme(group, wanted)?)
        };
        let others = group.iter().copied().filter(|&row| Some(row) != kept);
        Ok(others.map(|row| (row, (disposition, kept))).collect())
    }

    /// The earliest or the latest vote.
    fn extreme(&self, group: &[u32], wanted: Ordering) -> Result<u32, Unsettled> {
        let timed: Option<Vec<(u32, CastTime)>> = group
            .iter()
            .map(|&row| Some((row, self.row(row)?.time?)))
            .collect();
        let timed = timed.ok_or(Unsettled::NoTime)?;
        let mut rest = timed.into_iter();
        let mut best: Vec<(u32, CastTime)> = rest.next().into_iter().collect();
        for (row, time) in rest {
            let Some((_, so_far)) = best.first() else {
                break;
            };
            let order = time.order(so_far).ok_or(Unsettled::MixedTimes)?;
            if order == wanted {
                best = vec![(row, time)];
            } else if order == Ordering::Equal {
                best.push((row, time));
            }
        }
        let best: Vec<u32> = best.into_iter().map(|(row, _)| row).collect();
        match best.first() {
            Some(&row) if self.are_equal(&best) => Ok(row),
            _ => Err(Unsettled::SameTime),
        }
    }

    /// Do the votes agree in everything that is counted?
    fn are_equal(&self, group: &[u32]) -> bool {
        let mut rows = group.iter().filter_map(|&row| self.row(row));
        let Some(first) = rows.next() else {
            return true;
        };
        let contents = &self.register.contents;
        let (verdict, marks) = (
            contents.verdict(first.content),
            sorted(contents.entries(first.content)),
        );
        rows.all(|row| {
            row.cell == first.cell
                && (row.content == first.content
                    || (contents.verdict(row.content) == verdict
                        && verdict != Verdict::Void(VoidReason::Unreadable)
                        && sorted(contents.entries(row.content)) == marks))
        })
    }
}

fn sorted(entries: &[crate::election::Entry]) -> Vec<crate::election::Entry> {
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    entries
}
