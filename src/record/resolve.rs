//! Applying a tie chain to projects that are tied.

use std::cmp::Reverse;

use super::lot::{LotDigest, lot_digest};
use super::natural::NaturalId;
use super::recorded_lot::RecordedLot;
use super::tie::TieChain;
use super::tie_word::TieWord;
use crate::election::{Date, Money};
use crate::exact::Ratio;

/// What a tie chain may know of a tied project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender<'a> {
    /// The project's id, different from the others'.
    pub id: &'a str,
    /// Its cost.
    pub cost: Money,
    /// Its votes, as the count tallies votes.
    pub votes: &'a Ratio,
    /// The day it was filed, where known.
    pub filed: Option<Date>,
}

/// What became of a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One project goes first.
    Resolved {
        /// Its place in the list of contenders.
        chosen: usize,
        /// The word that left it alone; [`TieWord::RecordedLot`] for a drawn lot.
        by: TieWord,
    },
    /// A lot must be drawn among several projects.
    Unsettled {
        /// Their places in the list of contenders, in the order of their ids.
        remaining: Vec<usize>,
        /// The words that left some projects out, in order.
        narrowed_by: Vec<TieWord>,
    },
}

/// Why a tie chain cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TieError {
    /// Fewer than two contenders.
    #[error("a tie needs at least two projects, and {found} was given")]
    NotATie {
        /// How many there are.
        found: usize,
    },
    /// The same project twice.
    #[error("project `{id}` is tied with itself: name each project once")]
    DuplicateId {
        /// The project.
        id: String,
    },
    /// The recorded lot leaves out projects that are tied. It would have to be completed by guessing.
    #[error(
        "the lot recorded for stage `{stage}` does not name {}, which it has to order: draw one order of all tied projects",
        list(missing)
    )]
    LotDoesNotCover {
        /// The stage.
        stage: String,
        /// The projects left out, in the order of their ids.
        missing: Vec<String>,
    },
}

fn list(ids: &[String]) -> String {
    ids.iter()
        .map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a word compares; the smallest goes first. All keys of one comparison are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Same,
    Votes(&'a Ratio),
    VotesDown(Reverse<&'a Ratio>),
    Cost(Money),
    CostDown(Reverse<Money>),
    Filed(Date),
    FiledDown(Reverse<Date>),
    Id(&'a str),
    IdDown(Reverse<&'a str>),
    Natural(NaturalId<'a>),
    NaturalDown(Reverse<NaturalId<'a>>),
    Lot(LotDigest, &'a str),
}

/// A contender with its place in the caller's list.
type Tied<'a> = (usize, Contender<'a>);

fn key<'a>(word: &TieWord, project: &Contender<'a>) -> Key<'a> {
    match word {
        TieWord::MoreVotes => Key::VotesDown(Reverse(project.votes)),
        TieWord::FewerVotes => Key::Votes(project.votes),
        TieWord::Cheaper => Key::Cost(project.cost),
        TieWord::Dearer => Key::CostDown(Reverse(project.cost)),
        TieWord::EarlierFiled => project.filed.map_or(Key::Same, Key::Filed),
        TieWord::LaterFiled => project
            .filed
            .map_or(Key::Same, |day| Key::FiledDown(Reverse(day))),
        TieWord::Id => Key::Id(project.id),
        TieWord::IdDesc => Key::IdDown(Reverse(project.id)),
        TieWord::NaturalId => Key::Natural(NaturalId(project.id)),
        TieWord::NaturalIdDesc => Key::NaturalDown(Reverse(NaturalId(project.id))),
        TieWord::Lot(seed) => Key::Lot(lot_digest(seed, project.id), project.id),
        TieWord::RecordedLot | TieWord::None => Key::Same,
    }
}

/// Does the word ask for a date that one of the projects does not have?
fn lacks_date(word: &TieWord, group: &[Tied<'_>]) -> bool {
    matches!(word, TieWord::EarlierFiled | TieWord::LaterFiled)
        && group.iter().any(|(_, project)| project.filed.is_none())
}

/// Those that the word puts first.
fn narrow<'a>(word: &TieWord, group: Vec<Tied<'a>>) -> Vec<Tied<'a>> {
    if lacks_date(word, &group) {
        return group;
    }
    let keyed: Vec<(Key<'a>, Tied<'a>)> = group
        .into_iter()
        .map(|tied| (key(word, &tied.1), tied))
        .collect();
    let best = keyed.iter().map(|(key, _)| key).min().cloned();
    keyed
        .into_iter()
        .filter(|(key, _)| Some(key) == best.as_ref())
        .map(|(_, tied)| tied)
        .collect()
}

/// The contenders in the order of their ids, so that nothing depends on the order of the list.
fn by_id<'a>(contenders: &[Contender<'a>]) -> Result<Vec<Tied<'a>>, TieError> {
    let mut tied: Vec<Tied<'a>> = contenders.iter().copied().enumerate().collect();
    tied.sort_by_key(|(_, project)| project.id);
    let same = tied
        .iter()
        .zip(tied.iter().skip(1))
        .find(|((_, a), (_, b))| a.id == b.id);
    match same {
        Some(((_, project), _)) => Err(TieError::DuplicateId {
            id: project.id.to_owned(),
        }),
        None => Ok(tied),
    }
}

