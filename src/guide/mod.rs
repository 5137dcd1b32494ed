//! The guide: for people who want to understand before they read code.
//!
//! 1. [First count](first_count): from a file to winners, and what the output says.
//! 2. [Tally](tally): from cast votes to ballots that count, with every vote accounted for.
//! 3. [Rules](rules): what is decided how, and what must be chosen.
//! 4. [Ties and decisions](ties_and_decisions): what nobody can compute.
//! 5. [Regulations](regulation): a city's own rules as data.
//! 6. [Required choices](required_choices): every key that a regulation must have, as one list.
//! 7. [The archive](archive): reading, checking and reproducing published elections.
//! 8. [Glossary](glossary): the field's terms, and the French of the regulations.

#[doc = include_str!("first_count.md")]
pub mod first_count {}

#[doc = include_str!("tally.md")]
pub mod tally {}

#[doc = include_str!("rules.md")]
pub mod rules {}

#[doc = include_str!("ties_and_decisions.md")]
pub mod ties_and_decisions {}

#[doc = include_str!("regulation.md")]
pub mod regulation {}

#[doc = include_str!("required_choices.md")]
pub mod required_choices {}

#[doc = include_str!("archive.md")]
pub mod archive {}

#[doc = include_str!("glossary.md")]
pub mod glossary {}
