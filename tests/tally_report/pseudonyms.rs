//! Pseudonyms: published vectors, refusals, and duplicates that meet.

use proptest::prelude::*;
use quartier::tally::{
    CastVote, Content, Disposition, Intake, Place, PseudonymKey, PseudonymKeyError,
    PseudonymMethod, PseudonymMethodError,
};

use crate::helpers::{RULES, city};

fn key() -> PseudonymKey {
    let bytes: Vec<u8> = (0..32).collect();
    PseudonymKey::from_bytes(&bytes).unwrap()
}

/// `printf 'quartier-pseudonym/1\nab12' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f`, the first
/// 32 digits; and `printf 'quartier-pseudonym-key/1\n\x00\x01…\x1f' | sha256sum`.
#[test]
fn the_documented_bytes_give_the_pseudonym() {
    let vectors = [
        ("1984-05-17 Weber", "4865da22a01d973ce7ca38119464cb80"),
        ("ab12", "dd231e8192aba977ad603eaf02f124e4"),
        ("AB12", "c430d697d704479141fbe164e956b2b1"),
        ("Müller", "d8f7d1ee6fa8a5ab536b27d4a63cc66b"),
    ];
    for (id, expected) in vectors {
        let pseudonym = key().pseudonym(id).unwrap();
        assert_eq!(pseudonym.to_string(), expected, "{id}");
        assert_eq!(format!("{pseudonym:?}"), expected);
        assert_eq!(
            serde_json::to_string(&pseudonym).unwrap(),
            format!("\"{expected}\"")
        );
        assert_eq!(pseudonym.bytes().len(), 16);
    }
    assert_eq!(
        key().commitment().to_string(),
        "1a2c51848068d6f9f4b88dd1174825ec0f9a4f3fe4232743682d81d184d9654a"
    );
}

/// A key longer than a block of SHA-256 is hashed first (RFC 2104).
#[test]
fn a_long_key() {
    let mut bytes = vec![0xa5; 31];
    bytes.push(0x5a);
    bytes.extend([b'x'; 69]);
    let key = PseudonymKey::from_bytes(&bytes).unwrap();
    assert_eq!(
        key.pseudonym("ab12").unwrap().to_string(),
        "e7c8c349b767eafa71cbb952289cb567"
    );
}

#[test]
fn keys_that_are_no_secret_are_refused() {
    for length in 0..32 {
        let bytes: Vec<u8> = (0..length).collect();
        let refused = PseudonymKey::from_bytes(&bytes).map(|_| ());
        let length = usize::from(length);
        assert_eq!(refused, Err(PseudonymKeyError::TooShort { length }));
    }
    for byte in [0, 1, 0xff] {
        let refused = PseudonymKey::from_bytes(&[byte; 64]).map(|_| ());
        assert_eq!(refused, Err(PseudonymKeyError::AllEqual));
    }
    let mut almost = [0_u8; 32];
    almost[31] = 1;
    assert!(PseudonymKey::from_bytes(&almost).is_ok());
    assert!(
        PseudonymKeyError::AllEqual
            .to_string()
            .contains("never set")
    );
}

#[test]
fn nothing_prints_the_key() {
    let secret = b"correct horse battery staple 123";
    let key = PseudonymKey::from_bytes(secret).unwrap();
    let shown = format!("{key:?} {key:#?} {:?}", key.commitment());
    assert!(
        !shown.contains("horse") && !shown.contains("99, 111"),
        "{shown}"
    );
}

