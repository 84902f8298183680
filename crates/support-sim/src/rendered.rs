//! A case as DescribeCases answers with it, kept as bytes until it changes: a client that polls reads the same cases
//! again and again. Only the infix of its id differs from answer to answer, so its places are known and filled in.

use crate::ids::INFIX_LENGTH;

/// JSON with places for an infix.
#[derive(Debug)]
pub(crate) struct Rendered {
    json: Box<[u8]>,
    /// Where infixes begin.
    places: Box<[usize]>,
}

impl Rendered {
    /// Finds the places by rendering with two infixes: nothing but they may differ.
    pub(crate) fn of(render: impl Fn(&str) -> Vec<u8>) -> Self {
        let json = render(&"a".repeat(INFIX_LENGTH));
        let other = render(&"b".repeat(INFIX_LENGTH));
        let differs = |place: &usize| json[*place] != other[*place];
        let places = (0..json.len().min(other.len())).filter(differs).step_by(INFIX_LENGTH).collect();
        Self { json: json.into(), places }
    }

    /// Appends the JSON with this infix.
    pub(crate) fn append_to(&self, out: &mut Vec<u8>, infix: &str) {
        let start = out.len();
        out.extend_from_slice(&self.json);
        for place in &self.places {
            out[start + place..start + place + INFIX_LENGTH].copy_from_slice(infix.as_bytes());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.json.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_infix_is_filled_in_where_it_belongs_and_nowhere_else() {
        let render = |infix: &str| format!("x-{infix}-aaaa \"bbbb\" {infix}{infix} aaaa").into_bytes();
        let rendered = Rendered::of(render);
        for infix in ["muen", "aaaa", "bbbb"] {
            let mut out = b"before ".to_vec();
            rendered.append_to(&mut out, infix);
            assert_eq!(out, [b"before ", render(infix).as_slice()].concat());
        }
        assert_eq!(rendered.len(), render("muen").len());
    }
}
