//! Secrets that are too long for Windows' keyring: sealed in desk.db, with the key in the keyring.
//!
//! Each sealing has a key and an id of its own and is written before the keyring's entry names it, so that whatever is
//! cut off leaves either the old pair or the new one. AES-256-GCM; the id and the name are authenticated too.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use desk_model::Secret;
use desk_store::{Database, StoreError};
use rand::RngExt as _;
use rusqlite::OptionalExtension as _;
use zeroize::Zeroizing;

/// CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows' Credential Manager: 5 * 512 bytes. The same everywhere, so that what is
/// tested here holds there.
pub(super) const MAX_ENTRY_LENGTH: usize = 2_560;
/// Prefix of an entry that is a key and not a secret itself.
const PREFIX: &[u8] = b"eco-desk-sealed-1:";
const ID_LENGTH: usize = 16;
const KEY_LENGTH: usize = 32;

/// Why a value could not be sealed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The cipher, which refuses only what cannot be.
    #[error("the secret could not be sealed")]
    Cipher,
}

/// Whether an entry of the keyring is the key of a sealed value.
pub(super) fn is_key(entry: &[u8]) -> bool {
    id_and_key(entry).is_some()
}

/// The id and the key in an entry.
fn id_and_key(entry: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = entry.strip_prefix(PREFIX)?;
    (rest.len() == ID_LENGTH + KEY_LENGTH).then(|| rest.split_at(ID_LENGTH))
}

fn cipher(key: &[u8]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| SealError::Cipher)
}

/// What is authenticated beside a sealed value: its id and its name.
fn associated_data(id: &[u8], name: &str) -> Aad<Vec<u8>> {
    Aad::from([id, name.as_bytes()].concat())
}

/// Seals a secret under a new key, and answers the entry that opens it.
pub(super) async fn seal(
    desk: &Database,
    name: &str,
    secret: &Secret,
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut random = Zeroizing::new([0_u8; ID_LENGTH + KEY_LENGTH]);
    rand::rng().fill(&mut random[..]);
    let (id, key) = random.split_at(ID_LENGTH);
    let mut value = secret.reveal().as_bytes().to_vec();
    // A key seals one value only, so its nonce may always be the same.
    let nonce = Nonce::assume_unique_for_key([0; NONCE_LEN]);
    cipher(key)?
        .seal_in_place_append_tag(nonce, associated_data(id, name), &mut value)
        .map_err(|_| SealError::Cipher)?;
    let (row_id, row_name) = (id.to_vec(), name.to_owned());
    desk.write(move |tx| {
        tx.execute("INSERT INTO sealed (id, name, value) VALUES (?1, ?2, ?3)", (row_id, row_name, value))?;
        Ok(())
    })
    .await?;
    let mut entry = Zeroizing::new(PREFIX.to_vec());
    entry.extend_from_slice(&random[..]);
    Ok(entry)
}

/// Opens what an entry is the key of; `None` where it is gone or was changed.
pub(super) async fn open(desk: &Database, name: &str, entry: &[u8]) -> Result<Option<Secret>, SealError> {
    let Some((id, key)) = id_and_key(entry) else { return Ok(None) };
    let wanted = id.to_vec();
    let found: Option<Vec<u8>> = desk
        .read(move |sqlite| {
            let select = "SELECT value FROM sealed WHERE id = ?1";
            Ok(sqlite.query_row(select, [wanted], |row| row.get(0)).optional()?)
        })
        .await?;
    let Some(value) = found else { return Ok(None) };
    let mut value = Zeroizing::new(value);
    let nonce = Nonce::assume_unique_for_key([0; NONCE_LEN]);
    let opened = cipher(key)?.open_in_place(nonce, associated_data(id, name), &mut value);
    Ok(opened.ok().and_then(|bytes| std::str::from_utf8(bytes).ok().map(Secret::new)))
}

/// Forgets what is sealed under `name`, but for what `entry` opens.
pub(super) async fn forget_others(
    desk: &Database,
    name: &str,
    entry: Option<&[u8]>,
) -> Result<(), StoreError> {
    let (name, kept) = (name.to_owned(), entry.and_then(id_and_key).map(|(id, _)| id.to_vec()));
    desk.write(move |tx| {
        tx.execute("DELETE FROM sealed WHERE name = ?1 AND id IS NOT ?2", (name, kept))?;
        Ok(())
    })
    .await
}

/// Forgets what `entry` opens.
pub(super) async fn forget(desk: &Database, entry: &[u8]) -> Result<(), StoreError> {
    let Some(id) = id_and_key(entry).map(|(id, _)| id.to_vec()) else { return Ok(()) };
    desk.write(move |tx| {
        tx.execute("DELETE FROM sealed WHERE id = ?1", [id])?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk_store::Store;

    #[tokio::test]
    async fn what_is_sealed_is_opened_by_its_entry_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap().store;
        let desk = store.desk.clone();
        let secret = Secret::new(&"long-secret-".repeat(500));
        let entry = seal(&desk, "one", &secret).await.unwrap();
        assert!(entry.len() < 100 && is_key(&entry));
        assert_eq!(open(&desk, "one", &entry).await.unwrap(), Some(secret.clone()));
        assert_eq!(open(&desk, "other", &entry).await.unwrap(), None, "it is sealed to its name");
        let mut wrong = entry.clone();
        *wrong.last_mut().unwrap() ^= 1;
        assert_eq!(open(&desk, "one", &wrong).await.unwrap(), None);
        let again = seal(&desk, "one", &secret).await.unwrap();
        assert_eq!(
            open(&desk, "one", &entry).await.unwrap(),
            Some(secret.clone()),
            "until the new one is in place"
        );
        forget_others(&desk, "one", Some(&again)).await.unwrap();
        assert_eq!(open(&desk, "one", &entry).await.unwrap(), None);
        assert_eq!(open(&desk, "one", &again).await.unwrap(), Some(secret));
        forget_others(&desk, "one", None).await.unwrap();
        assert_eq!(open(&desk, "one", &again).await.unwrap(), None);
        store.close().await;
        for file in std::fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().path()) {
            let bytes = if file.is_file() { std::fs::read(&file).unwrap() } else { Vec::new() };
            assert!(!bytes.windows(11).any(|window| window == b"long-secret"), "{file:?}");
        }
    }

    #[test]
    fn a_secret_is_not_taken_for_a_key() {
        for entry in [&b""[..], b"wJalrXUtnFEMI", b"eco-desk-sealed-1:", &[b'e'; 66]] {
            assert!(!is_key(entry), "{entry:?}");
        }
    }
}
