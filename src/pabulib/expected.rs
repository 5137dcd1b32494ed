//! What a file should be: the control totals that were announced before it came.

use std::fmt;

use sha2::{Digest, Sha256};

use super::document::Document;

/// What is known of a file before it is read, so that a wrong, old or incomplete one shows.
///
/// A file can be perfectly formed and still be last year's, a test, or one polling station short. Whoever
/// publishes it says beforehand what it must be; nothing that was not said is checked.
///
/// ```
/// use quartier::pabulib::{Expected, ReadOptions, read};
/// let text = "META\nkey;value\ninstance;2026\nnum_projects;1\nnum_votes;1\nbudget;100\nvote_type;approval\n\
///             PROJECTS\nproject_id;cost\n1;60\nVOTES\nvoter_id;vote\n7;1\n";
/// let document = read(text, &ReadOptions::strict())?;
/// let expected = Expected::new().meta("instance", "2026").votes(1);
/// assert!(expected.check(text.as_bytes(), &document).is_ok());
/// let mismatches = Expected::new().meta("instance", "2025").votes(2).check(text.as_bytes(), &document).unwrap_err();
/// assert_eq!(mismatches.to_string(), "\
/// META `instance` is `2026`, and `2025` was announced: is it the file of another edition?
/// the file has 1 votes, and 2 were announced: is a part of it missing?");
/// # Ok::<(), quartier::pabulib::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct Expected {
    sha256: Option<[u8; 32]>,
    bytes: Option<u64>,
    projects: Option<u64>,
    votes: Option<u64>,
    meta: Vec<(String, String)>,
}

/// One way in which a file is not what was announced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// The bytes were changed.
    #[error(
        "the file's SHA-256 is {found}, and {announced} was announced: it was changed, or is another file"
    )]
    Sha256 {
        /// The announced digest, in hexadecimal.
        announced: String,
        /// The file's.
        found: String,
    },
    /// The file is longer or shorter.
    #[error(
        "the file has {found} bytes, and {announced} were announced: was it transferred whole?"
    )]
    Bytes {
        /// The announced number.
        announced: u64,
        /// The file's.
        found: u64,
    },
    /// There are more or fewer projects.
    #[error(
        "the file has {found} projects, and {announced} were announced: is a part of it missing?"
    )]
    Projects {
        /// The announced number.
        announced: u64,
        /// The file's.
        found: u64,
    },
    /// There are more or fewer votes.
    #[error("the file has {found} votes, and {announced} were announced: is a part of it missing?")]
    Votes {
        /// The announced number.
        announced: u64,
        /// The file's.
        found: u64,
    },
    /// An entry of META differs: another edition, another city, a test.
    #[error(
        "META `{key}` is `{found}`, and `{announced}` was announced: is it the file of another edition?"
    )]
    Meta {
        /// The key.
        key: String,
        /// The announced value.
        announced: String,
        /// The file's; empty if it has none.
        found: String,
    },
}

/// Every way in which a file is not what was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatches(Vec<Mismatch>);

impl Mismatches {
    /// The mismatches; there is at least one.
    #[must_use]
    pub fn all(&self) -> &[Mismatch] {
        &self.0
    }
}

impl fmt::Display for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Mismatch::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Mismatches {}

impl Expected {
    /// Nothing was announced.
    pub fn new() -> Expected {
        Expected::default()
    }

    /// The SHA-256 of the file's bytes.
    pub fn sha256(mut self, digest: [u8; 32]) -> Expected {
        self.sha256 = Some(digest);
        self
    }

    /// The number of bytes.
    pub fn bytes(mut self, bytes: u64) -> Expected {
        self.bytes = Some(bytes);
        self
    }

    /// The number of projects.
    pub fn projects(mut self, projects: u64) -> Expected {
        self.projects = Some(projects);
        self
    }

    /// The number of votes, blank ones included.
    pub fn votes(mut self, votes: u64) -> Expected {
        self.votes = Some(votes);
        self
    }

    /// An entry of META, such as `instance` or `edition`.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<String>) -> Expected {
        self.meta.push((key.into(), value.into()));
        self
    }

    /// Compares a file with what was announced.
    ///
    /// # Errors
    /// Every mismatch.
    pub fn check(&self, bytes: &[u8], document: &Document) -> Result<(), Mismatches> {
        let mut mismatches = Vec::new();
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(announced) = self.sha256.filter(|announced| *announced != digest) {
            mismatches.push(Mismatch::Sha256 {
                announced: hex(&announced),
                found: hex(&digest),
            });
        }
        let differs = |announced: Option<u64>, found: u64| {
            announced
                .filter(|&announced| announced != found)
                .map(|announced| (announced, found))
        };
        let election = document.election();
        let bytes = differs(self.bytes, bytes.len() as u64)
            .map(|(announced, found)| Mismatch::Bytes { announced, found });
        let projects = differs(self.projects, election.instance().projects().len() as u64)
            .map(|(announced, found)| Mismatch::Projects { announced, found });
        let votes = differs(self.votes, election.profile().voters())
            .map(|(announced, found)| Mismatch::Votes { announced, found });
        let meta = self.meta.iter().filter_map(|(key, announced)| {
            let found = document.meta().get(key).unwrap_or("");
            (found != announced).then(|| Mismatch::Meta {
                key: key.clone(),
                announced: announced.clone(),
                found: found.to_owned(),
            })
        });
        mismatches.extend(bytes.into_iter().chain(meta).chain(projects).chain(votes));
        if mismatches.is_empty() {
            Ok(())
        } else {
            Err(Mismatches(mismatches))
        }
    }
}

fn hex(digest: &[u8]) -> String {
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
