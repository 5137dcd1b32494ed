//! Lots drawn by people and recorded as decisions.

use std::collections::BTreeMap;

use super::about::{About, DecisionKind};
use super::decision::{Decision, DecisionValue};
use super::decision_check::{DecisionFaults, check_all};

/// A drawn lot: one order of projects that holds for a whole stage, however many ties it settles.
///
/// ```
/// use quartier::record::RecordedLot;
/// let lot = RecordedLot::new("vote", ["9", "3"]);
/// assert_eq!(lot.place("9"), Some(0));
/// assert_eq!(lot.place("12"), None);
/// assert_eq!(lot.order(), ["9", "3"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedLot {
    stage: String,
    places: BTreeMap<String, usize>,
}

impl RecordedLot {
    /// The order drawn for a stage, first drawn first. A project named twice keeps its first place.
    #[must_use]
    pub fn new<'a>(stage: &str, order: impl IntoIterator<Item = &'a str>) -> RecordedLot {
        let mut places = BTreeMap::new();
        for (place, id) in order.into_iter().enumerate() {
            places.entry(id.to_owned()).or_insert(place);
        }
        RecordedLot {
            stage: stage.to_owned(),
            places,
        }
    }

    /// The stage it was drawn for.
    #[must_use]
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// The ids of those that were drawn, in that order.
    #[must_use]
    pub fn order(&self) -> Vec<&str> {
        let mut placed: Vec<(usize, &str)> = self
            .places
            .iter()
            .map(|(id, &place)| (place, id.as_str()))
            .collect();
        placed.sort_unstable();
        placed.into_iter().map(|(_, id)| id).collect()
    }

    /// A project's place in the drawn order, from 0; `None` if the lot does not name it.
    #[must_use]
    pub fn place(&self, project: &str) -> Option<usize> {
        self.places.get(project).copied()
    }
}

/// The drawn lots of a count, at most one for each stage.
///
/// ```
/// use quartier::record::{About, Decision, DecisionKind, DecisionValue, RecordedLots};
/// let drawn = Decision::new(
///     DecisionKind::Lot,
///     About::Stage("vote".into()),
///     "city council",
///     "drawn in public on 3 June",
/// )
/// .value(DecisionValue::Order(vec!["9".into(), "3".into()]));
/// let lots = RecordedLots::from_decisions(&[drawn])?;
/// assert_eq!(lots.of_stage("vote").and_then(|lot| lot.place("3")), Some(1));
/// assert!(lots.of_stage("second-vote").is_none());
/// # Ok::<(), quartier::record::DecisionFaults>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordedLots {
    by_stage: BTreeMap<String, RecordedLot>,
}

impl RecordedLots {
    /// The lots among these decisions.
    ///
    /// # Errors
    /// Every fault of the decisions, as [`check_all`] finds them.
    pub fn from_decisions(decisions: &[Decision]) -> Result<RecordedLots, DecisionFaults> {
        check_all(decisions)?;
        let lots = decisions
            .iter()
            .filter(|decision| decision.kind == DecisionKind::Lot);
        let by_stage = lots
            .filter_map(|decision| match (&decision.about, &decision.value) {
                (About::Stage(stage), DecisionValue::Order(order)) => {
                    let lot = RecordedLot::new(stage, order.iter().map(String::as_str));
                    Some((stage.clone(), lot))
                }
                _ => None,
            })
            .collect();
        Ok(RecordedLots { by_stage })
    }

    /// The lot drawn for a stage, if there is one.
    #[must_use]
    pub fn of_stage(&self, stage: &str) -> Option<&RecordedLot> {
        self.by_stage.get(stage)
    }
}
