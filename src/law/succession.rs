//! One edition after another: the next edition's document from this one's.

use crate::election::Money;

use super::value::{Document, Value};

impl Document {
    /// The same regulation for the edition after this one, with what this one carried over.
    ///
    /// It sets `edition` and `envelope.carried-in`, and counts one edition more where the voted amount is a geometric
    /// ramp (`envelope.voted.editions-before`); a schedule has the next edition's amount already. Everything else stays as
    /// it was written, days of a calendar included: whoever uses a calendar writes the new days.
    ///
    /// Nothing is checked here: [`check`](Document::check) finds what does not fit, such as a schedule that has no amount
    /// for the edition.
    ///
    /// ```
    /// use quartier::election::{Ballot, Election};
    /// use quartier::law::Document;
    /// use quartier::regulation::Regulation;
    /// let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
    /// let document: Document = toml::from_str(text)?;
    /// let next = document.next_edition("2019", "25000".parse()?);
    /// let law = Regulation::read(&next)?.law().clone();
    /// assert_eq!((law.edition.as_str(), law.envelope.carried_in.to_string().as_str()), ("2019", "25000"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_edition(&self, edition: &str, carried_in: Money) -> Document {
        let mut keys = self.keys.clone();
        set(&mut keys, "edition", Value::Text(edition.to_owned()));
        let envelope = keys.iter_mut().find(|(key, _)| key == "envelope");
        if let Some((_, Value::Table(envelope))) = envelope {
            set(envelope, "carried-in", Value::Text(carried_in.to_string()));
            let voted = envelope.iter_mut().find(|(key, _)| key == "voted");
            if let Some((_, Value::Table(ramp))) = voted {
                count_one_more(ramp);
            }
        }
        Document::new(keys)
    }
}

/// A ramp has one edition more behind it.
fn count_one_more(ramp: &mut [(String, Value)]) {
    for (key, value) in ramp {
        if let ("editions-before", Value::Integer(before)) = (key.as_str(), value) {
            *before = before.saturating_add(1);
        }
    }
}

fn set(keys: &mut Vec<(String, Value)>, key: &str, value: Value) {
    match keys.iter_mut().find(|(known, _)| known == key) {
        Some((_, old)) => *old = value,
        None => keys.push((key.to_owned(), value)),
    }
}
