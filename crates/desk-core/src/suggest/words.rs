//! The words of a text that tell what it is about.

/// Words that every report has. Not telling whatever the mirror holds.
const COMMON: &str = "about above after again all also always and any anybody anyone are aren back because been before \
    being below between both but can cannot case chat contact could couldn data did didn does doesn doing don down during each edi \
    eco else error errors even every few for from further get gets getting got had has hasn have haven having help her \
    here him his how however incident into isn issue its just kind know last like make many may maybe me more most \
    much must need new nor not nothing now off once one only other our out over own phone please problem question \
    quite rather regards same see seems several should shouldn since some someone something still such support take \
    than thank thanks that the their them then there these they thing this those through time today too tried try \
    trying two under until use used user users using very want was wasn we web well were weren what when where which \
    while who whom why will with within without won work works would wouldn yes yet you your";

/// The fewest letters of a telling word; shorter ones tell only with a digit in them (`m2`, `503`).
const SHORTEST: usize = 3;

/// The distinct words of `text` that may be telling, in lower case, in their order.
pub(super) fn telling(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in all(text) {
        let long_enough = word.chars().count() >= SHORTEST
            || (word.len() >= 2 && word.contains(|c: char| c.is_ascii_digit()));
        let common = COMMON.split_ascii_whitespace().any(|common| common == word);
        if long_enough && !common && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// All words of `text` in lower case, cut as the full-text index cuts them.
pub(super) fn all(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_report_says_does_not_tell() {
        let text = "The manifest ingestion fails with a 500 error: Manifest ingestion of M2 is not working, please help!";
        assert_eq!(telling(text), ["manifest", "ingestion", "fails", "500", "m2", "working"]);
        assert_eq!(telling("What is the problem?"), Vec::<String>::new());
    }
}
