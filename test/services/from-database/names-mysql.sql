CREATE TABLE users (id int PRIMARY KEY, `user` text, posts int, Users int);
CREATE TABLE posts (id int PRIMARY KEY, users int, owner_id int, FOREIGN KEY (owner_id) REFERENCES users (id));
CREATE TABLE `_priv` (id int PRIMARY KEY, `_x` int, `é` int, `1` int, `a'b"c` varchar(20) DEFAULT 'it''s "x" \\\\');
CREATE TABLE twice (
  id int PRIMARY KEY,
  a int,
  b int UNIQUE,
  twice int,
  `same-name` enum('', 'a b', 'a-b', 'it''s', '1') DEFAULT 'a-b',
  flags bit(3),
  flag bit(1) DEFAULT b'1',
  big bigint unsigned DEFAULT 18446744073709551615,
  small mediumint unsigned ZEROFILL,
  f float DEFAULT 1.5,
  t timestamp NULL,
  same_name text,
  FOREIGN KEY (a) REFERENCES users (id),
  FOREIGN KEY (b) REFERENCES users (id),
  FOREIGN KEY (twice) REFERENCES twice (id),
  FULLTEXT INDEX (`same_name`)
);
CREATE TABLE nameless (user_id int, FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE `My Table` (id int PRIMARY KEY, `u-id` int, FOREIGN KEY (`u-id`) REFERENCES users (id));
CREATE TABLE `model` (id int PRIMARY KEY);
CREATE TABLE `String` (id varchar(300) NOT NULL, PRIMARY KEY (id(100)));
CREATE VIEW later AS SELECT id FROM users;
CREATE VIEW earlier AS SELECT id FROM later;
