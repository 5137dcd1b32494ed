//! Files of decisions, TOML or JSON.

use std::path::Path;

use quartier::record::{Decision, DecisionFile};

use crate::input::read_path;

/// Reads and checks a file of decisions. A name that ends in `.json`, or a text that begins with `{`, is
/// JSON. The message of what is wrong names the file, and the line or the decision.
pub(crate) fn read(path: &Path) -> Result<Vec<Decision>, String> {
    let bytes = read_path(path)?;
    let place = path.display();
    let text =
        std::str::from_utf8(&bytes).map_err(|error| format!("{place} is not UTF-8: {error}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let json =
        path.extension().is_some_and(|end| end == "json") || text.trim_start().starts_with('{');
    let file: DecisionFile = if json {
        serde_json::from_str(text).map_err(|error| format!("{place}: {error}"))?
    } else {
        toml::from_str(text).map_err(|error| format!("{place}: {error}"))?
    };
    file.checked()
        .map_err(|faults| format!("{place}: {faults}"))
}
