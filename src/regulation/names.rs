//! The texts that a law may hold: rules, tie chains and scores of this version.

use crate::law::Vocabulary;
use crate::record::TieChain;
use crate::rules::Plan;
use crate::tally::Score;

/// What this version knows.
pub(super) struct Catalogue;

impl Vocabulary for Catalogue {
    fn rule(&self, text: &str) -> Result<(), String> {
        text.parse::<Plan>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    fn ties(&self, text: &str) -> Result<(), String> {
        text.parse::<TieChain>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    fn score(&self, text: &str) -> Result<(), String> {
        text.parse::<Score>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}
