use super::*;
use rusqlite::params;

/// Key, subject, and messages as (by ECO, text).
type Case<'a> = (&'a str, &'a str, &'a [(bool, &'a str)]);

/// A mirror with the given cases.
fn mirror(cases: &[Case<'_>]) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for schema in [
        include_str!("../../../../desk-store/src/cases.sql"),
        include_str!("../../../../desk-store/src/correspondence.sql"),
    ] {
        connection.execute_batch(schema).unwrap();
    }
    for (key, subject, messages) in cases {
        connection
            .execute(
                "INSERT INTO incident (key, account, case_id, canonical_id, subject, status, service_code,
                 category_code, severity_code, cc, created_at, updated_at, opened_by_eco, waiting_since, status_at)
                 VALUES (?1, 'a', ?1, ?1, ?2, 'opened', 's', 'c', 'high', '[]', 1, 1, 0, 1, 1)",
                params![key, subject],
            )
            .unwrap();
        for (at, (by_eco, body)) in messages.iter().enumerate() {
            connection
                .execute(
                    "INSERT INTO communication (case_key, at, author, by_eco, body, ordinal, digest, attachments)
                     VALUES (?1, ?2, 'x', ?3, ?4, 0, ?4, '[]')",
                    params![key, i64::try_from(at).unwrap(), by_eco, body],
                )
                .unwrap();
        }
    }
    connection
}

fn keys(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.key.0.as_str()).collect()
}

const CASES: &[Case<'_>] = &[
    (
        "ingest",
        "Manifest ingestion fails with 500",
        &[
            (false, "Every manifest run of partition opendes ends in a 500 of the Storage service."),
            (true, "We are looking into the Storage service."),
            (true, "The Storage service was restarted; please run the manifest again."),
            (false, "It works, thank you."),
        ],
    ),
    (
        "login",
        "Sign-in to the portal is refused",
        &[(false, "All users of the portal see 401 after signing in.")],
    ),
    (
        "backup",
        "Nightly backup did not run",
        &[(false, "The scheduled backup of the wellbore store was skipped.")],
    ),
];

#[test]
fn a_case_of_a_similar_subject_is_found_with_its_words_and_ecos_last_message() {
    let mirror = mirror(CASES);
    let found =
        similar(&mirror, "Manifest ingestion broken again", "All runs end with 500 since midnight").unwrap();
    assert_eq!(keys(&found), ["ingest"]);
    assert!(found[0].shared_words.contains(&"ingestion".to_owned()), "{:?}", found[0].shared_words);
    assert!(found[0].shared_words.len() <= SHOWN_WORDS);
    assert_eq!(
        found[0].solution.as_deref(),
        Some("The Storage service was restarted; please run the manifest again.")
    );
}

#[test]
fn unrelated_cases_are_not_shown() {
    let mirror = mirror(CASES);
    for (subject, body) in [
        (
            "Legal tag expired",
            "Seismic volumes of partition opendes cannot be opened by the interpreters any more",
        ),
        ("", ""),
        ("The problem", "It does not work, please help"),
        ("\"*( OR NEAR", "AND NOT ^ {}"),
    ] {
        let found = similar(&mirror, subject, body).unwrap();
        assert_eq!(keys(&found), Vec::<&str>::new(), "for {subject:?}");
    }
}

#[test]
fn the_more_alike_case_comes_first() {
    let mut cases = CASES.to_vec();
    cases.push(("ingest-2", "Manifest ingestion slow", &[(false, "The manifest takes hours.")]));
    let mirror = mirror(&cases);
    let found = similar(&mirror, "Manifest ingestion slow since Monday", "takes hours").unwrap();
    assert_eq!(keys(&found).first(), Some(&"ingest-2"));
}

#[test]
fn words_that_many_messages_have_do_not_make_cases_alike() {
    let subjects: Vec<(String, String)> =
        (0..40).map(|number| (format!("case-{number}"), format!("Platform alert number{number}"))).collect();
    let cases: Vec<Case<'_>> =
        subjects.iter().map(|(key, subject)| (key.as_str(), subject.as_str(), [].as_slice())).collect();
    let mirror = mirror(&cases);
    assert_eq!(keys(&similar(&mirror, "Platform alert", "").unwrap()), Vec::<&str>::new());
    assert_eq!(keys(&similar(&mirror, "Platform alert number7", "").unwrap()), ["case-7"]);
}

#[test]
fn a_long_solution_is_cut_by_characters() {
    let long = "ø".repeat(500);
    let cut = shortened(&long);
    assert_eq!(cut.chars().count(), SOLUTION);
    assert!(cut.ends_with('…'));
}
