//! The library as one's own, in the real window: delete and undo, compact, back up, restore beside, merge.

mod evening;

use aloud_library::{Library, NewSession, NewTake, TakeEnd};
use aloud_practice::session::{Ended, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use anyhow::Result;
use evening::{Evening, axe, into_interview, speak_into_the_only_take};
use jiff::Timestamp;
use rig::window::Window;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The files in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The library of another machine, with one take of two seconds.
fn another_machine(folder: &Path) -> Result<()> {
    let mut library = Library::open(folder)?;
    let prompt = PlannedPrompt {
        question: "elsewhere".into(),
        title: "Said on another machine".into(),
        budget_ms: None,
        probes: 0,
        pad: None,
        optional: false,
    };
    let stage = PlannedStage {
        id: "elsewhere".into(),
        title: "Said on another machine".into(),
        budget_ms: 60_000,
        prompts: vec![prompt],
    };
    let plan =
        Plan { kind: SessionKind::Drill, title: "A drill".into(), thinking_ms: 0, stages: vec![stage] };
    let now = Timestamp::now();
    let session =
        library.begin_session(&NewSession { pack: "p", plan: &plan }, &State::new(plan.clone()), now)?;
    let take = aloud_library::fresh_id();
    library.begin_take(
        &NewTake {
            id: &take,
            session: &session,
            pack: "p",
            question: "elsewhere",
            stage: "elsewhere",
            title: "Said on another machine",
            place: "Elsewhere",
            prompt: "Say it.",
            budget_ms: 60_000,
            sample_rate: 48_000,
        },
        now,
    )?;
    rig::sound::Noise::seconds(3, 2.0).write(&library.sound_file(&take))?;
    let end = TakeEnd { ended: Ended::Finished, frames: 96_000, lost_frames: 0, repaired: false };
    Ok(library.end_take(&take, end, now)?)
}

/// Waits until the long work is over and returns what it says.
async fn result(window: &mut Window) -> Result<String> {
    let over = "return ['done', 'failed', 'cancelled'].includes(document.querySelector('[data-work]')?.dataset.work)";
    window.until_within("the work to be over", over, Duration::from_secs(30)).await?;
    let said = window.script("return document.querySelector('[data-work] p').innerText").await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

async fn put_away(window: &mut Window) -> Result<()> {
    window.click("Put away").await?;
    window.until("the result to go", "return !document.querySelector('[data-work]')").await
}

/// Types into the field with this label, in the place of what is there.
async fn into_field(window: &mut Window, label: &str, text: &Path) -> Result<()> {
    let focus = format!(
        "const label = [...document.querySelectorAll('label')].find((l) => l.innerText.startsWith({label:?}));
         const field = document.getElementById(label?.htmlFor); field?.focus(); field?.select(); return !!field"
    );
    window.until(label, &focus).await?;
    window.type_text(&text.display().to_string()).await
}

/// Breaks when what a person does to keep, free, save and join their library no longer works in the window.
#[tokio::test]
async fn the_library_is_ones_own() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let beside = evening.library().parent().map(Path::to_owned).unwrap_or_default();
    let mut window = evening.open().await?;
    let speaking = evening.speak(60)?;
    into_interview(&mut window, "second-question").await?;
    let wav = speak_into_the_only_take(&mut window, &evening, 2).await?;
    window.press("Space").await?;
    window.says("The answer is kept").await?;
    drop(speaking);
    window.press("l").await?;
    window.on_screen("review").await?;
    let sound = fs::read(&wav)?;

    // The sound goes and comes back; then the whole take does.
    let has_player = "return !!document.querySelector('[data-testid=time]')";
    window.until("the player", has_player).await?;
    window.press("x").await?;
    window.says("The sound of this take was deleted").await?;
    assert!(!wav.exists() && names(&evening.library().join("trash")).len() == 2);
    window.press("u").await?;
    window.until("the player again", has_player).await?;
    assert_eq!(fs::read(&wav)?, sound, "the sound came back as another one");
    window.press("d").await?;
    window.on_screen("takes").await?;
    window.says("Nothing is recorded yet").await?;
    window.press("u").await?;
    window.on_screen("review").await?;
    assert!(wav.exists());

    // What is kept for ever cannot be deleted.
    window.until("the take", has_player).await?;
    window.press("f").await?;
    let pressed = "return !!document.querySelector('.keeping [aria-pressed=true]')";
    window.until("the take to be kept", pressed).await?;
    window.press("d").await?;
    window.says("Take that mark off first").await?;
    window.press("f").await?;
    window.until("the take to be free", &format!("return !(() => {{ {pressed} }})()")).await?;

    // Smaller, and it still sounds the same.
    window.press("g").await?;
    window.press("l").await?;
    window.on_screen("library").await?;
    let found = window.axe(&axe()).await?;
    assert!(found.is_empty(), "{found:?}");
    window.press("c").await?;
    let said = result(&mut window).await?;
    assert!(said.starts_with("1 take compacted") || said == "There was nothing to compact.", "{said}");
    assert_eq!(wav.with_extension("flac").exists(), said.starts_with("1 take"), "{said}");
    put_away(&mut window).await?;

    // A whole backup, looked into and restored beside.
    let stick = beside.join("stick");
    fs::create_dir(&stick)?;
    window.press("b").await?;
    window.type_text(&stick.display().to_string()).await?;
    window.click("Back up now").await?;
    let said = result(&mut window).await?;
    assert!(said.contains("holds 1 take") && said.contains("read back and is whole"), "{said}");
    put_away(&mut window).await?;
    let backups = names(&stick);
    assert_eq!(backups.len(), 1, "{backups:?}");
    window.click("Look inside the backup of today").await?;
    window.says("1 take in 1 session").await?;
    let restored = beside.join("restored");
    into_field(&mut window, "Restore it to this new folder", &restored).await?;
    window.click("Restore beside").await?;
    let said = result(&mut window).await?;
    assert!(said.contains("is restored in"), "{said}");
    put_away(&mut window).await?;
    assert_eq!(names(&restored), ["library.db", "takes"]);
    assert_eq!(names(&restored.join("takes")), [file_there(&wav)]);

    // The backup brings nothing that is not here; another machine's library does.
    into_field(&mut window, "The other library", &stick.join(&backups[0])).await?;
    window.click("Merge it into this one").await?;
    assert_eq!(result(&mut window).await?, "Everything in it was here already.");
    put_away(&mut window).await?;
    let other = beside.join("other");
    another_machine(&other)?;
    into_field(&mut window, "The other library", &other).await?;
    window.click("Merge it into this one").await?;
    let said = result(&mut window).await?;
    assert!(said.contains("1 take,") && said.contains("1 sound file"), "{said}");
    put_away(&mut window).await?;
    window.script("document.activeElement.blur(); location.hash = '#/takes'").await?;
    window.on_screen("takes").await?;
    window.click("Said on another machine").await?;
    window.on_screen("review").await?;
    window.press("Space").await?;
    let heard = "return document.querySelector('[data-testid=time]')?.innerText >= '0:01'";
    window.until("the sound of the other machine", heard).await?;

    // What is nonsense is told, and changes nothing.
    window.script("location.hash = '#/library'").await?;
    window.on_screen("library").await?;
    into_field(&mut window, "The other library", &beside.join("nowhere")).await?;
    window.click("Merge it into this one").await?;
    let said = result(&mut window).await?;
    assert!(said.contains("there is no such file"), "{said}");
    window.close().await
}

/// The name of the file a take's sound is in.
fn file_there(wav: &Path) -> String {
    let forms = [wav.to_owned(), wav.with_extension("flac")];
    let found: Option<PathBuf> = forms.into_iter().find(|file| file.exists());
    found.and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned())).unwrap_or_default()
}
