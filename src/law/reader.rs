//! Reading a table: every key is asked for by name, every fault is noted with its path.

use std::cell::RefCell;

use crate::election::Money;

use super::fault::{Fault, FaultKind, Faults};
use super::share::Share;
use super::value::Value;

/// Where faults are collected.
#[derive(Debug, Default)]
pub(super) struct Sink(RefCell<Vec<Fault>>);

impl Sink {
    pub(super) fn push(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    pub(super) fn into_faults(self) -> Faults {
        Faults::new(self.0.into_inner())
    }
}

/// A value that is not what it should be; the fault has been noted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Faulty;

/// What an amount looks like, for messages.
pub(super) const AMOUNT: &str = "an amount in quotes, such as \"80000\"";
/// What a share looks like, for messages.
pub(super) const SHARE: &str = "a percentage in quotes, such as \"5%\" or \"2.5%\"";
/// What a number looks like, for messages.
const NUMBER: &str = "a whole number without quotes, such as 3";
const NUMBER_FROM_1: &str = "a whole number from 1 without quotes, such as 3";

/// One table of the document and the keys that were asked for.
pub(super) struct Reader<'a> {
    path: String,
    keys: &'a [(String, Value)],
    asked: RefCell<Vec<&'static str>>,
    sink: &'a Sink,
}

