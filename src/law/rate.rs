//! Rates: how much of a project's cost the city pays, by its size.

use crate::election::Money;
use crate::exact::Ratio;

use super::fault::FaultKind;
use super::reader::Reader;
use super::selector::Selector;
use super::share::Share;

/// How much of its cost a project receives at most, by a table of brackets: its *grant*. The rest is *other funding*.
///
/// **Definition.** The brackets cut the cost into slices: from 0 to the first `up-to`, from there to the next, and the
/// last without end. By [`Slices`](AppliesTo::Slices), like a tax on income, grant = sum of slice × rate; by
/// [`WholeCost`](AppliesTo::WholeCost), grant = cost × the rate of the bracket that the cost lies in, its upper bound
/// included. Either is rounded down to the granularity of the envelope, and other funding = cost − grant: nothing is
/// lost.
///
/// **Properties.** 0 ≤ grant ≤ cost. By slices the grant never falls where the cost grows. By the whole cost it may: a
/// *notch*, where a project that costs one euro more receives less. Such a table is refused when it is read unless it
/// says `notches = "allowed"`.
///
/// **What sees which.** Pots, limits on money, claims and savings see the grant: it is what has to be paid, and a project is
/// funded when its grant is paid in full. In the follow-up register the rate that was for a candidate is applied to whatever
/// it costs by now; of a project that is none, the register says what was owed. Rankings, thresholds, tie chains, selectors and ballots see the cost, which is
/// what voters saw. Other funding above zero must be attested, see [`other_funding`](Rate::other_funding).
///
/// ```
/// use quartier::election::Money;
/// use quartier::law::{AnyText, Document};
/// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
/// let rate = r#"
///     [[rate]]
///     holds = "all"
///     applies-to = "slices"
///     brackets = [ { up-to = "20000", rate = "100%" }, { up-to = "50000", rate = "60%" }, { rate = "30%" } ]
///     other-funding = "co-financing"
/// "#;
/// let law = toml::from_str::<Document>(&format!("{text}{rate}"))?.check(&AnyText)?;
/// // 20 000 + 60% of 30 000 + 30% of 10 000.
/// let grant = law.rates[0].grant(Money::from(60_000), Money::from(1));
/// assert_eq!(grant, Some(Money::from(41_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rate {
    /// Which projects it is for; a project that no rate is for receives its cost.
    pub holds: Selector,
    /// The brackets, ascending; the last has no end.
    pub brackets: Vec<Bracket>,
    /// What the rate of a bracket is applied to.
    pub applies_to: AppliesTo,
    /// The attestation, or the attribute with an amount, by which a project shows that the rest of its cost is found.
    /// Where it has neither, its eligibility is unknown.
    pub other_funding: String,
}

/// One bracket of a table of rates.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bracket {
    /// Up to which cost, included; `None` for the last.
    pub up_to: Option<Money>,
    /// Which share is paid.
    pub rate: Share,
}

/// What the rate of a bracket is applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AppliesTo {
    /// To the slice of the cost that lies in the bracket: marginal rates.
    Slices,
    /// To the whole cost: slab rates.
    WholeCost,
}

const APPLIES: &[(&str, AppliesTo)] = &[
    ("slices", AppliesTo::Slices),
    ("whole-cost", AppliesTo::WholeCost),
];
const BRACKETS: &[&str] = &[
    "[ { up-to = \"20000\", rate = \"100%\" }, { up-to = \"50000\", rate = \"60%\" }, { rate = \"30%\" } ]",
];
const OTHER: &[&str] = &["the attestation or attribute that shows it, such as \"co-financing\""];

impl Rate {
    /// What a project of this cost receives, rounded down to a whole granularity; `None` if the granularity is not
    /// positive.
    #[must_use]
    pub fn grant(&self, cost: Money, granularity: Money) -> Option<Money> {
        let exact = match self.applies_to {
            AppliesTo::Slices => self.by_slices(cost),
            AppliesTo::WholeCost => self.by_whole_cost(cost),
        };
        Money::floor_to(&exact, granularity)
    }

