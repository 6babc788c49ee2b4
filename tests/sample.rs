//! The sample: opened to look around, marked on every screen, gone in one press; one's own library is as it was.

mod evening;

use anyhow::{Result, ensure};
use evening::{Evening, axe, picture};

/// Breaks when the sample cannot be looked at, touches the person's own library, accepts what would be lost with it, or
/// leaves anything behind.
#[tokio::test]
async fn the_sample_is_looked_at_and_removed() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    evening.set("ALOUD_PACKS", concat!(env!("CARGO_MANIFEST_DIR"), "/content/senior-go-backend"));
    let mut window = evening.open().await?;
    window.on_screen("today").await?;
    window.press("s").await?;
    window.on_screen("takes").await?;
    window
        .until(
            "the three answers",
            "return document.querySelector('main').innerText.split('Sample · ').length === 4",
        )
        .await?;
    window.says("Remove the sample").await?;
    picture(&window, "sample-takes").await?;
    for theme in ["light", "dark"] {
        window.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await?;
        window.ready().await?;
        let faults = window.axe(&axe()).await?;
        ensure!(faults.is_empty(), "{theme}: {faults:?}");
    }

    // What is made in the sample would go with it.
    let refused = window
        .client
        .execute_async(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__
                 .invoke('new_pack', { title: 'Mine', pack: null })
                 .then(() => done('made'), (error) => done(error.message ?? String(error)))",
            vec![],
        )
        .await?;
    ensure!(refused.as_str().is_some_and(|say| say.contains("This is the sample")), "{refused}");

    // The newest answer: heard, graded twice and once more later, with its notes and its facts.
    window.script("document.querySelector('main ul a, main ol a').click()").await?;
    window.on_screen("review").await?;
    for says in [
        "The example comes without being asked for",
        "Model answer",
        "Time spent speaking",
        "Remove the sample",
    ] {
        window.says(says).await?;
    }
    picture(&window, "sample-review").await?;
    window.press("m").await?;
    window.on_screen("compare").await?;
    let carried = "return [...document.querySelectorAll('main input')].some((point) => point.value.startsWith('Say how I'))";
    window.until("what is carried forward", carried).await?;
    picture(&window, "sample-compare").await?;
    window.script("location.hash = '#/progress'").await?;
    window.on_screen("progress").await?;
    window.says("Improved by more than your own grading noise").await?;
    picture(&window, "sample-progress").await?;

    window.click("Remove the sample").await?;
    window.on_screen("today").await?;
    window.until("the welcome", "return !!document.querySelector('[data-testid=welcome]')").await?;
    ensure!(!evening.library().join("sample").exists(), "the sample is still there");
    ensure!(evening.takes().is_empty(), "the person's own library has takes");
    window.close().await
}