#[test]
fn other_methods_are_refused_with_the_reason() {
    assert_eq!("hmac-sha256".parse(), Ok(PseudonymMethod::HmacSha256));
    assert_eq!(PseudonymMethod::HmacSha256.to_string(), "hmac-sha256");
    let refused = |text: &str| text.parse::<PseudonymMethod>().unwrap_err();
    for text in [
        "sha256", "sha-256", "SHA-512", "sha1", "md5", "MD5", "blake3", "crc32", "hash",
    ] {
        assert!(
            matches!(refused(text), PseudonymMethodError::Plain { .. }),
            "{text}"
        );
    }
    for text in ["salted-sha256", "sha256-salted", "salt+md5", "Salted"] {
        assert!(
            matches!(refused(text), PseudonymMethodError::Salted { .. }),
            "{text}"
        );
    }
    for text in ["bcrypt", "scrypt", "argon2id", "PBKDF2-hmac-sha256"] {
        assert!(
            matches!(refused(text), PseudonymMethodError::Password { .. }),
            "{text}"
        );
    }
    for text in ["none", "", "base64", "plain"] {
        assert!(
            matches!(refused(text), PseudonymMethodError::Readable { .. }),
            "{text}"
        );
    }
    for text in [
        "hmac",
        "hmac-md5",
        "HMAC-SHA256",
        " hmac-sha256",
        "hmac-sha256 ",
        "aes",
    ] {
        assert!(
            matches!(refused(text), PseudonymMethodError::Unknown { .. }),
            "{text}"
        );
    }
    for text in ["sha256", "salted-sha256", "bcrypt", "none", "aes"] {
        let why = refused(text).to_string();
        assert!(
            why.contains(text) && why.ends_with("use hmac-sha256"),
            "{why}"
        );
    }
}

/// One key for all channels: the voter's two votes meet in the intake, which never sees the id.
#[test]
fn duplicates_meet_across_channels_and_anonymous_votes_stay_so() {
    let (instance, rules) = (city(), RULES.parse().unwrap());
    let mut intake = Intake::new(&instance, &rules).unwrap();
    let key = key();
    let mut buffer = String::from("what was here before");
    let votes = [
        ("internet", "1984-05-17 Weber", "1"),
        ("paper", "1984-05-17 Weber", "2"),
        ("paper", "1990-01-01 Weber", "3"),
        ("paper", "", "4"),
        ("paper", "", "5"),
    ];
    for (line, (channel, voter, time)) in (2..).zip(votes) {
        let vote = CastVote {
            place: Place {
                line,
                ..Place::default()
            },
            channel,
            voter,
            time,
            ..CastVote::new(Content::Text("park"))
        };
        intake.cast(&key.disguise(vote, &mut buffer));
    }
    let tally = intake.close().unwrap();
    let rows: Vec<(&str, Disposition)> = tally
        .register()
        .rows()
        .map(|row| (row.voter(), row.disposition()))
        .collect();
    let pseudonym = "4865da22a01d973ce7ca38119464cb80";
    assert_eq!(rows[0], (pseudonym, Disposition::Accepted));
    assert_eq!(rows[1], (pseudonym, Disposition::Duplicate));
    assert_eq!(rows[2].1, Disposition::Accepted);
    assert_eq!(rows[3], ("", Disposition::Accepted));
    assert_eq!(rows[4], ("", Disposition::Accepted));
    assert_eq!(tally.anonymous(), 2);
    assert!(!format!("{tally:?}").contains("Weber"));
}

proptest! {
    /// Ids are byte-exact, keys matter, and the same id always has the same pseudonym.
    #[test]
    fn pseudonyms_tell_ids_and_keys_apart(a in ".{1,40}", b in ".{1,40}", bytes in prop::collection::vec(any::<u8>(), 32..100), at in 0_usize..32) {
        prop_assume!(bytes.windows(2).any(|pair| pair[0] != pair[1]));
        let key = PseudonymKey::from_bytes(&bytes).unwrap();
        let mut others = bytes.clone();
        others[at] ^= 1;
        prop_assume!(others.windows(2).any(|pair| pair[0] != pair[1]));
        let other = PseudonymKey::from_bytes(&others).unwrap();
        prop_assert_eq!(key.pseudonym(&a), key.pseudonym(&a));
        prop_assert_eq!(key.pseudonym(&a) == key.pseudonym(&b), a == b);
        prop_assert_ne!(key.pseudonym(&a), other.pseudonym(&a));
        prop_assert_ne!(key.commitment(), other.commitment());
    }
}
