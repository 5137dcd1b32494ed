//! Writing a rule's settings in the form in which they are read.

use std::fmt;

/// Writes one step's text from inside a rule's own `Display`, with the separators in the right places.
///
/// ```
/// use quartier::record::StepWriter;
/// struct Demo { utility: &'static str }
/// impl std::fmt::Display for Demo {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         StepWriter::new(f, "demo")?.arg("utility", self.utility)?.arg("start", "exact")?;
///         Ok(())
///     }
/// }
/// assert_eq!(Demo { utility: "cost" }.to_string(), "demo:utility=cost,start=exact");
/// ```
pub struct StepWriter<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    separator: char,
}

impl fmt::Debug for StepWriter<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepWriter")
            .field("separator", &self.separator)
            .finish_non_exhaustive()
    }
}

impl<'a, 'f> StepWriter<'a, 'f> {
    /// Writes the rule's id.
    ///
    /// # Errors
    /// Only if the formatter fails.
    pub fn new(f: &'a mut fmt::Formatter<'f>, id: &str) -> Result<StepWriter<'a, 'f>, fmt::Error> {
        f.write_str(id)?;
        Ok(StepWriter { f, separator: ':' })
    }

    /// Writes one setting; a list is written by the caller with `;` between its items.
    ///
    /// # Errors
    /// Only if the formatter fails.
    pub fn arg(&mut self, key: &str, value: impl fmt::Display) -> Result<&mut Self, fmt::Error> {
        write!(self.f, "{}{key}={value}", self.separator)?;
        self.separator = ',';
        Ok(self)
    }
}
