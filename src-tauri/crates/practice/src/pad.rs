//! The pad beside a question: edits that can be played again.

use serde::{Deserialize, Serialize};

/// One replacement of text. Positions count UTF-16 code units, as the editor does, in the text before the whole edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PadChange {
    /// Where the replaced text begins.
    pub from: u32,
    /// Where it ends; equal to `from` for an insertion.
    pub to: u32,
    /// What stands there now.
    pub insert: String,
}

/// The text after an edit: all its changes at once, in order of their positions. Positions beyond the end mean the end,
/// and changes that overlap an earlier one start where that one ended, so that no edit can fail.
pub fn apply(text: &str, changes: &[PadChange]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out: Vec<u16> = Vec::with_capacity(units.len());
    let mut at = 0usize;
    for change in changes {
        let from = (change.from as usize).clamp(at, units.len());
        let to = (change.to as usize).clamp(from, units.len());
        out.extend_from_slice(&units[at..from]);
        out.extend(change.insert.encode_utf16());
        at = to;
    }
    out.extend_from_slice(&units[at..]);
    String::from_utf16_lossy(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change(from: u32, to: u32, insert: &str) -> PadChange {
        PadChange { from, to, insert: insert.into() }
    }

    #[test]
    fn changes_count_in_the_text_before_the_edit() {
        assert_eq!(apply("", &[change(0, 0, "func main() {}")]), "func main() {}");
        assert_eq!(apply("abcdef", &[change(1, 2, "X"), change(4, 4, "--")]), "aXcd--ef");
        assert_eq!(apply("a🙂b", &[change(3, 4, "c")]), "a🙂c", "a smile is two units");
    }

    proptest! {
        /// No edit, however broken, fails or touches text outside its range.
        #[test]
        fn no_edit_can_fail(text in ".{0,40}", edits in prop::collection::vec((0u32..60, 0u32..60, ".{0,5}"), 0..6)) {
            let changes: Vec<_> = edits.iter().map(|(from, to, insert)| change(*from, *to, insert)).collect();
            let _ = apply(&text, &changes);
            prop_assert_eq!(apply(&text, &[]), text);
        }
    }
}
