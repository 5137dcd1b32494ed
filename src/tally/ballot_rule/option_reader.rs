//! Takes options by their keys and collects all that is wrong with them.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::options::{OptionFault, OptionFaults};

/// Options by key, with the faults that were found so far.
#[derive(Debug, Default)]
pub(super) struct OptionReader {
    values: BTreeMap<String, String>,
    faults: Vec<OptionFault>,
}

impl OptionReader {
    pub(super) fn new(options: impl IntoIterator<Item = (String, String)>) -> OptionReader {
        let mut reader = OptionReader::default();
        for (key, value) in options {
            if reader.values.insert(key.clone(), value).is_some() {
                reader.faults.push(OptionFault::Repeated { path: key });
            }
        }
        reader
    }

    /// Takes a value; `None` if it is not there.
    pub(super) fn take(&mut self, key: &str) -> Option<String> {
        self.values.remove(key)
    }

    /// Takes a value that must be there.
    pub(super) fn require(&mut self, key: &str, allowed: &str) -> Option<String> {
        let value = self.take(key);
        if value.is_none() {
            self.fault(OptionFault::Missing {
                path: key.to_owned(),
                allowed: allowed.to_owned(),
            });
        }
        value
    }

    /// Takes and reads a value that must be there.
    pub(super) fn require_as<T>(
        &mut self,
        key: &str,
        allowed: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.require(key, allowed)?;
        self.read(key, &value, allowed, read)
    }

    /// Takes and reads a value that may be missing.
    pub(super) fn take_as<T>(
        &mut self,
        key: &str,
        allowed: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        self.read(key, &value, allowed, read)
    }

    /// Takes and parses a value that may be missing.
    pub(super) fn parse<T: FromStr>(&mut self, key: &str, allowed: &str) -> Option<T> {
        self.take_as(key, allowed, |text| text.parse().ok())
    }

    /// Reads a value that was taken.
    pub(super) fn read<T>(
        &mut self,
        key: &str,
        value: &str,
        allowed: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let read = read(value);
        if read.is_none() {
            self.fault(OptionFault::BadValue {
                path: key.to_owned(),
                found: value.chars().take(60).collect(),
                allowed: allowed.to_owned(),
            });
        }
        read
    }

    /// The keys that begin so and are left, without the beginning.
    pub(super) fn left_under(&self, prefix: &str) -> Vec<String> {
        let under = self
            .values
            .keys()
            .filter_map(|key| key.strip_prefix(prefix));
        under.map(str::to_owned).collect()
    }

    /// All keys that are left.
    pub(super) fn left(&self) -> Vec<String> {
        self.values.keys().cloned().collect()
    }

    pub(super) fn fault(&mut self, fault: OptionFault) {
        self.faults.push(fault);
    }

    /// What was built, if nothing is wrong and nothing is left over.
    pub(super) fn finish<T>(mut self, built: Option<T>, known: &str) -> Result<T, OptionFaults> {
        for path in self.left() {
            self.faults.push(OptionFault::Unknown {
                path,
                allowed: known.to_owned(),
            });
        }
        match built {
            Some(built) if self.faults.is_empty() => Ok(built),
            _ => Err(OptionFaults::new(self.faults)),
        }
    }
}
