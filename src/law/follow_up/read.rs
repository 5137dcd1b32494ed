//! Reading a register: every key by name, every fault with its path.

use serde::{Deserialize, Deserializer, de};

use crate::election::{Date, Money};
use crate::law::calendar::{DATE, as_date, checked};
use crate::law::fault::{FaultKind, Faults};
use crate::law::reader::{Faulty, Reader, Sink};
use crate::law::value::{Document, Value};

use super::Register;
use super::check::check;
use super::event::{FollowUpEvent, Happening};
use super::project::{Followed, Support, SupportLevel};

/// How an event is written.
#[derive(Clone, Copy)]
enum Word {
    Started,
    Stalled,
    Resumed,
    Delivered,
    Abandoned,
    CostChanged,
    ToppedUp,
    GaveBack,
}

const WORDS: &[(&str, Word)] = &[
    ("started", Word::Started),
    ("stalled", Word::Stalled),
    ("resumed", Word::Resumed),
    ("delivered", Word::Delivered),
    ("abandoned", Word::Abandoned),
    ("cost-changed", Word::CostChanged),
    ("topped-up", Word::ToppedUp),
    ("gave-back", Word::GaveBack),
];
const LEVELS: &[(&str, SupportLevel)] = &[
    ("none", SupportLevel::None),
    ("light", SupportLevel::Light),
    ("regular", SupportLevel::Regular),
    ("close", SupportLevel::Close),
];
const SUPPORT: &[&str] = &["{ needed = \"regular\", given = \"light\" }"];
const CAUSE: &[&str] = &["why, in words"];
const EVENT_KEYS: [&str; 5] = ["cause", "missing", "from", "to", "amount"];

impl Register {
    /// Reads a register in one pass.
    ///
    /// # Errors
    /// All faults, each with its path, such as `project[3].event[1].on`, and the allowed answers.
    pub fn read(document: &Document) -> Result<Register, Faults> {
        let sink = Sink::default();
        let register = read(Reader::new(String::new(), &document.keys, &sink));
        let faults = sink.into_faults();
        match register {
            Some(register) if faults.is_empty() => Ok(register),
            _ => Err(faults),
        }
    }
}

impl<'de> Deserialize<'de> for Register {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Register, D::Error> {
        let document = Document::deserialize(deserializer)?;
        Register::read(&document).map_err(de::Error::custom)
    }
}

fn read(reader: Reader<'_>) -> Option<Register> {
    let as_of = reader
        .require("as-of", &[DATE])
        .and_then(|value| as_date(&reader, "as-of", value));
    let projects: Option<Vec<Option<Followed>>> = reader
        .require("project", &["a table for each project that was voted"])
        .and_then(|value| reader.tables("project", value))
        .map(|tables| {
            let tables = tables.into_iter();
            tables.map(|table| table.and_then(read_project)).collect()
        });
    if let Some(projects) = &projects {
        // What could be read is checked even where something else could not.
        check(projects, as_of, &reader);
    }
    reader.close();
    Some(Register {
        as_of: as_of?,
        projects: projects?.into_iter().collect::<Option<_>>()?,
    })
}

fn read_project(reader: Reader<'_>) -> Option<Followed> {
    let text = |key: &'static str, what: &'static str| {
        let text = reader.text(key, &[what])?;
        checked(&reader, key, text, what)
    };
    let id = text("id", "the project's id");
    let edition = text("edition", "the edition in which it was voted");
    let (voted, awarded) = (reader.money("voted"), reader.money("awarded"));
    let grant = optional(&reader, "grant", |_| reader.optional_money("grant"));
    let deliver_by = optional(&reader, "deliver-by", |value| {
        as_date(&reader, "deliver-by", value)
    });
    let support = optional(&reader, "support", |value| read_support(&reader, value));
    let events = reader.value("event").map(|value| {
        let tables = reader.tables("event", value)?;
        let events: Vec<Option<FollowUpEvent>> = tables
            .into_iter()
            .map(|table| table.and_then(read_event))
            .collect();
        events.into_iter().collect::<Option<Vec<_>>>()
    });
    reader.close();
    Some(Followed {
        id: id?,
        edition: edition?,
        voted: voted?,
        awarded: awarded?,
        grant: grant.ok()?,
        deliver_by: deliver_by.ok()?,
        support: support.ok()?,
        events: events.unwrap_or_else(|| Some(Vec::new()))?,
    })
}

/// A value that may be absent.
fn optional<'a, T>(
    reader: &Reader<'a>,
    key: &'static str,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, Faulty> {
    match reader.value(key) {
        None => Ok(None),
        Some(value) => read(value).map(Some).ok_or(Faulty),
    }
}

fn read_support(reader: &Reader<'_>, value: &Value) -> Option<Support> {
    let table = reader.as_table("support", value, SUPPORT)?;
    let (needed, given) = (
        table.choice("needed", LEVELS),
        table.choice("given", LEVELS),
    );
    table.close();
    Some(Support {
        needed: needed?,
        given: given?,
    })
}

fn read_event(reader: Reader<'_>) -> Option<FollowUpEvent> {
    let word = reader.choice("what", WORDS);
    let on: Option<Date> = reader
        .require("on", &[DATE])
        .and_then(|value| as_date(&reader, "on", value));
    let source = reader.optional_text("source", &["where it is recorded"]);
    let what = if let Some(word) = word {
        read_happening(&reader, word)
    } else {
        // Which other keys belong here depends on the word: none of them is unknown.
        for key in EVENT_KEYS {
            reader.value(key);
        }
        None
    };
    reader.close();
    Some(FollowUpEvent {
        what: what?,
        on: on?,
        source: source.map(str::to_owned),
    })
}

fn read_happening(reader: &Reader<'_>, word: Word) -> Option<Happening> {
    let cause = || reader.text("cause", CAUSE).map(str::to_owned);
    match word {
        Word::Started => Some(Happening::Started),
        Word::Resumed => Some(Happening::Resumed),
        Word::Delivered => Some(Happening::Delivered),
        Word::Abandoned => cause().map(|cause| Happening::Abandoned { cause }),
        Word::Stalled => {
            let (cause, missing) = (cause(), reader.money("missing"));
            Some(Happening::Stalled {
                cause: cause?,
                missing: missing?,
            })
        }
        Word::CostChanged => {
            let (from, to, cause) = (reader.money("from"), reader.money("to"), cause());
            Some(Happening::CostChanged {
                from: from?,
                to: to?,
                cause: cause?,
            })
        }
        Word::ToppedUp => some_money(reader).map(|amount| Happening::ToppedUp { amount }),
        Word::GaveBack => some_money(reader).map(|amount| Happening::GaveBack { amount }),
    }
}

/// An amount that moved.
fn some_money(reader: &Reader<'_>) -> Option<Money> {
    reader.money("amount").filter(|amount| {
        if amount.is_zero() {
            let why = "nothing was given";
            let allowed = &["an amount above zero, such as \"500\""];
            reader.fault("amount", FaultKind::BadValue, allowed, why);
        }
        !amount.is_zero()
    })
}
