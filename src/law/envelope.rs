//! The envelope: how much money an edition has.

use crate::election::Money;
use crate::exact::Ratio;

use super::fault::FaultKind;
use super::reader::{AMOUNT, Reader};
use super::share::Share;
use super::value::Value;

/// How much money an edition has, and what it may take from the city's budget at most.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// What the ceiling is a share of: the investment budget.
    pub base: Money,
    /// The ceiling on what the edition takes from the base, extra money included. What was carried in from an
    /// earlier edition was taken from an earlier base and is counted apart.
    pub at_most: Share,
    /// What the council voted: a decision, never derived from the ceiling.
    pub voted: Voted,
    /// The currency of all amounts.
    pub currency: String,
    /// The smallest part that splits and awards have.
    pub granularity: Money,
    /// What running the participatory budget costs.
    pub operating_cost: Option<OperatingCost>,
    /// What is left over from earlier editions.
    pub carried_in: Money,
    /// What is kept back for projects that turn out dearer; it stays in the pot `contingency`.
    pub contingency: Money,
}

/// What the council voted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Voted {
    /// An amount.
    Amount(Money),
    /// An amount for each edition by name: an explicit ramp.
    Schedule(Vec<(String, Money)>),
    /// A geometric ramp over editions: `first × ratio^editions_before`, clamped at the ceiling and rounded down
    /// to the granularity.
    Geometric {
        /// What the first edition had.
        first: Money,
        /// By how much each edition multiplies the one before.
        ratio: Ratio,
        /// How many editions came before this one.
        editions_before: u32,
    },
}

/// What running the participatory budget costs: communication, staff, meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperatingCost {
    /// How much.
    pub amount: Money,
    /// Who pays it.
    pub charged: OperatingCharge,
}

/// Whether the operating cost is taken from the envelope. In French accounts investment and operating sections
/// are apart, so `outside` is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperatingCharge {
    /// It is reported only.
    Outside,
    /// It is deducted from the envelope.
    Inside,
}

/// The most editions that a ramp can be followed for.
const EDITIONS: u32 = 100;

impl Envelope {
    /// The ceiling on what the edition takes from the base, rounded down to what an amount can express.
    #[must_use]
    pub fn ceiling(&self) -> Money {
        let finest = Money::from_ten_thousandths(1).unwrap_or_default();
        self.at_most
            .floor_of(self.base, finest)
            .unwrap_or(Money::ZERO)
    }

    /// What was voted for an edition; `None` if the schedule does not have it.
    #[must_use]
    pub fn voted_for(&self, edition: &str) -> Option<Money> {
        match &self.voted {
            Voted::Amount(amount) => Some(*amount),
            Voted::Schedule(amounts) => amounts
                .iter()
                .find(|(name, _)| name == edition)
                .map(|&(_, amount)| amount),
            Voted::Geometric {
                first,
                ratio,
                editions_before,
            } => Some(self.ramp(*first, ratio, *editions_before)),
        }
    }

    fn ramp(&self, first: Money, ratio: &Ratio, editions: u32) -> Money {
        let ceiling = self.ceiling();
        let (mut amount, most) = (first.to_ratio(), ceiling.to_ratio());
        for _ in 0..editions.min(EDITIONS) {
            amount = amount * ratio;
            if amount >= most && *ratio >= Ratio::ONE {
                return ceiling;
            }
        }
        Money::floor_to(&amount, self.granularity)
            .unwrap_or(ceiling)
            .min(ceiling)
    }

    pub(super) fn read(reader: Reader<'_>, edition: Option<&str>) -> Option<Envelope> {
        let base = reader.money("base");
        let at_most = reader.share("at-most");
        let voted = read_voted(&reader);
        let currency = reader.text("currency", &["the currency, such as \"EUR\""]);
        let granularity = reader.money("granularity").filter(|granularity| {
            if granularity.is_zero() {
                reader.bad_value("granularity", "0", &["an amount above zero, such as \"1\""]);
            }
            !granularity.is_zero()
        });
        let cost = reader
            .value("operating-cost")
            .map(|value| read_cost(&reader, value));
        let carried_in = reader.optional_money("carried-in").unwrap_or_default();
        let contingency = reader.optional_money("contingency").unwrap_or_default();
        let envelope = Envelope {
            base: base?,
            at_most: at_most?,
            voted: voted?,
            currency: currency?.to_owned(),
            granularity: granularity?,
            operating_cost: cost.flatten(),
            carried_in,
            contingency,
        };
        envelope.check(&reader, edition?);
        reader.close();
        Some(envelope)
    }

