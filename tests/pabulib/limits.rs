//! Limits of reading.

use quartier::pabulib::{ReadError, ReadLimits, ReadOptions, read, read_bytes, read_from};

use crate::helpers::strict;
use crate::pabulib_common::{approval, codes};

#[test]
fn limits_hold_at_the_limit_and_refuse_one_beyond() {
    type Set = fn(ReadLimits, usize) -> ReadLimits;
    let text = approval();
    let longest = text.lines().map(str::len).max().unwrap();
    let cases: [(&str, usize, Set); 8] = [
        ("bytes", text.len(), ReadLimits::max_bytes),
        ("line", longest, ReadLimits::max_line_bytes),
        ("cells", 7, ReadLimits::max_cells),
        ("meta", 11, ReadLimits::max_meta_entries),
        ("projects", 4, ReadLimits::max_projects),
        ("votes", 4, ReadLimits::max_votes),
        ("marks", 3, ReadLimits::max_marks),
        ("digits", 5, ReadLimits::max_digits),
    ];
    for (what, at, set) in cases {
        let options = |limit| ReadOptions::strict().limits(set(ReadLimits::new(), limit));
        read(&text, &options(at)).unwrap_or_else(|refused| panic!("{what}: {refused}"));
        read_bytes(text.as_bytes(), &options(at)).unwrap();
        let refused = read(&text, &options(at - 1)).unwrap_err();
        assert!(
            codes(&refused).contains(&"limit-exceeded"),
            "{what}: {refused}"
        );
    }
}

#[test]
fn a_source_is_read_no_further_than_the_limit() {
    struct Endless;
    impl std::io::Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'x');
            Ok(into.len())
        }
    }
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    let options = ReadOptions::strict().limits(ReadLimits::new().max_bytes(100_000));
    let refused = read_from(std::io::BufReader::new(Endless), &options).unwrap_err();
    assert!(matches!(&refused, ReadError::Refused(found) if codes(found) == ["limit-exceeded"]));
    assert!(matches!(
        read_from(std::io::BufReader::new(Failing), &options),
        Err(ReadError::Io(_))
    ));
    assert_eq!(
        read_from(approval().as_bytes(), &ReadOptions::strict()).unwrap(),
        strict(&approval())
    );
}
