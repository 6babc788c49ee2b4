//! Tables: the column that asks and the one that answers.

use super::{Collector, Family, plain};
use crate::import::blocks::Block;
use crate::import::lead::lead;
use crate::import::likeness::likeness;
use crate::import::tidy::bare;
use crate::import::words::{ANSWER_COLUMN, QUESTION_COLUMN};

impl Collector<'_> {
    pub(super) fn table(&mut self, block: &Block, index: usize) {
        let Some((header, rows)) = block.rows.split_first() else { return };
        let names: Vec<String> = header.iter().map(|cell| bare(&cell.text).to_lowercase()).collect();
        let named = |words: &[&str]| {
            let fits =
                |name: &String| words.iter().any(|word| name == word || name.trim_end_matches('s') == *word);
            names.iter().position(fits)
        };
        let likes = |column: usize| {
            let cells: Vec<f32> = rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| likeness(lead(&cell.text).1))
                .collect();
            if cells.is_empty() { 0.0 } else { cells.iter().sum::<f32>() / cells.len() as f32 }
        };
        let question = named(&QUESTION_COLUMN).or_else(|| {
            let best = (0..header.len()).max_by(|a, b| likes(*a).total_cmp(&likes(*b)))?;
            (likes(best) >= 0.6 && rows.len() > 1).then_some(best)
        });
        let Some(question) = question else { return };
        let answer = named(&ANSWER_COLUMN).filter(|answer| *answer != question).or_else(|| {
            let length = |column: usize| {
                rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.len()).sum::<usize>()
            };
            (question + 1..header.len())
                .max_by_key(|column| length(*column))
                .filter(|column| length(*column) > rows.len() * 12)
        });
        for row in rows {
            let Some(cell) = row.get(question) else { continue };
            if cell.text.trim().is_empty() {
                continue;
            }
            let mut candidate = plain(
                Family::Row,
                cell.range.start,
                cell.range.end,
                cell.range.end,
                cell.text.replace('\n', " "),
            );
            let told = answer
                .and_then(|answer| row.get(answer))
                .map(|cell| self.source[cell.range.clone()].trim().trim_matches('|').trim());
            candidate.answer = told
                .filter(|text| !text.is_empty())
                .map(|text| text.replace("<br>", "\n").replace("<br/>", "\n").replace("\\|", "|"));
            candidate.group = Some(index);
            candidate.link = cell.whole_link().map(str::to_owned);
            self.add(candidate);
        }
    }
}
