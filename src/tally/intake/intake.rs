//! Where votes are received.

use std::collections::BTreeMap;

use crate::election::{Aggregate, Instance};
use crate::tally::ballot_rule::{BallotRules, RulesError};
use crate::tally::cast::{CastVote, Content, Eligible, PlaceUnit};
use crate::tally::ledger::Cell;
use crate::tally::reason::VoidReason;
use crate::tally::register::{ANONYMOUS, Disposition, NO_NAME, Register, Row, Source};
use crate::tally::result::Tally;

use super::error::{IntakeError, IntakeErrors};
use super::judge::Judge;
use super::names::Names;
use super::ruling::{Ruled, Ruling};
use super::settle;

/// Receives votes, one by one, from any number of sources.
///
/// Every vote gets a row of the [`Register`]; nothing is judged twice and nothing is lost. [`Intake::close`] settles
/// which of a voter's votes counts and checks the account.
///
/// **Memory** grows with the distinct texts of votes and the register; ballots that come as values, and the contents of
/// intakes that are merged, are kept one by one until the close. **Order** of the sources and votes does not show in any figure.
///
/// ```
/// use quartier::election::Instance;
/// use quartier::tally::{BallotRules, CastVote, Content, Intake};
/// let instance = Instance::builder().budget(100).project(("park", 60)).project(("gym", 50)).build()?;
/// let rules: BallotRules = "form=approval,max=1,invalid=void,duplicates=first,blank-ballots-count=false,channels=paper:binding".parse()?;
/// let mut intake = Intake::new(&instance, &rules)?;
/// for text in ["park", "gym", "park", "park,gym", ""] {
///     intake.cast(&CastVote::new(Content::Text(text)));
/// }
/// let tally = intake.close()?;
/// let total = tally.ledger().total();
/// assert_eq!((total.received, total.accepted, total.blank, total.voids()), (5, 3, 1, 1));
/// assert_eq!(tally.profile().mentions(), [1, 2]); // gym, park
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Intake<'a> {
    judge: Judge<'a>,
    register: Register,
    /// The names of channels, quartiers and stations.
    names: Names,
    /// By the numbers of the names of channel, quartier and station.
    cells: BTreeMap<[u32; 3], u32>,
    received: Vec<u64>,
    all: u64,
    aggregates: Vec<Aggregate>,
    rulings: Vec<Ruling>,
    errors: Vec<IntakeError>,
}

