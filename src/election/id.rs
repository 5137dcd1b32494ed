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
    if id.is_ascii() {
        return looks_of_ascii(id);
    }
    looks_of_any(id)
}

/// The same for ids of plain letters and digits, which nearly all are: the shape of each character is looked up.
fn looks_of_ascii(id: &str) -> [String; 2] {
    static SHAPES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let shape = |byte: u8| {
            unicode_security::skeleton(char::from(byte).encode_utf8(&mut [0; 4])).collect()
        };
        (0..128).map(shape).collect()
    });
    let shape = |byte: u8| SHAPES.get(usize::from(byte)).map_or("", String::as_str);
    let folded = id
        .bytes()
        .map(|byte| shape(byte.to_ascii_lowercase()))
        .collect();
    let shaped: String = id.bytes().map(shape).collect();
    [
        folded,
        shaped.chars().flat_map(char::to_lowercase).collect(),
    ]
}

fn looks_of_any(id: &str) -> [String; 2] {
    use unicode_normalization::UnicodeNormalization;
    let compatible: String = id.nfkc().collect();
    let folded: String = compatible.chars().flat_map(char::to_lowercase).collect();
    let shape = unicode_security::skeleton(&compatible)
        .flat_map(char::to_lowercase)
        .collect();
    [unicode_security::skeleton(&folded).collect(), shape]
}

#[cfg(test)]
mod tests {
    use super::{looks_of_any, looks_of_ascii};

    #[test]
    fn plain_ids_look_the_same_by_both_ways() {
        for a in 0..128_u8 {
            for b in 0..128_u8 {
                let id: String = [a, b, b'1', b'O'].map(char::from).iter().collect();
                assert_eq!(looks_of_ascii(&id), looks_of_any(&id), "{id:?}");
            }
        }
        let mut state = 7_u64;
        for length in 0..200 {
            let mut id = String::new();
            for _ in 0..length {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                id.push(char::from(u8::try_from(state >> 57).unwrap()));
            }
            assert_eq!(looks_of_ascii(&id), looks_of_any(&id), "{id:?}");
        }
    }
}
