//! Typed indices: a project, an area or a distinct ballot of one election.

use std::fmt;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// It belongs to the election that gave it and means nothing elsewhere, so it cannot be built by
        /// hand or stored in a file: outside, use the external id.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index at a position; positions beyond `u32` saturate, the builders refuse them before.
            pub(crate) fn new(position: usize) -> $name {
                $name(u32::try_from(position).unwrap_or(u32::MAX))
            }

            /// The position in the election's list.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

index! {
    /// A project of one election: its place in the order of the ids' bytes.
    ProjectIx
}
index! {
    /// An area of one election: its place in the order of the ids' bytes.
    AreaIx
}
index! {
    /// A distinct ballot of one profile: its place in the order of the ballots' content.
    BallotIx
}

impl ProjectIx {
    /// The position as ballots store it.
    pub(super) const fn raw(self) -> u32 {
        self.0
    }
}

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdFault {
    Empty,
    TooLong,
    Invisible(char),
    OuterBlank,
}

/// The longest id, in bytes.
pub(crate) const LONGEST_ID: usize = 256;

/// Ids are byte-exact and must be visible: no control, zero-width or direction characters, and no
/// blanks around them, since two ids that look alike would be told apart by a computer only.
pub(crate) fn check_id(id: &str) -> Result<(), IdFault> {
    if id.is_empty() {
        return Err(IdFault::Empty);
    }
    if id.len() > LONGEST_ID {
        return Err(IdFault::TooLong);
    }
    if let Some(found) = id.chars().find(|&c| is_invisible(c)) {
        return Err(IdFault::Invisible(found));
    }
    if id.trim() == id {
        Ok(())
    } else {
        Err(IdFault::OuterBlank)
    }
}

/// Control characters and those that take no room or turn the direction of the text.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What an id looks like to a person: an equal key in the same place means that two ids can be taken for
/// each other.
///
/// Two keys, since shapes and cases can be confused in either order: `A` and Cyrillic `а` are alike in small
/// letters only, `O1` and `01` in capitals only.
pub(crate) fn looks(id: &str) -> [String; 2] {
    use unicode_normalization::UnicodeNormalization;
    let compatible: String = id.nfkc().collect();
    let folded: String = compatible.chars().flat_map(char::to_lowercase).collect();
    let shape = unicode_security::skeleton(&compatible)
        .flat_map(char::to_lowercase)
        .collect();
    [unicode_security::skeleton(&folded).collect(), shape]
}
