// What AWS Support and this program take at most; the core checks the same.

/** Additional contacts of a case (CreateCase, ccEmailAddresses). */
export const MAX_CONTACTS = 10;
/** Characters of one message (CreateCase and AddCommunicationToCase, communicationBody). */
export const BODY_LIMIT = 8_000;
/** Characters of a subject. */
export const SUBJECT_LIMIT = 250;
/** Files of one message (AddAttachmentsToSet). */
export const MAX_FILES = 3;
/** Megabytes of one file. */
export const MAX_FILE_MB = 5;
/** Characters of a rating's comment. */
export const COMMENT_LIMIT = 1_000;
