//! Reading META: entries in order, and the typed values that the count needs.

use super::cursor::Cursor;
use super::header::check_quoting;
use super::number::{read_money, read_points, read_whole, shortened};
use super::report::{Report, Spot};
use crate::election::{BallotLimits, Money, is_invisible};
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Line, cells};
use crate::pabulib::meta::{Meta, VoteType};

/// META as read, with the places of its entries.
#[derive(Debug)]
pub(super) struct MetaPart<'a> {
    pub(super) meta: Meta,
    spots: Vec<Spot<'a>>,
    title: Line<'a>,
    pub(super) budget: Option<Money>,
    pub(super) vote_type: Option<VoteType>,
    pub(super) limits: BallotLimits,
    num_projects: Option<u64>,
    num_votes: Option<u64>,
}

impl<'a> MetaPart<'a> {
    /// Reads the section.
    pub(super) fn read(
        cursor: &mut Cursor<'a>,
        title: Line<'a>,
        report: &mut Report,
    ) -> MetaPart<'a> {
        let mut part = MetaPart {
            meta: Meta::default(),
            spots: Vec::new(),
            title,
            budget: None,
            vote_type: None,
            limits: BallotLimits::default(),
            num_projects: None,
            num_votes: None,
        };
        match cursor.row(Section::Meta, report) {
            None => report.line(
                Section::Meta,
                title,
                Fault::MissingHeader {
                    section: Section::Meta,
                },
            ),
            Some(line) => {
                if line.text != "key;value" {
                    report.line(
                        Section::Meta,
                        line,
                        Fault::WrongMetaHeader {
                            found: shortened(line.text),
                        },
                    );
                    // A first entry in the place of the header is still an entry.
                    if cells(line.text)
                        .next()
                        .is_some_and(|cell| cell.text != "key")
                    {
                        part.entry(line, report);
                    }
                }
                while let Some(line) = cursor.row(Section::Meta, report) {
                    part.entry(line, report);
                }
            }
        }
        part.type_values(report);
        part
    }

    fn entry(&mut self, line: Line<'a>, report: &mut Report) {
        let section = Section::Meta;
        let (mut key, mut value, mut found) = (None, None, 0);
        for cell in cells(line.text) {
            found += 1;
            let spot = Spot {
                section,
                line,
                start: cell.start,
                part: cell.raw,
            };
            match found {
                1 => key = Some((cell, spot)),
                2 => value = Some((cell, spot)),
                _ => {}
            }
        }
        let (Some((key, key_spot)), Some((value, value_spot)), 2) = (key, value, found) else {
            report.line(section, line, Fault::RowWidth { found, expected: 2 });
            return;
        };
        check_quoting(&key, key_spot, report);
        check_quoting(&value, value_spot, report);
        if key.text.is_empty() {
            report.spot(key_spot, Fault::EmptyKey);
        } else if key.text.trim() != key.text || key.text.chars().any(is_invisible) {
            report.spot(
                key_spot,
                Fault::BadKey {
                    key: shortened(&key.text),
                },
            );
        }
        if let Some(first) = self.line_of(&key.text) {
            report.spot(
                key_spot,
                Fault::RepeatedKey {
                    key: shortened(&key.text),
                    first,
                },
            );
            return;
        }
        if !report.over(
            section,
            line,
            "entries in META",
            self.spots.len() + 1,
            report.options().read_limits().meta_entries(),
        ) {
            self.meta
                .entries
                .push((key.text.into_owned(), value.text.into_owned()));
            self.spots.push(value_spot);
        }
    }

    /// The place of a key's value.
    fn spot_of(&self, key: &str) -> Option<Spot<'a>> {
        let at = self
            .meta
            .entries
            .iter()
            .position(|(known, _)| known == key)?;
        self.spots.get(at).copied()
    }

    /// The line of a key; `None` if it is not there.
    fn line_of(&self, key: &str) -> Option<u64> {
        self.spot_of(key).map(|spot| spot.line.number)
    }

    /// The value of a key with its place.
    fn given(&self, key: &str) -> Option<(String, Spot<'a>)> {
        Some((self.meta.get(key)?.to_owned(), self.spot_of(key)?))
    }

    /// The value of a key that must be there.
    fn needed(&self, key: &'static str, report: &mut Report) -> Option<(String, Spot<'a>)> {
        let found = self.given(key);
        if found.is_none() {
            report.line(Section::Meta, self.title, Fault::MissingKey { key });
        }
        found
    }

    fn type_values(&mut self, report: &mut Report) {
        self.num_projects = self
            .needed("num_projects", report)
            .and_then(|(text, spot)| read_whole("num_projects", &text, spot, report));
        self.num_votes = self
            .needed("num_votes", report)
            .and_then(|(text, spot)| read_whole("num_votes", &text, spot, report));
        self.budget = self
            .needed("budget", report)
            .and_then(|(text, spot)| read_money("budget", &text, spot, report));
        self.vote_type = self.needed("vote_type", report).and_then(|(text, spot)| {
            let known = VoteType::of(&text);
            if known.is_none() {
                report.spot(
                    spot,
                    Fault::UnknownVoteType {
                        found: shortened(&text),
                    },
                );
            }
            known
        });
        let length = |key: &str, report: &mut Report| {
            let (text, spot) = self.given(key)?;
            let number = read_whole(key, &text, spot, report)?;
            Some(u32::try_from(number).unwrap_or(u32::MAX))
        };
        let (shortest, longest) = (length("min_length", report), length("max_length", report));
        let money = |key: &str, report: &mut Report| {
            self.given(key)
                .and_then(|(text, spot)| read_money(key, &text, spot, report))
        };
        let (least_cost, most_cost) =
            (money("min_sum_cost", report), money("max_sum_cost", report));
        let points = |key: &str, report: &mut Report| {
            self.given(key)
                .and_then(|(text, spot)| read_points(key, &text, spot, report))
        };
        let (least, most) = (points("min_points", report), points("max_points", report));
        let (least_sum, most_sum) = (
            points("min_sum_points", report),
            points("max_sum_points", report),
        );
        let default_score = points("default_score", report);
        let limits = &mut self.limits;
        (limits.min_length, limits.max_length) = (shortest, longest);
        (limits.min_sum_cost, limits.max_sum_cost) = (least_cost, most_cost);
        (limits.min_points, limits.max_points) = (least, most);
        (limits.min_sum_points, limits.max_sum_points) = (least_sum, most_sum);
        limits.default_score = default_score;
        self.check_limits(report);
    }

    /// A minimum above its maximum makes every vote wrong; both are then left out, so that the votes are
    /// still checked for everything else.
    fn check_limits(&mut self, report: &mut Report) {
        let limits = &mut self.limits;
        let mut wrong = Vec::new();
        if limits
            .min_length
            .zip(limits.max_length)
            .is_some_and(|(min, max)| min > max)
        {
            (limits.min_length, limits.max_length) = (None, None);
            wrong.push(("min_length", "max_length"));
        }
        if limits
            .min_sum_cost
            .zip(limits.max_sum_cost)
            .is_some_and(|(min, max)| min > max)
        {
            (limits.min_sum_cost, limits.max_sum_cost) = (None, None);
            wrong.push(("min_sum_cost", "max_sum_cost"));
        }
        if limits
            .min_points
            .zip(limits.max_points)
            .is_some_and(|(min, max)| min > max)
        {
            (limits.min_points, limits.max_points) = (None, None);
            wrong.push(("min_points", "max_points"));
        }
        if limits
            .min_sum_points
            .zip(limits.max_sum_points)
            .is_some_and(|(min, max)| min > max)
        {
            (limits.min_sum_points, limits.max_sum_points) = (None, None);
            wrong.push(("min_sum_points", "max_sum_points"));
        }
        for (minimum, maximum) in wrong {
            if let (Some(spot), Some(line)) = (self.spot_of(minimum), self.line_of(maximum)) {
                report.spot(
                    spot,
                    Fault::ContradictoryLimits {
                        minimum,
                        maximum,
                        line,
                    },
                );
            }
        }
    }

    /// Compares the counts that META declares with what the file holds.
    pub(super) fn check_counts(
        &self,
        projects: Option<usize>,
        votes: Option<usize>,
        report: &mut Report,
    ) {
        let counts = [
            ("num_projects", self.num_projects, projects),
            ("num_votes", self.num_votes, votes),
        ];
        for (key, declared, found) in counts {
            let (Some(declared), Some(found)) = (declared, found) else {
                continue;
            };
            let found = u64::try_from(found).unwrap_or(u64::MAX);
            if declared != found {
                let fault = Fault::CountMismatch {
                    key,
                    declared,
                    found,
                };
                match self.spot_of(key) {
                    Some(spot) => report.spot(spot, fault),
                    None => report.file(fault),
                }
            }
        }
    }
}
