//! From the text of a vote to a ballot: a fast way for votes without fault, a slow one that says what is
//! wrong with the others.

use std::collections::BTreeMap;

use super::bounds::Bounds;
use super::ids::ProjectIds;
use super::number::{read_points, shortened};
use super::report::{Report, Spot};
use crate::election::{BallotKind, Entry, Points, ProjectIx};
use crate::pabulib::fault::Fault;
use crate::pabulib::meta::VoteType;

/// Reads votes of one file.
#[derive(Debug)]
pub(super) struct BallotReader {
    pub(super) ids: ProjectIds,
    kind: BallotKind,
    vote_type: VoteType,
    bounds: Bounds,
    marks: usize,
    entries: Vec<Entry>,
}

/// One millionth is the unit of points.
const POINT: i64 = 1_000_000;

impl BallotReader {
    pub(super) fn new(
        ids: ProjectIds,
        vote_type: VoteType,
        bounds: Bounds,
        marks: usize,
    ) -> BallotReader {
        BallotReader {
            ids,
            kind: vote_type.kind(),
            vote_type,
            bounds,
            marks,
            entries: Vec::new(),
        }
    }

    /// The ballot that was read last.
    pub(super) fn entries(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Reads a vote that has no fault but perhaps a repeated project; `false` if it has any other, or may have.
    #[inline]
    pub(super) fn quick(&mut self, vote: &str, points: &str) -> bool {
        self.entries.clear();
        let (entries, ranked) = (&mut self.entries, self.kind == BallotKind::Ranked);
        let mut position = 0_i64;
        let known = self.ids.each(vote, |place| {
            entries.push(Entry {
                project: ProjectIx::new(place as usize),
                weight: position,
            });
            position += i64::from(ranked);
        });
        let pointed = known
            && (self.kind != BallotKind::Points || give_points(entries, points, self.vote_type));
        pointed && self.entries.len() <= self.marks && self.bounds.allow(&self.entries)
    }

    /// Reads a vote again, saying all that is wrong with it; `false` if it cannot be counted.
    pub(super) fn explain(
        &mut self,
        vote: Spot<'_>,
        vote_text: &str,
        points: Option<(Spot<'_>, &str)>,
        report: &mut Report,
    ) -> bool {
        let errors = report.error_count();
        self.entries.clear();
        let items: Vec<(usize, &str)> = if vote_text.is_empty() {
            Vec::new()
        } else {
            parts(vote_text)
        };
        if report.over(
            vote.section,
            vote.line,
            "projects in a vote",
            items.len(),
            self.marks,
        ) {
            return false;
        }
        if items.is_empty() {
            report.spot(vote, Fault::BlankBallot);
        }
        let weights = points.map(|(spot, text)| self.points(items.len(), spot, text, report));
        let mut seen = BTreeMap::new();
        for (number, &(offset, item)) in items.iter().enumerate() {
            // Within quotes the offsets are not those of the line: then the whole cell is shown.
            let spot = if vote.part.len() == vote_text.len() {
                vote.within(offset, item)
            } else {
                vote
            };
            let weight = match (&weights, self.kind) {
                (Some(weights), _) => weights.get(number).copied().unwrap_or(0),
                (None, BallotKind::Ranked) => i64::try_from(number).unwrap_or(i64::MAX),
                (None, _) => 0,
            };
            self.mark(item, weight, &mut seen, spot, report);
        }
        let mut found = Vec::new();
        self.bounds
            .check(&self.entries, &mut |fault| found.push(fault));
        for fault in found {
            report.spot(vote, fault);
        }
        report.error_count() == errors
    }

    fn mark(
        &mut self,
        item: &str,
        weight: i64,
        seen: &mut BTreeMap<u32, usize>,
        spot: Spot<'_>,
        report: &mut Report,
    ) {
        if item.is_empty() {
            return report.spot(spot, Fault::EmptyMark);
        }
        let Some(place) = self.ids.find(item) else {
            let trimmed = item.trim();
            if trimmed != item && self.ids.find(trimmed).is_some() {
                return report.fixable(
                    spot,
                    Fault::BlanksInVote {
                        found: shortened(item),
                    },
                    Some(trimmed.to_owned()),
                );
            }
            return report.spot(
                spot,
                Fault::UnknownProject {
                    id: shortened(item),
                },
            );
        };
        if let Some(&at) = seen.get(&place) {
            let id = self.ids.id(place).to_owned();
            if self.kind != BallotKind::Points {
                return report.spot(spot, Fault::RepeatedProject { id });
            }
            // Added up, no point is lost; 10,000 marks of 10^18 millionths could be too many.
            let sum = self.entries.get_mut(at).and_then(|entry| {
                entry.weight =
                    Points::from_millionths(entry.weight.checked_add(weight)?)?.millionths();
                Some(())
            });
            return report.spot(
                spot,
                if sum.is_some() {
                    Fault::RepeatedPoints { id }
                } else {
                    Fault::TooManyPoints { id }
                },
            );
        }
        seen.insert(place, self.entries.len());
        self.entries.push(Entry {
            project: ProjectIx::new(place as usize),
            weight,
        });
    }

    /// The points of a vote in millionths, as many as are readable.
    fn points(&self, projects: usize, cell: Spot<'_>, text: &str, report: &mut Report) -> Vec<i64> {
        let items = if text.is_empty() {
            Vec::new()
        } else {
            parts(text)
        };
        if items.len() != projects {
            report.spot(
                cell,
                Fault::PointsCount {
                    projects,
                    points: items.len(),
                },
            );
        }
        items
            .into_iter()
            .map(|(offset, item)| {
                let spot = if cell.part.len() == text.len() {
                    cell.within(offset, item)
                } else {
                    cell
                };
                let points = read_points("points", item, spot, report).unwrap_or_default();
                if points < Points::ZERO && self.vote_type == VoteType::Cumulative {
                    report.spot(
                        spot,
                        Fault::NegativePoints {
                            found: shortened(item),
                        },
                    );
                }
                points.millionths()
            })
            .collect()
    }
}

/// The items of a list with the bytes where they start.
fn parts(list: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    list.split(',')
        .map(|item| {
            let part = (start, item);
            start += item.len() + 1;
            part
        })
        .collect()
}

/// Gives each entry its points; `false` unless there are as many, all plain.
#[inline]
fn give_points(entries: &mut [Entry], points: &str, vote_type: VoteType) -> bool {
    let mut items = points.split(',');
    for entry in entries {
        let Some(points) = items.next().and_then(quick_points) else {
            return false;
        };
        if points < 0 && vote_type == VoteType::Cumulative {
            return false;
        }
        entry.weight = points;
    }
    items.next().is_none()
}

/// Points in millionths: a few digits at once, anything else by the general way.
#[inline]
fn quick_points(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if !bytes.is_empty() && bytes.len() < 7 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(
            bytes
                .iter()
                .fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'))
                * POINT,
        );
    }
    (text.len() < 40)
        .then(|| text.parse::<Points>().ok())
        .flatten()
        .map(Points::millionths)
}
