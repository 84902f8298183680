//! Texts with places to fill in: `{name}`. What looks otherwise, such as JSON, is left as it stands.

/// A text in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(String),
}

impl Template {
    pub(crate) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        let mut plain = String::new();
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            plain.push_str(before);
            let inside = &from[1..];
            let name = inside.find('}').map(|close| &inside[..close]).filter(|name| is_name(name));
            match name {
                Some(name) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Place(name.to_owned()));
                    rest = &inside[name.len() + 1..];
                }
                None => {
                    plain.push('{');
                    rest = inside;
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self(pieces)
    }

    /// The names of its places.
    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Place(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills it in.
    pub(crate) fn fill<'t>(&self, of: impl Fn(&str) -> std::borrow::Cow<'t, str>) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Place(name) => text.push_str(&of(name)),
            }
        }
        text
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        let text = Template::parse("Hello {customer}: {\"kind\": {}} { x } {engineer}{");
        assert_eq!(text.places().collect::<Vec<_>>(), ["customer", "engineer"]);
        let filled = text.fill(|name| name.to_uppercase().into());
        assert_eq!(filled, "Hello CUSTOMER: {\"kind\": {}} { x } ENGINEER{");
    }
}
