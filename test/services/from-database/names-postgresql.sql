CREATE SCHEMA crm;
CREATE TYPE crm.kind AS ENUM ('a', 'b');
CREATE FUNCTION crm.keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TABLE users (id int PRIMARY KEY, "user" text, posts int);
CREATE TABLE posts (id int PRIMARY KEY, users int, owner_id int REFERENCES users (id));
CREATE TABLE "_priv" (id int PRIMARY KEY, "_x" int, "é" int, "1" int);
CREATE TABLE twice (
  id int PRIMARY KEY,
  a int REFERENCES users (id),
  b int UNIQUE REFERENCES users (id),
  twice int REFERENCES twice (id)
);
CREATE TABLE nameless (user_id int REFERENCES users (id));
CREATE TABLE "My Table" (id int PRIMARY KEY, "u-id" int REFERENCES users (id));
CREATE TABLE crm.clients (id int PRIMARY KEY, kind crm.kind DEFAULT 'a', user_id int REFERENCES users (id));
COMMENT ON TABLE crm.clients IS 'Clients.';
CREATE UNIQUE INDEX one_a ON crm.clients (user_id) WHERE kind = 'a';
CREATE VIEW crm.v AS SELECT id, kind FROM crm.clients;
CREATE TRIGGER t BEFORE INSERT ON crm.clients FOR EACH ROW EXECUTE FUNCTION crm.keep();
