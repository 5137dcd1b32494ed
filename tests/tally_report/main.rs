//! Control totals, anomalies, uniqueness, pseudonyms, and turnout and result by channel and quartier.

mod attributes;
mod breakdown;
mod configuration;
mod helpers;
mod incidents;
mod invariance;
mod manifest;
mod pseudonyms;
mod sequences;
mod stations;
mod uniqueness;
mod voters;
