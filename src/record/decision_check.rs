//! Checking decisions before a count obeys them: one by one, together, and against the projects.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::about::{About, DecisionKind};
use super::decision::{Decision, DecisionValue};
use crate::election::Money;

/// Everything wrong with a list of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFaults {
    /// The faults, in the order of the decisions; there is at least one.
    pub faults: Vec<DecisionFault>,
}

/// One fault and the decision that has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("decision {number} ({kind} {about}): {problem}")]
pub struct DecisionFault {
    /// Which decision, counted from 1.
    pub number: usize,
    /// Its kind.
    pub kind: DecisionKind,
    /// What it is about.
    pub about: About,
    /// What is wrong.
    pub problem: DecisionProblem,
}

/// What can be wrong with a decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionProblem {
    /// It does not say who, why or where, although the key is needed or was given.
    #[error("`{key}` is blank: {remedy}")]
    Blank {
        /// The key.
        key: &'static str,
        /// What to write.
        remedy: &'static str,
    },
    /// A decision of this kind is about something else.
    #[error("this kind is about {expected}")]
    WrongAbout {
        /// What to write.
        expected: &'static str,
    },
    /// The value does not fit the kind.
    #[error("the value does not fit: expected {expected}")]
    WrongValue {
        /// What to write.
        expected: &'static str,
    },
    /// An amount below what makes sense.
    #[error("the amount must be above zero: write money that is taken away as a smaller budget")]
    NotPositive,
    /// An order that names a project twice.
    #[error("project `{id}` is named twice: name each project once")]
    NamedTwice {
        /// The project.
        id: String,
    },
    /// The same thing was decided before.
    #[error("decision {earlier} decides the same: keep one of them")]
    Duplicate {
        /// The number of the earlier decision.
        earlier: usize,
    },
    /// An earlier decision says something that cannot be true together with this one.
    #[error("it contradicts decision {earlier} ({kind}): remove one of them")]
    Contradicts {
        /// The number of the earlier decision.
        earlier: usize,
        /// The kind of the earlier decision.
        kind: DecisionKind,
    },
    /// It names a project that the election does not have.
    #[error("there is no project `{id}`: write the id as the election has it")]
    UnknownProject {
        /// The id.
        id: String,
    },
}

impl std::error::Error for DecisionFaults {}

impl fmt::Display for DecisionFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl Decision {
    /// Checks this decision by itself: who and why are said, and about and value fit the kind.
    ///
    /// `number` is its number in its list, from 1, for the messages.
    ///
    /// # Errors
    /// Every fault it has.
    pub fn check(&self, number: usize) -> Result<(), DecisionFaults> {
        let problems = blanks(self)
            .chain(wrong_about(self))
            .chain(wrong_value(self));
        done(
            problems
                .map(|problem| self.fault(number, problem))
                .collect(),
        )
    }

    fn fault(&self, number: usize, problem: DecisionProblem) -> DecisionFault {
        DecisionFault {
            number,
            kind: self.kind,
            about: self.about.clone(),
            problem,
        }
    }
}

/// Checks decisions one by one and together: nothing is decided twice, nothing contradicts.
///
/// ```
/// use quartier::record::{About, Decision, DecisionKind, check_all};
/// let about = About::Project("7".into());
/// let out = Decision::new(DecisionKind::Exclude, about.clone(), "office", "no permit");
/// let back = Decision::new(DecisionKind::Include, about, "court", "");
/// assert_eq!(
///     check_all(&[out, back]).unwrap_err().to_string(),
///     "decision 2 (include project:7): `justification` is blank: say why\n\
///      decision 2 (include project:7): it contradicts decision 1 (exclude): remove one of them",
/// );
/// ```
///
/// # Errors
/// Every fault of every decision.
pub fn check_all(decisions: &[Decision]) -> Result<(), DecisionFaults> {
    let mut faults = Vec::new();
    let mut before = BTreeMap::<&About, Vec<(usize, &Decision)>>::new();
    for (number, decision) in (1..).zip(decisions) {
        if let Err(found) = decision.check(number) {
            faults.extend(found.faults);
        }
        let earlier = before.entry(&decision.about).or_default();
        let clash = earlier
            .iter()
            .find_map(|(at, other)| clash(decision, *at, other));
        faults.extend(clash.map(|problem| decision.fault(number, problem)));
        earlier.push((number, decision));
    }
    done(faults)
}

/// Checks that every project that decisions name exists; a mistyped id would otherwise change nothing and
/// nobody would notice.
///
/// # Errors
/// One fault for every id that `known` does not know.
pub fn check_projects(
    decisions: &[Decision],
    known: impl Fn(&str) -> bool,
) -> Result<(), DecisionFaults> {
    let mut faults = Vec::new();
    for (number, decision) in (1..).zip(decisions) {
        let about = match &decision.about {
            About::Project(id) => Some(id),
            _ => None,
        };
        let named: &[String] = match (decision.kind, &decision.value) {
            (DecisionKind::Lot, DecisionValue::Order(order)) => order,
            (DecisionKind::Substitute, DecisionValue::Text(id)) => std::slice::from_ref(id),
            _ => &[],
        };
        for id in about.into_iter().chain(named).filter(|id| !known(id)) {
            faults.push(decision.fault(number, DecisionProblem::UnknownProject { id: id.clone() }));
        }
    }
    done(faults)
}

fn done(faults: Vec<DecisionFault>) -> Result<(), DecisionFaults> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(DecisionFaults { faults })
    }
}

