//! What the person typed, as a query that can mean nothing but words.

/// More words than this are not looked for.
const MOST_WORDS: usize = 12;

/// Words to look for: all of them must be there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// For the index: words of scripts that separate words by spaces. Empty when there are none.
    pub(super) matching: String,
    /// Pieces of scripts that do not, looked for anywhere in the text.
    pub(super) pieces: Vec<String>,
}

impl Query {
    /// `None` when there is no word in it.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let words = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let (unspaced, spaced): (Vec<&str>, Vec<&str>) =
            words.take(MOST_WORDS).partition(|word| word.chars().any(is_unspaced));
        // Quoted, no word is an operator; the star makes it the beginning of one.
        let matching: Vec<String> = spaced.iter().map(|word| format!("\"{word}\"*")).collect();
        let query =
            Self { matching: matching.join(" "), pieces: unspaced.iter().map(ToString::to_string).collect() };
        (!query.matching.is_empty() || !query.pieces.is_empty()).then_some(query)
    }
}

/// Whether a letter belongs to a script written without spaces: Thai, Lao, Khmer, Burmese, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn operators_and_quotes_are_only_words() {
        let query = Query::of("leak NOT \"go OR* NEAR(x").unwrap();
        assert_eq!(query.matching, r#""leak"* "NOT"* "go"* "OR"* "NEAR"* "x"*"#);
        assert_eq!(Query::of(" -- \"*\" "), None);
    }

    #[test]
    fn scripts_without_spaces_are_looked_for_anywhere() {
        let query = Query::of("go 并发").unwrap();
        assert_eq!(
            (query.matching.as_str(), query.pieces.as_slice()),
            (r#""go"*"#, &["并发".to_owned()][..])
        );
    }
}
