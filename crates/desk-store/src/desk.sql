-- What only this computer has. Instants are milliseconds since 1970 UTC; JSON columns hold the room's own types.

CREATE TABLE account (
    id             TEXT PRIMARY KEY,
    position       INTEGER NOT NULL,
    name           TEXT NOT NULL,
    colour         INTEGER NOT NULL,
    source         TEXT NOT NULL,              -- JSON CredentialSource; never a secret
    partition      TEXT NOT NULL,              -- JSON Partition
    account_number TEXT,
    connection     TEXT NOT NULL,              -- JSON Connection
    seen_at        INTEGER NOT NULL            -- when it was connected: what was said before counts as seen
) STRICT;

CREATE TABLE draft (
    id         TEXT PRIMARY KEY,               -- a report's draft id becomes its case's key
    case_key   TEXT UNIQUE,                    -- for a reply: the one draft of that case
    content    TEXT NOT NULL,                  -- JSON DraftContent
    created_at INTEGER NOT NULL,
    saved_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_file (
    id       TEXT PRIMARY KEY,
    draft    TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT,                             -- the staged copy; NULL for a refused file
    problem  TEXT                              -- JSON Problem; why it was refused
) STRICT;
CREATE INDEX draft_file_by_draft ON draft_file (draft, position);

CREATE TABLE outbox (
    position     INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of sending within a case
    id           TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('report', 'reply', 'resolve')),
    account      TEXT NOT NULL,
    case_key     TEXT NOT NULL,
    subject      TEXT NOT NULL,                -- the case's subject
    severity     TEXT,                         -- for a report: the severity code
    body         TEXT,                         -- the whole text that is sent, with its reference line
    payload      TEXT NOT NULL,                -- JSON: the rest that the request needs, and the draft it came from
    reference    TEXT UNIQUE,                  -- ED-XXXX-XXXX, as it stands in the body
    state        TEXT NOT NULL,                -- JSON OutboxState; 'done' is the done_at column
    attempted_at INTEGER,                      -- server time before the first request whose outcome is not known
    tries        INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    done_at      INTEGER                       -- when AWS is known to have it
) STRICT;
CREATE INDEX outbox_open ON outbox (account, case_key, position) WHERE done_at IS NULL;
CREATE INDEX outbox_by_case ON outbox (case_key);

CREATE TABLE outbox_file (
    outbox   TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    PRIMARY KEY (outbox, position)
) STRICT;

CREATE TABLE case_link (                       -- keys of cases that began here, known even if the mirror is lost
    case_key     TEXT PRIMARY KEY,
    account      TEXT NOT NULL,
    canonical_id TEXT NOT NULL,                -- the caseId without its varying infix
    UNIQUE (account, canonical_id)
) STRICT;

CREATE TABLE read_mark (
    case_key TEXT PRIMARY KEY,
    seen_at  INTEGER NOT NULL                  -- everything up to here has been seen
) STRICT;

CREATE TABLE rating (
    case_key TEXT PRIMARY KEY,
    rating   TEXT NOT NULL,                    -- JSON Rating
    rated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hand_over (
    case_key  TEXT PRIMARY KEY,
    hand_over TEXT NOT NULL                    -- JSON HandOver; the row goes when it is done or dismissed
) STRICT;

CREATE TABLE catalogue (                       -- what AWS said that changes seldom: services, severities
    account    TEXT NOT NULL,
    what       TEXT NOT NULL,
    value      TEXT NOT NULL,                  -- JSON
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (account, what)
) STRICT;

CREATE TABLE cursor (                          -- how far each reader of the mirror's events has read
    reader     TEXT PRIMARY KEY,
    generation TEXT NOT NULL,                  -- of the mirror file: event ids start anew with each
    position   INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL                        -- JSON
) STRICT;
