//! Numbers that are never rounded behind your back.
//!
//! A count decides about public money, so `1/3` has to stay `1/3`: three voters who each pay a third of a bench
//! have paid for the bench, to the last cent, on every computer. Ordinary "floating point" numbers cannot promise
//! that, and have swapped winners in real counts. This crate therefore computes with two kinds of numbers only:
//!
//! * [`Ratio`]: a whole fraction `p/q` of unlimited size. Sums, products and comparisons are exact, and the text
//!   form can be read back without loss. Two equal values are really equal, so a tie is a tie.
//! * [`fixed`]: the few values that are *not* fractions (square roots and logarithms, which some cities or studies
//!   use as utilities), *defined* as the exact value rounded down to 12 decimals, and computed in whole numbers so
//!   that every machine finds the same 12 digits.
//!
//! ```
//! use quartier::exact::{Ratio, fixed};
//!
//! let third = Ratio::new(1, 3).ok_or("zero denominator")?;
//! assert_eq!(&third + &third + &third, Ratio::ONE);
//! assert_eq!(third.to_string(), "1/3");
//! assert_eq!(third.decimal(4), "0.3333");
//!
//! let root = fixed::sqrt(&Ratio::from(2)).ok_or("negative")?;
//! assert_eq!(root.decimal(12), "1.414213562373");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! No float decides anything here or elsewhere but under a proved bound (the private module `certified`); nothing
//! uses the clock or any setting of the machine.

pub(crate) mod certified;
pub mod fixed;
mod ratio;
mod ratio_ops;
mod ratio_text;

#[cfg(test)]
mod laws;

pub use ratio::Ratio;
pub use ratio_text::ParseRatioError;
