//! What several of these tests need.

use quartier::pabulib::{Document, ReadOptions, read, write};

pub(crate) fn strict(text: &str) -> Document {
    read(text, &ReadOptions::strict()).unwrap_or_else(|refused| panic!("{refused}"))
}

pub(crate) fn lenient(text: &str) -> Document {
    read(text, &ReadOptions::lenient()).unwrap_or_else(|refused| panic!("{refused}"))
}

pub(crate) fn round_trip(text: &str) {
    let first = lenient(text);
    let written = write(&first);
    let second = lenient(&written);
    assert_eq!(first.election(), second.election());
    assert_eq!(first.meta(), second.meta());
    assert_eq!(first.projects(), second.projects());
    assert_eq!(first.vote_header(), second.vote_header());
    assert_eq!(first.selected(), second.selected());
    assert_eq!(write(&second), written);
}
