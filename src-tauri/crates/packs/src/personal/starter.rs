//! What a new personal pack begins with: its front page and a rubric that fits any subject.

use super::render::{heading_text, line_text};
use std::collections::BTreeMap;

const RUBRIC: &str = "\
# Rubric

Grade what you heard, not what you know. A level is reached when the whole answer is at it, not its best sentence.

## Communication

`communication` · behavioural

- **Junior**: The answer has to be pulled out; words come in the order they occur, and the listener has to put them together.
- **Mid**: Says what it is about, then explains it; some detours, and the end is hard to hear.
- **Senior**: Leads with the point, keeps to a thread, checks that the listener follows, and ends on purpose.
- **Staff**: Fits the answer to who is listening; makes something hard plain without making it wrong, and says what was left out.

## Technical depth

`technical-depth` · technical

- **Junior**: Names the thing and repeats a definition; what is behind it stays open.
- **Mid**: Explains how it works in the usual case, with an example.
- **Senior**: Explains why it works like that, where it stops working, and what one sees when it does.
- **Staff**: Connects it with the layers below and above; predicts behaviour in cases that were not asked about.

## Structure

`structure` · behavioural

- **Junior**: Begins in the middle and stops when nothing more comes to mind.
- **Mid**: Has a beginning and an end; parts are of very different weight.
- **Senior**: Announces the parts, keeps to them and to the time.
- **Staff**: Chooses the parts for what matters here, spends the time where the risk is, and sums up in a sentence.

## Judgement

`judgement` · technical

- **Junior**: Knows one way.
- **Mid**: Compares two ways in general terms.
- **Senior**: Chooses for a situation, says what the choice costs and when to revisit it.
- **Staff**: Asks what the choice has to serve, names what would change the answer, and says how to find out cheaply.
";

/// The texts of a new pack.
pub(super) fn texts(id: &str, title: &str, language: &str) -> BTreeMap<String, String> {
    let front = format!(
        "# {}\n\n`{id}` · personal · target: Senior · language: {}\n\nQuestions of my own.\n",
        heading_text(title, "My questions"),
        line_text(language, "en"),
    );
    BTreeMap::from([("README.md".to_owned(), front), ("rubric.md".to_owned(), RUBRIC.to_owned())])
}
