//! Packs as the window browses them: prompts and history, nothing that is sealed.

use crate::failure::{Failure, Outcome};
use crate::figures::count;
use crate::review::rows;
use crate::state::Aloud;
use crate::views::asked::Asked;
use crate::views::lists::{
    ChecklistView, GroupView, LevelView, MockCard, PackView, QuestionRow, QuestionView, SectionView,
    SignalView, StageRow, VariantRow,
};
use aloud_library::{BriefTakes, MockRun};
use aloud_packs::render;
use aloud_practice::Level;
use aloud_practice::pack::{Mock, Pack, Question, Signal};
use aloud_practice::session::DEFAULT_SECONDS;
use std::collections::HashMap;

/// What the candidate may see of a question.
pub fn asked(pack: &Pack, question: &Question) -> Asked {
    Asked {
        id: question.id.clone(),
        title: question.title.clone(),
        prompt_html: render::html(&question.prompt),
        depth: question.depth,
        kind: question.kind,
        minutes: question.seconds.map(whole_minutes),
        signals: question.signals.iter().map(|id| pack.signal_name(id)).collect(),
    }
}

/// Seconds as the minutes a list shows.
pub fn whole_minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60)
}

/// Minutes that are set aside for a question.
pub fn minutes_of(question: &Question) -> u32 {
    whole_minutes(question.seconds.unwrap_or(DEFAULT_SECONDS))
}

/// How often something was tried, and the lowest level of its latest own grade.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tried {
    pub(crate) takes: u32,
    pub(crate) last: Option<Level>,
}

/// All packs with their history.
pub fn packs(aloud: &Aloud) -> Outcome<Vec<PackView>> {
    let takes = aloud.shelf.with(|library| library.brief_takes())?;
    let mut views = Vec::new();
    for pack in aloud.shelf.packs() {
        let runs = aloud.shelf.with(|library| library.mock_runs(&pack.id))?;
        views.push(view(aloud, &pack, &tried(&takes, &pack.id), &runs));
    }
    Ok(views)
}

/// What was tried of a pack, by question. A deleted take is not counted, and its grade still says where one stands.
pub(crate) fn tried<'a>(takes: &'a BriefTakes, pack: &str) -> HashMap<&'a str, Tried> {
    let mut tried: HashMap<&str, Tried> = HashMap::new();
    for take in takes.iter().filter(|take| *take.pack == *pack && take.spoken()) {
        let entry = tried.entry(&take.question).or_default();
        entry.takes += u32::from(!take.deleted);
        // Takes come oldest first; the last one with a grade says where one stands.
        entry.last = take.range().map(|(lowest, _)| lowest).or(entry.last);
    }
    tried
}

fn view(aloud: &Aloud, pack: &Pack, tried: &HashMap<&str, Tried>, runs: &[MockRun]) -> PackView {
    let of = |id: &str| tried.get(id).copied().unwrap_or_default();
    let row = |question: &Question| QuestionRow {
        id: question.id.clone(),
        title: question.title.clone(),
        depth: question.depth,
        kind: question.kind,
        minutes: question.seconds.map(whole_minutes),
        signals: question.signals.clone(),
        takes: of(&question.id).takes,
        last_level: of(&question.id).last,
    };
    let sections = pack.sections.iter().map(|section| SectionView {
        id: section.id.clone(),
        title: section.title.clone(),
        about_html: render::html(&section.about),
        groups: section
            .groups
            .iter()
            .map(|group| GroupView {
                id: group.id.clone(),
                title: group.title.clone(),
                questions: group.questions.iter().filter(|question| !question.hidden).map(row).collect(),
            })
            .collect(),
    });
    let stage_tried = |stage: &str| {
        let prompts =
            pack.prompts().filter(|(mock, _, found, _)| format!("{}/{}", mock.id, found.id) == stage);
        prompts.into_iter().any(|(_, _, _, prompt)| of(&prompt.id).takes > 0)
    };
    let checklist = pack.checklist.iter().map(|item| ChecklistView {
        title: item.title.clone(),
        about_html: render::html(&item.about),
        evidence: count(item.questions.len() + item.stages.len()),
        tried: count(
            item.questions.iter().filter(|id| of(id).takes > 0).count()
                + item.stages.iter().filter(|stage| stage_tried(stage)).count(),
        ),
    });
    PackView {
        id: pack.id.clone(),
        title: pack.title.clone(),
        about_html: render::html(&pack.about),
        target: pack.target,
        licence: pack.licence.clone(),
        personal: pack.personal,
        hidden: count(pack.bank().count() - pack.shown().count()),
        sections: sections.collect(),
        mocks: pack.mocks.iter().map(|mock| mock_card(aloud, pack, mock, runs)).collect(),
        rubric: pack.rubric.signals.iter().map(signal_view).collect(),
        rubric_about_html: render::html(&pack.rubric.about),
        checklist: checklist.collect(),
    }
}

