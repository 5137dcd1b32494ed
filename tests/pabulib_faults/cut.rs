//! F1: cut files, and files that are only half there.

use quartier::pabulib::{ReadOptions, read, read_bytes};

use crate::helpers::refused;
use crate::pabulib_common::{approval, codes, file, ordinal, points, strict_codes};

/// Every proper prefix is refused, or has every vote, or the loss is recorded.
fn cut_at_every_byte(text: &str) {
    let whole = read(text, &ReadOptions::strict()).unwrap();
    let (mut refusals, mut recorded) = (0, 0);
    for at in 0..text.len() {
        for options in [ReadOptions::strict(), ReadOptions::lenient()] {
            match read_bytes(&text.as_bytes()[..at], &options) {
                Err(found) => {
                    assert!(found.has_errors());
                    refusals += 1;
                }
                Ok(document) if document.election().profile() == whole.election().profile() => {}
                Ok(document) => {
                    let known = document.warnings().iter().any(|warning| {
                        matches!(
                            warning.code(),
                            "control-mismatch" | "blank-ballot" | "maybe-cut"
                        )
                    });
                    assert!(known, "cut at byte {at}: a vote is lost without a word");
                    recorded += 1;
                }
            }
        }
    }
    assert!(
        refusals > text.len(),
        "{refusals} refusals, {recorded} recorded"
    );
}

#[test]
fn f01_cut_at_every_byte() {
    cut_at_every_byte(&approval());
    cut_at_every_byte(&ordinal());
    cut_at_every_byte(&points());
}

#[test]
fn f01_cut_at_every_byte_without_totals() {
    cut_at_every_byte(&file(
        "vote_type;approval",
        "project_id;cost\n1;60\n12;100\n123;5",
        "voter_id;vote\n7;1,12\n8;1,12,123",
    ));
    cut_at_every_byte(&file(
        "vote_type;cumulative",
        "project_id;cost\n1;60\n12;100",
        "voter_id;vote;points\n7;1,12;10,2\n8;1,12;25,100",
    ));
    let crlf = file(
        "vote_type;choose-1",
        "project_id;cost\n1;60\n12;100",
        "voter_id;vote\n7;1\n8;12",
    )
    .replace('\n', "\r\n");
    cut_at_every_byte(&crlf);
}

#[test]
fn f01_half_uploaded_or_a_station_missing() {
    let text = approval();
    let missing: String = text
        .lines()
        .filter(|line| !line.starts_with("25;"))
        .map(|line| format!("{line}\n"))
        .collect();
    refused("a vote less", &missing, "count-mismatch");
    let told = missing.replace("num_votes;4", "num_votes;3");
    assert!(strict_codes(&told).contains(&"control-mismatch"));
    assert!(
        read(&told, &ReadOptions::lenient())
            .unwrap()
            .warnings()
            .iter()
            .any(|warning| warning.code() == "control-mismatch")
    );
    refused(
        "a project less",
        &text.replace("10;99;1;Pond;nature;;0\n", ""),
        "count-mismatch",
    );
    refused("nothing", "", "missing-section");
}

#[test]
fn d1_cut_inside_the_last_line() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;60",
        "voter_id;vote\n1;1\n2;2",
    );
    let cut = text.trim_end().strip_suffix('2').unwrap();
    for options in [ReadOptions::strict(), ReadOptions::lenient()] {
        assert!(codes(read(cut, &options).unwrap().warnings()).contains(&"blank-ballot"));
        assert!(codes(read(cut, &options).unwrap().warnings()).contains(&"maybe-cut"));
    }
    refused(
        "without the separator",
        cut.strip_suffix(';').unwrap(),
        "row-width",
    );
}
