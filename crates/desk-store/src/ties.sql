-- What hangs on an account falls with it, and news are kept here: they outlive the mirror.

-- What has happened in the cases, for 90 days.
CREATE TABLE news (
    position INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which this computer learned of them
    key      TEXT NOT NULL UNIQUE,             -- as in the mirror's queue: the same news comes once
    at       INTEGER NOT NULL,
    account  TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    case_key TEXT NOT NULL,
    subject  TEXT NOT NULL,
    kind     TEXT NOT NULL                     -- JSON EventKind
) STRICT;
CREATE INDEX news_by_account ON news (account);
CREATE INDEX news_by_time ON news (at);

CREATE TABLE news_cursor (                     -- how far each reader of the news has read
    reader   TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT;

-- NULL where only the mirror can tell whose the case is.
ALTER TABLE read_mark ADD COLUMN account TEXT REFERENCES account (id) ON DELETE CASCADE;
ALTER TABLE rating ADD COLUMN account TEXT REFERENCES account (id) ON DELETE CASCADE;
UPDATE read_mark SET account = (
    SELECT known.account FROM (SELECT case_key, account FROM outbox UNION SELECT case_key, account FROM case_link) known
    JOIN account ON account.id = known.account WHERE known.case_key = read_mark.case_key);
UPDATE rating SET account = (
    SELECT known.account FROM (SELECT case_key, account FROM outbox UNION SELECT case_key, account FROM case_link) known
    JOIN account ON account.id = known.account WHERE known.case_key = rating.case_key);

CREATE TABLE owned_catalogue (
    account    TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    what       TEXT NOT NULL,
    value      TEXT NOT NULL,                  -- JSON
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (account, what)
) STRICT;
INSERT INTO owned_catalogue SELECT * FROM catalogue WHERE account IN (SELECT id FROM account);
DROP TABLE catalogue;
ALTER TABLE owned_catalogue RENAME TO catalogue;

CREATE TABLE owned_link (                      -- keys of cases that began here, known even if the mirror is lost
    case_key     TEXT PRIMARY KEY,
    account      TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    canonical_id TEXT NOT NULL,                -- the caseId without its varying infix
    UNIQUE (account, canonical_id)
) STRICT;
INSERT INTO owned_link SELECT * FROM case_link WHERE account IN (SELECT id FROM account);
DROP TABLE case_link;
ALTER TABLE owned_link RENAME TO case_link;