impl<'a> Intake<'a> {
    /// An intake for the projects of an instance, by these rules.
    ///
    /// # Errors
    /// The first of the [contradictions](BallotRules::contradictions) in the rules.
    pub fn new(instance: &'a Instance, rules: &'a BallotRules) -> Result<Intake<'a>, RulesError> {
        match rules.contradictions(instance).into_iter().next() {
            Some(error) => Err(error),
            None => Ok(Intake {
                judge: Judge::new(instance, rules),
                register: Register::default(),
                names: Names::default(),
                cells: BTreeMap::new(),
                received: Vec::new(),
                all: 0,
                aggregates: Vec::new(),
                rulings: Vec::new(),
                errors: Vec::new(),
            }),
        }
    }

    /// Announces a source, such as a file, with the names of its further columns, and gives its number.
    pub fn source(&mut self, name: &str, attributes: &[&str]) -> u32 {
        let number = u32::try_from(self.register.sources.len()).unwrap_or(u32::MAX);
        self.register.sources.push(Source {
            name: name.to_owned(),
            attributes: attributes.iter().map(|&name| name.to_owned()).collect(),
            unit: PlaceUnit::Line,
        });
        number
    }

    /// Says what the numbers of places in a source count, as its reader found; lines where nothing is said. A source that was
    /// not announced has none.
    pub fn unit(&mut self, source: u32, unit: PlaceUnit) {
        if let Some(source) = self.register.sources.get_mut(source as usize) {
            source.unit = unit;
        }
    }

    /// Receives a vote.
    ///
    /// It never fails: what is wrong with the vote is its reason in the register. What is wrong with the call (a source
    /// that was not announced, another number of attributes than was announced, a group of ballots with a voter's id) is
    /// told when the intake is closed. Without any source announced, votes are of one unnamed source without attributes.
    pub fn cast(&mut self, vote: &CastVote<'_>) {
        if self.register.sources.is_empty() {
            self.source("", &[]);
        }
        let source = self.register.sources.get(vote.place.source as usize);
        if source.is_none_or(|source| source.attributes.len() != vote.attributes.len()) {
            self.errors.push(IntakeError::BadSource {
                number: vote.place.source,
                place: vote.place,
                attributes: vote.attributes.len(),
            });
        }
        if vote.count == 0 || (vote.count > 1 && !vote.voter.is_empty()) {
            self.errors.push(IntakeError::BadCount {
                source_name: source.map(|source| source.name.clone()).unwrap_or_default(),
                place: vote.place,
                count: vote.count,
            });
        }
        if self.take(vote).is_none() && self.errors.last() != Some(&IntakeError::TooMany) {
            self.errors.push(IntakeError::TooMany);
        }
    }

    fn take(&mut self, vote: &CastVote<'_>) -> Option<()> {
        self.all = self
            .all
            .checked_add(vote.count)
            .filter(|&all| all <= 1 << 62)?;
        let channel = self.channel(vote.channel);
        // A record that cannot be read says nothing for certain, so that comes first.
        let ruled = if vote.content == Content::Unreadable {
            Some(Disposition::Void(VoidReason::Unreadable))
        } else if let Eligible::No(_) = vote.eligible {
            Some(Disposition::Ineligible)
        } else if !self.judge.rules.channels.contains_key(channel) {
            Some(Disposition::Void(VoidReason::UnknownChannel))
        } else {
            None
        };
        let cell = self.cell([channel, vote.area, vote.station])?;
        *self.received.get_mut(cell as usize)? += vote.count;
        let voter = match vote.voter {
            "" => ANONYMOUS,
            voter => self.register.voters.number(voter)?,
        };
        let time = vote.time.parse().ok();
        let bad_time = if time.is_none() && !vote.time.is_empty() {
            self.register.values.number(vote.time)?
        } else {
            NO_NAME
        };
        let ineligible = match vote.eligible {
            Eligible::No(reason) if !reason.is_empty() => self.register.values.number(reason)?,
            _ => NO_NAME,
        };
        let attributes = self.register.cell_values.len() as u64;
        for value in vote.attributes {
            let value = self.register.values.number(value)?;
            self.register.cell_values.push(value);
        }
        let content = self.register.contents.number(vote, &self.judge)?;
        self.register.rows.push(Row {
            source: vote.place.source,
            voter,
            cell,
            content,
            line: vote.place.line,
            column: vote.place.column,
            count: vote.count,
            time,
            attributes,
            ineligible,
            bad_time,
            ruled,
        });
        Some(())
    }

    /// The channel of a vote: where the rules have one channel only, votes need not name it.
    fn channel<'v>(&self, named: &'v str) -> &'v str
    where
        'a: 'v,
    {
        let mut channels = self.judge.rules.channels.keys();
        match (named, channels.next(), channels.next()) {
            ("", Some(only), None) => only,
            _ => named,
        }
    }

    /// The number of a channel, quartier and station. Nothing is allocated for those that are known.
    fn cell(&mut self, names: [&str; 3]) -> Option<u32> {
        let [channel, area, station] = names;
        let key = [
            self.names.number(channel)?,
            self.names.number(area)?,
            self.names.number(station)?,
        ];
        if let Some(&known) = self.cells.get(&key) {
            return Some(known);
        }
        let number = u32::try_from(self.received.len()).ok()?;
        self.register.cells.push(Cell {
            channel: channel.to_owned(),
            area: area.to_owned(),
            station: station.to_owned(),
        });
        self.received.push(0);
        self.cells.insert(key, number);
        Some(number)
    }

    /// Receives the totals of a channel whose single ballots are not known.
    pub fn aggregate(&mut self, aggregate: Aggregate) {
        self.aggregates.push(aggregate);
    }

    /// Applies what somebody decided about a vote.
    pub fn rule(&mut self, ruling: Ruling) {
        self.rulings.push(ruling);
    }

    /// Takes in what another intake for the same instance and rules has received, such as another station's. The
    /// order of merging does not show in the result.
    pub fn merge(&mut self, other: Intake<'_>) {
        let (own, others) = (&self.judge, &other.judge);
        if own.instance != others.instance || own.rules != others.rules {
            let sources = other.register.sources.iter();
            self.errors.push(IntakeError::OtherElection {
                sources: sources.map(|source| source.name.clone()).collect(),
            });
        } else if self.absorb(other).is_none() {
            self.errors.push(IntakeError::TooMany);
        }
    }

    fn absorb(&mut self, other: Intake<'_>) -> Option<()> {
        self.all = self
            .all
            .checked_add(other.all)
            .filter(|&all| all <= 1 << 62)?;
        let sources = u32::try_from(self.register.sources.len()).ok()?;
        let contents = self.register.contents.absorb(other.register.contents)?;
        let mut cells = Vec::with_capacity(other.register.cells.len());
        for (cell, received) in other.register.cells.into_iter().zip(other.received) {
            let number = self.cell([&cell.channel, &cell.area, &cell.station])?;
            *self.received.get_mut(number as usize)? += received;
            cells.push(number);
        }
        let values: Option<Vec<u32>> = other
            .register
            .values
            .iter()
            .map(|value| self.register.values.number(value))
            .collect();
        let values = values?;
        let attributes = self.register.cell_values.len() as u64;
        for value in other.register.cell_values {
            self.register.cell_values.push(*values.get(value as usize)?);
        }
        for row in other.register.rows {
            let voter = match row.voter {
                ANONYMOUS => ANONYMOUS,
                voter => {
                    let voter = other.register.voters.name(voter);
                    self.register.voters.number(voter)?
                }
            };
            let name = |number: u32| match number {
                NO_NAME => Some(NO_NAME),
                number => values.get(number as usize).copied(),
            };
            self.register.rows.push(Row {
                ineligible: name(row.ineligible)?,
                bad_time: name(row.bad_time)?,
                source: row.source.checked_add(sources)?,
                voter,
                cell: *cells.get(row.cell as usize)?,
                content: *contents.get(row.content as usize)?,
                attributes: row.attributes + attributes,
                ..row
            });
        }
        self.register.sources.extend(other.register.sources);
        self.aggregates.extend(other.aggregates);
        self.rulings.extend(other.rulings);
        self.errors.extend(other.errors);
        Some(())
    }

    /// Settles which of a voter's votes counts, and checks that every vote is somewhere.
    ///
    /// # Errors
    /// Everything that keeps the tally from being closed, see [`IntakeError`].
    pub fn close(mut self) -> Result<Tally, IntakeErrors> {
        self.arrange();
        self.apply_rulings();
        let fates = settle::settle(&self.register, self.judge.rules, &mut self.errors);
        self.register.fates = fates;
        self.check_aggregates();
        let tally = Tally::new(
            self.judge.instance,
            self.judge.rules,
            self.register,
            &self.received,
            (self.aggregates, self.rulings),
        );
        match tally {
            Ok(tally) if self.errors.is_empty() => Ok(tally),
            Ok(_) => Err(IntakeErrors(self.errors)),
            Err(error) => {
                self.errors.push(error);
                Err(IntakeErrors(self.errors))
            }
        }
    }

    /// Puts sources into the order of their names and rows into that of their lines, so that the order in which
    /// they came does not show.
    fn arrange(&mut self) {
        let sources = &self.register.sources;
        let mut order: Vec<u32> = (0..).take(sources.len()).collect();
        let name = |number: &u32| sources.get(*number as usize).map(|source| &source.name);
        order.sort_by(|a, b| name(a).cmp(&name(b)));
        let mut ranks = vec![0_u32; order.len()];
        for (rank, &number) in (0_u32..).zip(&order) {
            if let Some(slot) = ranks.get_mut(number as usize) {
                *slot = rank;
            }
        }
        let mut sorted = Vec::with_capacity(order.len());
        sorted.extend(
            order
                .iter()
                .filter_map(|&number| sources.get(number as usize))
                .cloned(),
        );
        let repeated = sorted.windows(2).filter_map(|pair| match pair {
            [a, b] if a.name == b.name => Some(a.name.clone()),
            _ => None,
        });
        self.errors
            .extend(repeated.map(|name| IntakeError::RepeatedSource { name }));
        for row in &mut self.register.rows {
            row.source = ranks.get(row.source as usize).copied().unwrap_or(0);
        }
        self.register.sources = sorted;
        let key = |row: &Row| (row.source, row.line, row.column);
        if !self.register.rows.is_sorted_by_key(key) {
            self.register.rows.sort_by_key(key);
        }
    }

    fn apply_rulings(&mut self) {
        self.rulings.sort();
        for pair in self.rulings.windows(2) {
            if let [a, b] = pair
                && (&a.source, a.line) == (&b.source, b.line)
            {
                self.errors.push(IntakeError::ConflictingRulings {
                    source_name: a.source.clone(),
                    line: a.line,
                    by: [a.by.clone(), b.by.clone()],
                });
            }
        }
        for ruling in &self.rulings {
            let source = self
                .register
                .sources
                .iter()
                .position(|source| source.name == ruling.source);
            let key = source.and_then(|source| u32::try_from(source).ok());
            let key = key.map(|source| (source, ruling.line));
            let found = key.and_then(|key| {
                let rows = &self.register.rows;
                rows.binary_search_by_key(&key, |row| (row.source, row.line))
                    .ok()
            });
            let Some(row) = found.and_then(|at| self.register.rows.get_mut(at)) else {
                self.errors.push(IntakeError::UnmatchedRuling {
                    by: ruling.by.clone(),
                    source_name: ruling.source.clone(),
                    line: ruling.line,
                });
                continue;
            };
            row.ruled = Some(match ruling.verdict {
                Ruled::Void => Disposition::Void(VoidReason::Ruled),
                Ruled::Ineligible => Disposition::Ineligible,
            });
        }
    }

    fn check_aggregates(&mut self) {
        self.aggregates.sort();
        for aggregate in &self.aggregates {
            if let Some(why) = super::totals::fault(aggregate, self.judge.rules) {
                self.errors.push(IntakeError::BadAggregate {
                    channel: aggregate.channel.clone(),
                    why,
                });
            }
        }
    }
}
