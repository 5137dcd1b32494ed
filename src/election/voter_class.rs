//! Classes of voters: those who count alike.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Ratio;

use super::row_error::RowError;

/// Voters who count alike: how much their vote weighs, and their share of the money.
///
/// Both are relative to an ordinary voter, who has 1 and 1. The weight multiplies votes and points in
/// rules that add them up; the endowment divides the budget in rules that give each voter a purse. Both
/// must be above 0: the builders refuse other classes. What is left out of a file is 1.
///
/// ```
/// use quartier::election::VoterClass;
/// let half: VoterClass = serde_json::from_str(r#"{"weight":"1/2"}"#)?;
/// assert_eq!(half.endowment, VoterClass::default().endowment);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct VoterClass {
    /// How much the vote weighs.
    pub weight: Ratio,
    /// The share of the money, relative to an ordinary voter.
    pub endowment: Ratio,
}

impl Default for VoterClass {
    fn default() -> VoterClass {
        VoterClass {
            weight: Ratio::from(1_u32),
            endowment: Ratio::from(1_u32),
        }
    }
}

impl VoterClass {
    /// Are the weight and the endowment above 0, as they must be?
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.weight > Ratio::default() && self.endowment > Ratio::default()
    }
}

/// The classes that a profile's builder has met, numbered as they came; 0 is the ordinary voter.
#[derive(Debug)]
pub(super) struct ClassTable {
    numbers: BTreeMap<VoterClass, u32>,
    ordinary: VoterClass,
    len: u32,
}

impl ClassTable {
    pub(super) fn new() -> ClassTable {
        ClassTable {
            numbers: BTreeMap::new(),
            ordinary: VoterClass::default(),
            len: 1,
        }
    }

    /// How many classes there are; their numbers are below.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// The number of a class, a new one if it was not known.
    pub(super) fn number(&mut self, class: &VoterClass) -> Result<u32, RowError> {
        if *class == self.ordinary {
            return Ok(0);
        }
        if let Some(&known) = self.numbers.get(class) {
            return Ok(known);
        }
        if !class.is_positive() {
            return Err(RowError::BadClass);
        }
        let number = self.len;
        self.len = number.checked_add(1).ok_or(RowError::TooManyClasses)?;
        self.numbers.insert(class.clone(), number);
        Ok(number)
    }

    /// The classes that are used, the ordinary voter first and the others by weight and endowment, and for
    /// each number its place among them.
    ///
    /// A class that no ballot has is left out: who merely asked for its number has not changed the votes.
    pub(super) fn into_used(self, used: impl Iterator<Item = u32>) -> (Vec<VoterClass>, Vec<u32>) {
        let mut is_used = vec![false; self.len as usize];
        for number in used {
            if let Some(slot) = is_used.get_mut(number as usize) {
                *slot = true;
            }
        }
        let (mut classes, mut places) = (vec![self.ordinary], vec![0; is_used.len()]);
        for (class, number) in self.numbers {
            if let Some(place) = places
                .get_mut(number as usize)
                .filter(|_| is_used.get(number as usize) == Some(&true))
            {
                *place = u32::try_from(classes.len()).unwrap_or(u32::MAX);
                classes.push(class);
            }
        }
        (classes, places)
    }
}
