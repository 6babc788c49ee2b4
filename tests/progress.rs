//! Progress, readiness and reports in the real window, for histories of every length.

mod evening;
mod year;

use anyhow::{Context as _, Result, ensure};
use evening::{axe, picture};
use jiff::Zoned;
use rig::window::Window;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use year::{NOW, Year, pack_folder, window_on};

/// What does not fit: the page sideways, or a picture's words.
const CUT: &str = "
    const wide = document.documentElement.scrollWidth > window.innerWidth + 1;
    const outside = [...document.querySelectorAll('svg[role=img]')].flatMap((svg) => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter((text) => {
            const own = text.getBoundingClientRect();
            return own.left < box.left - 1 || own.right > box.right + 1;
        }).map((text) => 'outside its picture: ' + text.textContent);
    });
    return (wide ? ['the page scrolls sideways'] : []).concat(outside)";

/// Every picture has a table of the same figures, with as many rows as it has points in its longest series.
const TABLES: &str = "
    return [...document.querySelectorAll('figure')].every((figure) =>
        figure.querySelector('svg[role=img][aria-label]') && figure.querySelector('table tbody tr'))";

struct Practised {
    folder: TempDir,
}

impl Practised {
    fn takes(takes: usize, days: i32) -> Result<Self> {
        let practised = Self { folder: tempfile::tempdir()? };
        if takes > 0 {
            let pack = aloud_packs::read(&pack_folder()).pack.context("the shipped pack")?;
            let year = Year { takes, days, ..Year::up_to(&NOW.parse::<Zoned>()?) };
            year.write(&practised.library(), &pack)?;
        }
        Ok(practised)
    }

    fn library(&self) -> std::path::PathBuf {
        self.folder.path().join("library")
    }

    async fn open(&self) -> Option<Window> {
        rig::or_skip(Window::open(&window_on(&self.library())).await)
    }
}

async fn go(window: &mut Window, address: &str, screen: &str) -> Result<()> {
    window.script(&format!("location.hash = '#/{address}'")).await?;
    window.on_screen(screen).await
}

async fn look(window: &mut Window, name: &str) -> Result<()> {
    for theme in ["light", "dark"] {
        window.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await?;
        window.ready().await?;
        picture(window, &format!("{name}-{theme}")).await?;
        let mut found = window.axe(&axe()).await?;
        let cut = window.script(CUT).await?;
        found
            .extend(cut.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)));
        ensure!(found.is_empty(), "{name}, {theme}:\n{}", found.join("\n"));
    }
    let tables = window.script(TABLES).await?;
    ensure!(tables.as_bool() == Some(true), "{name}: a picture has no table");
    Ok(())
}

/// Breaks when an empty history has nothing to say or somewhere nothing to do.
#[tokio::test]
async fn an_empty_history_says_what_to_do() -> Result<()> {
    let practised = Practised::takes(0, 0)?;
    let Some(mut window) = practised.open().await else { return Ok(()) };
    window.press("g").await?;
    window.press("r").await?;
    window.on_screen("progress").await?;
    window.says("Nothing is recorded yet. From 3 graded runs on").await?;
    look(&mut window, "progress-empty").await?;
    window.press("l").await?;
    window.on_screen("readiness").await?;
    window.says("Nothing on this list has been tried yet").await?;
    window.says("Set the day of your interview").await?;
    look(&mut window, "readiness-empty").await?;
    window.close().await
}

/// Breaks when one take or three are spoken of as if they showed a change.
#[tokio::test]
async fn short_histories_claim_nothing() -> Result<()> {
    for (takes, says) in [(1, "1 graded run so far. One run is mostly chance"), (3, "3 graded runs so far")] {
        let practised = Practised::takes(takes, i32::try_from(takes)?)?;
        let Some(mut window) = practised.open().await else { return Ok(()) };
        go(&mut window, "progress", "progress").await?;
        window.says(says).await?;
        window.says("of 3").await?;
        let text = window.text().await?;
        ensure!(
            !text.contains("mproved") && !text.contains("lipped"),
            "{takes} takes claim a change:\n{text}"
        );
        look(&mut window, &format!("progress-{takes}")).await?;
        window.close().await?;
    }
    Ok(())
}

