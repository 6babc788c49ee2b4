//! What stays sealed until a take was spoken and graded, or until the person edits a question of their own.

use aloud_packs::render;
use aloud_practice::pack::Question;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The model answer and what belongs to it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Revealed {
    /// Layers in order.
    pub answer: Vec<LayerView>,
    /// As safe HTML, in the pack's order.
    pub key_points: Vec<String>,
    /// As safe HTML, in the pack's order.
    pub red_flags: Vec<String>,
    /// Follow-ups and what a good reply contains.
    pub probes: Vec<ProbeView>,
    /// Where it can be read up.
    pub sources: Vec<SourceView>,
}

/// The words of a question of the person's own while they edit it: they asked to see the answer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct WordingView {
    /// For lists; taken from the prompt if it is empty.
    pub title: String,
    /// What the interviewer says, as Markdown.
    pub prompt: String,
    /// The model answer, as Markdown.
    pub answer: String,
    /// What a strong answer says, as Markdown.
    pub key_points: Vec<String>,
    /// Follow-up questions.
    pub probes: Vec<String>,
    /// Time to answer, in seconds.
    pub seconds: u32,
}

/// One layer of the model answer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LayerView {
    /// Its heading.
    pub heading: String,
    /// Safe HTML.
    pub html: String,
}

/// A follow-up.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ProbeView {
    /// What the interviewer asks, as safe HTML.
    pub question_html: String,
    /// What a good reply contains, as safe HTML.
    pub reply_html: String,
}

/// A source.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SourceView {
    /// Title.
    pub title: String,
    /// Address; opened outside the app, after a question.
    pub url: String,
}

impl Revealed {
    /// Opens what is sealed. Call it only for a take that `practice::grade::may_reveal` allows.
    pub fn of(question: &Question) -> Self {
        let sealed = &question.sealed;
        let layer = |layer: &aloud_practice::pack::Layer| LayerView {
            heading: layer.heading.clone(),
            html: render::html(&layer.text),
        };
        let probe = |probe: &aloud_practice::pack::Probe| ProbeView {
            question_html: render::inline(&probe.question),
            reply_html: render::inline(&probe.reply),
        };
        let source = |source: &aloud_practice::pack::Source| SourceView {
            title: source.title.clone(),
            url: source.url.clone(),
        };
        Self {
            answer: sealed.answer.iter().map(layer).collect(),
            key_points: sealed.key_points.iter().map(|text| render::inline(text)).collect(),
            red_flags: sealed.red_flags.iter().map(|text| render::inline(text)).collect(),
            probes: sealed.probes.iter().map(probe).collect(),
            sources: sealed.sources.iter().map(source).collect(),
        }
    }
}
