//! Faults F1, F2 and F16 of files that are well formed and wrong: what was announced shows them.

use quartier::pabulib::{Expected, Mismatch, ReadOptions, read, read_bytes};
use sha2::{Digest, Sha256};

const FILE: &str = "META\nkey;value\ndescription;synthetic\nunit;Nowhere\ninstance;2026\nnum_projects;2\nnum_votes;3\nbudget;100\nvote_type;approval\n\
PROJECTS\nproject_id;cost;votes\n1;60;2\n2;50;2\nVOTES\nvoter_id;vote;age\na;1;30\nb;1,2;41\nc;2;52\n";

fn announced() -> Expected {
    let digest: [u8; 32] = Sha256::digest(FILE).into();
    Expected::new()
        .sha256(digest)
        .bytes(FILE.len() as u64)
        .projects(2)
        .votes(3)
        .meta("instance", "2026")
        .meta("unit", "Nowhere")
}

#[test]
fn the_announced_file_passes() {
    let document = read(FILE, &ReadOptions::strict()).unwrap();
    assert_eq!(announced().check(FILE.as_bytes(), &document), Ok(()));
}

#[test]
fn f01_a_station_is_missing() {
    let file = FILE
        .replace("c;2;52\n", "")
        .replace("num_votes;3", "num_votes;2")
        .replace("2;50;2", "2;50;1");
    let document = read(&file, &ReadOptions::strict()).unwrap();
    let mismatches = announced().check(file.as_bytes(), &document).unwrap_err();
    assert!(mismatches.all().contains(&Mismatch::Votes {
        announced: 3,
        found: 2
    }));
}

#[test]
fn f02_last_years_file() {
    let file = FILE.replace("instance;2026", "instance;2025");
    let document = read(&file, &ReadOptions::strict()).unwrap();
    let mismatches = announced().check(file.as_bytes(), &document).unwrap_err();
    let meta = mismatches
        .all()
        .iter()
        .filter(|mismatch| matches!(mismatch, Mismatch::Meta { key, .. } if key == "instance"));
    assert_eq!(meta.count(), 1);
}

#[test]
fn f16_every_changed_byte_shows() {
    let original = read(FILE, &ReadOptions::strict()).unwrap();
    let mut refused = 0;
    for at in 0..FILE.len() {
        let mut bytes = FILE.as_bytes().to_vec();
        bytes[at] ^= 1;
        // Refused when it is read, or it is not the announced file; and where the content digest stays the
        // same, only what is not counted was changed.
        let Ok(document) = read_bytes(&bytes, &ReadOptions::lenient()) else {
            refused += 1;
            continue;
        };
        assert!(
            announced().check(&bytes, &document).is_err(),
            "byte {at} changed and nobody noticed"
        );
        if document.election().digest() == original.election().digest() {
            assert_eq!(
                document.election().profile(),
                original.election().profile(),
                "byte {at}"
            );
            assert_eq!(
                document.election().instance(),
                original.election().instance(),
                "byte {at}"
            );
        }
    }
    assert!(refused > 0 && refused < FILE.len());
}
