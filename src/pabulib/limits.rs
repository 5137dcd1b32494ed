//! How much a reader takes in before it refuses.

/// Bounds on what is read, so that no file, however made, can fill the memory or run for ever.
///
/// The defaults take in ten million voters and refuse what no election has. Every bound is a number of
/// things that are kept; a file beyond one is refused with the place where it was passed.
///
/// ```
/// use quartier::pabulib::ReadLimits;
/// let limits = ReadLimits::new().max_votes(5_000).max_line_bytes(10_000);
/// assert_eq!(limits.votes(), 5_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    bytes: usize,
    line_bytes: usize,
    cells: usize,
    meta_entries: usize,
    projects: usize,
    votes: usize,
    marks: usize,
    digits: usize,
    diagnostics: usize,
}

impl Default for ReadLimits {
    fn default() -> ReadLimits {
        ReadLimits {
            bytes: 1 << 30,
            line_bytes: 1 << 20,
            cells: 256,
            meta_entries: 1_000,
            projects: 100_000,
            votes: 20_000_000,
            marks: 10_000,
            digits: 40,
            diagnostics: 200,
        }
    }
}

macro_rules! limits {
    ($($(#[$doc:meta])* $field:ident $set:ident;)*) => {
        impl ReadLimits {
            /// The default bounds.
            #[must_use]
            pub fn new() -> ReadLimits {
                ReadLimits::default()
            }
            $(
                $(#[$doc])*
                #[must_use]
                pub const fn $set(mut self, most: usize) -> ReadLimits {
                    self.$field = most;
                    self
                }

                #[doc = concat!("The bound that [`", stringify!($set), "`](Self::", stringify!($set), ") sets.")]
                #[must_use]
                pub const fn $field(&self) -> usize {
                    self.$field
                }
            )*
        }
    };
}

limits! {
    /// Most bytes of a file (1 GiB).
    bytes max_bytes;
    /// Most bytes of one line, without its newline (1 MiB).
    line_bytes max_line_bytes;
    /// Most cells in one line (256).
    cells max_cells;
    /// Most entries in META (1,000).
    meta_entries max_meta_entries;
    /// Most projects (100,000).
    projects max_projects;
    /// Most votes (20 million).
    votes max_votes;
    /// Most projects named on one ballot (10,000).
    marks max_marks;
    /// Most characters of a number (40).
    digits max_digits;
    /// Most diagnostics of each severity that are kept; the others are counted (200).
    diagnostics max_diagnostics;
}