    fn by_slices(&self, cost: Money) -> Ratio {
        let mut grant = Ratio::ZERO;
        let mut below = Money::ZERO;
        for bracket in &self.brackets {
            let end = bracket.up_to.map_or(cost, |end| end.min(cost));
            let slice = end.checked_sub(below).unwrap_or_default().max(Money::ZERO);
            grant += &(slice.to_ratio() * bracket.rate.ratio());
            below = end;
        }
        grant
    }

    fn by_whole_cost(&self, cost: Money) -> Ratio {
        let holds = |bracket: &&Bracket| bracket.up_to.is_none_or(|end| cost <= end);
        let bracket = self.brackets.iter().find(holds);
        bracket.map_or(Ratio::ZERO, |bracket| {
            cost.to_ratio() * bracket.rate.ratio()
        })
    }

    pub(super) fn read(reader: Reader<'_>) -> Option<Rate> {
        let holds = Selector::read(&reader, "holds");
        let applies_to = reader.choice("applies-to", APPLIES);
        let brackets = read_brackets(&reader);
        let other_funding = reader.text("other-funding", OTHER);
        let allowed = reader.optional_choice(
            "notches",
            &[("refused", Notches::Refused), ("allowed", Notches::Allowed)],
        );
        if let (Some(brackets), Some(AppliesTo::WholeCost)) = (&brackets, applies_to)
            && allowed != Some(Notches::Allowed)
        {
            check_notches(&reader, brackets);
        }
        reader.close();
        Some(Rate {
            holds: holds?,
            brackets: brackets?,
            applies_to: applies_to?,
            other_funding: other_funding?.to_owned(),
        })
    }
}

/// Whether a grant may fall where the cost grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notches {
    Refused,
    Allowed,
}

fn read_brackets(reader: &Reader<'_>) -> Option<Vec<Bracket>> {
    let value = reader.require("brackets", BRACKETS)?;
    let tables = reader.tables("brackets", value)?;
    if tables.is_empty() {
        reader.bad_value("brackets", "[]", BRACKETS);
        return None;
    }
    let last = tables.len() - 1;
    let mut brackets = Vec::new();
    let mut below = Some(Money::ZERO);
    for (at, table) in tables.into_iter().enumerate() {
        let bracket = table.and_then(|table| read_bracket(table, below, at == last));
        below = bracket.as_ref().map_or(below, |bracket| bracket.up_to);
        brackets.push(bracket);
    }
    brackets.into_iter().collect()
}

/// One bracket, which begins where the one before it ends.
fn read_bracket(table: Reader<'_>, below: Option<Money>, is_last: bool) -> Option<Bracket> {
    const UP_TO: &[&str] = &["an amount in quotes, such as \"20000\", above the bracket before"];
    let rate = table.share("rate");
    let written = table.has("up-to");
    let up_to = table.optional_money("up-to");
    let mut fits = written == up_to.is_some();
    if let Some(end) = up_to {
        if below.is_some_and(|below| end <= below) {
            let below = below.unwrap_or_default();
            let why = format!("the bracket before ends at {below}, and this one at {end}");
            table.fault("up-to", FaultKind::Contradiction, UP_TO, &why);
            fits = false;
        }
        if is_last {
            let why = format!(
                "what costs more than {end} has no rate: end with a bracket without `up-to`"
            );
            let allowed = ["{ rate = \"0%\" } as the last bracket, or another rate"];
            table.fault("up-to", FaultKind::Contradiction, &allowed, &why);
            fits = false;
        }
    } else if !is_last && !written {
        let why = "only the last bracket has no end";
        table.fault("up-to", FaultKind::MissingChoice, UP_TO, why);
        fits = false;
    }
    table.close();
    let rate = rate?;
    fits.then_some(Bracket { up_to, rate })
}

/// Just above the end of a bracket, the whole cost is paid at the next rate: less than before, if that is lower.
fn check_notches(reader: &Reader<'_>, brackets: &[Bracket]) {
    for pair in brackets.windows(2) {
        let [lower, upper] = pair else { continue };
        let Some(end) = lower.up_to.filter(|_| upper.rate < lower.rate) else {
            continue;
        };
        let why = format!(
            "a project that costs {end} receives {} of it, and one that costs a little more only {}",
            lower.rate, upper.rate
        );
        let allowed = ["applies-to = \"slices\"", "notches = \"allowed\""];
        reader.fault("notches", FaultKind::Contradiction, &allowed, &why);
    }
}
