//! Questions of one's own, in the real window: imported with a preview, edited, hidden, and imported again.

mod evening;

use anyhow::{Context, Result};
use evening::{Evening, axe, picture};
use rig::window::Window;
use std::path::{Path, PathBuf};

const BANK: &str = "# Bees\n\n- [What is a hive?](#what-is-a-hive)\n- [Explain the comb](#explain-the-comb)\n\n## Hives\n\n### What is a hive?\n\nA home.\n\n### Explain the comb\n\nWax in hexagons.\n\n## Work\n\n### How do bees dance?\n\nIn eights.\n";

/// Goes to Import and looks at a file whose path is typed.
async fn look(window: &mut Window, path: &Path) -> Result<()> {
    window.script("location.hash = '#/import'").await?;
    window.on_screen("import").await?;
    write(window, "path", &path.display().to_string()).await?;
    window.click("Look at it").await
}

/// Puts words into a field as typing over what is there would.
async fn write(window: &Window, field: &str, text: &str) -> Result<()> {
    let script = format!(
        "const field = document.querySelector('[name={field}]'); field.value = {};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
        serde_json::json!(text)
    );
    window.script(&script).await.map(drop)
}

/// All texts of a pack on disk, in one.
fn pack_on_disk(library: &Path) -> Result<String> {
    fn read(folder: &Path, all: &mut Vec<PathBuf>) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { read(&path, all)? } else { all.push(path) }
        }
        Ok(())
    }
    let mut files = Vec::new();
    read(&library.join("packs"), &mut files)?;
    files.sort();
    files.iter().map(|file| Ok(std::fs::read_to_string(file)?)).collect()
}

/// Breaks when any step between a Markdown file and an up-to-date pack of one's own no longer works.
#[tokio::test]
async fn questions_are_imported_edited_hidden_and_brought_up_to_date() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bees.md");
    std::fs::write(&file, BANK)?;
    let mut window = evening.open().await?;

    // A list of links is refused with a sentence, and nothing can be imported.
    let links = folder.path().join("links.md");
    let entries = (0..12).map(|n| format!("- [Book {n}](https://example.org/{n})\n"));
    std::fs::write(&links, format!("# Reading\n\n{}", entries.collect::<String>()))?;
    look(&mut window, &links).await?;
    window.says("it is a list of 12 links").await?;

    // Preview: what was recognised, what was left out and where. Nothing is written yet.
    look(&mut window, &file).await?;
    window.says("3 questions, all with an answer.").await?;
    window.click("Left out: 1 place").await?;
    window.says("table of contents").await?;
    assert!(!window.source().await?.contains("Wax in hexagons"), "the preview holds answers");
    assert!(!evening.library().join("packs").exists(), "the preview wrote something");
    assert_eq!(window.axe(&axe()).await?, Vec::<String>::new());
    picture(&window, "import-preview").await?;
    window.click("Import 3 questions").await?;
    window.says("3 questions came in.").await?;

    // Edit one question and hide another; both can be taken back.
    window.click("Edit the pack").await?;
    window.on_screen("editor").await?;
    window.says("3 questions").await?;
    window.click("What is a hive?").await?;
    window.until("the words", "return document.querySelector('[name=answer]')?.value === 'A home.'").await?;
    assert_eq!(window.axe(&axe()).await?, Vec::<String>::new());
    write(&window, "answer", "My own words.").await?;
    window.click("Save").await?;
    window.says("Saved.").await?;
    window.script("document.querySelector('[data-question=explain-the-comb]').focus()").await?;
    window.press("h").await?;
    window.says("Hidden. Its history stays.").await?;
    window.press("u").await?;
    window.says("Taken back.").await?;
    window.script("document.querySelector('[data-question=explain-the-comb]').focus()").await?;
    window.press("h").await?;
    window.says("1 hidden").await?;
    // Reorder by key: over the border into the group before.
    window.script("document.querySelector('[data-question=how-do-bees-dance]').focus()").await?;
    window.press("[").await?;
    window.says("Moved.").await?;
    assert_eq!(window.axe(&axe()).await?, Vec::<String>::new());
    picture(&window, "editor").await?;

    // Add one.
    window.press("a").await?;
    window.until("the form", "return !!document.querySelector('[name=prompt]')").await?;
    write(&window, "prompt", "Which flowers do they like?").await?;
    window.click("Save").await?;
    window.says("Added.").await?;

    // The list of questions holds what is not hidden.
    window.click("Back to the pack").await?;
    window.on_screen("packs").await?;
    window.says("Which flowers do they like?").await?;
    assert!(!window.text().await?.contains("Explain the comb"), "a hidden question is listed");

    // The source changes and is imported again: into the same pack, without doubles, and what was edited stays.
    let changed = BANK
        .replace("A home.", "Another answer.")
        .replace("## Work", "### Why smoke?\n\nIt calms.\n\n## Work");
    std::fs::write(&file, changed)?;
    look(&mut window, &file).await?;
    window.says("4 questions, all with an answer.").await?;
    window.click("Import 4 questions").await?;
    window.says("1 question came in").await?;
    window.says("1 kept as you edited them").await?;
    let disk = pack_on_disk(evening.library())?;
    assert!(disk.contains("My own words.") && !disk.contains("Another answer."), "{disk}");
    assert_eq!(disk.matches("## Explain the comb").count(), 1, "{disk}");
    window.close().await?;

    // All of it is there after a start.
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/bees/edit'").await?;
    window.on_screen("editor").await?;
    window.says("5 questions, 1 hidden").await?;
    let order = window
        .script("return [...document.querySelectorAll('[data-question]')].map((row) => row.dataset.question).join(' ')")
        .await?;
    let order = order.as_str().context("ids")?;
    assert!(order.contains("explain-the-comb how-do-bees-dance"), "{order}");
    window.close().await
}

/// Breaks when a question of a published pack cannot be hidden, or its text is touched.
#[tokio::test]
async fn a_question_of_a_published_pack_is_hidden_and_shown_again() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/minimal/edit'").await?;
    window.on_screen("editor").await?;
    window.says("its words stay as they are").await?;
    window.click("Hide “The first question”").await?;
    window.says("1 hidden").await?;
    window.click("Back to the pack").await?;
    window.on_screen("packs").await?;
    window.says("The second question").await?;
    assert!(!window.text().await?.contains("The first question"));
    window.close().await?;
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/minimal/edit'").await?;
    window.on_screen("editor").await?;
    window.click("Show “The first question”").await?;
    window.says("It is asked again.").await?;
    window.close().await
}
