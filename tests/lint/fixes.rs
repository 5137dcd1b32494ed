//! The fixes that findings offer.

use quartier::pabulib::lint::apply_fixes;

use crate::bases::APPROVAL;
use crate::helpers::linted;

/// Text with mistakes that can be fixed, and the text that must come out.
const FIXES: &[(&str, &str, &str)] = &[
    ("unit;Example", "unit; Example ", "unit;Example"),
    ("Park", "\" \"\"Park\"\" \"", "\"\"\"Park\"\"\""),
    ("adults,seniors", " adults,seniors,adults", "adults,seniors"),
    ("green,sport;", "green ,sport,green;", "green ,sport;"),
    ("d;3,4", "d;3, 4", "d;3,4"),
    ("budget;1000", "budget;1000,50", "budget;1000.50"),
    ("budget;1000", "budget; 1000", "budget;1000"),
    ("budget;1000", "budget;1,000", "budget;1,000"),
    ("country;France", "\ncountry;France", "country;France"),
    ("country;France", "country ;France", "country;France"),
    ("O;paper", "O ; paper", "O;paper"),
];

#[test]
fn fixes_are_made_once_and_for_all() {
    for newline in ["\n", "\r\n"] {
        for (from, wrong, right) in FIXES {
            let text = APPROVAL.replacen(from, wrong, 1).replace('\n', newline);
            let found = linted(&text);
            let fixed = apply_fixes(&text, &found);
            assert_eq!(
                fixed,
                APPROVAL.replacen(from, right, 1).replace('\n', newline),
                "{found}"
            );
            let again = linted(&fixed);
            assert!(again.iter().all(|d| d.fix().is_none()), "{again}");
            assert_eq!(apply_fixes(&fixed, &again), fixed);
        }
    }
}

#[test]
fn a_quoted_vote_is_not_replaced_by_one_of_its_projects() {
    let text = APPROVAL.replacen("d;3,4", "d;\"3, 4\"", 1);
    let found = linted(&text);
    assert!(found.has_errors());
    assert_eq!(apply_fixes(&text, &found), text);
}
