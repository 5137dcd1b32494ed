META
key;value
description;Points vote of Quartierville
country;France
unit;Quartierville
instance;2025
num_projects;5
num_votes;50
budget;100000
vote_type;cumulative
rule;greedy-no-skip
date_begin;02.06.2025
date_end;22.06.2025
max_length;3
max_sum_points;10
language;en
currency;EUR
comment;#1: A synthetic sample made for the quartier library: no such election took place and no voter is real.
PROJECTS
project_id;cost;votes;score;name;selected
p1;50000;26;117;Footpath lighting;1
p2;35000;25;121;Rain garden;1
p3;30000;25;110;Youth studio;0
p4;12000;15;81;Benches for seniors;0
p5;6000;13;71;Bird hide;0
VOTES
voter_id;vote;points
1;p2,p3;7,3
2;p5;10
3;p1,p2;7,3
4;p3,p1,p2;5,3,2
5;p4,p3,p2;5,3,2
6;p2,p3;6,4
7;p4,p5,p1;5,3,2
8;p4,p1;7,3
9;p2,p1;7,3
10;p3,p2,p4;5,3,2
11;p2,p4;7,3
12;p4;10
13;p4,p3;6,4
14;p1,p5;6,4
15;p2,p1;6,4
16;p3,p1,p2;5,3,2
17;p5,p1,p3;5,3,2
18;p4,p2;7,3
19;p5,p1;6,4
20;p1;10
21;p2;10
22;p1;10
23;p2,p3;6,4
24;p3,p4;6,4
25;p5;10
26;p1,p2;6,4
27;p1,p5;6,4
28;p3,p2;6,4
29;p4,p2;7,3
30;p1,p4,p3;5,3,2
31;p2,p3;7,3
32;p1,p2,p3;5,3,2
33;p2;10
34;p1,p5,p3;5,3,2
35;p3,p5;6,4
36;p2,p4,p1;5,3,2
37;p1,p2,p3;5,3,2
38;p3,p1;6,4
39;p3;10
40;p2,p3,p1;5,3,2
41;p2,p4,p3;5,3,2
42;p1,p5;6,4
43;p5,p1;7,3
44;p5,p1;6,4
45;p5,p1,p3;5,3,2
46;p3,p1;7,3
47;p3,p2;6,4
48;p3;10
49;p4;10
50;p4,p2;6,4
