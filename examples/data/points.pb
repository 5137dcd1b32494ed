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
p1;50000;25;125;Footpath lighting;1
p2;35000;29;168;Rain garden;1
p3;30000;19;76;Youth studio;0
p4;12000;17;77;Benches for seniors;1
p5;6000;12;54;Bird hide;0
VOTES
voter_id;vote;points
1;p1,p4;7,3
2;p5,p3;6,4
3;p2;10
4;p2;10
5;p1,p2;7,3
6;p2,p4,p5;5,3,2
7;p2;10
8;p2;10
9;p3,p1,p4;5,3,2
10;p2,p4;7,3
11;p3,p1;6,4
12;p1,p4;6,4
13;p2;10
14;p1,p5;6,4
15;p2,p5;7,3
16;p1,p2;7,3
17;p3,p1,p2;5,3,2
18;p4,p3,p2;5,3,2
19;p2,p3;6,4
20;p4,p5,p1;5,3,2
21;p4,p1;7,3
22;p2,p1;7,3
23;p3,p2,p4;5,3,2
24;p2,p4;7,3
25;p4;10
26;p4,p3;6,4
27;p1,p5;6,4
28;p2,p1;6,4
29;p3,p1,p2;5,3,2
30;p5,p1,p3;5,3,2
31;p4,p2;7,3
32;p5,p1;6,4
33;p1;10
34;p2;10
35;p1;10
36;p2,p3;6,4
37;p3,p4;6,4
38;p5;10
39;p1,p2;6,4
40;p1,p5;6,4
41;p3,p2;6,4
42;p4,p2;7,3
43;p1,p4,p3;5,3,2
44;p2,p3;7,3
45;p1,p2,p3;5,3,2
46;p2;10
47;p1,p5,p3;5,3,2
48;p3,p5;6,4
49;p2,p4,p1;5,3,2
50;p1,p2,p3;5,3,2
