//! What the regulation says of channels and blank ballots.

use std::fmt;

/// What a channel's votes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// They decide.
    Binding,
    /// They are counted and published, and decide nothing (Metz: opinions by internet).
    Consultative,
    /// They choose which projects are put to the vote (Barcelona, Madrid: supports).
    Preselection,
}

/// Do blank ballots count as ballots, in thresholds and purses? Cities differ, so there is no default. Either way they have their
/// own line in every account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blank {
    /// They are ballots that name nothing.
    Counts,
    /// They are received and left out.
    LeftOut,
}

/// How much the votes of each binding channel weigh together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mass {
    /// One person, one vote, by whatever channel.
    #[default]
    OnePersonOneVote,
    /// Every channel that has ballots weighs as much as every other (Amsterdam 2019): with N ballots that count in C
    /// channels, a ballot of a channel with n weighs N ÷ (C × n), so that all weigh N together. Where blank ballots count
    /// as ballots ([`Blank::Counts`]) they are in N and n, and take their share of the channel's mass with them; where
    /// they are left out, they are in neither. A channel without ballots has no mass.
    EqualPerChannel,
}

/// Among which of a voter's votes the one that counts is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Among {
    /// All of them, whatever they say: who votes twice has one vote, valid or not.
    #[default]
    All,
    /// The valid ones, if there are any: a blank or void vote does not replace a valid one.
    Valid,
}

impl Among {
    /// The choice that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Among> {
        match word {
            "all" => Some(Among::All),
            "valid" => Some(Among::Valid),
            _ => None,
        }
    }

    /// The word that names the choice.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Among::All => "all",
            Among::Valid => "valid",
        }
    }
}

impl Role {
    /// The role that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Role> {
        [Role::Binding, Role::Consultative, Role::Preselection]
            .into_iter()
            .find(|role| role.word() == word)
    }

    /// The word that names the role.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Role::Binding => "binding",
            Role::Consultative => "consultative",
            Role::Preselection => "preselection",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Mass {
    /// The mass that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Mass> {
        [Mass::OnePersonOneVote, Mass::EqualPerChannel]
            .into_iter()
            .find(|mass| mass.word() == word)
    }

    /// The word that names the mass.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Mass::OnePersonOneVote => "one-person-one-vote",
            Mass::EqualPerChannel => "equal-per-channel",
        }
    }
}

impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
