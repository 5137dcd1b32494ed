//! Bytes that are no UTF-8 text.

use crate::helpers::{place, places, read, refused};

#[test]
fn a_byte_of_windows_1252_is_told_with_its_place_and_the_remedy() {
    let (seen, read) = read(b"voter_id;vote;area\n1;12;north\n2;7;\xc3\xa9t\xe9\n3;8;south\n");
    let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
    assert_eq!(votes, [Some("12"), None, Some("8")]);
    assert_eq!(places(&read.diagnostics), [place("not-utf-8", 3, 7)]);
    let shown = read.diagnostics.to_string();
    assert!(
        shown.contains("the byte 0xE9, number 8 of the line"),
        "{shown}"
    );
    assert!(shown.contains("--encoding windows-1252"), "{shown}");
    assert!(
        shown.ends_with("3 | 2;7;ét\u{fffd}\n  |       ^"),
        "{shown}"
    );
}

#[test]
fn a_header_in_another_encoding_refuses_the_table() {
    let found = refused(b"voter_id;vote;\xe9t\xe9\n1;12;x\n");
    assert_eq!(places(&found), [place("not-utf-8", 1, 15)]);
}

#[test]
fn utf_16_is_named() {
    let text = "voter_id;vote\n1;12\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        little.clone(),
        big.clone(),
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
    ] {
        assert_eq!(places(&refused(bytes)), [place("utf-16", 0, 0)]);
    }
}

#[test]
fn a_byte_order_mark_is_passed_over_at_the_start_only() {
    let (seen, found) = read("\u{feff}voter_id;vote\n1;12\n");
    assert!(found.diagnostics.is_empty());
    assert_eq!(seen[0].voter, "1");
    let (_, found) = read("voter_id;vote\n\u{feff}1;12\n");
    assert_eq!(places(&found.diagnostics), [place("bad-id", 2, 1)]);
}
