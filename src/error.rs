//! One error for callers who do not need to tell them apart.

use crate::count::CountError;
use crate::election::{MoneyError, Problems};
use crate::law::Faults;
use crate::pabulib::{Diagnostics, ReadError};
use crate::record::{DecisionFaults, TieChainError};
use crate::regulation::ApplyError;
use crate::rules::RuleError;

/// Anything that can go wrong, each with its own message that names the place and the remedy.
///
/// ```
/// fn winners(text: &str) -> quartier::Result<Vec<String>> {
///     let plan: quartier::Plan = "greedy:score=votes,misfit=skip".parse()?;
///     let document = quartier::pabulib::read(text, &quartier::pabulib::ReadOptions::strict())?;
///     let counted = quartier::Count::of(document.election(), &plan).ties("cheaper,id".parse()?).run()?;
///     Ok(counted.outcome().map(|outcome| outcome.winners.clone()).unwrap_or_default())
/// }
/// assert!(winners("no such file").is_err());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The election is faulty.
    #[error(transparent)]
    Election(#[from] Problems),
    /// A text is not an amount of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A file is faulty.
    #[error(transparent)]
    File(#[from] Diagnostics),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A text is not a rule.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A text is not a tie chain.
    #[error(transparent)]
    Ties(#[from] TieChainError),
    /// Decisions are faulty.
    #[error(transparent)]
    Decisions(#[from] DecisionFaults),
    /// A regulation is faulty.
    #[error(transparent)]
    Law(#[from] Faults),
    /// A regulation cannot be applied.
    #[error(transparent)]
    Regulation(#[from] ApplyError),
    /// A count has no outcome.
    #[error(transparent)]
    Count(#[from] CountError),
}

/// The result of anything that can go wrong.
pub type Result<T> = std::result::Result<T, Error>;
