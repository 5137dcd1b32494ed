//! Turnout and result by channel and quartier, side by side.

mod alone;
mod result;
mod table;
mod turnout;

use crate::election::Problems;
use crate::tally::{Score, ScoreError, Tally};

use serde::Serialize;

pub use alone::{ChannelAlone, LeftOut, Shift};
pub use result::{ChannelScore, NotRanked, ProjectResult};
pub use turnout::{AreaTurnout, TurnoutBase, TurnoutCell};

/// Who took part, by which channel and from which quartier, and what each channel by itself would have decided.
///
/// A vote that moves to the internet is easier for some and out of reach for others. Nobody can see that in a result;
/// it shows where the figures of the channels stand side by side: a quartier where most people voted on paper is left out when
/// paper goes, and the projects it supports fall.
///
/// **Definition.** *Took part*: accepted, blank and void votes of the account (not those set aside), and the voters of totals without single
/// ballots, where their number is known. *Turnout*: those who took part ÷ the number that the area has for the attribute
/// that the caller names (`population`, `registered`, …); without it turnout is not stated, it is never guessed.
/// *Votes* of a project: the ballots that count and name it (a ballot for and against: is for it), totals included. *Rank*: 1 plus
/// the number of projects that the score puts before it, so equal projects share a rank. *Shift*: the rank in a channel minus the rank in
/// the whole vote; above 0 the project does worse in the channel.
///
/// **The whole vote** is the binding channels. Others are shown beside it, with their role, and decide nothing. A quartier's votes are those of voters who
/// live there; the parts of a quartier that is divided further are not added to it.
///
/// **Properties.** By channel and by quartier, counts add up to those of the ledger; the votes of a project over
/// the binding channels, and over the quartiers, add up to its votes. Nothing depends on the order of the votes.
///
/// **Cost.** A pass over the register, one more for each channel, and the distinct ballots; memory for those.
///
/// ```
/// use quartier::election::{Area, Instance};
/// use quartier::tally::{BallotRules, Breakdown, CastVote, Content, Intake, Score, TurnoutBase};
/// let instance = Instance::builder().budget(100).project(("park", 60)).project(("gym", 50))
///     .area(Area::new("north").attribute("registered", 10.into()))
///     .area(Area::new("south").attribute("registered", 4.into()))
///     .build()?;
/// let rules: BallotRules = "form=approval,max=1,invalid=void,duplicates=first,blank-ballots-count=false,\
///     channels=internet:binding;paper:binding".parse()?;
/// let mut intake = Intake::new(&instance, &rules)?;
/// for (channel, area, text) in [("internet", "north", "gym"), ("internet", "north", "gym"), ("paper", "south", "park"),
///     ("paper", "south", "park"), ("paper", "north", "park")] {
///     intake.cast(&CastVote { channel, area, ..CastVote::new(Content::Text(text)) });
/// }
/// let base = TurnoutBase::Attribute("registered".into());
/// let breakdown = Breakdown::of(&intake.close()?, &Score::Votes, &base)?;
/// assert_eq!(breakdown.areas[1].turnout.as_ref().map(|share| share.to_string()), Some("1/2".to_owned()));
/// let internet = &breakdown.alone[0];
/// assert_eq!(internet.left_out[0].area, "south"); // all of its voters used paper
/// assert_eq!((internet.moved[0].project.as_str(), internet.moved[0].shift), ("gym", -1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Breakdown {
    /// By what the projects are ranked.
    pub score: Score,
    /// What turnout is measured against; `None` if it is not stated.
    pub base: Option<String>,
    /// Every channel in every quartier, in the order of their names.
    pub cells: Vec<TurnoutCell>,
    /// Every quartier, in the order of their names; votes of voters whose quartier is not known are under the empty one.
    pub areas: Vec<AreaTurnout>,
    /// The city as a whole.
    pub whole: AreaTurnout,
    /// The projects, the best first, equal ones by id.
    pub projects: Vec<ProjectResult>,
    /// What each channel by itself would have decided, in the order of their names.
    pub alone: Vec<ChannelAlone>,
    /// Channels whose projects the score cannot rank: they have votes here and no ranks.
    pub not_ranked: Vec<NotRanked>,
}

/// Why a breakdown cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BreakdownError {
    /// The ballots do not say what the score needs.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// Totals do not fit the projects.
    #[error(transparent)]
    Totals(#[from] Problems),
    /// No area has the attribute.
    #[error(
        "no area has the attribute `{name}`: use one of {known}, or leave the base of turnout unstated"
    )]
    UnknownBase {
        /// The name that was asked for.
        name: String,
        /// The names that there are.
        known: String,
    },
}

impl Breakdown {
    /// Puts the channels and quartiers of a tally side by side.
    ///
    /// # Errors
    /// [`BreakdownError`] if the score cannot be read from the ballots or no area has the attribute.
    pub fn of(
        tally: &Tally,
        score: &Score,
        base: &TurnoutBase,
    ) -> Result<Breakdown, BreakdownError> {
        let turnout = turnout::turnout(tally, base)?;
        let result = result::results(tally, score)?;
        let alone = alone::alone(tally, &turnout.cells, &result);
        Ok(Breakdown {
            score: score.clone(),
            base: match base {
                TurnoutBase::NotStated => None,
                TurnoutBase::Attribute(name) => Some(name.clone()),
            },
            cells: turnout.cells,
            areas: turnout.areas,
            whole: turnout.whole,
            projects: result.projects,
            alone,
            not_ranked: result.not_ranked,
        })
    }
}
