//! Watching a count.

use crate::record::Event;

/// Somebody who watches a count. It can see everything and steer nothing.
///
/// ```
/// use quartier::count::{Count, Observer};
/// use quartier::election::{Ballot, Election};
/// use quartier::record::Event;
/// use quartier::rules::Plan;
///
/// struct Awards(Vec<String>);
/// impl Observer for Awards {
///     fn observe(&mut self, event: &Event<'_>) {
///         if let Event::Awarded { project, .. } = event {
///             self.0.push((*project).to_owned());
///         }
///     }
/// }
///
/// let election = Election::builder().budget(10).project(("a", 8)).project(("b", 8))
///     .ballots(Ballot::approval(["a"]), 2).ballot(Ballot::approval(["b"])).build()?;
/// let plan: Plan = "greedy:score=votes,misfit=skip".parse()?;
/// let mut awards = Awards(Vec::new());
/// Count::of(&election, &plan).observe(&mut awards).run()?;
/// assert_eq!(awards.0, ["a"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Observer {
    /// Is told each step as it happens.
    fn observe(&mut self, event: &Event<'_>);
}

/// An observer that keeps every event as a JSON value, in order.
#[derive(Debug, Default)]
pub struct Log {
    lines: Vec<serde_json::Value>,
}

impl Log {
    /// An empty log.
    #[must_use]
    pub fn new() -> Log {
        Log::default()
    }

    /// The events so far.
    #[must_use]
    pub fn lines(&self) -> &[serde_json::Value] {
        &self.lines
    }
}

impl Observer for Log {
    fn observe(&mut self, event: &Event<'_>) {
        // Events hold strings and numbers only, so they always have a JSON form.
        self.lines
            .push(serde_json::to_value(event).unwrap_or_default());
    }
}
