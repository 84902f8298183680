-- desk.db as the program left it before the outbox kept requests and states whole: an entry in each state. Times are in 2023.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO account VALUES('demo',1,'Demo',0,'{"kind":"demo"}','"aws"',NULL,'{"state":"connected","at":1701000554432}',1701000554432);
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
INSERT INTO outbox VALUES(1,'a21097e7-f15b-477c-b24e-137412cacf3d','report','demo','a21097e7-f15b-477c-b24e-137412cacf3d','Delivered','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-SPSF-8X0V','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Delivered","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701000554432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":{"id":"as-54743dc5e24d2a413b159584c1226df6eccfc4caa8cd7b63","expiresAt":1701004154432},"requestedAt":1701000554000,"lookFrom":null}}','ED-SPSF-8X0V','{"state":"queued"}',1701000554000,1,1701000554432,1701000554432);
INSERT INTO outbox VALUES(2,'497f0349-ceeb-4776-8d56-53528e4499d1','reply','demo','a21097e7-f15b-477c-b24e-137412cacf3d','Delivered',NULL,replace('Delivered too.\n\nRef ED-G909-3B9A','\n',char(10)),'{"request":{"what":"reply","draft":{"body":"Delivered too.","cc":[]},"draftCreatedAt":1701000554432,"cc":[]},"progress":{"set":null,"requestedAt":1701000554000,"lookFrom":null}}','ED-G909-3B9A','{"state":"queued"}',1701000554000,1,1701000554432,1701000554432);
INSERT INTO outbox VALUES(3,'3ebe130e-daf4-4b5e-aa8c-d96e35c50d9c','report','demo','3ebe130e-daf4-4b5e-aa8c-d96e35c50d9c','Twice lost','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-Z432-W58Q','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Twice lost","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701000554432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":null,"requestedAt":1701001214000,"lookFrom":1701000554000}}','ED-Z432-W58Q','{"state":"checking","since":1701001214432,"nextCheckAt":1701001224432}',1701000554000,2,1701000554432,NULL);
INSERT INTO outbox VALUES(4,'d68a6eb0-1531-4fb9-bdec-9f966aec63f7','report','demo','d68a6eb0-1531-4fb9-bdec-9f966aec63f7','Waiting','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-WZD2-YH8W','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Waiting","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701001214432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":{"id":"as-a4f4557f17fef863a232f14ed878c8e1d9d87054ed4c000b","expiresAt":1701004814432},"requestedAt":null,"lookFrom":null}}','ED-WZD2-YH8W','{"state":"waiting","nextTryAt":1701001217129,"problem":{"code":"throttled","message":"AWS asks to slow down: too many requests came from this account. That passes within minutes.","retryable":true,"requestId":"f759ff03-7168-41a2-996b-cac5acf19dee"}}',NULL,1,1701001214432,NULL);
INSERT INTO outbox VALUES(5,'816a8071-fa9a-48b5-bfa7-c2f07e4bdf61','reply','demo','d68a6eb0-1531-4fb9-bdec-9f966aec63f7','Waiting',NULL,replace('Behind it.\n\nRef ED-E1MT-QY48','\n',char(10)),'{"request":{"what":"reply","draft":{"body":"Behind it.","cc":[]},"draftCreatedAt":1701001214432,"cc":[]},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}','ED-E1MT-QY48','{"state":"queued"}',NULL,0,1701001214432,NULL);
INSERT INTO outbox VALUES(6,'33d0f854-27d4-4893-b45f-f2f94ae4824c','reply','demo','d68a6eb0-1531-4fb9-bdec-9f966aec63f7','Waiting',NULL,replace('Rating of the correspondence in this case: 4 of 5 stars\nComment: Quick.\n\nRef ED-0DN3-MNHP','\n',char(10)),'{"request":{"what":"reply","draft":{"body":"","cc":[]},"draftCreatedAt":1701001214432,"cc":[]},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}','ED-0DN3-MNHP','{"state":"queued"}',NULL,0,1701001214432,NULL);
INSERT INTO outbox VALUES(7,'85634a70-0bdb-4fda-86d6-9093d914e44d','resolve','demo','d68a6eb0-1531-4fb9-bdec-9f966aec63f7','Waiting',NULL,NULL,'{"request":{"what":"resolve"},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}',NULL,'{"state":"queued"}',NULL,0,1701001214432,NULL);
INSERT INTO outbox VALUES(8,'cad17e81-821f-4732-a913-0dc38f58ae6e','report','demo','cad17e81-821f-4732-a913-0dc38f58ae6e','Stopped','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-7Z5N-PG0A','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Stopped","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701001214432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}','ED-7Z5N-PG0A','{"state":"stopped","problem":{"code":"invalid-input","message":"AWS does not accept this: The request was refused with ValidationException.","retryable":false,"requestId":"47e70248-347e-420b-9e0d-c1e1392cb5c5"}}',NULL,1,1701001214432,NULL);
INSERT INTO outbox VALUES(9,'804e5606-c8b1-49a4-86ce-7859ae0e7b0e','report','demo','804e5606-c8b1-49a4-86ce-7859ae0e7b0e','Cut off at its files','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-ADFZ-0VRG','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Cut off at its files","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701001214432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}','ED-ADFZ-0VRG','{"state":"sending","step":"files"}',NULL,2,1701001214432,NULL);
INSERT INTO outbox VALUES(10,'0b1c92b4-3b4b-4263-bdd4-37f5b58b1f5e','report','demo','0b1c92b4-3b4b-4263-bdd4-37f5b58b1f5e','Cut off at its request','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-48SV-KF92','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Cut off at its request","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701001214432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":null,"requestedAt":1701001214000,"lookFrom":null}}','ED-48SV-KF92','{"state":"sending","step":"message"}',1701001214000,1,1701001214432,NULL);
INSERT INTO outbox VALUES(11,'e25f59f0-61e9-487a-adfb-e4147c4e7b33','report','demo','e25f59f0-61e9-487a-adfb-e4147c4e7b33','Never tried','high',replace('Since 05:10 CET every run ends with 500.\n\n---\nKind of problem: Data does not come in\nContact: Web. Please answer in this case.\n\nRef ED-0VZR-KT5S','\n',char(10)),'{"request":{"what":"report","draft":{"account":"demo","kind":"data-in","service":"report-incident","categoryCode":null,"priority":"medium","subject":"Never tried","body":"Since 05:10 CET every run ends with 500.","contact":"web","phone":{"region":"","number":"","extension":""},"cc":["joe@example.com"],"asTest":false,"step":1},"draftCreatedAt":1701001214432,"priority":"medium","serviceCode":"service-ams-operations-report-incident","categoryCode":"sim-edi-application-issues","cc":["joe@example.com"]},"progress":{"set":null,"requestedAt":null,"lookFrom":null}}','ED-0VZR-KT5S','{"state":"queued"}',NULL,0,1701001214432,NULL);
CREATE TABLE outbox_file (
    outbox   TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    PRIMARY KEY (outbox, position)
) STRICT;
INSERT INTO outbox_file VALUES('a21097e7-f15b-477c-b24e-137412cacf3d',1,'a.log',3,'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
INSERT INTO outbox_file VALUES('a21097e7-f15b-477c-b24e-137412cacf3d',2,'b.log',2,'1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac');
INSERT INTO outbox_file VALUES('d68a6eb0-1531-4fb9-bdec-9f966aec63f7',1,'a.log',3,'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
INSERT INTO outbox_file VALUES('d68a6eb0-1531-4fb9-bdec-9f966aec63f7',2,'b.log',2,'1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac');
INSERT INTO outbox_file VALUES('804e5606-c8b1-49a4-86ce-7859ae0e7b0e',1,'a.log',3,'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
INSERT INTO outbox_file VALUES('804e5606-c8b1-49a4-86ce-7859ae0e7b0e',2,'b.log',2,'1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac');
INSERT INTO outbox_file VALUES('e25f59f0-61e9-487a-adfb-e4147c4e7b33',1,'a.log',3,'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
INSERT INTO outbox_file VALUES('e25f59f0-61e9-487a-adfb-e4147c4e7b33',2,'b.log',2,'1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac');
CREATE TABLE case_link (                       -- keys of cases that began here, known even if the mirror is lost
    case_key     TEXT PRIMARY KEY,
    account      TEXT NOT NULL,
    canonical_id TEXT NOT NULL,                -- the caseId without its varying infix
    UNIQUE (account, canonical_id)
) STRICT;
INSERT INTO case_link VALUES('a21097e7-f15b-477c-b24e-137412cacf3d','demo','case-123456789012-2026-ef846158cf4735f1');
CREATE TABLE read_mark (
    case_key TEXT PRIMARY KEY,
    seen_at  INTEGER NOT NULL                  -- everything up to here has been seen
) STRICT;
CREATE TABLE rating (
    case_key TEXT PRIMARY KEY,
    rating   TEXT NOT NULL,                    -- JSON Rating
    rated_at INTEGER NOT NULL
) STRICT;
INSERT INTO rating VALUES('d68a6eb0-1531-4fb9-bdec-9f966aec63f7','{"stars":4,"comment":"Quick.","sendToEco":true}',1701001214432);
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
CREATE TABLE sealed (
    id    BLOB PRIMARY KEY,
    name  TEXT NOT NULL,
    value BLOB NOT NULL
) STRICT;
CREATE TABLE approved_command (
    account TEXT PRIMARY KEY,
    digest  TEXT NOT NULL
) STRICT;
CREATE TABLE trusted_certificate (
    digest TEXT PRIMARY KEY
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',11);
CREATE INDEX draft_file_by_draft ON draft_file (draft, position);
CREATE INDEX outbox_open ON outbox (account, case_key, position) WHERE done_at IS NULL;
CREATE INDEX outbox_by_case ON outbox (case_key);
COMMIT;
PRAGMA user_version = 3;
