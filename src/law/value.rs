//! What was written, before anything is understood.

use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How deep tables and lists may stand in one another.
const DEEPEST: usize = 16;

/// A value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A table, its keys in the order in which they were written.
    Table(Vec<(String, Value)>),
    /// Something that no key of a regulation takes: nothing, a number with decimals or beyond 64 bits, bytes.
    Other(&'static str),
}

impl Value {
    /// What it is, for messages.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Value::Flag(_) => "true or false",
            Value::Integer(_) => "a number without quotes",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(what) => what,
        }
    }
}

/// A regulation as it was written: a table of which nothing is understood yet, unknown keys kept.
///
/// It reads from any self-describing serde format. What is no table at all is an error of that format's reader;
/// everything else is found by [`Document::check`](super::Document::check).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) keys: Vec<(String, Value)>,
}

impl Document {
    /// A document with these keys.
    #[must_use]
    pub fn new(keys: Vec<(String, Value)>) -> Document {
        Document { keys }
    }

    /// What was written, in order.
    #[must_use]
    pub fn keys(&self) -> &[(String, Value)] {
        &self.keys
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        match deserializer.deserialize_map(Reading { depth: 0 })? {
            Value::Table(keys) => Ok(Document { keys }),
            other => Err(de::Error::custom(format!(
                "a regulation is a table, and this is {}",
                other.what()
            ))),
        }
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.keys.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(list) => serializer.collect_seq(list),
            Value::Table(keys) => {
                serializer.collect_map(keys.iter().map(|(key, value)| (key, value)))
            }
            Value::Other(_) => serializer.serialize_none(),
        }
    }
}

/// Reads one value that stands so deep in the document.
#[derive(Clone, Copy)]
struct Reading {
    depth: usize,
}

impl Reading {
    fn deeper<E: de::Error>(self) -> Result<Reading, E> {
        if self.depth == DEEPEST {
            return Err(E::custom(format!(
                "tables and lists stand more than {DEEPEST} deep: no regulation needs that"
            )));
        }
        Ok(Reading {
            depth: self.depth + 1,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Reading {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, true or false, a list or a table")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::Other("a number beyond 64 bits"), Value::Integer))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number with decimals and without quotes"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<Value, E> {
        Ok(Value::Other("bytes"))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Other("nothing"))
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Other("nothing"))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.deeper()?)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut keys: Vec<(String, Value)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if keys.iter().any(|(known, _)| *known == key) {
                return Err(de::Error::custom(format!("key `{key}` is written twice")));
            }
            let value = map.next_value_seed(self.deeper()?)?;
            keys.push((key, value));
        }
        Ok(Value::Table(keys))
    }
}
