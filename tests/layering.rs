//! The layers of ARCHITECTURE.md section 1: a module uses only layers with a smaller number, and none of its own
//! layer but itself.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that meets the unexpected should stop"
)]

use std::collections::BTreeSet;
use std::path::Path;

/// Modules by layer. `lib.rs`, `error.rs` and the guide stand outside.
const LAYERS: [&[&str]; 7] = [
    &["exact"],
    &["election"],
    &["pabulib", "tally", "budget", "record", "law", "generate"],
    &["count"],
    &["rules", "audit", "fairness"],
    &["regulation", "archive", "explain"],
    &["compare", "report"],
];

/// Modules that may use less than their layer allows: audit and fairness see nothing above L2.
const LOWER: [(&str, usize); 2] = [("audit", 2), ("fairness", 2)];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// May a file of `from` use the module `to`?
fn allows(from: &str, to: &str) -> bool {
    let (Some(own), Some(other)) = (layer(from), layer(to)) else {
        return false;
    };
    let highest = LOWER
        .iter()
        .find(|(module, _)| *module == from)
        .map_or(own.checked_sub(1), |&(_, highest)| Some(highest));
    from == to || highest.is_some_and(|highest| other <= highest)
}

/// Replaces comments and the insides of texts by blanks, so that only code is left.
fn code_only(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(end) = raw_text(rest).or_else(|| text(rest)) {
            end
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest.char_indices()
                .skip(2)
                .find(|&(_, c)| c == '\'')
                .map_or(rest.len(), |(at, _)| at + 1)
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// The length of the text in quotes that starts here.
fn text(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 2),
            _ => {}
        }
    }
    Some(rest.len())
}

/// The length of the raw text that starts here.
fn raw_text(rest: &str) -> Option<usize> {
    let marks = rest.strip_prefix('r')?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    marks[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let from = 2 + hashes;
    Some(
        rest[from..]
            .find(&end)
            .map_or(rest.len(), |at| from + at + end.len()),
    )
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The top-level modules that a file names through `crate::`, groups and nested groups included.
fn uses(source: &str) -> BTreeSet<String> {
    let code: String = code_only(source);
    let mut found = BTreeSet::new();
    let mut rest = code.as_str();
    while let Some(at) = rest.find("crate") {
        let before = rest[..at].chars().next_back();
        let after = rest[at + "crate".len()..].trim_start();
        rest = &rest[at + "crate".len()..];
        if before.is_some_and(|c| is_word(c) || c == '$') && before != Some('$') {
            continue;
        }
        if let Some(path) = after.strip_prefix("::") {
            heads(path.trim_start(), &mut found);
        }
    }
    found
}

/// The first words of a path or of each path of a group.
fn heads(path: &str, found: &mut BTreeSet<String>) {
    let Some(group) = path.strip_prefix('{') else {
        let word: String = path.chars().take_while(|&c| is_word(c)).collect();
        found.insert(if word.is_empty() {
            path.chars().take(1).collect()
        } else {
            word
        });
        return;
    };
    let (mut depth, mut fresh) = (0_usize, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if depth == 0 && fresh && !c.is_whitespace() => {
                heads(&group[at..], found);
                fresh = false;
            }
            _ => {}
        }
    }
}

/// What a file of a module must not use; types that `lib.rs` re-exports are reached by a forbidden shortcut.
fn faults(module: &str, source: &str) -> Vec<String> {
    uses(source)
        .into_iter()
        .filter(|used| !allows(module, used))
        .collect()
}

fn check_folder(folder: &Path, module: &str, faulty: &mut Vec<String>, files: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check_folder(&path, module, faulty, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            *files += 1;
            let source = std::fs::read_to_string(&path).unwrap();
            faulty.extend(
                faults(module, &source)
                    .into_iter()
                    .map(|used| format!("{} uses crate::{used}", path.display())),
            );
        }
    }
}

