-- The mirror of AWS. Instants are milliseconds since 1970 UTC.

CREATE TABLE incident (
    rowid             INTEGER PRIMARY KEY,
    key               TEXT NOT NULL UNIQUE,    -- a UUID made on this computer
    account           TEXT NOT NULL,
    case_id           TEXT NOT NULL,           -- as AWS last gave it
    canonical_id      TEXT NOT NULL,           -- without the infix that varies between calls
    display_id        TEXT,                    -- unknown for minutes after creation
    subject           TEXT NOT NULL,
    status            TEXT NOT NULL,
    service_code      TEXT NOT NULL,
    category_code     TEXT NOT NULL,
    severity_code     TEXT NOT NULL,
    submitted_by      TEXT,
    cc                TEXT NOT NULL,           -- JSON list
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,        -- the newest message or status change
    opened_by_eco     INTEGER NOT NULL,
    first_response_at INTEGER,                 -- ECO's first communication in a case that ECO did not open
    newest_other_at   INTEGER,                 -- the newest message that this computer's user did not write
    waiting_since     INTEGER NOT NULL,        -- since when the side that has to act has to
    status_at         INTEGER NOT NULL,        -- when this computer learned of the status
    attachments       INTEGER NOT NULL DEFAULT 0,
    complete          INTEGER NOT NULL DEFAULT 0, -- whether all older correspondence has been fetched
    listed            INTEGER NOT NULL DEFAULT 0, -- whether AWS has ever listed it
    gone_at           INTEGER,                 -- when AWS stopped giving it
    UNIQUE (account, canonical_id),
    UNIQUE (account, display_id)
) STRICT;
CREATE INDEX incident_by_update ON incident (updated_at DESC);
CREATE INDEX incident_by_status ON incident (status, updated_at DESC);

CREATE TABLE communication (
    rowid       INTEGER PRIMARY KEY,
    case_key    TEXT NOT NULL REFERENCES incident (key) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    author      TEXT NOT NULL,                 -- submittedBy as AWS gives it
    by_eco      INTEGER NOT NULL,
    body        TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,              -- tells equal messages of one instant apart
    digest      TEXT NOT NULL,                 -- SHA-256 of author and body: AWS gives communications no id
    reference   TEXT,                          -- of ECO Desk, where the body has one
    attachments TEXT NOT NULL,                 -- JSON list of {attachmentId, fileName}
    UNIQUE (case_key, at, digest, ordinal)
) STRICT;
CREATE INDEX communication_by_time ON communication (case_key, at);
CREATE INDEX communication_by_reference ON communication (reference) WHERE reference IS NOT NULL;

-- Everything ever said in a case, and its subject and number. One row a communication and one a case. The row id is
-- the case's shifted by 40 bits, plus the communication's (0 for the case itself): a search for a common word tells
-- the cases from the index alone, without reading a row for each hit.
CREATE VIRTUAL TABLE words USING fts5 (text, case_key UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER incident_words_insert AFTER INSERT ON incident BEGIN
    INSERT INTO words (rowid, text, case_key)
    VALUES (new.rowid << 40, new.subject || ' ' || coalesce(new.display_id, ''), new.key);
END;
CREATE TRIGGER incident_words_update AFTER UPDATE OF subject, display_id ON incident BEGIN
    UPDATE words SET text = new.subject || ' ' || coalesce(new.display_id, '') WHERE rowid = new.rowid << 40;
END;
CREATE TRIGGER incident_words_delete AFTER DELETE ON incident BEGIN
    DELETE FROM words WHERE rowid >= old.rowid << 40 AND rowid < (old.rowid + 1) << 40;
END;
CREATE TRIGGER communication_words_insert AFTER INSERT ON communication BEGIN
    INSERT INTO words (rowid, text, case_key)
    SELECT i.rowid << 40 | new.rowid, new.body, i.key FROM incident i WHERE i.key = new.case_key;
END;
CREATE TRIGGER communication_words_delete AFTER DELETE ON communication BEGIN
    DELETE FROM words
    WHERE rowid = (SELECT i.rowid << 40 | old.rowid FROM incident i WHERE i.key = old.case_key);
END;

CREATE TABLE event (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    account  TEXT NOT NULL,
    case_key TEXT NOT NULL,
    kind     TEXT NOT NULL,                    -- JSON EventKind
    baseline INTEGER NOT NULL                  -- written by a first or repairing sync: never notified
) STRICT;

CREATE TABLE sync_state (
    account   TEXT PRIMARY KEY,
    synced_at INTEGER,                         -- when a poll last came to its end
    swept_at  INTEGER,                         -- when all cases, resolved ones too, were last read
    problem   TEXT                             -- JSON Problem of the last poll
) STRICT;

CREATE TABLE mirror (
    generation TEXT NOT NULL                   -- a random name of this file, for the readers' cursors
) STRICT;
INSERT INTO mirror (generation) VALUES (lower(hex(randomblob(16))));
