//! Lots computed from a seed, so that anyone can draw them again with `sha256sum`.

use std::fmt;

use sha2::{Digest, Sha256};

/// The first part of what is hashed for a lot: it keeps lots apart from every other use of a seed.
pub const LOT_DOMAIN: &str = "quartier/1/lot";

/// A project's lot under one seed; the smallest lot comes first.
///
/// 32 bytes, compared as a number with the most significant byte first, which is also the order of the
/// hexadecimal text that it prints.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LotDigest([u8; 32]);

impl LotDigest {
    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for LotDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for LotDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A project's lot: a number that nobody can choose, made from the public seed and the project's id.
///
/// **Definition.** SHA-256 of these bytes, in this order: the 14 bytes of `quartier/1/lot`
/// ([`LOT_DOMAIN`]), one zero byte, the UTF-8 bytes of the seed, one zero byte, the UTF-8 bytes of the
/// project's id. Nothing else, in particular no line end.
///
/// A lot depends on nothing but its seed and its id: not on other projects, not on earlier ties, not on
/// how often it is asked for. Removing a project or an earlier tie therefore never changes who comes
/// before whom among the others.
///
/// **With a shell**, for the seed `dice-314159` and the project `12`:
///
/// ```sh
/// printf 'quartier/1/lot\000%s\000%s' 'dice-314159' '12' | sha256sum
/// ```
///
/// ```
/// use quartier::record::lot_digest;
/// assert_eq!(
///     lot_digest("dice-314159", "12").to_string(),
///     "4d811d0ae225ae8c56528fa223f2f29dc1af4e72f5d092a9b1c1515b3228b9c7",
/// );
/// ```
///
/// The seed has to be fixed by something that no one controls, after the ballots are closed and
/// published (dice thrown in public, for example); otherwise whoever names it chooses the winner.
#[must_use]
pub fn lot_digest(seed: &str, project: &str) -> LotDigest {
    let digest = Sha256::new()
        .chain_update(LOT_DOMAIN)
        .chain_update([0])
        .chain_update(seed)
        .chain_update([0])
        .chain_update(project)
        .finalize();
    LotDigest(digest.into())
}

/// The ids in the order of their lots under a seed, smallest lot first.
///
/// Two different ids with the same lot have never been seen and never will be; should it happen, the
/// order of the ids' bytes decides. The order of the input does not matter.
///
/// ```
/// use quartier::record::lot_order;
/// assert_eq!(lot_order("dice-314159", ["3", "9", "12"]), ["12", "3", "9"]);
/// ```
#[must_use]
pub fn lot_order<'a>(seed: &str, projects: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut order: Vec<&str> = projects.into_iter().collect();
    order.sort_by_cached_key(|id| (lot_digest(seed, id), *id));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each constant was printed by `printf 'quartier/1/lot\000SEED\000ID' | sha256sum`.
    const BY_SHA256SUM: [(&str, &str, &str); 5] = [
        (
            "dice-314159",
            "12",
            "4d811d0ae225ae8c56528fa223f2f29dc1af4e72f5d092a9b1c1515b3228b9c7",
        ),
        (
            "dice-314159",
            "3",
            "82cca580dced31d7f2f6733d59a3ccf7cbc0e0d6cec559c7aa360d7a28727894",
        ),
        (
            "dice-314159",
            "9",
            "e763cb69901f4f3e353235af8aefafd18bc53417190124d796524092a7601b45",
        ),
        (
            "2024-06-01:4,4",
            "BO.D18.9/23",
            "7b77fc51d32cc35e4d5a17de9b0086355a3dc57a9dd3b71fbd1ebe33077640a8",
        ),
        (
            "",
            "é",
            "f7696ec6748f0dc09b67fb5120ce34b47230e2972c6eec15169ff41f420403f4",
        ),
    ];

    #[test]
    fn agrees_with_sha256sum() {
        for (seed, id, expected) in BY_SHA256SUM {
            assert_eq!(
                lot_digest(seed, id).to_string(),
                expected,
                "seed {seed}, project {id}"
            );
        }
    }

    #[test]
    fn seed_and_id_cannot_run_into_each_other() {
        assert_ne!(lot_digest("ab", "c"), lot_digest("a", "bc"));
    }

    #[test]
    fn every_order_of_three_is_about_equally_likely() {
        let mut seen = std::collections::BTreeMap::<Vec<&str>, i64>::new();
        for seed in 0..6_000 {
            *seen
                .entry(lot_order(&seed.to_string(), ["a", "b", "c"]))
                .or_default() += 1;
        }
        // Chi-square over 6 orders, 1000 expected each; 20.5 is the 0.1% point at 5 degrees of freedom.
        let squares: i64 = seen.values().map(|count| (count - 1_000).pow(2)).sum();
        assert_eq!(seen.len(), 6);
        assert!(squares < 20_500, "{seen:?}");
    }
}
