//! Redistribution: what happens to money that was not used.

use super::claim::Claim;
use super::fault::FaultKind;
use super::reader::Reader;
use super::receiving_area::ReceivingArea;

/// A rule of redistribution: which leftovers, to whom, and where the rest goes. Rules apply in order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redistribution {
    /// The causes of the leftovers that it takes.
    pub from: Vec<Cause>,
    /// The pots whose leftovers it takes; `None` for all that stages pay from. What was saved in execution stands in the
    /// pot `savings`, and whoever takes `saved` takes it whatever is written here.
    pub pots: Option<Vec<String>>,
    /// Whether what was decided stands.
    pub mode: Mode,
    /// Who may claim, in this order.
    pub claims: Vec<Claim>,
    /// Where the rest goes.
    pub rest: Rest,
    /// The stage that runs again (`rerun`) or goes on (`continue`) with what reached its pots.
    pub stage: Option<String>,
}

/// Why money was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing that is left would fit.
    Unspent,
    /// The rule stopped at a project that did not fit.
    Stopped,
    /// Something would fit, and lacks support.
    Threshold,
    /// Something would fit, and was withdrawn.
    Withdrawn,
    /// Projects cost less than was voted: from the register.
    Saved,
}

impl Cause {
    /// How it is written.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Cause::Unspent => "unspent",
            Cause::Stopped => "stopped",
            Cause::Threshold => "threshold",
            Cause::Withdrawn => "withdrawn",
            Cause::Saved => "saved",
        }
    }
}

/// Whether what was decided stands when money is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// Nobody loses what was awarded.
    Continue,
    /// The named stage is decided afresh with the new amounts, and projects may lose by it.
    Rerun,
}

/// Where money goes that no claim took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rest {
    /// Back to the city.
    Treasury,
    /// To the next edition.
    NextEdition,
    /// To a pot.
    Pot(String),
    /// To the pot of the area that has most or least of something.
    Area(ReceivingArea),
}

const CAUSES: &[(&str, Cause)] = &[
    ("unspent", Cause::Unspent),
    ("stopped", Cause::Stopped),
    ("threshold", Cause::Threshold),
    ("withdrawn", Cause::Withdrawn),
    ("saved", Cause::Saved),
];

impl Redistribution {
    pub(super) fn read(reader: Reader<'_>) -> Option<Redistribution> {
        let from = read_causes(&reader);
        let pots = reader
            .value("pots")
            .and_then(|value| reader.texts("pots", value, &["a list of pots"]))
            .map(|pots| pots.into_iter().map(str::to_owned).collect::<Vec<_>>());
        let mode = reader.choice(
            "mode",
            &[("continue", Mode::Continue), ("rerun", Mode::Rerun)],
        );
        let claims = read_claims(&reader);
        let rest = read_rest(&reader);
        if mode == Some(Mode::Rerun)
            && from
                .as_ref()
                .is_some_and(|from| from.contains(&Cause::Saved))
        {
            let why = "what is decided afresh has not been carried out, so nothing is saved: take `saved` where what was decided stands";
            reader.fault("from", FaultKind::Contradiction, &[], why);
        }
        let stage = reader.optional_text("stage", &["the id of a stage"]);
        check(&reader, mode, claims.as_deref(), rest.as_ref(), stage);
        reader.close();
        Some(Redistribution {
            from: from?,
            pots,
            mode: mode?,
            claims: claims?,
            rest: rest?,
            stage: stage.map(str::to_owned),
        })
    }
}

fn check(
    reader: &Reader<'_>,
    mode: Option<Mode>,
    claims: Option<&[Claim]>,
    rest: Option<&Rest>,
    stage: Option<&str>,
) {
    let to_pot = matches!(rest, Some(Rest::Pot(_) | Rest::Area(_)));
    if mode == Some(Mode::Rerun) {
        if stage.is_none() {
            let why = "which stage is decided afresh";
            reader.fault(
                "stage",
                FaultKind::MissingChoice,
                &["the id of a stage"],
                why,
            );
        }
        if claims.is_some_and(|claims| !claims.is_empty()) {
            let why = "a rerun decides afresh: claims are paid where what was decided stands";
            reader.fault("claims", FaultKind::Contradiction, &["[]"], why);
        }
        if rest.is_some() && !to_pot {
            let why = "a rerun gives the money to a pot of the stage that it names";
            let allowed = &["pot:ID", "area:highest-turnout"];
            reader.fault("rest", FaultKind::Contradiction, allowed, why);
        }
    } else if stage.is_some() && rest.is_some() && !to_pot {
        let why = "a stage goes on with money that reached a pot";
        reader.fault("stage", FaultKind::Contradiction, &[], why);
    }
}

fn read_causes(reader: &Reader<'_>) -> Option<Vec<Cause>> {
    let allowed: Vec<&str> = CAUSES.iter().map(|&(word, _)| word).collect();
    let value = reader.require("from", &allowed)?;
    let texts = reader.texts("from", value, &allowed)?;
    if texts.is_empty() {
        reader.bad_value("from", "[]", &allowed);
        return None;
    }
    let causes: Vec<Option<Cause>> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| reader.word(&format!("from[{at}]"), text, CAUSES))
        .collect();
    causes.into_iter().collect()
}

fn read_claims(reader: &Reader<'_>) -> Option<Vec<Claim>> {
    const ALLOWED: &[&str] = &[
        "[]",
        "[ { kind = \"almost-funded\", min-covered = \"80%\", pay = \"full\" }, .. ]",
    ];
    let value = reader.require("claims", ALLOWED)?;
    let claims = reader.tables("claims", value)?;
    let claims: Vec<Option<Claim>> = claims
        .into_iter()
        .map(|table| table.and_then(Claim::read))
        .collect();
    claims.into_iter().collect()
}

fn read_rest(reader: &Reader<'_>) -> Option<Rest> {
    let mut allowed = vec!["treasury", "next-edition", "pot:ID"];
    allowed.extend(ReceivingArea::words());
    let text = reader.text("rest", &allowed);
    let area = ReceivingArea::read(reader, text);
    match text? {
        "treasury" => Some(Rest::Treasury),
        "next-edition" => Some(Rest::NextEdition),
        text if ReceivingArea::words().any(|word| word == text) => area.map(Rest::Area),
        text => {
            let pot = text.strip_prefix("pot:").filter(|id| !id.is_empty());
            if pot.is_none() {
                reader.bad_value("rest", text, &allowed);
            }
            pot.map(|id| Rest::Pot(id.to_owned()))
        }
    }
}
