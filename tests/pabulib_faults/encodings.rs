//! F2 and F3: another kind of file, another encoding.

use quartier::pabulib::{Fault, Problem, ReadOptions, read_bytes};

use crate::helpers::refused;
use crate::pabulib_common::{codes, file};

#[test]
fn f02_another_kind_of_file() {
    for text in [
        "hello",
        "a,b\n1,2\n",
        "{\"META\":1}",
        "<html></html>",
        "voter_id;vote\n1;1\n",
        "%PDF-1.4\n",
    ] {
        refused("another file", text, "text-before-meta");
    }
    assert_eq!(
        codes(&read_bytes(b"PK\x03\x04\x00\x00", &ReadOptions::strict()).unwrap_err()),
        ["nul-character"]
    );
}

#[test]
fn f03_encodings() {
    let text = file(
        "vote_type;approval",
        "project_id;cost;name\n1;60;Łódź",
        "voter_id;vote\n1;1",
    );
    let code =
        |bytes: &[u8]| codes(&read_bytes(bytes, &ReadOptions::lenient()).unwrap_err()).join(" ");
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    assert_eq!(code(&wide(u16::to_le_bytes)), "utf16");
    assert_eq!(code(&wide(u16::to_be_bytes)), "utf16");
    assert_eq!(
        code(&marked(&[0xff, 0xfe], wide(u16::to_le_bytes))),
        "utf16"
    );
    assert_eq!(
        code(&marked(&[0xfe, 0xff], wide(u16::to_be_bytes))),
        "utf16"
    );
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("META\nkey;value\ndescription;café\n");
    let found = read_bytes(&latin, &ReadOptions::strict()).unwrap_err();
    let first = found.iter().next().unwrap();
    assert_eq!(
        first.problem(),
        &Problem::Format(Fault::NotUtf8 { offset: 30 })
    );
    assert_eq!((first.place().line, first.place().column), (3, 16));
    assert_eq!(code(text.replace("60", "6\0").as_bytes()), "nul-character");
    assert_eq!(
        code(text.replace('\n', "\r").as_bytes()),
        "lone-carriage-return"
    );
    assert_eq!(
        code(text.replacen(";60", ";6\r0", 1).as_bytes()),
        "lone-carriage-return"
    );
    read_bytes(format!("\u{feff}{text}").as_bytes(), &ReadOptions::strict()).unwrap();
    refused(
        "two marks",
        &format!("\u{feff}\u{feff}{text}"),
        "decorated-section",
    );
    for bytes in [
        &b"\xc0\x80"[..],
        b"\xed\xa0\x80",
        b"META\n\xff",
        b"\xf4\x90\x80\x80",
        b"META\n\xe2\x82",
    ] {
        assert_eq!(code(bytes), "not-utf8");
    }
}
