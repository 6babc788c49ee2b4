//! The library as one's own, in the real window: delete and undo, compact, back up, restore beside, merge.

mod evening;

use aloud_library::{Library, NewSession, NewTake, TakeEnd};
use aloud_practice::session::{Ended, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use anyhow::Result;
use evening::{Evening, into_interview, picture, speak_into_the_only_take};
use jiff::Timestamp;
use rig::window::Window;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// True once a second of the take was heard.
const HEARD: &str = "return document.querySelector('[data-testid=time]')?.innerText >= '0:01'";

/// True while there is something to play.
const PLAYER: &str = "return !!document.querySelector('[data-testid=time]')";

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
    let voice = beside.join("beeps.wav");
    fs::create_dir_all(&beside)?;
    rig::sound::write(&voice, &rig::sound::beeps(440.0, 30.0))?;
    let mut window = evening.open().await?;
    let speaking = evening.microphone.play_background(&voice)?;
    into_interview(&mut window, "second-question").await?;
    let wav = speak_into_the_only_take(&mut window, &evening, 2).await?;
    window.press("Space").await?;
    window.says("The answer is kept").await?;
    drop(speaking);
    window.press("l").await?;
    window.on_screen("review").await?;
    delete_and_undo(&mut window, &wav, &evening.library().join("trash")).await?;
    let flac = compact(&mut window, &wav, &beside.join("before.wav")).await?;
    let backup = back_up_and_restore(&mut window, &flac, &beside).await?;
    merge(&mut window, &backup, &beside).await?;
    trash(&mut window, evening.library()).await?;
    window.close().await
}

/// The sound goes and comes back; then the whole take does; what is kept for ever cannot be deleted.
async fn delete_and_undo(window: &mut Window, wav: &Path, trash: &Path) -> Result<()> {
    let sound = fs::read(wav)?;
    window.until("the player", PLAYER).await?;
    window.press("x").await?;
    window.says("The sound of this take was deleted").await?;
    assert!(!wav.exists() && names(trash).len() == 2);
    window.press("u").await?;
    window.until("the player again", PLAYER).await?;
    assert_eq!(fs::read(wav)?, sound, "the sound came back as another one");
    window.press("d").await?;
    window.on_screen("takes").await?;
    window.says("Nothing is recorded yet").await?;
    window.press("u").await?;
    window.on_screen("review").await?;
    assert!(wav.exists());

    window.until("the take", PLAYER).await?;
    window.press("f").await?;
    let pressed = "return !!document.querySelector('.keeping [aria-pressed=true]')";
    window.until("the take to be kept", pressed).await?;
    window.press("d").await?;
    window.says("Take that mark off first").await?;
    window.press("f").await?;
    let free = "return !!document.querySelector('.keeping [aria-pressed=false]')";
    window.until("the take to be free", free).await
}

/// Smaller, and it still sounds the same. Returns the new file.
async fn compact(window: &mut Window, wav: &Path, before: &Path) -> Result<PathBuf> {
    fs::copy(wav, before)?;
    window.press("g").await?;
    window.press("l").await?;
    window.on_screen("library").await?;
    window.press("c").await?;
    let said = result(window).await?;
    assert!(said.starts_with("1 take compacted"), "{said}");
    let flac = wav.with_extension("flac");
    assert!(flac.exists() && !wav.exists());
    assert!(flac.metadata()?.len() < before.metadata()?.len() / 2, "a tone is easy to make smaller");
    assert_eq!(aloud_audio::fingerprint(&flac, None)?, aloud_audio::fingerprint(before, None)?);
    put_away(window).await?;
    window.script("location.hash = '#/takes'").await?;
    window.on_screen("takes").await?;
    window.click("The second question").await?;
    window.on_screen("review").await?;
    window.until("the player", PLAYER).await?;
    window.press("Space").await?;
    window.until("the compacted sound", HEARD).await?;
    Ok(flac)
}

/// A whole backup, looked into and restored beside. Returns the backup.
async fn back_up_and_restore(window: &mut Window, flac: &Path, beside: &Path) -> Result<PathBuf> {
    window.script("location.hash = '#/library'").await?;
    window.on_screen("library").await?;
    let stick = beside.join("stick");
    fs::create_dir(&stick)?;
    window.press("b").await?;
    window.type_text(&stick.display().to_string()).await?;
    window.click("Back up now").await?;
    let said = result(window).await?;
    assert!(said.contains("holds 1 take") && said.contains("read back and is whole"), "{said}");
    put_away(window).await?;
    let backups = names(&stick);
    assert_eq!(backups.len(), 1, "{backups:?}");
    window.click("Look inside the backup of today").await?;
    window.says("1 take in 1 session").await?;
    picture(window, "backup").await?;
    window.click("Check every byte").await?;
    let said = result(window).await?;
    assert!(said.ends_with("is whole: every byte is as it was written."), "{said}");
    put_away(window).await?;
    window.click("Look inside the backup of today").await?;
    let restored = beside.join("restored");
    into_field(window, "Restore it to this new folder", &restored).await?;
    window.click("Restore beside").await?;
    let said = result(window).await?;
    assert!(said.contains("is restored in"), "{said}");
    put_away(window).await?;
    assert_eq!(names(&restored), ["library.db", "takes"]);
    let file = restored.join("takes").join(flac.file_name().unwrap_or_default());
    assert_eq!(fs::read(file)?, fs::read(flac)?);
    Ok(stick.join(&backups[0]))
}

