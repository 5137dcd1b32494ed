//! Votes from JSON.

use quartier::tally::read::{ReadError, ReadOptions, VotesJson, VotesRead};
use quartier::tally::table::{Diagnostics, TableLimits};

use crate::helpers::{Seen, place, places};

fn read(text: impl AsRef<[u8]>) -> (Vec<Seen>, VotesRead) {
    let votes = VotesJson::open(text.as_ref(), "votes.json", &ReadOptions::strict()).unwrap();
    let mut seen = Vec::new();
    let read = votes.read(0, &mut |vote| seen.push(Seen::of(vote)));
    assert_eq!(read.rows, u64::try_from(seen.len()).unwrap());
    (seen, read)
}

fn refused(text: impl AsRef<[u8]>) -> Diagnostics {
    match VotesJson::open(text.as_ref(), "votes.json", &ReadOptions::strict()) {
        Err(ReadError::Refused(found)) => found,
        other => panic!("not refused: {other:?}"),
    }
}

const FULL: &str = r#"{"voter_id":"17","vote":"12,7","channel":"web","area":"north","station":"s1","time":"5","eligible":"no: moved","age":34,"tag":null,"ok":true}"#;

#[test]
fn an_array_and_lines_give_the_same_votes() {
    let other = r#"{"vote": {"ranked": [["7"], ["12", "9"]]}, "count": 30, "age": "x"}"#;
    let (lines, one) = read(format!("{FULL}\n\n{other}\n"));
    let (array, two) = read(format!("\u{feff} [\n{FULL},\r\n{other}\n]\n"));
    assert_eq!(
        (&one.diagnostics, &two.diagnostics),
        (&one.diagnostics, &one.diagnostics)
    );
    assert!(one.diagnostics.is_empty() && two.diagnostics.is_empty());
    assert_eq!((lines[0].line, lines[1].line), (1, 3));
    assert_eq!((array[0].line, array[1].line), (1, 2));
    for seen in [&lines, &array] {
        assert_eq!(
            (&*seen[0].voter, seen[0].vote.as_deref()),
            ("17", Some("12,7"))
        );
        assert_eq!((&*seen[0].channel, &*seen[0].area), ("web", "north"));
        assert_eq!((&*seen[0].station, &*seen[0].time), ("s1", "5"));
        assert_eq!(seen[0].ineligible.as_deref(), Some("moved"));
        // age, ok, tag
        assert_eq!(seen[0].attributes, ["34", "true", ""]);
        assert_eq!(seen[1].attributes, ["x", "", ""]);
        assert_eq!(
            seen[1].vote.as_deref(),
            Some(r#"{"ranked":[["7"],["12","9"]]}"#)
        );
        assert_eq!(seen[1].count, 30);
    }
    assert_eq!((one.votes, two.votes), (31, 31));
}

#[test]
fn a_bad_object_is_one_unreadable_vote() {
    for (object, code) in [
        (r#"{"voter_id":"2"}"#, "missing-column"),
        (r#"{"voter_id":2,"vote":"7"}"#, "bad-value"),
        (r#"{"vote":"7","vote":"8"}"#, "repeated-key"),
        (r#"{"vote":7}"#, "bad-value"),
        (r#"{"vote":null}"#, "bad-value"),
        (r#"{"vote":["7"]}"#, "bad-value"),
        (r#"{"vote":{"approval":["7"],"ranked":[]}}"#, "bad-value"),
        (
            r#"{"vote":{"approval":["7"],"approval":["8"]}}"#,
            "bad-value",
        ),
        (r#"{"vote":{"approves":["7"]}}"#, "not-a-ballot"),
        (r#"{"vote":{"approval":[7]}}"#, "not-a-ballot"),
        (r##"{"vote":"#REF!"}"##, "spreadsheet-error"),
        (r#"{"vote":"7","count":0}"#, "not-above-zero"),
        (r#"{"vote":"7","count":-1}"#, "bad-value"),
        (r#"{"vote":"7","count":1.5}"#, "bad-value"),
        (r#"{"vote":"7","count":"3"}"#, "bad-value"),
        (
            r#"{"vote":"7","count":3,"voter_id":"2"}"#,
            "grouped-with-id",
        ),
        (r#"{"vote":"7","eligible":"perhaps"}"#, "not-yes-or-no"),
        (r#"{"vote":"7","eligible":1}"#, "bad-value"),
        (r#"{"vote":"7","voter_id":"1,2E+11"}"#, "scientific-id"),
        (r#"{"vote":"7","area":"no\u200brth"}"#, "bad-id"),
        (r#"{"vote":"7","age":1.5}"#, "bad-value"),
        (r#"{"vote":"7","age":[1]}"#, "bad-value"),
    ] {
        let (one, three) = (
            r#"{"voter_id":"1","vote":"7"}"#,
            r#"{"voter_id":"3","vote":"9"}"#,
        );
        for text in [
            format!("{one}\n{object}\n{three}\n"),
            format!("[{one},{object},{three}]"),
        ] {
            let (seen, read) = self::read(&text);
            let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
            assert_eq!(votes, [Some("7"), None, Some("9")], "{text}");
            assert_eq!(places(&read.diagnostics), [place(code, 2, 0)], "{text}");
        }
    }
}

#[test]
fn a_line_that_is_not_json_spoils_no_other() {
    let (seen, read) =
        read("{\"vote\":\"7\"}\n{\"vote\":\"é\",}\nvote\n{\"vote\":\"8\"} x\n{\"vote\":\"9\"}\n");
    let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
    assert_eq!(votes, [Some("7"), None, None, None, Some("9")]);
    assert_eq!(
        places(&read.diagnostics),
        [
            place("not-json", 2, 13),
            place("not-json", 3, 1),
            place("not-json", 4, 14)
        ]
    );
    assert!(!read.diagnostics.to_string().contains("at line 1"));
}

#[test]
fn an_array_that_is_not_json_is_refused_where_it_breaks() {
    assert_eq!(
        places(&refused("[{\"vote\":\"7\"},\n é{\"vote\":\"8\"}]")),
        [place("not-json", 2, 2)]
    );
    assert_eq!(
        refused("[{\"vote\":\"7\"}").iter().next().unwrap().code(),
        "not-json"
    );
    assert_eq!(
        places(&refused("voter_id;vote\n")),
        [place("no-records", 0, 0)]
    );
    assert_eq!(places(&refused("")), [place("no-records", 0, 0)]);
    assert_eq!(places(&refused("{\0\"\0v\0")), [place("utf-16", 0, 0)]);
    assert_eq!(
        places(&refused(b"[\"a\",\n\"\xe9\"]")),
        [place("not-utf-8", 2, 2)]
    );
    let deep = "[".repeat(1_000);
    assert_eq!(refused(deep).iter().next().unwrap().code(), "not-json");
}

#[test]
fn elements_that_are_no_objects_are_unreadable() {
    let (seen, read) = read("[1, \"vote\", [], {\"vote\":\"\"}]");
    assert_eq!(seen.iter().filter(|seen| seen.vote.is_none()).count(), 3);
    assert_eq!(read.diagnostics.error_count(), 3);
    assert!(self::read("[ ]").0.is_empty());
}

#[test]
fn documents_and_lines_are_bounded() {
    let limits = TableLimits::new().max_json_bytes(20).max_line_bytes(15);
    let options = ReadOptions::strict().limits(limits);
    let long = "[{\"vote\":\"7777777\"}]";
    assert!(VotesJson::open(long.as_bytes(), "x", &options).is_ok());
    let longer = format!("{long}\n");
    let Err(ReadError::Refused(found)) = VotesJson::open(longer.as_bytes(), "x", &options) else {
        panic!("not refused")
    };
    assert_eq!(places(&found), [place("document-too-long", 0, 0)]);
    let line = "{\"vote\":\"777777\"}";
    let votes = VotesJson::open(line.as_bytes(), "x", &options).unwrap();
    let read = votes.read(0, &mut |_| {});
    assert_eq!((read.rows, read.unreadable), (1, 1));
}
