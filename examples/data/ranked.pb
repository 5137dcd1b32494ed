META
key;value
description;Ranked vote of Quartierville
country;France
unit;Quartierville
instance;2025
num_projects;6
num_votes;60
budget;80000
vote_type;ordinal
rule;greedy
date_begin;02.06.2025
date_end;22.06.2025
max_length;3
language;en
currency;EUR
comment;#1: A synthetic sample made for the quartier library: no such election took place and no voter is real.
PROJECTS
project_id;cost;votes;score;name;selected
A1;40000;26;55;Pedestrian bridge;1
A2;25000;38;91;Evening bus;1
A3;20000;24;49;Community oven;0
A4;15000;20;48;Tool library;1
A5;30000;23;43;Pocket park;0
A6;8000;9;21;Street tree register;0
VOTES
voter_id;vote
1;A4,A3
2;A3
3;A2
4;A3
5;A3,A5
6;A1,A6
7;A2,A4,A1
8;A5,A1,A4
9;A3
10;A2,A1,A3
11;A2
12;A1,A2,A5
13;A6,A3
14;A1,A2,A4
15;A2
16;A2,A4,A1
17;A2,A3,A5
18;A4,A6
19;A4
20;A1,A3,A2
21;A5
22;A5,A1,A3
23;A1,A6,A5
24;A1,A3,A2
25;A5,A2
26;A5
27;A2,A4,A3
28;A2,A1,A5
29;A3,A2,A1
30;A2,A3,A5
31;A5,A1,A2
32;A2,A1,A3
33;A2
34;A3,A4,A5
35;A4,A5,A2
36;A4,A5,A2
37;A4,A1,A2
38;A3,A2,A1
39;A4,A2,A5
40;A2,A6
41;A5,A1,A2
42;A2,A4,A5
43;A6
44;A6,A2
45;A2,A6,A3
46;A2,A3,A1
47;A2,A1
48;A1,A2,A5
49;A1,A4
50;A5,A1
51;A2,A4
52;A2,A6,A3
53;A2,A3,A1
54;A4,A3,A5
55;A4
56;A4
57;A3,A4
58;A2,A1,A3
59;A2,A5
60;A1,A2,A5