/// Breaks when a year of practice is not drawn, cannot be walked through by keys, or does not fit a window.
#[tokio::test]
async fn a_year_is_drawn_with_its_noise_and_planned_to_its_end() -> Result<()> {
    let practised = Practised::takes(3_000, 365)?;
    for size in [(1280, 800), (1024, 700), (1920, 1080)] {
        let mut setup = window_on(&practised.library());
        setup.size = size;
        let Some(mut window) = rig::or_skip(Window::open(&setup).await) else { return Ok(()) };
        window.script(&format!("window.resizeTo({}, {})", size.0, size.1)).await?;
        go(&mut window, "progress", "progress").await?;
        window.says("Improved by more than your own grading noise").await?;
        window.says("Weighted kappa").await?;
        window.until("the noise band", "return !!document.querySelector('svg[role=img] rect.band')").await?;
        window.until("delivery", "return document.querySelectorAll('.facts figure').length === 5").await?;
        let kinds =
            "return [...document.querySelectorAll('svg[role=img] path.mark')].map((m) => m.getAttribute('d'))
            .filter((d, i, all) => all.indexOf(d) === i).length";
        let kinds = window.script(kinds).await?;
        ensure!(kinds.as_u64() == Some(4), "kinds of grades have {kinds} shapes");
        look(&mut window, &format!("progress-year-{}", size.0)).await?;
        let before = window.script("return document.querySelector('.choose select').value").await?;
        window.press("]").await?;
        window
            .until(
                "the next signal",
                &format!("return document.querySelector('.choose select')?.value !== {before}"),
            )
            .await?;
        go(&mut window, "readiness", "readiness").await?;
        look(&mut window, &format!("readiness-year-{}", size.0)).await?;
        window.close().await?;
    }

    // With a date the days until then are planned, and Today leads there.
    let Some(mut window) = practised.open().await else { return Ok(()) };
    go(&mut window, "settings", "settings").await?;
    let set = "const date = document.querySelector('input[type=date]');
        date.value = '2026-12-01'; date.dispatchEvent(new Event('change', { bubbles: true })); return true";
    window.script(set).await?;
    window.ready().await?;
    go(&mut window, "today", "today").await?;
    window.click("the plan until then").await?;
    window.on_screen("readiness").await?;
    window.says("A plan for the 9 days that are left, the last one free").await?;
    window.says("Tomorrow").await?;
    look(&mut window, "readiness-plan").await?;
    window.close().await
}

/// Breaks when a list is sent whole, or when its filter looks only at what is shown.
#[tokio::test]
async fn takes_come_a_page_at_a_time_and_are_searched_whole() -> Result<()> {
    let practised = Practised::takes(450, 60)?;
    let Some(mut window) = practised.open().await else { return Ok(()) };
    go(&mut window, "takes", "takes").await?;
    let rows = "return document.querySelectorAll('main li a').length";
    window.says("450 takes").await?;
    window.until("a hundred rows", &format!("{rows} === 100")).await?;
    window.press("m").await?;
    window.until("two hundred rows", &format!("{rows} === 200")).await?;
    let last = window.script("return document.querySelector('main li:last-child .title').innerText").await?;
    window.fill("input[type=search]", last.as_str().unwrap_or_default()).await?;
    window
        .until(
            "the filter",
            &format!("const found = {}; return found > 0 && found < 100", rows.trim_start_matches("return ")),
        )
        .await?;
    window.close().await
}

/// Breaks when a report cannot be written from the window, loads anything, or does not print.
#[tokio::test]
async fn a_report_is_written_and_printed() -> Result<()> {
    let practised = Practised::takes(120, 14)?;
    let library = practised.library();
    let Some(mut window) = practised.open().await else { return Ok(()) };
    go(&mut window, "progress", "progress").await?;
    window.press("e").await?;
    window.until("the dialog", "return !!document.querySelector('dialog[open]')").await?;
    look(&mut window, "report-dialog").await?;
    window.click("Write the report").await?;
    window.says("Written:").await?;
    window.close().await?;

    let reports = std::fs::read_dir(library.join("reports"))?.flatten().map(|entry| entry.path());
    let page = reports
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "html"))
        .context("a page")?;
    let html = std::fs::read_to_string(&page)?;
    for says in ["How it went", "What to do next", "First grade", "How it sounded", "default-src 'none'"] {
        ensure!(html.contains(says), "the report does not say “{says}”");
    }
    for loads in ["src=\"http", "<link", "@import", "url(", "<script", "<img"] {
        ensure!(!html.contains(loads), "the report has {loads}");
    }
    // A browser is nothing the project needs, so its setup does not install one, and printing may always be left out.
    let Some(chromium) = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|found| found.status.success()))
    else {
        eprintln!("SKIPPED: printing, because no chromium is installed");
        return Ok(());
    };
    let pdf = practised.folder.path().join("report.pdf");
    printed(chromium, &page, &pdf, practised.folder.path())
}

fn printed(chromium: &str, page: &Path, pdf: &Path, profile: &Path) -> Result<()> {
    let mut print = Command::new(chromium);
    print.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ]);
    print.arg(format!("--user-data-dir={}", profile.join("chromium").display()));
    print.arg(format!("--print-to-pdf={}", pdf.display()));
    let done = print.arg(format!("file://{}", page.display().to_string().replace(' ', "%20"))).output()?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let bytes = std::fs::read(pdf)?;
    ensure!(bytes.starts_with(b"%PDF") && bytes.len() > 20_000, "the PDF has {} bytes", bytes.len());
    if let Some(folder) = std::env::var_os("ALOUD_PICTURES") {
        std::fs::copy(pdf, Path::new(&folder).join("report.pdf"))?;
    }
    Ok(())
}
