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
A1;40000;29;64;Pedestrian bridge;1
A2;25000;39;87;Evening bus;1
A3;20000;24;48;Community oven;0
A4;15000;20;50;Tool library;1
A5;30000;24;46;Pocket park;0
A6;8000;12;25;Street tree register;0
VOTES
voter_id;vote
1;A1,A4
2;A3,A2,A1
3;A2,A3,A5
4;A4,A6
5;A4
6;A1,A3,A2
7;A5
8;A5,A1,A3
9;A1,A6,A5
10;A1,A3,A2
11;A5,A2
12;A5
13;A2,A4,A3
14;A2,A1,A5
15;A3,A2,A1
16;A2,A3,A5
17;A5,A1,A2
18;A2,A1,A3
19;A2
20;A3,A4,A5
21;A4,A5,A2
22;A4,A5,A2
23;A4,A1,A2
24;A3,A2,A1
25;A4,A2,A5
26;A2,A6
27;A5,A1,A2
28;A2,A4,A5
29;A6
30;A6,A2
31;A2,A6,A3
32;A2,A3,A1
33;A2,A1
34;A1,A2,A5
35;A1,A4
36;A5,A1
37;A2,A4
38;A2,A6,A3
39;A2,A3,A1
40;A4,A3,A5
41;A4
42;A4
43;A3,A4
44;A2,A1,A3
45;A2,A5
46;A1,A2,A5
47;A1,A4,A3
48;A5,A3
49;A3,A2
50;A6,A1,A5
51;A1,A3,A2
52;A2,A4,A6
53;A1,A2
54;A3
55;A6,A3,A1
56;A5,A1,A2
57;A2,A4,A6
58;A1,A5
59;A4,A2
60;A1,A2,A6
