//! Every screen, in both themes: nothing for axe to object to, nothing cut off.

mod evening;

use anyhow::Result;
use evening::{ASKED, Evening, RECORDING, axe, into_interview, past_ready, picture, settle};
use rig::window::Window;

/// True when no text is wider than its box and the page does not scroll sideways.
const NOTHING_CUT: &str = "
    const cut = [...document.querySelectorAll('main *, .calm *')].filter((e) =>
        e.children.length === 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden'
        && e.clientWidth > 1 && !e.closest('.aside'));
    const wide = document.documentElement.scrollWidth > window.innerWidth + 1;
    return (wide ? ['the page scrolls sideways'] : []).concat(cut.map((e) => e.tagName + ' ' + e.className + ': ' + e.innerText))";

struct Look {
    axe: String,
    zoom: u32,
    found: Vec<String>,
}

impl Look {
    async fn at(&mut self, window: &mut Window, name: &str) -> Result<()> {
        for theme in ["light", "dark"] {
            window.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await?;
            window.ready().await?;
            let name = if self.zoom == 100 { name.to_owned() } else { format!("{name}-{}", self.zoom) };
            picture(window, &format!("{name}-{theme}")).await?;
            for line in window.axe(&self.axe).await? {
                self.found.push(format!("{name}, {theme}: {line}"));
            }
            let cut = window.script(NOTHING_CUT).await?;
            for line in cut.as_array().into_iter().flatten() {
                self.found.push(format!("{name}, {theme}: {line}"));
            }
        }
        Ok(())
    }
}

/// Breaks when a screen has an accessibility fault axe knows, in either theme, or text that cannot be read.
#[tokio::test]
async fn axe_finds_nothing_on_any_screen() -> Result<()> {
    every_screen((1280, 800), 100).await
}

/// Breaks when something is cut off or cannot be reached with everything half as large again, in a small window.
#[tokio::test]
async fn every_screen_can_be_read_at_150_percent() -> Result<()> {
    every_screen((1024, 700), 150).await
}

/// Breaks when something is cut off or cannot be reached at twice the size.
#[tokio::test]
async fn every_screen_can_be_read_at_200_percent() -> Result<()> {
    every_screen((1920, 1080), 200).await
}

async fn every_screen(size: (u32, u32), zoom: u32) -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    evening.size(size.0, size.1);
    let mut window = evening.open().await?;
    window.client.set_window_size(size.0, size.1).await?;
    let wide = window.script("return innerWidth").await?;
    settle(&window, &format!("{{ zoom: {zoom} }}")).await?;
    let larger = format!("return Math.abs(innerWidth * {zoom} / 100 - {wide}) < 3");
    window.until("the size that was chosen", &larger).await?;
    let mut look = Look { axe: axe(), zoom, found: Vec::new() };

    look.at(&mut window, "today-first").await?;
    for (screen, address) in [
        ("packs", "packs/minimal/questions"),
        ("packs", "packs/minimal/mocks"),
        ("packs", "packs/minimal/rubric"),
        ("packs", "packs/minimal/checklist"),
        ("question", "packs/minimal/questions/first-question"),
        ("mock", "packs/minimal/mocks/short"),
        ("drill", "drill"),
        ("takes", "takes"),
        ("import", "import"),
        ("editor", "packs/minimal/edit"),
        ("settings", "settings"),
        ("library", "library"),
        ("ready", "ready"),
    ] {
        window.script(&format!("location.hash = '#/{address}'")).await?;
        window.on_screen(screen).await?;
        look.at(&mut window, &address.replace('/', "-")).await?;
    }
    window.press("?").await?;
    window.until("the list of keys", "return !!document.querySelector('dialog[open]')").await?;
    look.at(&mut window, "keys").await?;
    window.press("Escape").await?;

    let _speaking = evening.speak(60)?;
    into_interview(&mut window, "second-question").await?;
    look.at(&mut window, "interview-asked").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    look.at(&mut window, "interview-answering").await?;
    window.press("p").await?;
    window.press("Escape").await?;
    window.says("Paused").await?;
    look.at(&mut window, "interview-paused").await?;
    window.press("Space").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    window.press("Space").await?;
    window.says("Listen and grade").await?;
    look.at(&mut window, "interview-after").await?;
    window.press("l").await?;
    window.on_screen("review").await?;
    look.at(&mut window, "review-first").await?;
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    window.press("v").await?;
    window.says("Model answer").await?;
    look.at(&mut window, "review-revealed").await?;
    window.press("3").await?;
    window.press("Enter").await?;
    window.says("Both grades are kept").await?;
    look.at(&mut window, "review-graded").await?;
    window.script("location.hash = '#/today'").await?;
    window.on_screen("today").await?;
    look.at(&mut window, "today").await?;

    // A mock, given up at once, for its scorecard.
    window.script("location.hash = '#/packs/minimal/mocks/short'").await?;
    window.on_screen("mock").await?;
    window.press("Enter").await?;
    past_ready(&mut window).await?;
    look.at(&mut window, "interview-mock").await?;
    window.close().await?;
    assert!(look.found.is_empty(), "{}", look.found.join("\n"));
    Ok(())
}
