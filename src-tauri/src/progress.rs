//! Progress as the window shows it: history handed to the rules of `practice::progress`, and what they find in words.

mod delivery;

pub use delivery::over_time as delivery_over_time;

use crate::failure::Outcome;
use crate::figures::{count, date};
use crate::state::Aloud;
use crate::views::progress::{
    Change, GainView, GapView, NoiseView, PackChoice, PointView, ProgressView, SubjectRow, SubjectView,
    WeekView,
};
use aloud_library::{BriefTake, BriefTakes};
use aloud_practice::day::practice_day;
use aloud_practice::pack::Pack;
use aloud_practice::progress::calibration::{Gap, calibration};
use aloud_practice::progress::gain::{Gain, PAIRS_NEEDED, gains};
use aloud_practice::progress::noise::{Noise, PAIRS_FOR_KAPPA, TAKES_NEEDED, noise};
use aloud_practice::progress::overview::{self, Known, overview};
use aloud_practice::progress::runs::{MOST_POINTS, Run, Subject, drawn, levels_by_subject, runs};
use aloud_practice::progress::trend::{Claim, Trend, trend_of};
use aloud_practice::progress::weeks::spoken;
use aloud_practice::progress::{JudgedTake, Judgement};
use aloud_practice::{GradeKind, Level};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Weeks of time spoken that are shown.
const MOST_WEEKS: usize = 53;

/// Progress in a pack (the one practised last, when none is named), looking at one signal or stage.
pub fn progress(aloud: &Aloud, pack: Option<&str>, subject: Option<&str>) -> Outcome<ProgressView> {
    let takes = aloud.shelf.with(|library| library.brief_takes())?;
    let packs: Vec<PackChoice> = aloud.shelf.packs().iter().map(|pack| choice(pack)).collect();
    let chosen = chosen(aloud, pack, &takes);
    let chosen = chosen.as_deref();
    let judged = chosen.map(|pack| judged(aloud, pack, &takes)).unwrap_or_default();
    let noise = noise(&judged);
    let subjects = chosen.map(|pack| subjects(pack, &judged, &noise)).unwrap_or_default();
    let looked_at = subjects.iter().find(|found| Some(found.row.id.as_str()) == subject);
    // Without a wish, the signal with the most runs says most.
    let looked_at = looked_at.or_else(|| {
        subjects.iter().filter(|found| found.row.mock.is_none()).rev().max_by_key(|found| found.row.runs)
    });
    let signals = subjects.iter().filter(|found| found.row.mock.is_none());
    let known = Known {
        spoken: takes.iter().filter(|take| take.spoken()).count(),
        graded: judged.iter().filter(|take| take.counting().is_some()).count(),
        noise,
        signals: signals.map(|found| (found.row.name.as_str(), found.trend)).collect(),
    };
    let today = practice_day(&aloud.wall.here());
    let all = takes.iter().filter(|take| take.spoken());
    let weeks =
        spoken(all.map(|take| (practice_day(&aloud.wall.at(take.at)), take.seconds)), today, MOST_WEEKS);
    Ok(ProgressView {
        pack: chosen.map(|pack| pack.id.clone()),
        packs,
        today: today.to_string(),
        target: chosen.map_or(Level::Senior, |pack| pack.target),
        overview: overview(&known),
        chosen: looked_at.map(|found| subject_view(found, &judged, &noise)),
        noise: noise_view(&noise),
        calibration: chosen.map(|pack| gaps(pack, &judged)).unwrap_or_default(),
        gains: gain_views(&judged, &noise),
        weeks: weeks
            .iter()
            .map(|week| WeekView {
                monday: week.monday.to_string(),
                when: format!("week of {}", date(week.monday)),
                seconds: week.seconds,
                takes: count(week.takes),
            })
            .collect(),
        subjects: subjects.into_iter().map(|found| found.row).collect(),
    })
}

/// A pack as it can be chosen.
pub(crate) fn choice(pack: &Pack) -> PackChoice {
    PackChoice { id: pack.id.clone(), title: pack.title.clone() }
}

/// The pack that is named, else the one practised last, else the first.
pub(crate) fn chosen(aloud: &Aloud, pack: Option<&str>, takes: &BriefTakes) -> Option<Arc<Pack>> {
    let packs = aloud.shelf.packs();
    let named = |id: &str| packs.iter().find(|found| found.id == id);
    let last = || takes.iter().rev().find_map(|take| named(&take.pack));
    pack.and_then(named).or_else(last).or(packs.first()).cloned()
}

