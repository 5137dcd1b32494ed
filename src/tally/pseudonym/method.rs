//! The word for a method in a city's configuration, and why most words are refused.

use std::fmt;
use std::str::FromStr;

/// How ids become pseudonyms. There is one way: `hmac-sha256`, see [`PseudonymKey`](crate::tally::PseudonymKey).
///
/// Configurations name it all the same, so that a city which believes its salted hashes to be anonymous is told
/// that they are not:
///
/// ```
/// use quartier::tally::PseudonymMethod;
/// assert_eq!("hmac-sha256".parse(), Ok(PseudonymMethod::HmacSha256));
/// let error = "salted-sha256".parse::<PseudonymMethod>().map_err(|error| error.to_string());
/// assert!(error.is_err_and(|why| why.contains("try them all") && why.ends_with("use hmac-sha256")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PseudonymMethod {
    /// HMAC-SHA-256 with a secret key, cut to 128 bits.
    HmacSha256,
}

/// A method that does not make pseudonyms.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PseudonymMethodError {
    /// The ids stay readable.
    #[error("`{found}` leaves the ids readable by anybody: use hmac-sha256")]
    Readable {
        /// The word.
        found: String,
    },
    /// A digest without a secret.
    #[error(
        "`{found}` can be turned back: there are so few ids (dates, national numbers, phones) that anybody can try them all, since nothing in it is secret; use hmac-sha256"
    )]
    Plain {
        /// The word.
        found: String,
    },
    /// A digest with a salt that is published or stands in the file.
    #[error(
        "`{found}` can be turned back: whoever has the file has the salt and can try them all; and with a salt for each row, one voter's two votes no longer meet; use hmac-sha256"
    )]
    Salted {
        /// The word.
        found: String,
    },
    /// A slow digest for passwords.
    #[error(
        "`{found}` is made for passwords: it is slower to turn back, but ids are so few that anybody can try them all, and its salts keep one voter's two votes from meeting; use hmac-sha256"
    )]
    Password {
        /// The word.
        found: String,
    },
    /// A keyed digest other than the one that is offered, or a word that is not known.
    #[error("`{found}` is not a method for pseudonyms: use hmac-sha256")]
    Unknown {
        /// The word, shortened.
        found: String,
    },
}

const READABLE: [&str; 12] = [
    "none",
    "plain",
    "plaintext",
    "clear",
    "identity",
    "base64",
    "base32",
    "hex",
    "rot13",
    "mask",
    "truncate",
    "",
];
const PASSWORD: [&str; 8] = [
    "bcrypt", "scrypt", "argon2", "argon2i", "argon2d", "argon2id", "pbkdf2", "yescrypt",
];
/// What the names of digests without a key begin with.
const PLAIN: [&str; 14] = [
    "sha",
    "md2",
    "md4",
    "md5",
    "blake",
    "ripemd",
    "whirlpool",
    "keccak",
    "crc",
    "adler",
    "fnv",
    "murmur",
    "xxh",
    "hash",
];

impl FromStr for PseudonymMethod {
    type Err = PseudonymMethodError;

    /// Reads `hmac-sha256`, exactly so.
    fn from_str(text: &str) -> Result<PseudonymMethod, PseudonymMethodError> {
        if text == "hmac-sha256" {
            return Ok(PseudonymMethod::HmacSha256);
        }
        let word = text.trim().to_lowercase();
        let found = text.chars().take(40).flat_map(char::escape_debug).collect();
        Err(if READABLE.contains(&word.as_str()) {
            PseudonymMethodError::Readable { found }
        } else if word.contains("salt") {
            PseudonymMethodError::Salted { found }
        } else if PASSWORD.iter().any(|name| word.starts_with(name)) {
            PseudonymMethodError::Password { found }
        } else if PLAIN.iter().any(|name| word.starts_with(name)) {
            PseudonymMethodError::Plain { found }
        } else {
            PseudonymMethodError::Unknown { found }
        })
    }
}

impl fmt::Display for PseudonymMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PseudonymMethod::HmacSha256 => f.write_str("hmac-sha256"),
        }
    }
}
