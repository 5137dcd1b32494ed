//! A fingerprint of what is counted, so that a later change of the input shows.

use std::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};

use super::document::ElectionDocument;
use super::election::Election;

/// The SHA-256 of an election's content: equal for the same projects, money and votes in whatever order or
/// file format they came, different if any of them changed.
///
/// **Definition.** SHA-256 of these UTF-8 lines, each ended by a line feed: `quartier-election/1`; the
/// election's JSON form with no ballots, no voters and no positions of projects; and for each distinct ballot, in the profile's order,
/// `COUNT;CLASS;MARKS`, where CLASS is the number of its voters' class and MARKS are `PROJECT:WEIGHT` separated
/// by commas, with the project's place in the JSON from 0 and the weight of [`super::Entry`]; and last the weight
/// and endowment of each class, `WEIGHT;ENDOWMENT`. Voter ids and attributes are left out: they are not counted.
///
/// Publish it before a lot is drawn, so that nobody can change the votes to suit the lot.
///
/// ```
/// use quartier::{Ballot, Election};
/// let election = |votes| Election::builder().budget(10).project(("a", 5)).ballots(Ballot::approval(["a"]), votes).build();
/// assert_eq!(election(3)?.digest(), election(3)?.digest());
/// assert_ne!(election(3)?.digest(), election(4)?.digest());
/// # Ok::<(), quartier::election::Problems>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElectionDigest([u8; 32]);

impl Election {
    /// The fingerprint of what is counted. Linear in the distinct ballots.
    #[must_use]
    pub fn digest(&self) -> ElectionDigest {
        let mut hasher = Sha256::new();
        hasher.update(b"quartier-election/1\n");
        // The document has string keys and no floats, so it always has a JSON form.
        hasher.update(
            serde_json::to_vec(&ElectionDocument::without_votes(self).without_positions())
                .unwrap_or_default(),
        );
        hasher.update(b"\n");
        let mut line = String::new();
        for ballot in self.profile().ballots() {
            line.clear();
            // Writing to a string cannot fail.
            let _ = write!(line, "{};{};", ballot.count(), ballot.class());
            for entry in ballot.entries() {
                let _ = write!(line, "{}:{},", entry.project.index(), entry.weight);
            }
            if line.ends_with(',') {
                line.pop();
            }
            line.push('\n');
            hasher.update(line.as_bytes());
        }
        for class in self.profile().classes() {
            hasher.update(format!("{};{}\n", class.weight, class.endowment).as_bytes());
        }
        ElectionDigest(hasher.finalize().into())
    }
}

impl ElectionDigest {
    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ElectionDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ElectionDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use crate::election::{Ballot, Election};

    #[test]
    fn the_documented_bytes_give_the_digest() {
        let election = Election::builder()
            .budget(10)
            .project(("b", 5))
            .project(("a", 6))
            .ballots(Ballot::approval(["b", "a"]), 3)
            .build()
            .unwrap();
        // printf 'quartier-election/1\n{"budget":"10",...}\n3;0;0:0,1:0\n1;1\n' | sha256sum
        let json = r#"{"budget":"10","zero-cost":"refused","look-alikes":"refused","limits":{},"projects":[{"id":"a","cost":"6"},{"id":"b","cost":"5"}],"kind":"approval","ballots":[]}"#;
        let bytes = format!("quartier-election/1\n{json}\n3;0;0:0,1:0\n1;1\n");
        let expected: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(bytes.as_bytes()).into();
        assert_eq!(election.digest().bytes(), &expected);
    }
}