/// The takes of a pack in the shape the rules want, oldest first.
pub(crate) fn judged(aloud: &Aloud, pack: &Pack, takes: &BriefTakes) -> Vec<JudgedTake> {
    let mut stages: HashMap<&str, Arc<str>> = HashMap::new();
    for (mock, _, stage, prompt) in pack.prompts() {
        stages.insert(&prompt.id, format!("{}/{}", mock.id, stage.id).into());
    }
    let questions =
        pack.bank().map(|(_, _, question)| question).chain(pack.prompts().map(|(_, _, _, prompt)| prompt));
    let siblings: HashMap<&str, Arc<str>> = questions
        .filter_map(|question| Some((question.id.as_str(), question.sibling.as_deref()?.into())))
        .collect();
    // Only where there are key points could any be ticked.
    let ticked: HashSet<&str> = pack
        .bank()
        .map(|(_, _, question)| question)
        .chain(pack.prompts().map(|(_, _, _, prompt)| prompt))
        .filter(|question| !question.sealed.key_points.is_empty())
        .map(|question| question.id.as_str())
        .collect();
    let mine = takes.iter().filter(|take| *take.pack == *pack.id && take.spoken());
    mine.map(|take| JudgedTake {
        take: take.id.clone(),
        session: Arc::clone(&take.session),
        day: practice_day(&aloud.wall.at(take.at)),
        question: Arc::clone(&take.question),
        stage: stages.get(&*take.question).cloned(),
        sibling: siblings.get(&*take.question).cloned(),
        grades: judgements(aloud, take, ticked.contains(&*take.question)),
    })
    .collect()
}

fn judgements(aloud: &Aloud, take: &BriefTake, ticks: bool) -> Vec<Judgement> {
    let judgement = |grade: &aloud_library::BriefGrade| Judgement {
        kind: if grade.own { grade.kind } else { GradeKind::Peer },
        day: practice_day(&aloud.wall.at(grade.at)),
        unticked: ticks && grade.heard + grade.missed == 0,
        levels: Arc::clone(&grade.levels),
    };
    take.grades.iter().map(judgement).collect()
}

struct Looked {
    row: SubjectRow,
    trend: Trend,
}

/// Every signal and stage of the pack with its trend.
fn subjects(pack: &Pack, judged: &[JudgedTake], noise: &Noise) -> Vec<Looked> {
    let levels = levels_by_subject(judged);
    let looked = |id: String, name: &str, mock: Option<&str>, levels: &[f64]| {
        let trend = trend_of(levels, noise);
        let row = SubjectRow {
            id,
            name: name.to_owned(),
            mock: mock.map(str::to_owned),
            runs: count(trend.runs),
            now: trend.now.map(overview::level),
            change: change(trend.claim),
        };
        Looked { row, trend }
    };
    let signals = pack.rubric.signals.iter().map(|signal| {
        looked(format!("signal:{}", signal.id), &signal.name, None, &levels.signal(&signal.id))
    });
    let stages = pack.mocks.iter().flat_map(|mock| {
        let stages = mock.variants.first().map_or(&[][..], |variant| &variant.stages);
        stages.iter().map(move |stage| (mock, stage))
    });
    let stages = stages.map(|(mock, stage)| {
        let of = format!("{}/{}", mock.id, stage.id);
        looked(format!("stage:{of}"), &stage.title, Some(&mock.title), &levels.stage(&of))
    });
    signals.chain(stages).collect()
}

fn change(claim: Claim) -> Change {
    match claim {
        Claim::TooFewRuns | Claim::NoiseUnknown => Change::Unknown,
        Claim::WithinNoise => Change::WithinNoise,
        Claim::Improved => Change::Improved,
        Claim::Slipped => Change::Slipped,
    }
}

