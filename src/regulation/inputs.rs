//! What a regulation is applied with, beside the election.

use crate::law::follow_up::Register;
use crate::record::Decision;

/// What a regulation is applied with, beside the election: what people decided, and the register of follow-up.
///
/// ```
/// use quartier::law::follow_up::Register;
/// use quartier::regulation::Inputs;
/// let register: Register = toml::from_str("as-of = '2018-06-30'\nproject = []")?;
/// let inputs = Inputs::new().decisions(&[]).register(&register);
/// assert!(inputs.register.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Inputs<'a> {
    /// What people decided.
    pub decisions: &'a [Decision],
    /// The register as it was kept on the day of the redistribution. A regulation that pays its claims is not applied
    /// without it; one that does not is applied as if it were not there.
    pub register: Option<&'a Register>,
}

impl<'a> Inputs<'a> {
    /// No decision, and no register.
    #[must_use]
    pub fn new() -> Inputs<'a> {
        Inputs::default()
    }

    /// The same with these decisions.
    #[must_use]
    pub fn decisions(self, decisions: &'a [Decision]) -> Inputs<'a> {
        Inputs { decisions, ..self }
    }

    /// The same with this register.
    #[must_use]
    pub fn register(self, register: &'a Register) -> Inputs<'a> {
        Inputs {
            register: Some(register),
            ..self
        }
    }
}
