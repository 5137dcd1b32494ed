//! Files with nothing wrong in them.

pub(crate) const APPROVAL: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;4
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;01.06.2024
date_end;30.06.2024
max_length;3
categories;sport,green
language;fr
currency;EUR
comment;#1: Made for a test. #2: Nobody voted.
PROJECTS
project_id;cost;votes;name;category;beneficiaries;selected;latitude;longitude
1;500;3;Park;green;adults,seniors;1;48.58;7.75
2;400;2;Pool;sport;adults;1;48.59;7.76
3;300;2;Trees;green,sport;seniors;0;48.60;7.77
4;900;1;Hall;sport;;0;;
VOTES
voter_id;vote;age;sex;voting_method;neighborhood
a;1,2;37;F;internet;North
b;1,3;25-34;M;paper;South
c;2,1;;;internet;North
d;3,4;61;O;paper;
";

pub(crate) const CUMULATIVE: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;2
num_votes;2
budget;1000
vote_type;cumulative
rule;greedy-threshold
date_begin;2024
date_end;2024
max_sum_points;10
min_project_score_threshold;5
categories;sport,green
budget_per_category;600,400
PROJECTS
project_id;cost;votes;score;name;category;selected
1;800;2;12;Park;green;1
2;400;2;8;Pool;sport;0
VOTES
voter_id;vote;points;time_taken_seconds
a;1,2;7,3;40
b;1,2;5,5;50
";

pub(crate) const CHOOSE_ONE: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;2
num_votes;2
budget;1000
vote_type;choose-1
rule;greedy-no-skip
date_begin;2024
date_end;2024
min_length;1
max_length;1
PROJECTS
project_id;cost;votes;name;selected
1;800;1;Park;1
2;400;1;Pool;0
VOTES
voter_id;vote
a;1
b;2
";