    /// What is voted is at most the ceiling, and covers what is taken off before the pots.
    fn check(&self, reader: &Reader<'_>, edition: &str) {
        let ceiling = self.ceiling();
        let Some(voted) = self.voted_for(edition) else {
            let why = format!("the schedule has no amount for edition `{edition}`");
            reader.fault("voted", FaultKind::Contradiction, &[], &why);
            return;
        };
        let scheduled = match &self.voted {
            Voted::Schedule(amounts) => amounts.iter().map(|&(_, amount)| amount).max(),
            _ => None,
        };
        let highest = scheduled.unwrap_or(voted).max(voted);
        if highest > ceiling {
            let why = format!("{highest} is above the ceiling of {ceiling}");
            reader.fault("voted", FaultKind::AboveParent, &[], &why);
        }
        let inside = self.operating_inside();
        let taken = inside.checked_add(self.contingency).unwrap_or(Money::MAX);
        let there = voted.checked_add(self.carried_in).unwrap_or(Money::MAX);
        if taken > there {
            let why = format!("{taken} are taken off before the pots, and there are {there}");
            reader.fault("contingency", FaultKind::AboveParent, &[], &why);
        }
    }

    /// What the envelope pays for running the participatory budget.
    #[must_use]
    pub fn operating_inside(&self) -> Money {
        match self.operating_cost {
            Some(cost) if cost.charged == OperatingCharge::Inside => cost.amount,
            _ => Money::ZERO,
        }
    }
}

fn read_voted(reader: &Reader<'_>) -> Option<Voted> {
    const ALLOWED: &[&str] = &[
        AMOUNT,
        "{ schedule = { \"2018\" = \"1000000\", .. } }",
        "{ first = \"1000000\", ratio = \"2\", editions-before = 1 }",
    ];
    match reader.require("voted", ALLOWED)? {
        value @ Value::Text(_) => reader.as_money("voted", value).map(Voted::Amount),
        value => {
            let table = reader.as_table("voted", value, ALLOWED)?;
            let voted = if table.has("schedule") {
                read_schedule(&table)
            } else {
                read_ramp(&table)
            };
            table.close();
            voted
        }
    }
}

fn read_schedule(table: &Reader<'_>) -> Option<Voted> {
    const ALLOWED: &[&str] = &["a table of editions and amounts"];
    let value = table.value("schedule")?;
    let Value::Table(keys) = value else {
        table.wrong_type("schedule", value, ALLOWED);
        return None;
    };
    let mut amounts = Vec::new();
    for (edition, value) in keys {
        let amount = table.as_money(&format!("schedule.{edition}"), value)?;
        amounts.push((edition.clone(), amount));
    }
    Some(Voted::Schedule(amounts))
}

fn read_ramp(table: &Reader<'_>) -> Option<Voted> {
    const RATIO: &[&str] = &["a number above zero in quotes, such as \"2\" or \"3/2\""];
    let first = table.money("first");
    let ratio = table.text("ratio", RATIO).and_then(|text| {
        let ratio = text.parse::<Ratio>().ok();
        let ratio = ratio.filter(|ratio| ratio.is_positive() && ratio.bits() <= 64);
        if ratio.is_none() {
            table.bad_value("ratio", text, RATIO);
        }
        ratio
    });
    let before = table.require("editions-before", &["a whole number from 0"]);
    let before = before.and_then(|value| table.as_number("editions-before", value, 0));
    let before = before.filter(|&before| {
        if before > EDITIONS {
            table.bad_value("editions-before", &before.to_string(), &["at most 100"]);
        }
        before <= EDITIONS
    });
    Some(Voted::Geometric {
        first: first?,
        ratio: ratio?,
        editions_before: before?,
    })
}

fn read_cost(reader: &Reader<'_>, value: &Value) -> Option<OperatingCost> {
    const ALLOWED: &[&str] = &["{ amount = \"60000\", charged = \"outside\" }"];
    let Value::Table(keys) = value else {
        reader.wrong_type("operating-cost", value, ALLOWED);
        return None;
    };
    let table = Reader::new(reader.at("operating-cost"), keys, reader.sink());
    let amount = table.money("amount");
    let charged = table.choice(
        "charged",
        &[
            ("outside", OperatingCharge::Outside),
            ("inside", OperatingCharge::Inside),
        ],
    );
    table.close();
    Some(OperatingCost {
        amount: amount?,
        charged: charged?,
    })
}
