//! Several rules, one after another, on the same allocation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::count::{Allocation, Halt, Memory, Rule, Sealed};
use crate::election::Election;
use crate::record::RuleText;

use super::catalogue::{AnyRule, RuleError};

/// One rule, or several joined by `+`: each starts from what the ones before it have awarded.
///
/// ```
/// use quartier::rules::Plan;
/// let plan: Plan = "greedy:score=votes,misfit=stop,threshold=10%+greedy-welfare:utility=cost".parse()?;
/// assert_eq!(plan.rules().len(), 2);
/// assert_eq!(plan.to_string().parse::<Plan>()?, plan);
/// let error = "greedy:misfit=skip".parse::<Plan>().unwrap_err();
/// assert!(error.to_string().contains("key `score` is missing"));
/// # Ok::<(), quartier::rules::RuleError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    first: AnyRule,
    then: Vec<AnyRule>,
}

impl Plan {
    /// A plan of one rule.
    #[must_use]
    pub fn new(rule: AnyRule) -> Plan {
        Plan {
            first: rule,
            then: Vec::new(),
        }
    }

    /// The same plan with another rule at the end.
    ///
    /// # Errors
    /// [`RuleError::Text`] if the text of the plan would be too long to be read back.
    pub fn then(mut self, rule: AnyRule) -> Result<Plan, RuleError> {
        self.then.push(rule);
        self.readable()
    }

    fn readable(self) -> Result<Plan, RuleError> {
        self.to_string().parse::<RuleText>()?;
        Ok(self)
    }

    /// The rules in order; there is at least one.
    #[must_use]
    pub fn rules(&self) -> Vec<&AnyRule> {
        std::iter::once(&self.first).chain(&self.then).collect()
    }
}

impl Sealed for Plan {}

impl Rule for Plan {
    fn id(&self) -> &'static str {
        self.first.id()
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn memory(&self) -> Memory {
        let all_sets = self.rules().iter().all(|rule| rule.memory() == Memory::Set);
        if all_sets { Memory::Set } else { Memory::Order }
    }

    fn needs_ballots(&self) -> Option<&'static str> {
        self.rules().iter().find_map(|rule| rule.needs_ballots())
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        self.first.allocate(election, allocation)?;
        for rule in &self.then {
            allocation.next_step();
            rule.allocate(election, allocation)?;
        }
        Ok(())
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.then.iter().try_for_each(|rule| write!(f, "+{rule}"))
    }
}

impl FromStr for Plan {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Plan, RuleError> {
        let text: RuleText = text.parse()?;
        let rules: Vec<AnyRule> = text
            .steps()
            .iter()
            .map(AnyRule::from_step)
            .collect::<Result<_, _>>()?;
        let mut rules = rules.into_iter();
        let first = rules
            .next()
            .ok_or_else(|| RuleError::Unknown { id: String::new() })?;
        // A number may be longer as it is printed than as it was written.
        Plan {
            first,
            then: rules.collect(),
        }
        .readable()
    }
}

impl From<AnyRule> for Plan {
    fn from(rule: AnyRule) -> Plan {
        Plan::new(rule)
    }
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Plan, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
