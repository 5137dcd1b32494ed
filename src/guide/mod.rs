//! The guide: for people who want to understand before they read code.
//!
//! 1. [First count](first_count): from a file to winners, and what the output says.
//! 2. [Rules](rules): what is decided how, and what must be chosen.
//! 3. [Ties and decisions](ties_and_decisions): what nobody can compute.
//! 4. [Regulations](regulation): a city's own rules as data.
//! 5. [The archive](archive): reading, checking and reproducing published elections.
//! 6. [Glossary](glossary): the field's terms, and the French of the regulations.

#[doc = include_str!("first_count.md")]
pub mod first_count {}

#[doc = include_str!("rules.md")]
pub mod rules {}

#[doc = include_str!("ties_and_decisions.md")]
pub mod ties_and_decisions {}

#[doc = include_str!("regulation.md")]
pub mod regulation {}

#[doc = include_str!("archive.md")]
pub mod archive {}

#[doc = include_str!("glossary.md")]
pub mod glossary {}
