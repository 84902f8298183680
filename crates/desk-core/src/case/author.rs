//! Who wrote something, from AWS's `submittedBy`: `AdminRole (Role) <jane@example.com>` or `Amazon Web Services`.

/// Whether an author is ECO: AWS by name, or whoever has no `<...>` (a customer always has).
pub(crate) fn is_eco(author: &str) -> bool {
    let author = author.trim();
    author == "Amazon Web Services" || !(author.contains('<') && author.ends_with('>'))
}

/// The part of a customer's author that people read: the address's part before the `@`, as in the session name of
/// most company sign-ins, else all of it.
pub(super) fn readable(author: &str) -> String {
    let author = author.trim();
    let address = author.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).map(str::trim);
    match address {
        Some(address) if !address.is_empty() => {
            address.split_once('@').map_or(address, |(person, _)| person).to_owned()
        }
        Some(_) | None => author.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eco_is_told_from_customers() {
        let table = [
            ("Amazon Web Services", true, "Amazon Web Services"),
            (" Amazon Web Services ", true, "Amazon Web Services"),
            ("AMS Operations", true, "AMS Operations"),
            ("", true, ""),
            ("AdminRole (Role) <jane@example.com>", false, "jane"),
            ("<jane@example.com>", false, "jane"),
            ("EdiAdmin (Role) <i-0abc>", false, "i-0abc"),
            ("Jane <>", false, "Jane <>"),
        ];
        for (author, eco, name) in table {
            assert_eq!((is_eco(author), readable(author).as_str()), (eco, name), "{author:?}");
        }
    }
}
