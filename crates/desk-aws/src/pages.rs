//! [`Pages`]: the pagination loop of every paged operation.

use super::{AwsError, AwsErrorKind, Page};
use std::collections::HashSet;

/// Maximum number of pages of one list. It ends the loop if a server invents a new token for each response; 24 months
/// of cases at the quota of ten per hour are 1,752 pages of 100.
const MAX_PAGES: usize = 5_000;

/// Fetches the pages of one list, one after the other.
pub struct Pages<F> {
    operation: &'static str,
    fetch: F,
    /// The tokens so far: a repeated one is an error.
    seen: HashSet<String>,
    next: NextPage,
}

enum NextPage {
    First,
    At(String),
    End,
}

impl<T, F, Fut> Pages<F>
where
    F: FnMut(Option<String>) -> Fut,
    Fut: Future<Output = Result<Page<T>, AwsError>>,
{
    /// Creates the loop over `fetch`, which gets the token of the previous page.
    pub fn of(operation: &'static str, fetch: F) -> Self {
        Self { operation, fetch, seen: HashSet::new(), next: NextPage::First }
    }

    /// Fetches the next page; `None` after the last one.
    ///
    /// # Errors
    /// What `fetch` says, or that the list has no end: its paging token was given before.
    pub async fn next(&mut self) -> Result<Option<Page<T>>, AwsError> {
        let token = match std::mem::replace(&mut self.next, NextPage::End) {
            NextPage::First => None,
            NextPage::At(token) => Some(token),
            NextPage::End => return Ok(None),
        };
        let page = (self.fetch)(token).await?;
        if let Some(token) = &page.next {
            if self.seen.len() >= MAX_PAGES || !self.seen.insert(token.clone()) {
                return Err(AwsError {
                    operation: self.operation,
                    kind: AwsErrorKind::Service,
                    message: "the list of pages has no end: a paging token was given twice".to_owned(),
                    request_id: None,
                });
            }
            self.next = NextPage::At(token.clone());
        }
        Ok(Some(page))
    }

    /// Fetches all pages and concatenates them.
    ///
    /// # Errors
    /// As [`Pages::next`].
    pub async fn all(mut self) -> Result<Page<T>, AwsError> {
        let mut whole = Page { items: Vec::new(), unreadable: Vec::new(), next: None };
        while let Some(page) = self.next().await? {
            whole.items.extend(page.items);
            whole.unreadable.extend(page.unreadable);
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    fn page(item: usize, next: Option<&str>) -> Page<usize> {
        Page { items: vec![item], unreadable: Vec::new(), next: next.map(str::to_owned) }
    }

    /// Walks through a list whose page number `n` gives `tokens[n]`; answers its items, and how often it was asked.
    async fn walk(tokens: &[Option<&str>]) -> (Result<Vec<usize>, AwsErrorKind>, usize) {
        let asked = Cell::new(0_usize);
        let pages = Pages::of("DescribeCases", |token: Option<String>| {
            let number = asked.get();
            asked.set(number + 1);
            let expected = number.checked_sub(1).and_then(|before| tokens[before % tokens.len()]);
            assert_eq!(token.as_deref(), expected);
            std::future::ready(Ok(page(number, tokens[number % tokens.len()])))
        });
        let walked = pages.all().await;
        (walked.map(|page| page.items).map_err(|error| error.kind), asked.get())
    }

    #[tokio::test]
    async fn a_list_is_read_to_its_end() {
        assert_eq!(walk(&[None]).await, (Ok(vec![0]), 1));
        assert_eq!(walk(&[Some("a"), Some("b"), None]).await, (Ok(vec![0, 1, 2]), 3));
    }

    #[tokio::test]
    async fn a_token_that_comes_again_ends_the_walk_with_an_error() {
        assert_eq!(walk(&[Some("again")]).await, (Err(AwsErrorKind::Service), 2));
        assert_eq!(walk(&[Some("a"), Some("b")]).await, (Err(AwsErrorKind::Service), 3));
    }

    #[tokio::test]
    async fn a_list_that_never_ends_is_given_up() {
        let mut count = 0;
        let pages = Pages::of("DescribeCases", |_| {
            count += 1;
            std::future::ready(Ok(page(count, Some(&count.to_string()))))
        });
        assert_eq!(pages.all().await.unwrap_err().kind, AwsErrorKind::Service);
    }

    proptest! {
        #[test]
        fn whatever_tokens_come_the_walk_ends(tokens in prop::collection::vec("[a-c]?", 1..8)) {
            let tokens: Vec<Option<&str>> =
                tokens.iter().map(|token| Some(token.as_str()).filter(|token| !token.is_empty())).collect();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let (walked, asked) = runtime.block_on(walk(&tokens));
            prop_assert!(asked <= 4, "asked {} times", asked);
            prop_assert_eq!(walked.is_ok(), tokens.iter().cycle().take(asked).any(Option::is_none));
        }
    }
}
