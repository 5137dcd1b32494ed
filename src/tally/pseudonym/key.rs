//! The secret key of an edition, and what it makes of a voter's id.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::tally::CastVote;

/// Written before every id, so that a pseudonym can be taken for nothing else made with the same key.
const ID_DOMAIN: &[u8] = b"quartier-pseudonym/1\n";
/// Written before the key in its commitment.
const KEY_DOMAIN: &[u8] = b"quartier-pseudonym-key/1\n";

/// The secret with which an edition's voter ids become pseudonyms.
///
/// A voter's id (a national number, a birth date with a name, a phone) can be guessed: there are so few of them that
/// anybody can try all. Only a secret keeps a published pseudonym from being turned back. So the pseudonym is a
/// *keyed* digest, and whoever has the key must guard it: the city and a second custodian, until the time for appeals
/// is over; then it is destroyed, and nobody can turn a pseudonym back any more.
///
/// **One key for all channels**: the voter who votes by internet and on paper gets the same pseudonym twice, so that
/// the two votes meet. A new key for each edition, so that nobody can be followed from year to year.
///
/// **Definition.** The pseudonym of an id is the first 16 bytes of HMAC-SHA-256 (RFC 2104, FIPS 198-1) with the key,
/// of the bytes `quartier-pseudonym/1`, a line feed, and the id. The id is taken byte for byte: `AB12` and `ab12`,
/// or an accent written in two ways, are two voters. Bring ids to one form before, and look for those that are
/// alike ([`look_alike_ids`](crate::tally::look_alike_ids)): afterwards nobody can see it.
///
/// The key cannot be printed, cloned or read back, and what is kept of it is overwritten when it is dropped. The
/// bytes that it was made from are the caller's to destroy. Other columns that tell who somebody is (phone, address,
/// exact time) are not touched.
///
/// Two different ids share a pseudonym with probability below n²/2¹²⁹ among n voters: for ten million voters, 10⁻²⁴.
///
/// ```
/// use quartier::tally::{CastVote, Content, PseudonymKey};
/// // In a city: 32 bytes from the operating system's random source.
/// let key = PseudonymKey::from_bytes(b"an example of 32 bytes, not used")?;
/// let web = key.pseudonym("1984-05-17 Weber");
/// assert_eq!(web, key.pseudonym("1984-05-17 Weber"));
/// assert_eq!(key.pseudonym(""), None, "an anonymous ballot stays anonymous");
///
/// let (mut buffer, mut vote) = (String::new(), CastVote::new(Content::Text("12,7")));
/// vote.voter = "1984-05-17 Weber";
/// let vote = key.disguise(vote, &mut buffer);
/// assert_eq!(vote.voter, web.map(|web| web.to_string()).unwrap_or_default());
/// assert_eq!(format!("{key:?}"), "PseudonymKey(secret)");
/// # Ok::<(), quartier::tally::PseudonymKeyError>(())
/// ```
pub struct PseudonymKey {
    keyed: Hmac<Sha256>,
    commitment: KeyCommitment,
}

/// Bytes that cannot be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PseudonymKeyError {
    /// Fewer than 32 bytes.
    #[error(
        "the key has {length} bytes: give at least 32 from a random source, a password or a name can be guessed"
    )]
    TooShort {
        /// How many bytes were given.
        length: usize,
    },
    /// All bytes are the same, as in a key that was never set.
    #[error(
        "all bytes of the key are the same: it was never set; give at least 32 from a random source"
    )]
    AllEqual,
}

/// What a voter is called instead of by the id: 128 bits, printed as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym([u8; 16]);

/// What can be published of a key before the vote: it binds the city to the key and tells nothing of it.
///
/// **Definition.** SHA-256 of the bytes `quartier-pseudonym-key/1`, a line feed, and the key; printed as 64
/// hexadecimal digits. An auditor who is shown the key compares it with what was published. It hides a random key
/// only: one that can be guessed can be found from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyCommitment([u8; 32]);

impl PseudonymKey {
    /// The fewest bytes that a key may have.
    pub const SHORTEST: usize = 32;