fn blanks(decision: &Decision) -> impl Iterator<Item = DecisionProblem> {
    let by = ("by", Some(&decision.by), "say who decided");
    let why = ("justification", Some(&decision.justification), "say why");
    let source = (
        "source",
        decision.source.as_ref(),
        "name the document, or leave the key out",
    );
    [by, why, source]
        .into_iter()
        .filter(|(_, text, _)| text.is_some_and(|text| text.trim().is_empty()))
        .map(|(key, _, remedy)| DecisionProblem::Blank { key, remedy })
}

fn wrong_about(decision: &Decision) -> Option<DecisionProblem> {
    use DecisionKind as Kind;
    let (fits, expected) = match decision.kind {
        Kind::Exclude | Kind::Include | Kind::Withdraw | Kind::Award | Kind::Substitute => (
            matches!(decision.about, About::Project(_)),
            "a project: write about = \"project:ID\"",
        ),
        Kind::ExtraMoney => (
            matches!(
                decision.about,
                About::Pot(_) | About::Area(_) | About::Envelope
            ),
            "money: write about = \"envelope\", \"pot:ID\" or \"area:ID\"",
        ),
        Kind::Lot => (
            matches!(decision.about, About::Stage(_)),
            "a stage: write about = \"stage:ID\"",
        ),
        Kind::Published => (
            matches!(
                decision.about,
                About::Edition | About::Stage(_) | About::Envelope
            ),
            "a result: write about = \"edition\", \"stage:ID\" or \"envelope\"",
        ),
    };
    (!fits).then_some(DecisionProblem::WrongAbout { expected })
}

fn wrong_value(decision: &Decision) -> Option<DecisionProblem> {
    use DecisionKind as Kind;
    use DecisionValue as Value;
    let not_positive = |amount: &Money| {
        (amount.is_zero() || amount.is_negative()).then_some(DecisionProblem::NotPositive)
    };
    let expected = match (decision.kind, &decision.value) {
        (Kind::Exclude | Kind::Include | Kind::Withdraw | Kind::Award, Value::None)
        | (Kind::Published, Value::None | Value::Flag(true)) => return None,
        (Kind::ExtraMoney | Kind::Award, Value::Amount(amount)) => return not_positive(amount),
        (Kind::ExtraMoney, Value::Added { opening, added }) => {
            let opening = opening
                .is_negative()
                .then_some(DecisionProblem::NotPositive);
            return opening.or_else(|| not_positive(added));
        }
        (Kind::Lot, Value::Order(order)) if order.len() > 1 => return bad_order(order),
        (Kind::Published, Value::Text(text)) if !text.trim().is_empty() => return None,
        (Kind::Substitute, Value::Text(id)) if id_fits(id) => {
            let same = decision.about == About::Project(id.clone());
            return same.then(|| DecisionProblem::NamedTwice { id: id.clone() });
        }
        (Kind::Exclude | Kind::Include | Kind::Withdraw, _) => "no value: remove the key",
        (Kind::Award, _) => "an amount in quotes such as \"80000\", or no value for the full cost",
        (Kind::ExtraMoney, _) => {
            "an amount in quotes such as \"1115627\", or { opening = \"4600000\", added = \"1115627\" }"
        }
        (Kind::Lot, _) => {
            "the ids of at least two projects in the order drawn, such as [\"9\", \"3\"]"
        }
        (Kind::Published, _) => "no value, true, or a text such as the day",
        (Kind::Substitute, _) => "the id of the project that takes its place, in quotes",
    };
    Some(DecisionProblem::WrongValue { expected })
}

fn id_fits(id: &str) -> bool {
    !id.is_empty() && id.trim() == id
}

fn bad_order(order: &[String]) -> Option<DecisionProblem> {
    if !order.iter().all(|id| id_fits(id)) {
        return Some(DecisionProblem::WrongValue {
            expected: "ids without blanks around them",
        });
    }
    let mut seen = BTreeSet::new();
    let twice = order.iter().find(|id| !seen.insert(*id));
    twice.map(|id| DecisionProblem::NamedTwice { id: id.clone() })
}

/// Why two decisions about the same thing cannot both stand.
fn clash(decision: &Decision, earlier: usize, other: &Decision) -> Option<DecisionProblem> {
    use DecisionKind as Kind;
    let contradicts = || DecisionProblem::Contradicts {
        earlier,
        kind: other.kind,
    };
    match (decision.kind, other.kind) {
        // Money may arrive twice; only one decision can say what the count opened with.
        (Kind::ExtraMoney, Kind::ExtraMoney) => {
            let opened = |value: &DecisionValue| matches!(value, DecisionValue::Added { .. });
            if decision.value == other.value {
                Some(DecisionProblem::Duplicate { earlier })
            } else {
                (opened(&decision.value) && opened(&other.value)).then(contradicts)
            }
        }
        (a, b) if a == b && decision.value == other.value => {
            Some(DecisionProblem::Duplicate { earlier })
        }
        (a, b) if a == b => Some(contradicts()),
        (a, b) => (shuts_out(a) && lets_in(b) || lets_in(a) && shuts_out(b)).then(contradicts),
    }
}

fn shuts_out(kind: DecisionKind) -> bool {
    matches!(kind, DecisionKind::Exclude | DecisionKind::Withdraw)
}

fn lets_in(kind: DecisionKind) -> bool {
    matches!(kind, DecisionKind::Include | DecisionKind::Award)
}