/// A signal with its levels described.
pub fn signal_view(signal: &Signal) -> SignalView {
    let level = |level: Level| LevelView {
        level,
        text_html: render::inline(signal.levels.get(&level).map_or("", String::as_str)),
    };
    SignalView {
        id: signal.id.clone(),
        name: signal.name.clone(),
        behavioural: signal.behavioural,
        levels: Level::ALL.into_iter().map(level).collect(),
    }
}

/// A mock as it can be started. The variant done last is never suggested again when there is another.
pub fn mock_card(aloud: &Aloud, pack: &Pack, mock: &Mock, runs: &[MockRun]) -> MockCard {
    let runs: Vec<&MockRun> = runs.iter().filter(|run| run.mock == mock.id).collect();
    let last = runs.first().map(|run| run.variant.as_str());
    let times = |variant: &str| runs.iter().filter(|run| run.variant == variant).count();
    let others =
        mock.variants.iter().filter(|variant| mock.variants.len() == 1 || Some(variant.id.as_str()) != last);
    let suggested = others.min_by_key(|variant| times(&variant.id)).map(|variant| variant.id.clone());
    let variant = |variant: &aloud_practice::pack::Variant| VariantRow {
        id: variant.id.clone(),
        title: variant.title.clone(),
        just_done: Some(variant.id.as_str()) == last && mock.variants.len() > 1,
        suggested: Some(&variant.id) == suggested.as_ref(),
    };
    let stages = mock.variants.first().map(|variant| variant.stages.as_slice()).unwrap_or_default();
    MockCard {
        pack: pack.id.clone(),
        mock: mock.id.clone(),
        title: mock.title.clone(),
        about_html: render::html(&mock.about),
        minutes: whole_minutes(mock.seconds),
        stages: stages
            .iter()
            .map(|stage| StageRow {
                title: stage.title.clone(),
                minutes: whole_minutes(stage.seconds),
                prompts: count(stage.prompts.len()),
            })
            .collect(),
        variants: mock.variants.iter().map(variant).collect(),
        last: match runs.first() {
            Some(run) => format!("done {}", aloud.wall.tell_day(run.at)),
            None => "never tried".into(),
        },
    }
}

/// One question with its history.
pub fn question(aloud: &Aloud, pack: &str, id: &str) -> Outcome<QuestionView> {
    let pack = aloud.shelf.pack(pack)?;
    let question = pack.question(id).ok_or_else(|| Failure::not_found("question"))?;
    let takes = aloud.shelf.with(|library| library.takes_of(&pack.id, id))?;
    let mut takes = rows(aloud, &takes);
    takes.reverse();
    let bank: Vec<_> = pack.shown().collect();
    let at = bank.iter().position(|(_, _, found)| found.id == id);
    let neighbour = |at: Option<usize>| at.and_then(|at| bank.get(at)).map(|(_, _, found)| found.id.clone());
    Ok(QuestionView {
        pack: pack.id.clone(),
        asked: asked(&pack, question),
        place: place(&pack, id),
        takes,
        previous: neighbour(at.and_then(|at| at.checked_sub(1))),
        next: neighbour(at.map(|at| at + 1)),
    })
}

/// Where a question stands, in words: "Section › Group", or "Mock › Stage".
pub fn place(pack: &Pack, id: &str) -> String {
    let in_bank = pack.bank().find(|(_, _, question)| question.id == id);
    if let Some((section, group, _)) = in_bank {
        return format!("{} › {}", section.title, group.title);
    }
    let in_mock = pack.prompts().find(|(_, _, _, prompt)| prompt.id == id);
    in_mock.map_or_else(String::new, |(mock, _, stage, _)| format!("{} › {}", mock.title, stage.title))
}