/// The projects in the order of the recorded lot, which has to name them all.
fn by_lot<'a>(lot: &RecordedLot, group: Vec<Tied<'a>>) -> Result<Vec<Tied<'a>>, TieError> {
    let mut missing = Vec::new();
    let mut placed = Vec::with_capacity(group.len());
    for tied in group {
        match lot.place(tied.1.id) {
            Some(place) => placed.push((place, tied)),
            None => missing.push(tied.1.id.to_owned()),
        }
    }
    if missing.is_empty() {
        placed.sort_by_key(|(place, _)| *place);
        Ok(placed.into_iter().map(|(_, tied)| tied).collect())
    } else {
        Err(TieError::LotDoesNotCover {
            stage: lot.stage().to_owned(),
            missing,
        })
    }
}

impl TieChain {
    /// Who goes first among tied projects.
    ///
    /// **Definition.** The words are applied in order; each keeps the projects that it puts first, until
    /// one is left. If several are left where the chain asks for a lot (`recorded-lot`, `none`) or ends, the
    /// recorded lot of the stage decides, and without one the answer is [`Resolution::Unsettled`]. The order
    /// of the list does not matter, and nothing else is remembered or consumed, so a tie has the same
    /// answer however many came before it.
    ///
    /// Linear in the number of tied projects for each word, after sorting them by id once.
    ///
    /// ```
    /// use quartier::election::Money;
    /// use quartier::exact::Ratio;
    /// use quartier::record::{Contender, RecordedLot, Resolution, TieChain, TieWord};
    /// let votes = Ratio::from(120);
    /// let project = |id, cost: u32| Contender { id, cost: Money::from(cost), votes: &votes, filed: None };
    /// let tied = [project("3", 9_000), project("9", 8_000), project("12", 8_000)];
    ///
    /// let chain: TieChain = "cheaper,natural-id".parse()?;
    /// let first = chain.resolve(&tied, None)?;
    /// assert_eq!(first, Resolution::Resolved { chosen: 1, by: TieWord::NaturalId });
    ///
    /// let chain: TieChain = "cheaper,recorded-lot".parse()?;
    /// let open = chain.resolve(&tied, None)?;
    /// assert!(matches!(open, Resolution::Unsettled { remaining, .. } if remaining == [2, 1]));
    ///
    /// let drawn = RecordedLot::new("vote", ["12", "9"]);
    /// let first = chain.resolve(&tied, Some(&drawn))?;
    /// assert_eq!(first, Resolution::Resolved { chosen: 2, by: TieWord::RecordedLot });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`TieError`] if there are fewer than two projects, one is named twice, or the recorded lot leaves out
    /// one that it has to order.
    pub fn resolve(
        &self,
        tied: &[Contender<'_>],
        lot: Option<&RecordedLot>,
    ) -> Result<Resolution, TieError> {
        if tied.len() < 2 {
            return Err(TieError::NotATie { found: tied.len() });
        }
        let mut group = by_id(tied)?;
        let mut narrowed_by = Vec::new();
        for word in self.words() {
            let before = group.len();
            group = narrow(word, group);
            if let [(chosen, _)] = *group.as_slice() {
                return Ok(Resolution::Resolved {
                    chosen,
                    by: word.clone(),
                });
            }
            if group.len() < before {
                narrowed_by.push(word.clone());
            }
        }
        if let Some(lot) = lot {
            group = by_lot(lot, group)?;
            if let Some((chosen, _)) = group.first() {
                return Ok(Resolution::Resolved {
                    chosen: *chosen,
                    by: TieWord::RecordedLot,
                });
            }
        }
        let remaining = group.into_iter().map(|(place, _)| place).collect();
        Ok(Resolution::Unsettled {
            remaining,
            narrowed_by,
        })
    }

    /// One order of all projects that gives the answer of [`resolve`](Self::resolve) to every tie among
    /// them, or `None` where there is no such order.
    ///
    /// Rules that settle very many ties (one run of Equal Shares after another) look it up once. There is no
    /// such order if the chain can end unsettled, or if a date decides and is not known of all projects
    /// that it would have to order: then the answer depends on who is tied.
    ///
    /// ```
    /// use quartier::election::Money;
    /// use quartier::exact::Ratio;
    /// use quartier::record::{Contender, TieChain};
    /// let votes = Ratio::from(120);
    /// let project = |id, cost: u32| Contender { id, cost: Money::from(cost), votes: &votes, filed: None };
    /// let all = [project("3", 9_000), project("9", 8_000), project("12", 8_000)];
    /// assert_eq!("cheaper,id".parse::<TieChain>()?.fixed_order(&all, None)?, Some(vec![2, 1, 0]));
    /// assert_eq!("cheaper,none".parse::<TieChain>()?.fixed_order(&all, None)?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`TieError::DuplicateId`] if a project is named twice.
    pub fn fixed_order(
        &self,
        all: &[Contender<'_>],
        lot: Option<&RecordedLot>,
    ) -> Result<Option<Vec<usize>>, TieError> {
        let mut groups = vec![by_id(all)?];
        for word in self.words() {
            let mut refined = Vec::with_capacity(all.len());
            for mut group in groups {
                if group.len() > 1 && lacks_date(word, &group) {
                    return Ok(None);
                }
                group.sort_by_cached_key(|(_, project)| key(word, project));
                let equal = |a: &Tied<'_>, b: &Tied<'_>| ties(word, &a.1, &b.1);
                refined.extend(group.chunk_by(equal).map(<[Tied<'_>]>::to_vec));
            }
            groups = refined;
        }
        let mut order = Vec::with_capacity(all.len());
        for group in groups {
            let settled = match (group.len(), lot) {
                (0 | 1, _) => Ok(group),
                (_, Some(lot)) => by_lot(lot, group),
                (_, None) => return Ok(None),
            };
            let Ok(settled) = settled else {
                return Ok(None);
            };
            order.extend(settled.into_iter().map(|(place, _)| place));
        }
        Ok(Some(order))
    }
}

/// Does the word leave two different projects tied?
fn ties(word: &TieWord, a: &Contender<'_>, b: &Contender<'_>) -> bool {
    // Lots of different ids differ; computing them again would only cost time.
    !matches!(word, TieWord::Lot(_)) && key(word, a) == key(word, b)
}
