META
key;value
description;A file with mistakes, to show what check finds
country;France
unit;Quartierville
instance;2025
num_projects;4
num_votes;3
budget;1,000
vote_type;approval
rule;greedy
date_begin;02.06.2025
date_end;31.02.2025
max_length;3
language;English
currency;EUR
comment;#1: A synthetic sample made for the quartier library: no such election took place and no voter is real.
PROJECTS
project_id;cost;votes;name;selected
1;400;2;Trees;1
2;3OO;1;Benches;1
2;500;1;Pond;0
VOTES
voter_id;vote
1;1,2
2;1, 5
2;2
