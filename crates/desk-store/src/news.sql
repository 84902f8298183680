-- The queue of news on its way to desk.db: an event is dropped from it once it was copied there.
CREATE TABLE queue (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,             -- made of case, kind and content: the same for the same news
    at       INTEGER NOT NULL,                 -- when this computer learned of it
    account  TEXT NOT NULL,
    case_key TEXT NOT NULL REFERENCES incident (key) ON DELETE CASCADE ON UPDATE CASCADE,
    subject  TEXT NOT NULL,                    -- the case's, at that time
    kind     TEXT NOT NULL                     -- JSON EventKind
) STRICT;
-- What was written before events had keys; those of a first or repairing sync were told to nobody.
INSERT INTO queue (id, key, at, account, case_key, subject, kind)
SELECT e.id, 'event-' || e.id, e.at, e.account, e.case_key, i.subject, e.kind
FROM event e JOIN incident i ON i.key = e.case_key WHERE e.baseline = 0 ORDER BY e.id;
DROP TABLE event;
ALTER TABLE queue RENAME TO event;
CREATE INDEX event_by_case ON event (case_key);

-- Keys that cases had before the outbox told which case of its own they are: what desk.db keeps by them follows.
CREATE TABLE former_key (
    former TEXT PRIMARY KEY,
    key    TEXT NOT NULL REFERENCES incident (key) ON DELETE CASCADE ON UPDATE CASCADE
) STRICT;
