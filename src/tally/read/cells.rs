//! Cells that are neither numbers nor free text: ids, and yes or no.

use crate::election::{check_id, is_invisible};
use crate::tally::cast::Eligible;
use crate::tally::table::Fault;

/// Why a text is no id of what the column names; an empty one is for the caller to judge.
pub(super) fn id_fault(text: &str, column: &'static str) -> Option<Fault> {
    // Nearly all ids leave here.
    if text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    if is_spreadsheet_error(text) {
        return Some(Fault::SpreadsheetError);
    }
    if text.is_empty() || check_id(text).is_ok() {
        return None;
    }
    let why = if text.chars().any(is_invisible) {
        "it has an invisible character in it"
    } else {
        "it is longer than 256 bytes, or has blanks around it"
    };
    Some(Fault::BadId { column, why })
}

/// Why a text is no id of a voter: also what spreadsheets and programs make of ids.
pub(super) fn voter_fault(text: &str) -> Option<Fault> {
    if is_scientific(text) {
        return Some(Fault::ScientificId);
    }
    let placeholder = ["nan", "null", "<na>"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if placeholder {
        return Some(Fault::PlaceholderId);
    }
    id_fault(text, "voter_id")
}

/// `1,23457E+11`: one digit, decimals after a comma or a point, an exponent with its sign. Spreadsheets always
/// write the sign, so a pseudonym such as `1e5` is not meant.
fn is_scientific(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let decimals = mantissa.get(1..).unwrap_or_default();
    let exact = decimals.is_empty() || decimals.strip_prefix([',', '.']).is_some_and(digits);
    exact && exponent.strip_prefix(['+', '-']).is_some_and(digits)
}

/// `#REF!`, `#N/A`, `#NOM?`, and the `####` of a column that is too narrow.
pub(super) fn is_spreadsheet_error(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('#') else {
        return false;
    };
    let word = |rest: &str| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, '/' | '0' | '_'))
    };
    rest.strip_suffix(['!', '?']).is_some_and(word)
        || rest == "N/A"
        || (rest.len() >= 2 && rest.bytes().all(|b| b == b'#'))
}

/// An answer with the reason that was given for it, which may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer<'a> {
    Yes(&'a str),
    No(&'a str),
    Unknown(&'a str),
}

/// Reads `yes`, `no: moved away`, `inconnu`; `None` if it is none of these.
pub(super) fn answer(text: &str) -> Option<Answer<'_>> {
    let (word, reason) = text.split_once(':').map_or((text, ""), |(word, reason)| {
        (word.trim_end(), reason.trim_start())
    });
    let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is(&["yes", "oui", "true", "1"]) {
        Some(Answer::Yes(reason))
    } else if is(&["no", "non", "false", "0"]) {
        Some(Answer::No(reason))
    } else if is(&["unknown", "inconnu"]) {
        Some(Answer::Unknown(reason))
    } else {
        None
    }
}

/// May the voter vote? `None` if the cell does not say.
pub(super) fn eligible(text: &str) -> Option<Eligible<'_>> {
    match answer(text)? {
        Answer::Yes(_) => Some(Eligible::Yes),
        Answer::No(reason) => Some(Eligible::No(reason)),
        Answer::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scientific_notation_is_what_spreadsheets_make_of_long_numbers() {
        for id in ["1,23457E+11", "1.23457E+11", "1E+12", "9,9e-7"] {
            assert_eq!(voter_fault(id), Some(Fault::ScientificId), "{id}");
        }
        for id in [
            "1e5", "5e10", "12E+3", "E+11", "1,2E+", "1.E+5", "3e+x", "0012", "a1E+5",
        ] {
            assert_eq!(voter_fault(id), None, "{id}");
        }
    }

    #[test]
    fn spreadsheet_errors_and_placeholders() {
        for id in [
            "#REF!",
            "#N/A",
            "#NAME?",
            "#DIV/0!",
            "#NOM?",
            "#ÜBERLAUF!",
            "####",
        ] {
            assert_eq!(voter_fault(id), Some(Fault::SpreadsheetError), "{id}");
        }
        for id in ["#12", "#a!", "##", "REF!"] {
            assert_eq!(voter_fault(id), None, "{id}");
        }
        assert_eq!(voter_fault("NaN"), Some(Fault::PlaceholderId));
        assert_eq!(voter_fault("Nano"), None);
    }

    #[test]
    fn answers_have_reasons() {
        assert_eq!(answer("Oui"), Some(Answer::Yes("")));
        assert_eq!(answer("no: moved: away"), Some(Answer::No("moved: away")));
        assert_eq!(answer("UNKNOWN : ask"), Some(Answer::Unknown("ask")));
        assert_eq!(answer("maybe"), None);
        assert_eq!(eligible("0"), Some(Eligible::No("")));
        assert_eq!(eligible("unknown"), None);
    }
}