/// The backup brings nothing that is not here; another machine's library does; nonsense is told and changes nothing.
async fn merge(window: &mut Window, backup: &Path, beside: &Path) -> Result<()> {
    into_field(window, "The other library", backup).await?;
    window.click("Merge it into this one").await?;
    assert_eq!(result(window).await?, "Everything in it was here already.");
    put_away(window).await?;
    let other = beside.join("other");
    another_machine(&other)?;
    into_field(window, "The other library", &other).await?;
    window.click("Merge it into this one").await?;
    let said = result(window).await?;
    assert!(said.contains("1 take,") && said.contains("1 sound file"), "{said}");
    put_away(window).await?;
    picture(window, "library").await?;
    window.script("document.activeElement.blur(); location.hash = '#/takes'").await?;
    window.on_screen("takes").await?;
    window.click("Said on another machine").await?;
    window.on_screen("review").await?;
    window.press("Space").await?;
    window.until("the sound of the other machine", HEARD).await?;

    window.script("location.hash = '#/library'").await?;
    window.on_screen("library").await?;
    into_field(window, "The other library", &beside.join("nowhere")).await?;
    window.click("Merge it into this one").await?;
    let said = result(window).await?;
    assert!(said.contains("there is no such file"), "{said}");
    Ok(())
}

/// What waits in the trash comes back from there, or goes for good.
async fn trash(window: &mut Window, library: &Path) -> Result<()> {
    let sounds = || -> Vec<String> {
        let peaks = |name: &String| name.to_ascii_lowercase().ends_with(".peaks");
        names(&library.join("takes")).into_iter().filter(|name| !peaks(name)).collect()
    };
    let before = sounds();
    for kept in [true, false] {
        window.script("document.activeElement.blur(); location.hash = '#/takes'").await?;
        window.on_screen("takes").await?;
        window.click("Delete the take Said on another machine").await?;
        window.says("The take is in the trash").await?;
        window.script("location.hash = '#/library'").await?;
        window.on_screen("library").await?;
        window.says("30 days left").await?;
        if kept {
            window.click("Bring back Said on another machine").await?;
            window.says("Nothing is in the trash").await?;
            assert_eq!(sounds(), before);
        } else {
            window.press("e").await?;
            window.says("It cannot be taken back").await?;
            window.click("Remove for good").await?;
            window.says("Nothing is in the trash").await?;
            assert!(names(&library.join("trash")).is_empty());
        }
    }
    Ok(())
}

/// Removes the folder the library was moved from; what came of it.
async fn remove_old(window: &mut Window) -> Result<String> {
    window.click("Remove it").await?;
    window.says("Remove the old library?").await?;
    let sure = "const all = [...document.querySelectorAll('dialog button')]; all.at(-1)?.click(); return all.length > 0";
    window.until("the question to be answered", sure).await?;
    result(window).await
}

/// Breaks when a library that was moved is not the one that opens next, or when the old folder cannot be removed.
#[tokio::test]
async fn the_library_moves_and_is_there_at_the_next_start() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let beside = evening.library().parent().map(Path::to_owned).unwrap_or_default();
    // As a person starts it: no folder is named, so the choice counts.
    let usual = evening.in_the_usual_library().join("aloud");
    another_machine(&usual)?;

    let mut window = evening.open().await?;
    window.script("location.hash = '#/library'").await?;
    window.on_screen("library").await?;
    let target = beside.join("moved");
    window.press("v").await?;
    window.type_text(&target.display().to_string()).await?;
    window.click("Move the library there").await?;
    let said = result(&mut window).await?;
    assert!(said.starts_with("The library is in") && said.contains("remove it when you are sure"), "{said}");
    window.close().await?;

    let mut window = evening.open().await?;
    window.script("location.hash = '#/library'").await?;
    window.on_screen("library").await?;
    window.says(&target.display().to_string()).await?;
    window.says("is still there").await?;
    assert!(usual.join("library.db").exists());
    // A pack that is there alone is not thrown away with the rest.
    let stray = usual.join("packs/mine/rubric.md");
    fs::create_dir_all(usual.join("packs/mine"))?;
    fs::write(&stray, "# Mine\n")?;
    let said = remove_old(&mut window).await?;
    assert!(said.contains("is not in your library") && stray.exists(), "{said}");
    fs::remove_file(&stray)?;
    put_away(&mut window).await?;
    let said = remove_old(&mut window).await?;
    assert!(said.contains("is removed") && !usual.join("library.db").exists(), "{said}");
    window.script("location.hash = '#/takes'").await?;
    window.on_screen("takes").await?;
    window.click("Said on another machine").await?;
    window.on_screen("review").await?;
    window.press("Space").await?;
    window.until("the moved sound", HEARD).await?;
    window.close().await
}
