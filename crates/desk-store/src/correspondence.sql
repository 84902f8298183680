-- Whose a message is, what of a case is missing, and by which rules both were told.

-- Whether this computer's user wrote it: the reference at its end does not tell, since answers quote it.
ALTER TABLE communication ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
UPDATE communication SET own = 1
WHERE reference IS NOT NULL AND by_eco = 0 AND rowid = (
    SELECT first.rowid FROM communication first
    WHERE first.case_key = communication.case_key AND first.reference = communication.reference AND first.by_eco = 0
    ORDER BY first.at, first.rowid LIMIT 1);

-- Why some of its correspondence is missing: 'denied' or 'unreadable'.
ALTER TABLE incident ADD COLUMN gap TEXT;

-- JSON Problem: what the last poll had to leave out.
ALTER TABLE sync_state ADD COLUMN gap TEXT;
-- The number of the rules by which the rows of the account were told.
ALTER TABLE sync_state ADD COLUMN derivation INTEGER NOT NULL DEFAULT 0;
