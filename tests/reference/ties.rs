//! Who goes first among equals: the words of a chain, one after another.

use std::cmp::Ordering;

use quartier::record::lot_digest;

use super::support::votes;
use crate::common::{Case, IDS};

/// How people sort the ids of the small elections.
const NATURAL: [usize; 8] = [0, 2, 1, 3, 4, 5, 6, 7];

/// The first of the tied projects; the chain settles every tie.
pub(crate) fn first(case: &Case, chain: &str, tied: &[usize]) -> usize {
    let mut left = tied.to_vec();
    for word in chain.split(',') {
        let filed = |project: usize| case.projects[project].filed;
        if word.ends_with("-filed") && left.iter().any(|&project| filed(project).is_none()) {
            continue;
        }
        let before = |a: usize, b: usize| -> Ordering {
            match word {
                "id" => a.cmp(&b),
                "id-desc" => b.cmp(&a),
                "natural-id" => NATURAL[a].cmp(&NATURAL[b]),
                "natural-id-desc" => NATURAL[b].cmp(&NATURAL[a]),
                "cheaper" => case.projects[a].cost.cmp(&case.projects[b].cost),
                "dearer" => case.projects[b].cost.cmp(&case.projects[a].cost),
                "more-votes" => votes(case, b).cmp(&votes(case, a)),
                "fewer-votes" => votes(case, a).cmp(&votes(case, b)),
                "earlier-filed" => filed(a).cmp(&filed(b)),
                "later-filed" => filed(b).cmp(&filed(a)),
                lot => {
                    let seed = lot.strip_prefix("lot:").unwrap();
                    lot_digest(seed, IDS[a]).cmp(&lot_digest(seed, IDS[b]))
                }
            }
        };
        let best = left.iter().copied().min_by(|&a, &b| before(a, b)).unwrap();
        left.retain(|&project| before(project, best) == Ordering::Equal);
    }
    assert_eq!(left.len(), 1, "the chain {chain} leaves {left:?} tied");
    left[0]
}
