//! Putting right what can be put right without changing what the file says.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagnostic::{Diagnostic, Fix, Problem, Severity};
use super::super::diagnostics::Diagnostics;
use super::super::fault::Fault;
use super::super::lexer::lines;

/// The text with every fix of the list made. Only the places named by the fixes change; newlines stay as
/// they are. `diagnostics` must come from [`lint`](super::lint) of the same text.
///
/// Fixing a text twice gives the same as fixing it once. Of a list that was cut at its limit only the
/// fixes that were kept are made: lint the result again, or raise
/// [`max_diagnostics`](crate::pabulib::ReadLimits::max_diagnostics).
///
/// Takes time proportional to the text.
///
/// ```
/// use quartier::pabulib::{ReadLimits, lint::{apply_fixes, lint}};
/// let text = "META\nkey;value\n\nunit; Strasbourg\n";
/// let fixed = apply_fixes(text, &lint(text, &ReadLimits::new()));
/// assert_eq!(fixed, "META\nkey;value\nunit;Strasbourg\n");
/// ```
#[must_use]
pub fn apply_fixes(text: &str, diagnostics: &Diagnostics) -> String {
    let mut by_line: BTreeMap<u64, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.fix().is_some())
    {
        by_line
            .entry(diagnostic.place().line)
            .or_default()
            .push(diagnostic);
    }
    let mut output = String::with_capacity(text.len());
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        match by_line.get(&number) {
            None => output.push_str(line),
            Some(fixes) => fix_line(line, fixes, &mut output),
        }
    }
    output
}

/// Writes a line with its fixes, which are sorted by column.
fn fix_line(line: &str, fixes: &[&Diagnostic], output: &mut String) {
    let content = line
        .strip_suffix('\n')
        .map_or(line, |rest| rest.strip_suffix('\r').unwrap_or(rest));
    let ending = line.get(content.len()..).unwrap_or_default();
    let (mark, content) = content
        .strip_prefix('\u{feff}')
        .map_or(("", content), |rest| ("\u{feff}", rest));
    output.push_str(mark);
    if let Some(fix) = fixes
        .iter()
        .find(|diagnostic| diagnostic.place().column == 0)
        .and_then(|diagnostic| diagnostic.fix())
    {
        if !fix.replacement.is_empty() {
            output.push_str(&fix.replacement);
            output.push_str(ending);
        }
        return;
    }
    let mut done = 0;
    for diagnostic in fixes {
        // Fixes of one cell say the same; the first is enough.
        let Some((start, end)) = span(content, diagnostic).filter(|&(start, _)| start >= done)
        else {
            continue;
        };
        output.push_str(content.get(done..start).unwrap_or_default());
        output.push_str(diagnostic.fix().map_or("", |fix| &fix.replacement));
        done = end;
    }
    output.push_str(content.get(done..).unwrap_or_default());
    output.push_str(ending);
}

/// The bytes of a line that a diagnostic is about; `None` if it is about none, or the line is shorter.
fn span(line: &str, diagnostic: &Diagnostic) -> Option<(usize, usize)> {
    let place = diagnostic.place();
    let (first, width) = (
        usize::try_from(place.column.checked_sub(1)?).ok()?,
        usize::try_from(place.width).ok()?,
    );
    let mut bytes = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .skip(first);
    let start = bytes.next()?;
    let end = if width == 0 {
        return None;
    } else {
        bytes.nth(width - 1)?
    };
    Some((start, end))
}

/// The reader's diagnostics, with a fix for each that has a safe one.
pub(super) fn with_fixes(text: &str, found: &Diagnostics, cap: usize) -> Diagnostics {
    let wanted: BTreeSet<u64> = found
        .iter()
        .map(|diagnostic| diagnostic.place().line)
        .collect();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let known: BTreeMap<u64, &str> = lines(text)
        .filter(|line| wanted.contains(&line.number))
        .map(|line| (line.number, line.text))
        .collect();
    let mut fixed = Diagnostics::capped(cap);
    for diagnostic in found {
        let line = known
            .get(&diagnostic.place().line)
            .copied()
            .unwrap_or_default();
        let bare = || {
            Diagnostic::new(
                diagnostic.problem().clone(),
                diagnostic.severity(),
                diagnostic.place(),
            )
            .with_excerpt(line)
        };
        fixed.push(
            match (fix_of(diagnostic, line), quoted_vote(diagnostic, line)) {
                (_, true) => bare(),
                (Some(fix), _) if diagnostic.fix().is_none() => diagnostic.clone().with_fix(fix),
                _ => diagnostic.clone(),
            },
        );
    }
    // What was beyond the limit stays counted.
    for (severity, left_out) in [
        (
            Severity::Error,
            found.error_count() - found.errors().count(),
        ),
        (
            Severity::Warning,
            found.warning_count() - found.warnings().count(),
        ),
    ] {
        (0..left_out).for_each(|_| fixed.count(severity));
    }
    fixed
}

/// Is it about a project in a vote between quotes? Then the place is the whole cell, and no fix of one
/// project may replace it.
fn quoted_vote(diagnostic: &Diagnostic, line: &str) -> bool {
    matches!(
        diagnostic.problem(),
        Problem::Format(Fault::BlanksInVote { .. })
    ) && span(line, diagnostic)
        .and_then(|(start, end)| line.get(start..end))
        .is_some_and(|written| written.starts_with('"'))
}

/// A fix that the reader leaves to the linter.
fn fix_of(diagnostic: &Diagnostic, line: &str) -> Option<Fix> {
    let Problem::Format(fault) = diagnostic.problem() else {
        return None;
    };
    if let (Fault::BlankLine, 0) = (fault, diagnostic.place().column) {
        return Some(Fix::new(""));
    }
    let (start, end) = span(line, diagnostic)?;
    let written = line.get(start..end)?;
    match fault {
        Fault::BadWholeNumber { .. }
        | Fault::BadAmount { .. }
        | Fault::BadPoints { .. }
        | Fault::UnknownVoteType { .. }
        | Fault::BadKey { .. }
        | Fault::BadColumnName { .. }
        | Fault::BadId { .. } => trimmed(written),
        _ => None,
    }
}

/// The text without the blanks around it, if there are any and something is left.
fn trimmed(written: &str) -> Option<Fix> {
    let core = written.trim();
    (!core.is_empty() && core.len() < written.len() && !core.contains('"')).then(|| Fix::new(core))
}
