//! JSON objects with everything that was written in them: a key that occurs twice is not overwritten.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The keys of an object and their values, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Object(pub(super) Vec<(String, Raw)>);

/// A value of a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Text(String),
    Whole(u64),
    Truth(bool),
    Nothing,
    Object(Vec<(String, Value)>),
    /// Anything else, by its name.
    Other(&'static str),
}

impl Raw {
    /// What it is, for a message.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Raw::Text(_) => "a text",
            Raw::Whole(_) => "a number",
            Raw::Truth(_) => "true or false",
            Raw::Nothing => "null",
            Raw::Object(_) => "an object",
            Raw::Other(name) => name,
        }
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the keys of a vote")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
                Ok(Raw::Whole(number))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Other("a negative number"))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Other("a number with decimals or an exponent"))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Raw, E> {
                Ok(Raw::Truth(truth))
            }

            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Nothing)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Raw::Other("an array"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Object(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// The texts of the elements of an array that is known to be good JSON.
pub(super) fn elements(array: &str) -> Vec<&str> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, byte) in array.bytes().enumerate() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' | b'{' => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            b',' if depth == 1 => {
                found.extend(array.get(start..at));
                start = at + 1;
            }
            b']' | b'}' => {
                if depth == 1 {
                    found.extend(array.get(start..at));
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    // `[]` has one piece between its brackets and no element.
    found.retain(|element| !element.trim().is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_cut_outside_of_texts_only() {
        let array = r#" [ {"a":"],\"{"} , [1,2],"\\", 3 ] "#;
        let cut: Vec<&str> = elements(array).into_iter().map(str::trim).collect();
        assert_eq!(cut, [r#"{"a":"],\"{"}"#, "[1,2]", r#""\\""#, "3"]);
        assert!(elements("[ ]").is_empty());
    }

    #[test]
    fn a_repeated_key_is_kept_twice() {
        let object: Object = serde_json::from_str(r#"{"vote":"1","vote":"2"}"#).unwrap();
        assert_eq!(object.0.len(), 2);
    }
}
