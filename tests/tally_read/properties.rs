//! What must not change a vote: the order of columns, the delimiter, quotes, ends of lines, a byte-order mark.

use proptest::prelude::*;

use crate::helpers::{Seen, read};

/// How a table is written.
#[derive(Debug, Clone)]
struct Style {
    delimiter: char,
    order: Vec<usize>,
    quotes: bool,
    end: &'static str,
    mark: bool,
    declared: bool,
    trailing: usize,
}

const COLUMNS: [&str; 6] = ["voter_id", "vote", "channel", "area", "eligible", "note"];

fn written(rows: &[Vec<String>], style: &Style) -> String {
    let quoted = |cell: &str| {
        if style.quotes || cell.contains(['"', style.delimiter]) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let line = |cells: Vec<&str>| {
        let cells: Vec<String> = style.order.iter().map(|&at| quoted(cells[at])).collect();
        let padding = style.delimiter.to_string().repeat(style.trailing);
        cells.join(&style.delimiter.to_string()) + &padding + style.end
    };
    let mut text = String::new();
    if style.mark {
        text.push('\u{feff}');
    }
    if style.declared {
        text += &format!("sep={}{}", style.delimiter, style.end);
    }
    text += &line(COLUMNS.to_vec());
    for row in rows {
        text += &line(row.iter().map(String::as_str).collect());
    }
    text + &line(vec![""; 6]).replace('"', "")
}

fn styles() -> impl Strategy<Value = Style> {
    let order = Just((0..6).collect::<Vec<usize>>()).prop_shuffle();
    let delimiter = prop::sample::select(vec![';', ',', '\t']);
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (
        delimiter,
        order,
        any::<bool>(),
        end,
        any::<bool>(),
        any::<bool>(),
        0_usize..3,
    )
        .prop_map(
            |(delimiter, order, quotes, end, mark, declared, trailing)| Style {
                delimiter,
                order,
                quotes,
                end,
                mark,
                declared,
                trailing,
            },
        )
}

fn tables() -> impl Strategy<Value = Vec<Vec<String>>> {
    let row = (
        "[a-z0-9]{1,5}",
        "[0-9]{1,2}(,[0-9]{1,2}){0,3}",
        "(web|paper|)",
        "(north|Québec|)",
        "(yes|no|no: gone)",
        "[a-zé\";, ']{0,8}",
    );
    let row = row.prop_map(|(voter, vote, channel, area, eligible, note)| {
        let note = note.trim().to_owned();
        vec![voter, vote, channel, area, eligible, note]
    });
    // `nan` and `null` are no ids, and a row like the header is no row.
    let row = row.prop_filter("a real id", |row| {
        !matches!(row[0].as_str(), "nan" | "null")
    });
    prop::collection::vec(row, 0..6)
}

fn votes(text: &str) -> Vec<Seen> {
    let (seen, read) = read(text);
    assert!(
        !read.diagnostics.has_errors(),
        "{text}\n{}",
        read.diagnostics
    );
    seen.into_iter()
        .map(|seen| Seen {
            line: 0,
            ..seen.placeless()
        })
        .collect()
}

proptest! {
    #[test]
    fn the_way_of_writing_changes_nothing(rows in tables(), style in styles()) {
        let plain = Style {
            delimiter: ';', order: (0..6).collect(), quotes: false, end: "\n", mark: false, declared: false, trailing: 0,
        };
        let found = votes(&written(&rows, &style));
        prop_assert_eq!(&found, &votes(&written(&rows, &plain)));
        let told: Vec<(&str, &str, &str, &str, &str)> = found
            .iter()
            .map(|seen| {
                let vote = seen.vote.as_deref().unwrap();
                (&*seen.voter, vote, &*seen.channel, &*seen.area, &*seen.attributes[0])
            })
            .collect();
        let expected: Vec<(&str, &str, &str, &str, &str)> =
            rows.iter().map(|row| (&*row[0], &*row[1], &*row[2], &*row[3], &*row[5])).collect();
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn the_place_of_a_vote_is_where_its_text_stands(rows in tables(), style in styles()) {
        let text = written(&rows, &style);
        let lines: Vec<&str> = text.lines().collect();
        for seen in read(&text).0 {
            let line = lines[usize::try_from(seen.line).unwrap() - 1].trim_start_matches('\u{feff}');
            let at = usize::try_from(seen.column).unwrap() - 1;
            let rest: String = line.chars().skip(at).collect();
            prop_assert!(rest.starts_with(&seen.vote.unwrap()), "{line} {at}");
        }
    }
}
