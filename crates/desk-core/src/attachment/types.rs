//! The limits of an attachment set.

/// The most files that one attachment set holds (AddAttachmentsToSet, AWS Support API Reference).
pub const MAX_FILES: usize = 3;
/// The largest file that an attachment set takes, in bytes (AddAttachmentsToSet: 5 MB).
pub const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;