    /// A key from random bytes.
    ///
    /// # Errors
    /// [`PseudonymKeyError`] for fewer than 32 bytes, or if all bytes are the same. Whether they are random, nobody
    /// can see from them.
    pub fn from_bytes(key: &[u8]) -> Result<PseudonymKey, PseudonymKeyError> {
        let too_short = PseudonymKeyError::TooShort { length: key.len() };
        if key.len() < PseudonymKey::SHORTEST {
            return Err(too_short);
        }
        if key.windows(2).all(|pair| pair.first() == pair.last()) {
            return Err(PseudonymKeyError::AllEqual);
        }
        // HMAC takes keys of any length, so this does not fail.
        let keyed = Hmac::new_from_slice(key).map_err(|_| too_short)?;
        let commitment = Sha256::new().chain_update(KEY_DOMAIN).chain_update(key);
        Ok(PseudonymKey {
            keyed,
            commitment: KeyCommitment(commitment.finalize().into()),
        })
    }

    /// The pseudonym of a voter's id; `None` for the empty id of an anonymous ballot, which has none.
    ///
    /// Two blocks of SHA-256 for an id of up to 34 bytes; the key's own two were done once.
    #[must_use]
    pub fn pseudonym(&self, id: &str) -> Option<Pseudonym> {
        if id.is_empty() {
            return None;
        }
        let digest = digest(&self.keyed, &[ID_DOMAIN, id.as_bytes()]);
        let (first, _) = digest.split_first_chunk::<16>()?;
        Some(Pseudonym(*first))
    }

    /// The same vote under the voter's pseudonym, written into `buffer`: for a reader that hands votes on to an
    /// [`Intake`](crate::tally::Intake), which then never sees an id. An anonymous vote stays as it is.
    #[must_use]
    pub fn disguise<'a>(&self, vote: CastVote<'a>, buffer: &'a mut String) -> CastVote<'a> {
        let Some(pseudonym) = self.pseudonym(vote.voter) else {
            return vote;
        };
        buffer.clear();
        pseudonym.push_to(buffer);
        CastVote {
            voter: buffer,
            ..vote
        }
    }

    /// What can be published of the key.
    #[must_use]
    pub const fn commitment(&self) -> KeyCommitment {
        self.commitment
    }
}

/// HMAC-SHA-256 of several pieces, one after another.
fn digest(keyed: &Hmac<Sha256>, pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed.clone();
    for piece in pieces {
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

fn hex(bytes: &[u8], mut each: impl FnMut(char)) {
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            each(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
}

impl Pseudonym {
    /// The 16 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Appends the 32 hexadecimal digits to a text.
    pub fn push_to(&self, text: &mut String) {
        hex(&self.0, |digit| text.push(digit));
    }
}

impl KeyCommitment {
    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PseudonymKey(secret)")
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(32);
        self.push_to(&mut text);
        f.pad(&text)
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Pseudonym {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for KeyCommitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(64);
        hex(&self.0, |digit| text.push(digit));
        f.pad(&text)
    }
}

impl fmt::Debug for KeyCommitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for KeyCommitment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, section 4: HMAC-SHA-256 of test cases 1 to 4, 6 and 7, and the truncated one of case 5.
    #[test]
    fn rfc_4231() {
        let counting: Vec<u8> = (1..=25).collect();
        let long = [0xaa_u8; 131];
        let cases: [(&[u8], &[u8], &str); 7] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &counting,
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0x0c; 20],
                b"Test With Truncation",
                "a3b6167473100ee06e0c796c2955552b",
            ),
            (
                &long,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &long,
                b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, data, expected) in cases {
            let keyed = Hmac::<Sha256>::new_from_slice(key).unwrap();
            let (mut whole, mut parted) = (String::new(), String::new());
            hex(&digest(&keyed, &[data]), |digit| whole.push(digit));
            let (front, back) = data.split_at(data.len() / 2);
            hex(&digest(&keyed, &[front, back]), |digit| parted.push(digit));
            assert!(whole.starts_with(expected), "{whole} for {expected}");
            assert_eq!(whole, parted);
        }
    }
}
