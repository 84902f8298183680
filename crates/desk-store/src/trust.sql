-- What the user has agreed to on this computer. Files can be written by other programs; these rows are what counts.

-- The command of the credential_process that may run for an account, as the SHA-256 of its text.
CREATE TABLE approved_command (
    account TEXT PRIMARY KEY,
    digest  TEXT NOT NULL
) STRICT;

-- The extra certificates that are trusted, by the SHA-256 of their DER form; their bytes are files of that name.
CREATE TABLE trusted_certificate (
    digest TEXT PRIMARY KEY
) STRICT;
