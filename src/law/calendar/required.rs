//! What a calendar must say, as one list.

use crate::law::Required;

const fn required(path: &'static str, decides: &'static str) -> Required {
    Required { path, decides }
}

/// Every key that a calendar must have, where its table is written; `[]` stands for each table of a list.
///
/// A step says when it is by `on`, by `from` and `to`, or by `days`; it may say nothing unless the plan needs it. The
/// tables `plan` and `implementation` may be left out; where they are written, their keys are required.
pub const REQUIRED: &[Required] = &[
    required("step", "what happens in the edition"),
    required("step[].id", "what the step is called"),
    required("step[].from", "its first day: or `on`, or `days`"),
    required("step[].to", "its last day, which belongs to it"),
    required("event", "which days others are counted from"),
    required("event[].id", "what the event is called"),
    required("event[].on", "its day"),
    required("plan.event", "from which event studies are planned"),
    required("plan.study", "in which step feasibility is studied"),
    required(
        "plan.consultation",
        "whether services are asked one after another or in parallel",
    ),
    required(
        "plan.consultation-days",
        "how long a service has for its opinion",
    ),
    required("plan.study-days", "how long a study takes without opinions"),
    required(
        "implementation.step",
        "which step puts projects into effect",
    ),
    required("implementation.year", "in which year it begins"),
];