#[test]
fn modules_use_lower_layers_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut faulty, mut files) = (Vec::new(), 0);
    for entry in std::fs::read_dir(&source).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if ["lib", "error", "guide"].contains(&module.as_str()) {
            continue;
        }
        assert!(
            layer(&module).is_some(),
            "module `{module}` has no layer: add it to the table here and in ARCHITECTURE.md"
        );
        if path.is_dir() {
            check_folder(&path, &module, &mut faulty, &mut files);
        } else {
            faulty.extend(
                faults(&module, &std::fs::read_to_string(&path).unwrap())
                    .into_iter()
                    .map(|used| format!("{} uses crate::{used}", path.display())),
            );
        }
    }
    assert!(
        faulty.is_empty(),
        "forbidden imports:\n{}",
        faulty.join("\n")
    );
    assert!(files > 60, "only {files} files were read");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn the_scanner_finds_every_way_to_import() {
    let snippets = [
        ("election", "use crate::count::Count;", "count"),
        (
            "election",
            "use crate::{exact::Ratio, rules::Plan};",
            "rules",
        ),
        (
            "election",
            "use crate::{\n    exact::{Ratio, fixed},\n    record as log,\n};",
            "record",
        ),
        ("count", "pub(crate) use crate::rules;", "rules"),
        (
            "count",
            "fn f() { let x = crate::archive::reproduce(); }",
            "archive",
        ),
        ("budget", "use crate :: tally :: Score;", "tally"),
        (
            "tally",
            "use crate::{self as all, election::{Ballot, utility::{positions}}, pabulib::read};",
            "pabulib",
        ),
        (
            "exact",
            "macro_rules! m { () => { $crate::election::Money } }",
            "election",
        ),
        (
            "rules",
            "// fine\nuse crate::fairness::ejr; // not fine",
            "fairness",
        ),
        (
            "rules",
            "let text = \"\\\"// no comment\"; use crate::regulation::Law;",
            "regulation",
        ),
        (
            "rules",
            "let c = '\"'; use crate::explain::Sentence;",
            "explain",
        ),
        (
            "rules",
            "let raw = r#\"a \" b\"#; use crate::report::Page;",
            "report",
        ),
        ("audit", "use crate::count::Outcome;", "count"),
        ("count", "use crate::*;", "*"),
        ("count", "use crate::Plan;", "Plan"),
        ("count", "use crate::{Plan, election::Money};", "Plan"),
    ];
    for (module, source, forbidden) in snippets {
        assert!(
            faults(module, source).contains(&forbidden.to_owned()),
            "{source}: {:?}",
            uses(source)
        );
    }
}

#[test]
fn the_scanner_leaves_what_is_allowed() {
    let snippets = [
        (
            "rules",
            "use crate::count::Rule; use crate::{election::Money, tally::{Score, Threshold}};",
        ),
        (
            "election",
            "/// See [`crate::rules::Plan`].\n//! and crate::count\nuse crate::exact::Ratio;",
        ),
        (
            "election",
            "/* crate::count */ let s = \"crate::rules\"; let r = r\"crate::archive\";",
        ),
        (
            "election",
            "use crate::election::{id::ProjectIx, money::Money}; pub(crate) fn f() {} pub(in crate::election) struct S;",
        ),
        ("election", "let mycrate = 1; other_crate::rules::f();"),
        (
            "archive",
            "use crate::{rules::Plan, count::Count, pabulib};",
        ),
        ("audit", "use crate::{record::Event, exact::Ratio};"),
    ];
    for (module, source) in snippets {
        assert_eq!(faults(module, source), Vec::<String>::new(), "{source}");
    }
}

/// The table itself: no module is in two layers, and the rule is strict.
#[test]
fn the_table_is_strict() {
    let all: Vec<&str> = LAYERS.concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(
        allows("count", "budget")
            && allows("count", "count")
            && !allows("budget", "record")
            && !allows("exact", "election")
    );
    assert!(
        !allows("fairness", "count")
            && allows("fairness", "record")
            && !allows("rules", "audit")
            && !allows("report", "compare")
    );
}
