-- The outbox anew: what is sent and where it stands are two JSON columns, whole. What queries ask by is generated from
-- them, so that no two columns can differ.

CREATE TABLE outbox_entry (
    position     INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of sending within a case
    id           TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL,
    case_key     TEXT NOT NULL,
    reference    TEXT UNIQUE,                  -- ED-XXXX-XXXX, as it stands in the text
    created_at   INTEGER NOT NULL,
    kind         TEXT NOT NULL AS (request ->> '$.what') STORED CHECK (kind IN ('report', 'reply', 'resolve')),
    done_at      INTEGER AS (state ->> '$.doneAt') STORED,           -- when AWS is known to have it
    requested_at INTEGER AS (state ->> '$.requestedAt') STORED,      -- server time before the last request
    subject      TEXT NOT NULL AS (request ->> '$.subject') STORED,  -- the case's subject
    severity     TEXT AS (request ->> '$.severityCode') STORED,      -- for a report: the severity code
    body         TEXT AS (request ->> '$.text') STORED,              -- the whole text with its reference line
    request      TEXT NOT NULL,                -- JSON Request: what is sent, and the draft it came from
    state        TEXT NOT NULL                 -- JSON State
) STRICT;

INSERT INTO outbox_entry (position, id, account, case_key, reference, created_at, request, state)
SELECT
    o.position, o.id, o.account, o.case_key, o.reference, o.created_at,
    CASE o.kind WHEN 'resolve' THEN json_object('what', 'resolve', 'subject', o.subject)
    ELSE
        -- A rating had no draft: what becomes a draft again is its text, without the two lines of its reference.
        json_set(
            o.payload -> '$.request',
            '$.draft.body', CASE WHEN o.kind = 'reply' AND o.payload ->> '$.request.draft.body' = ''
                THEN substr(o.body, 1, length(o.body) - 18) ELSE o.payload ->> '$.request.draft.body' END,
            '$.subject', o.subject,
            '$.text', o.body,
            '$.severityCode', o.severity,
            '$.files', json((
                SELECT json_group_array(
                    json_object('name', f.name, 'size', f.size, 'sha256', f.sha256) ORDER BY f.position)
                FROM outbox_file f WHERE f.outbox = o.id)))
    END,
    CASE
        WHEN o.done_at IS NOT NULL THEN
            json_object('state', 'done', 'doneAt', o.done_at, 'requestedAt', o.payload -> '$.progress.requestedAt')
        WHEN o.state ->> '$.state' = 'sending' AND o.attempted_at IS NULL THEN
            json_object('state', 'preparing', 'attempts', json(a.attempts))
        WHEN o.state ->> '$.state' = 'sending' THEN
            json_object('state', 'requested', 'attempts', json(a.attempts), 'firstRequestedAt', o.attempted_at,
                'requestedAt', coalesce(o.payload ->> '$.progress.requestedAt', o.attempted_at))
        WHEN o.state ->> '$.state' = 'checking' THEN
            json_object('state', 'reconciling', 'attempts', json(a.attempts),
                'firstRequestedAt', coalesce(o.attempted_at, o.created_at),
                'requestedAt', coalesce(o.payload ->> '$.progress.requestedAt', o.attempted_at, o.created_at),
                'since', o.state -> '$.since', 'nextCheckAt', o.state -> '$.nextCheckAt')
        WHEN o.state ->> '$.state' = 'waiting' THEN
            json_object('state', 'waiting', 'attempts', json(a.attempts), 'failedAt', 0,
                'nextTryAt', o.state -> '$.nextTryAt', 'problem', o.state -> '$.problem')
        WHEN o.state ->> '$.state' = 'stopped' THEN
            json_object('state', 'stopped', 'attempts', json(a.attempts), 'problem', o.state -> '$.problem')
        ELSE json_object('state', 'queued', 'attempts', json(a.attempts))
    END
FROM outbox o
JOIN (
    SELECT id, json_object('count', tries, 'searchFrom', payload -> '$.progress.lookFrom',
        'fileSet', payload -> '$.progress.set') AS attempts
    FROM outbox
) a ON a.id = o.id
ORDER BY o.position;

DROP TABLE outbox_file;
DROP TABLE outbox;
ALTER TABLE outbox_entry RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (account, case_key, position) WHERE done_at IS NULL;
CREATE INDEX outbox_by_case ON outbox (case_key);

-- The staged files of each entry, in their order.
CREATE VIEW outbox_file (outbox, position, name, size, sha256) AS
SELECT entry.id, file.key, file.value ->> '$.name', file.value ->> '$.size', file.value ->> '$.sha256'
FROM outbox entry, json_each(entry.request, '$.files') file;
