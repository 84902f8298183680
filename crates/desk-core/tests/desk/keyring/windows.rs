//! The Credential Manager of the user who runs the tests.

use super::{Office, SECRET};

/// Every user has one.
pub(super) fn is_there() -> bool {
    true
}

#[tokio::test]
async fn a_secret_stays_on_this_computer() {
    let office = Office::new().await;
    let account = office.connect(SECRET).await.unwrap();
    let entry = keyring_core::Entry::new(super::SERVICE, &account.id.0).unwrap();
    // The default, Enterprise, would let it roam with the user's profile.
    assert_eq!(entry.get_attributes().unwrap()["persistence"], "Local");
    office.desk.remove_account(&account.id).await.unwrap();
}
