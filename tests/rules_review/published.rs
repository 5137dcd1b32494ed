//! Published results compared with a count.

use quartier::archive::{Agreement, MetaRule, Selection, verify};
use quartier::count::Count;
use quartier::pabulib::{ReadOptions, read};

use crate::common::plan;

/// A published election of three projects: approval, budget 100.
fn published(meta: &str, selected: [u32; 3]) -> String {
    let [a, b, c] = selected;
    format!(
        "META\nkey;value\ndescription;synthetic\ncountry;France\nunit;Nowhere\ninstance;2026\nnum_projects;3\nnum_votes;6\nbudget;100\nvote_type;approval\n\
         date_begin;2026\ndate_end;2026\nmax_length;3\n{meta}\nPROJECTS\nproject_id;cost;votes;selected\n1;60;3;{a}\n2;50;2;{b}\n3;30;1;{c}\n\
         VOTES\nvoter_id;vote\nv1;1\nv2;1\nv3;1\nv4;2\nv5;2\nv6;3\n"
    )
}

const TOP_UP: &str = "rule;greedy-custom\ncomment;#1: at least 2 votes. If it is enough to fund at least 80% of that project, we fund it as well";

fn document(text: &str) -> quartier::pabulib::Document {
    read(text, &ReadOptions::lenient()).unwrap_or_else(|error| panic!("{error}"))
}

/// M11: a project that is topped up as published does not differ.
#[test]
fn projects_topped_up_as_published_do_not_differ() {
    let counted = |published: &str| {
        let document = document(published);
        let plan = plan("greedy:score=votes,misfit=top-up,min-covered=80%,reserve=60");
        let outcome = Count::of(document.election(), &plan)
            .run()
            .unwrap()
            .outcome()
            .unwrap()
            .clone();
        Selection::of(&document).unwrap().differences(&outcome)
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        counted(&published("rule;greedy", [1, 2, 0])),
        (none.clone(), none.clone())
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 2, 1])),
        (vec!["3".to_owned()], none.clone())
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 0, 2])),
        (vec!["3".to_owned()], vec!["2".to_owned()])
    );
    assert_eq!(
        counted(&published("rule;greedy", [1, 1, 0])),
        (vec!["2".to_owned()], vec!["2".to_owned()]),
        "funded otherwise"
    );
}

/// M12: what META does not say is named wherever it was assumed.
#[test]
fn an_assumed_rule_is_named() {
    let assumed =
        "META says greedy-custom without a rule that is known; counted as greedy by rank, skip";
    let plain = |selected| {
        verify(
            &document(&published(
                "rule;greedy-custom\ncomment;#1: as the council saw fit",
                selected,
            )),
            &[],
        )
        .unwrap()
    };
    let (agrees, differs) = (plain([1, 0, 1]), plain([1, 1, 0]));
    assert_eq!(
        (agrees.agreement, agrees.remark.as_str()),
        (Agreement::Yes, assumed)
    );
    assert_eq!(differs.agreement, Agreement::No);
    assert!(
        differs
            .remark
            .starts_with(&format!("{assumed}; published and not counted: 2")),
        "{}",
        differs.remark
    );
    let named = verify(&document(&published("rule;greedy", [1, 0, 1])), &[]).unwrap();
    assert_eq!(
        (named.agreement, named.remark.as_str()),
        (Agreement::Yes, "")
    );
}

/// M12: the share is found wherever it stands in the comment.
#[test]
fn a_top_up_is_found_after_other_words() {
    let document = document(&published(TOP_UP, [1, 2, 0]));
    let MetaRule::Known(prepared) = MetaRule::of(&document) else {
        panic!("greedy-custom is known")
    };
    assert_eq!(
        (prepared.plan.to_string().as_str(), prepared.assumption),
        (
            "greedy:score=votes,misfit=top-up,min-covered=80%,reserve=60",
            None
        )
    );
    assert_eq!(verify(&document, &[]).unwrap().agreement, Agreement::Yes);
}