fn subject_view(looked: &Looked, judged: &[JudgedTake], noise: &Noise) -> SubjectView {
    let subject = match looked.row.id.split_once(':') {
        Some(("stage", stage)) => Subject::Stage(stage),
        Some((_, signal)) => Subject::Signal(signal),
        None => Subject::Signal(&looked.row.id),
    };
    let runs: Vec<Run> = runs(judged, subject);
    let by_week = runs.len() > MOST_POINTS;
    let point = |run: &Run| PointView {
        day: run.day.to_string(),
        when: if by_week { format!("week of {}", date(run.day)) } else { date(run.day) },
        sittings: count(run.sittings),
        take: run.take.clone(),
        first: run.first,
        second: run.second,
        later: run.later,
        peer: run.peer,
    };
    SubjectView {
        id: looked.row.id.clone(),
        name: looked.row.name.clone(),
        sentence: overview::sentence(&looked.trend, noise),
        by_week,
        points: drawn(runs).iter().map(point).collect(),
        start: looked.trend.start,
        band: noise.band(),
    }
}

fn noise_view(noise: &Noise) -> NoiseView {
    let known = noise.known;
    NoiseView {
        sentence: overview::noise(noise),
        takes: count(noise.takes),
        needed: count(TAKES_NEEDED),
        pairs: count(noise.pairs),
        same: known.map(|known| known.same),
        within_one: known.map(|known| known.within_one),
        kappa: known.and_then(|known| known.kappa),
        kappa_rough: noise.pairs < PAIRS_FOR_KAPPA,
        band: noise.band(),
    }
}

/// All signals together against each kind, then signal by signal.
fn gaps(pack: &Pack, judged: &[JudgedTake]) -> Vec<GapView> {
    const AGAINST: [GradeKind; 3] = [GradeKind::Second, GradeKind::Later, GradeKind::Peer];
    let signals = pack.rubric.signals.iter().map(|signal| Some((signal.id.as_str(), signal.name.as_str())));
    let wanted = std::iter::once(None).chain(signals);
    let each = wanted.flat_map(|signal| AGAINST.map(|kind| (signal, kind)));
    each.filter_map(|(signal, against)| {
        let gap = calibration(judged, against, signal.map(|(id, _)| id))?;
        Some(GapView {
            signal: signal.map(|(_, name)| name.to_owned()),
            against,
            sentence: if signal.is_none() { gap_sentence(&gap, against) } else { String::new() },
            takes: count(gap.takes),
            pairs: count(gap.pairs),
            mean: gap.mean,
            higher: count(gap.higher),
            lower: count(gap.lower),
        })
    })
    .collect()
}

fn gap_sentence(gap: &Gap, against: GradeKind) -> String {
    let other = match against {
        GradeKind::Peer => "somebody else’s",
        GradeKind::Later => "your own blind grades of a later day",
        _ => "your own after the model answer",
    };
    let share = |part: usize| 100.0 * part as f64 / gap.pairs as f64;
    let direction = match gap.mean {
        mean if mean >= 0.05 => format!("{mean:.1} levels higher than"),
        mean if mean <= -0.05 => format!("{:.1} levels lower than", -mean),
        _ => "on average the same as".to_owned(),
    };
    format!(
        "Your first grades are {direction} {other}: higher in {:.0} %, lower in {:.0} % of {} levels.",
        share(gap.higher),
        share(gap.lower),
        gap.pairs
    )
}

fn gain_views(judged: &[JudgedTake], noise: &Noise) -> Vec<GainView> {
    let gains = gains(judged);
    let view = |name: &str, gain: Gain| {
        let enough = gain.mean.filter(|_| gain.pairs >= PAIRS_NEEDED);
        let sentence = match (enough, noise.band()) {
            (None, _) => format!("{} of {PAIRS_NEEDED} pairs: too few to tell.", gain.pairs),
            (Some(mean), Some(band)) if mean.abs() > band => {
                format!(
                    "{mean:+.1} levels on average over {} pairs, more than your grading noise.",
                    gain.pairs
                )
            }
            (Some(mean), Some(_)) => {
                format!("{mean:+.1} levels on average over {} pairs, within your grading noise.", gain.pairs)
            }
            (Some(mean), None) => format!(
                "{mean:+.1} levels on average over {} pairs; your grading noise is not known yet.",
                gain.pairs
            ),
        };
        GainView { name: name.to_owned(), sentence, pairs: count(gain.pairs), mean: enough }
    };
    vec![
        view("The same prompt again", gains.repeat),
        view("Another prompt on the same skill", gains.transfer),
    ]
}
