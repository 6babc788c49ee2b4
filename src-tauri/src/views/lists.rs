//! Today, the packs, and the lists one chooses from.

use super::asked::Asked;
use super::takes::TakeRow;
use aloud_practice::Level;
use aloud_practice::pack::{Depth, Kind};
use serde::Serialize;
use specta::Type;

/// What the window needs before its first screen.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Boot {
    /// The app's version.
    pub version: String,
    /// `system`, `light` or `dark`.
    pub theme: super::settings::Theme,
    /// Why the library cannot be used, as a sentence; every screen but Settings shows this instead.
    pub library_trouble: Option<String>,
    /// Packs that could not be read, as sentences.
    pub pack_troubles: Vec<String>,
    /// Nothing was ever recorded in this library.
    pub first_run: bool,
    /// The sample is open in the place of the library.
    pub sample: bool,
    /// A question to warm up with: the first of the first bank.
    pub warm_up: Option<WarmUp>,
    /// Takes that a crash had cut short and that were repaired just now.
    pub repaired_takes: u32,
}

/// A question to begin with.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WarmUp {
    /// The pack.
    pub pack: String,
    /// The question.
    pub question: String,
    /// Its title.
    pub title: String,
}

/// The first screen.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Today {
    /// The practice day, as `2026-11-22`; it starts at 04:00.
    pub day: String,
    /// Days until the interview, if a date is set and not past.
    pub interview_in_days: Option<i32>,
    /// Minutes the person set aside per day.
    pub minutes_a_day: u32,
    /// Seconds spoken in the seven days up to now.
    #[specta(type = u32)]
    pub spoken_week_s: f64,
    /// A session that was interrupted and can go on.
    pub interrupted: Option<Interrupted>,
    /// What is due and fits today, most important first.
    pub due: Vec<Due>,
    /// How many more are due but left for another day.
    pub later: u32,
    /// What can be started.
    pub mocks: Vec<MockCard>,
    /// Takes that still want a grade, newest first.
    pub ungraded: Vec<TakeRow>,
    /// The latest takes.
    pub recent: Vec<TakeRow>,
}

/// A session that can go on.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Interrupted {
    /// The session.
    pub session: String,
    /// What it is.
    pub title: String,
    /// Where it stands, as a sentence.
    pub place: String,
}

/// A planned second attempt.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Due {
    /// The pack.
    pub pack: String,
    /// What comes back: a question's id or `mock/stage`.
    pub of: String,
    /// As shown.
    pub title: String,
    /// Where it stands: the section's or the mock's title.
    pub place: String,
    /// Whether it is a stage of a mock.
    pub stage: bool,
    /// Why it is here, as a sentence.
    pub reason: String,
    /// How long it will take.
    pub minutes: u32,
    /// Minutes the sibling adds, if one is played after it.
    pub sibling_minutes: Option<u32>,
    /// Commitments made last time.
    pub commitments: Vec<String>,
    /// A take that can be graded blind today.
    pub blind_take: Option<String>,
}

/// A mock that can be started.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MockCard {
    /// The pack.
    pub pack: String,
    /// The mock.
    pub mock: String,
    /// As shown.
    pub title: String,
    /// How it is run, as safe HTML.
    pub about_html: String,
    /// Whole length.
    pub minutes: u32,
    /// Its stages.
    pub stages: Vec<StageRow>,
    /// Its variants; the one done last cannot be chosen again at once.
    pub variants: Vec<VariantRow>,
    /// When it was last run, as a sentence ("yesterday", "never tried").
    pub last: String,
}

/// A stage, in a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StageRow {
    /// As shown.
    pub title: String,
    /// Time budget.
    pub minutes: u32,
    /// How many prompts.
    pub prompts: u32,
}

/// A variant, in a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct VariantRow {
    /// The variant.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Done last: another one comes first.
    pub just_done: bool,
    /// What would be chosen.
    pub suggested: bool,
}

/// A pack to browse.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PackView {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Who it is for, as safe HTML.
    pub about_html: String,
    /// The level the role asks for.
    pub target: Level,
    /// The content's licence.
    pub licence: String,
    /// The person's own: it can be edited.
    pub personal: bool,
    /// How many of its questions are hidden.
    pub hidden: u32,
    /// The bank, without what is hidden.
    pub sections: Vec<SectionView>,
    /// The mocks.
    pub mocks: Vec<MockCard>,
    /// The rubric.
    pub rubric: Vec<SignalView>,
    /// How to use the rubric, as safe HTML.
    pub rubric_about_html: String,
    /// The last-days checklist.
    pub checklist: Vec<ChecklistView>,
}

/// A section to browse.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SectionView {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// As safe HTML.
    pub about_html: String,
    /// Its groups.
    pub groups: Vec<GroupView>,
}

/// A group to browse.
#[derive(Clone, Debug, Serialize, Type)]
pub struct GroupView {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Its questions.
    pub questions: Vec<QuestionRow>,
}

/// A question, in a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct QuestionRow {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// How deep it goes.
    pub depth: Option<Depth>,
    /// What sort of answer it wants.
    pub kind: Kind,
    /// Time budget.
    pub minutes: Option<u32>,
    /// Ids of the signals it exercises.
    pub signals: Vec<String>,
    /// How many takes there are.
    pub takes: u32,
    /// Lowest level of the latest own grade, if any.
    pub last_level: Option<Level>,
}

/// A signal and its levels.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SignalView {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub name: String,
    /// About people rather than technique.
    pub behavioural: bool,
    /// What each level looks like, lowest first, as safe HTML.
    pub levels: Vec<LevelView>,
}

/// A level of a signal.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LevelView {
    /// The level.
    pub level: Level,
    /// What one hears, as safe HTML.
    pub text_html: String,
}

/// A line of the checklist.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ChecklistView {
    /// The line.
    pub title: String,
    /// How to tell that it is done, as safe HTML.
    pub about_html: String,
    /// How many questions and stages are its evidence.
    pub evidence: u32,
    /// How many of these have been tried.
    pub tried: u32,
}

/// A question with its history.
#[derive(Clone, Debug, Serialize, Type)]
pub struct QuestionView {
    /// The pack.
    pub pack: String,
    /// The question.
    pub asked: Asked,
    /// Where it stands: section and group.
    pub place: String,
    /// All takes, newest first.
    pub takes: Vec<TakeRow>,
    /// Previous question in the bank.
    pub previous: Option<String>,
    /// Next question in the bank.
    pub next: Option<String>,
}