impl<'a> Reader<'a> {
    pub(super) fn new(path: String, keys: &'a [(String, Value)], sink: &'a Sink) -> Reader<'a> {
        Reader {
            path,
            keys,
            asked: RefCell::default(),
            sink,
        }
    }

    pub(super) fn sink(&self) -> &'a Sink {
        self.sink
    }

    /// The path of a key of this table.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Notes a fault at a key.
    pub(super) fn fault(&self, key: &str, kind: FaultKind, allowed: &[&str], why: &str) {
        self.sink
            .push(Fault::new(self.at(key), kind).allowed(allowed).why(why));
    }

    /// The value of a key, if it was written.
    pub(super) fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key);
        self.keys
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// The value of a key that must be written.
    pub(super) fn require(&self, key: &'static str, allowed: &[&str]) -> Option<&'a Value> {
        let value = self.value(key);
        if value.is_none() {
            self.fault(key, FaultKind::MissingChoice, allowed, "");
        }
        value
    }

    pub(super) fn wrong_type(&self, key: &str, value: &Value, allowed: &[&str]) {
        let why = format!("found {}", value.what());
        self.fault(key, FaultKind::WrongType, allowed, &why);
    }

    /// A text that must be written, whatever it says; not blank.
    pub(super) fn text(&self, key: &'static str, allowed: &[&str]) -> Option<&'a str> {
        let value = self.require(key, allowed)?;
        self.as_text(key, value, allowed)
    }

    pub(super) fn optional_text(&self, key: &'static str, allowed: &[&str]) -> Option<&'a str> {
        let value = self.value(key)?;
        self.as_text(key, value, allowed)
    }

    pub(super) fn as_text(&self, key: &str, value: &'a Value, allowed: &[&str]) -> Option<&'a str> {
        match value {
            Value::Text(text) if text.trim().is_empty() => {
                self.fault(key, FaultKind::BadValue, allowed, "it is blank");
                None
            }
            Value::Text(text) => Some(text),
            other => {
                self.wrong_type(key, other, allowed);
                None
            }
        }
    }

    /// One of several words that must be written.
    pub(super) fn choice<T: Clone>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let allowed: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
        let text = self.text(key, &allowed)?;
        self.word(key, text, words)
    }

    pub(super) fn optional_choice<T: Clone>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let allowed: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
        let text = self.optional_text(key, &allowed)?;
        self.word(key, text, words)
    }

    pub(super) fn word<T: Clone>(
        &self,
        key: &str,
        text: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let allowed: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
            self.bad_value(key, text, &allowed);
        }
        found.map(|(_, value)| value.clone())
    }

    pub(super) fn bad_value(&self, key: &str, found: &str, allowed: &[&str]) {
        let short: String = found.chars().take(60).collect();
        self.fault(
            key,
            FaultKind::BadValue,
            allowed,
            &format!("found `{short}`"),
        );
    }

    /// An amount that must be written, not negative.
    pub(super) fn money(&self, key: &'static str) -> Option<Money> {
        let value = self.require(key, &[AMOUNT])?;
        self.as_money(key, value)
    }

    pub(super) fn optional_money(&self, key: &'static str) -> Option<Money> {
        let value = self.value(key)?;
        self.as_money(key, value)
    }

    pub(super) fn as_money(&self, key: &str, value: &'a Value) -> Option<Money> {
        let text = self.as_text(key, value, &[AMOUNT])?;
        match text.parse() {
            Ok(amount) => Some(amount),
            Err(error) => {
                let error: crate::election::MoneyError = error;
                self.fault(key, FaultKind::BadValue, &[AMOUNT], &error.to_string());
                None
            }
        }
    }

    /// A share that must be written.
    pub(super) fn share(&self, key: &'static str) -> Option<Share> {
        let text = self.text(key, &[SHARE])?;
        self.as_share(key, text)
    }

    pub(super) fn as_share(&self, key: &str, text: &str) -> Option<Share> {
        let share = text.parse().ok();
        if share.is_none() {
            self.bad_value(key, text, &[SHARE]);
        }
        share
    }

    /// A number from 1 that must be written.
    pub(super) fn number(&self, key: &'static str) -> Option<u32> {
        let value = self.require(key, &[NUMBER_FROM_1])?;
        self.as_number(key, value, 1)
    }

    pub(super) fn as_number(&self, key: &str, value: &Value, least: u32) -> Option<u32> {
        let allowed = [if least == 0 { NUMBER } else { NUMBER_FROM_1 }];
        let Value::Integer(number) = value else {
            self.wrong_type(key, value, &allowed);
            return None;
        };
        let number = u32::try_from(*number)
            .ok()
            .filter(|&number| number >= least);
        if number.is_none() {
            self.fault(key, FaultKind::BadValue, &allowed, "out of range");
        }
        number
    }

    /// The texts of a list.
    pub(super) fn texts(
        &self,
        key: &'static str,
        value: &'a Value,
        allowed: &[&str],
    ) -> Option<Vec<&'a str>> {
        let Value::List(list) = value else {
            self.wrong_type(key, value, allowed);
            return None;
        };
        let mut texts: Vec<&str> = Vec::new();
        let mut complete = true;
        for (at, item) in list.iter().enumerate() {
            let place = format!("{key}[{at}]");
            match self.as_text(&place, item, allowed) {
                Some(text) if texts.contains(&text) => {
                    self.fault(&place, FaultKind::DuplicateId, &[], "it is listed before");
                    complete = false;
                }
                Some(text) => texts.push(text),
                None => complete = false,
            }
        }
        complete.then_some(texts)
    }

    /// A table that must be written.
    pub(super) fn table(&self, key: &'static str, allowed: &[&str]) -> Option<Reader<'a>> {
        let value = self.require(key, allowed)?;
        self.as_table(key, value, allowed)
    }

    pub(super) fn as_table(
        &self,
        key: &str,
        value: &'a Value,
        allowed: &[&str],
    ) -> Option<Reader<'a>> {
        match value {
            Value::Table(keys) => Some(Reader::new(self.at(key), keys, self.sink)),
            other => {
                self.wrong_type(key, other, allowed);
                None
            }
        }
    }

    /// The tables of a list, `None` in the place of what is no table; outer `None` if it is no list.
    pub(super) fn tables(
        &self,
        key: &'static str,
        value: &'a Value,
    ) -> Option<Vec<Option<Reader<'a>>>> {
        const ALLOWED: &[&str] = &["a list of tables"];
        let Value::List(list) = value else {
            self.wrong_type(key, value, ALLOWED);
            return None;
        };
        let tables = list
            .iter()
            .enumerate()
            .map(|(at, item)| self.as_table(&format!("{key}[{at}]"), item, ALLOWED));
        Some(tables.collect())
    }

    /// Notes every key that was written and never asked for.
    pub(super) fn close(self) {
        let asked = self.asked.borrow();
        let mut known: Vec<&str> = asked.clone();
        known.sort_unstable();
        known.dedup();
        for (key, _) in self.keys {
            if !asked.contains(&key.as_str()) {
                self.fault(key, FaultKind::UnknownKey, &known, "");
            }
        }
    }
}
