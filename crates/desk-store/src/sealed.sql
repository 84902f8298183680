-- Secrets that are too long for Windows' keyring, each sealed with a key of its own that is in the keyring.
CREATE TABLE sealed (
    id    BLOB PRIMARY KEY,
    name  TEXT NOT NULL,
    value BLOB NOT NULL
) STRICT;
