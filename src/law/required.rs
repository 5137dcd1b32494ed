//! The required choices, as one list.

/// A choice that must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Required {
    /// The key; `[]` stands for each table of a list.
    pub path: &'static str,
    /// What it decides.
    pub decides: &'static str,
}

const fn required(path: &'static str, decides: &'static str) -> Required {
    Required { path, decides }
}

/// Every key that must be written, because it decides money or winners and law differs from city to city.
///
/// A pot says how much it holds by one of `amount`, `each-area` and `split`; a limit by one of `at-most`,
/// `at-most-projects`, `at-most-share`, `at-least` and `at-least-projects`; a stage how it decides by `rule` or
/// `method`. Where a choice brings others with it (a method its score, a claim its share), those are required too.
pub const REQUIRED: &[Required] = &[
    required("name", "which regulation this is"),
    required(
        "edition",
        "which edition it is for; a schedule has an amount for each",
    ),
    required("envelope", "how much money there is"),
    required("envelope.base", "what the ceiling is a share of"),
    required("envelope.at-most", "the ceiling"),
    required("envelope.voted", "how much the council voted"),
    required("envelope.currency", "the currency of all amounts"),
    required("envelope.granularity", "to what amounts are rounded"),
    required(
        "envelope.operating-cost.amount",
        "what running the edition costs, where it is said",
    ),
    required(
        "envelope.operating-cost.charged",
        "whether the envelope pays it",
    ),
    required("eligibility", "who may take part"),
    required("eligibility.proposer", "who may propose"),
    required(
        "eligibility.delivery-months-at-most",
        "how long delivery may take",
    ),
    required("eligibility.attested", "what somebody must have attested"),
    required(
        "eligibility.on-unknown",
        "what happens where nobody has said",
    ),
    required("ballot", "what a valid ballot is"),
    required("ballot.form", "what voters write"),
    required(
        "ballot.max",
        "how many projects a ballot may name: or `exactly`",
    ),
    required(
        "ballot.invalid",
        "what happens to a ballot that is not valid",
    ),
    required(
        "ballot.duplicates",
        "which ballot counts where a voter cast several",
    ),
    required(
        "ballot.blank-ballots-count",
        "whether thresholds count blank ballots",
    ),
    required("ballot.channels", "which channels decide"),
    required("pot", "where the money is"),
    required("pot[].id", "what the pot is called"),
    required(
        "pot[].amount",
        "how much it holds: or `each-area`, or `split`",
    ),
    required(
        "pot[].each-area",
        "how much each area's pot holds: or `amount`, or `split`",
    ),
    required("pot[].holds", "which projects it may pay for"),
    required("limit[].per", "for what the limit holds"),
    required("limit[].holds", "which projects it is about"),
    required("limit[].at-most", "how much: or another bound"),
    required("limit[].after-top-up", "whether it binds leftovers"),
    required("rate[].holds", "for which projects the rates are"),
    required(
        "rate[].applies-to",
        "whether a rate is of its slice or of the whole cost",
    ),
    required("rate[].brackets", "how much of the cost is paid"),
    required(
        "rate[].brackets[].up-to",
        "where a bracket ends: in all but the last",
    ),
    required("rate[].brackets[].rate", "the share of its bracket"),
    required(
        "rate[].other-funding",
        "by what a project shows that the rest is found",
    ),
    required("stage", "how it is decided"),
    required("stage[].id", "what the stage is called"),
    required("stage[].pots", "who pays, in which order"),
    required("stage[].rule", "by which rule: or `method`"),
    required("stage[].ties", "who goes first among equals"),
    required(
        "stage[].guarantee",
        "what is funded whatever the ranking: a table or `none`",
    ),
    required("stage[].guarantee.per", "for what it is guaranteed"),
    required("stage[].guarantee.projects", "how much: or `amount`"),
    required(
        "stage[].guarantee.when",
        "before the ranking or as a correction after it",
    ),
    required(
        "stage[].guarantee.if-none",
        "what happens where there is no project",
    ),
    required("redistribute", "what happens to leftovers"),
    required("redistribute[].from", "which leftovers"),
    required("redistribute[].mode", "whether what was decided stands"),
    required("redistribute[].claims", "who may claim, in which order"),
    required("redistribute[].claims[].kind", "which projects claim"),
    required(
        "redistribute[].claims[].min-covered",
        "how much of an almost funded project must be covered",
    ),
    required(
        "redistribute[].claims[].measure",
        "least of what an under-served area has received",
    ),
    required(
        "redistribute[].claims[].at-most",
        "how much of a cost overrun is paid at most",
    ),
    required(
        "redistribute[].claims[].pay",
        "in full, in part, pro rata or up to a cap",
    ),
    required("redistribute[].rest", "where the rest goes"),
    required(
        "redistribute[].turnout-of",
        "what turnout is a share of, where the area of highest or lowest turnout receives the rest",
    ),
    required(
        "redistribute[].area-pot",
        "which pot of that area receives it, where areas have several",
    ),
];
