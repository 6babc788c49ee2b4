//! The real window, driven as a person would: by keys, by what is written on things, by looking.

use crate::accessibility::Accessibility;
use crate::bus::SessionBus;
use crate::display::Display;
use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What is waited for comes within this time, or the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the app is started.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The program.
    pub binary: PathBuf,
    /// The library's folder.
    pub library: PathBuf,
    /// Nobody names the library: it is the usual one, `aloud` in [`Setup::data`].
    pub usual: bool,
    /// Environment besides: sound, packs, the clock.
    pub env: Vec<(OsString, OsString)>,
    /// Size of the display.
    pub size: (u32, u32),
}

impl Setup {
    /// What takes the place of the person's data folder.
    pub fn data(&self) -> PathBuf {
        self.library.with_extension("webview")
    }
}

/// An open window. Close it with [`Window::close`]; dropping it ends everything the hard way.
#[derive(Debug)]
pub struct Window {
    /// The driver's client, for what is not covered here.
    pub client: Client,
    driver: Child,
    bus: SessionBus,
    display: Display,
}

impl Window {
    /// Starts a display, a driver and the app, and waits until its first screen is ready.
    ///
    /// # Errors
    /// When one of them does not start: pass it to [`crate::or_skip`].
    pub async fn open(setup: &Setup) -> Result<Self> {
        let display = Display::start(setup.size.0, setup.size.1)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let bus = SessionBus::start(&display)?;
        let mut driver = Command::new("WebKitWebDriver");
        if !setup.usual {
            driver.env("ALOUD_LIBRARY", &setup.library);
        }
        let driver = driver
            .arg(format!("--port={port}"))
            .env("DISPLAY", display.name())
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XDG_DATA_HOME", setup.data())
            .env("XDG_CONFIG_HOME", setup.library.with_extension("config"))
            .env("XDG_CACHE_HOME", setup.library.with_extension("cache"))
            .env_remove("WAYLAND_DISPLAY")
            .envs(setup.env.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("the driver cannot be started; install the package webkit2gtk-driver")?;
        let client = connect(port, &setup.binary).await?;
        let mut opened = Self { client, driver, bus, display };
        opened.ready().await?;
        Ok(opened)
    }

    /// The environment of another program on the same desktop.
    pub fn desktop(&self) -> [(&'static str, String); 2] {
        [
            ("DISPLAY", self.display.name().to_owned()),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.address().to_owned()),
        ]
    }

    /// The window as a screen reader meets it.
    pub fn accessibility(&self) -> Result<Accessibility> {
        Accessibility::connect(self.bus.address())
    }

    /// Ends the app as closing its window does.
    pub async fn close(self) -> Result<()> {
        let pid = self.pid();
        self.client.clone().close().await?;
        let deadline = Instant::now() + PATIENCE;
        while pid.is_some_and(|pid| Path::new(&format!("/proc/{}", pid.as_raw_nonzero())).exists()) {
            anyhow::ensure!(Instant::now() < deadline, "the app did not end");
            pause().await;
        }
        Ok(())
    }

    /// `kill -9`: the app is gone in the middle of whatever it did.
    pub fn kill(self) -> Result<()> {
        let pid = self.pid().context("the app is not running")?;
        kill_process(pid, Signal::KILL)?;
        // Its locks are free only once it is really gone; what is left of it then is a line in a table.
        let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
        let gone = || match std::fs::read_to_string(&stat) {
            Ok(line) => {
                line.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
            }
            Err(_) => true,
        };
        crate::wait_for("the app's end", PATIENCE, || gone().then_some(()))
    }

    /// The app's process: the one the driver started.
    pub fn pid(&self) -> Option<Pid> {
        let processes = std::fs::read_dir("/proc").ok()?.flatten();
        processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok()).find_map(|pid| {
            // "pid (name) state parent group …"; all that the driver starts is in its group.
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
            let group: u32 = rest.split_whitespace().nth(2)?.parse().ok()?;
            (group == self.driver.id() && name == "aloud").then(|| Pid::from_raw(pid)).flatten()
        })
    }

    /// Waits for a second window and returns its handle.
    pub async fn other_window(&self) -> Result<fantoccini::wd::WindowHandle> {
        let mine = self.client.window().await?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(other) = self.client.windows().await?.into_iter().find(|window| *window != mine) {
                return Ok(other);
            }
            anyhow::ensure!(Instant::now() < deadline, "no second window opened");
            pause().await;
        }
    }

    /// Waits until the page says that nothing is under way any more.
    pub async fn ready(&mut self) -> Result<()> {
        self.until("the screen to be ready", "return document.body?.dataset.ready === 'true'").await
    }

    /// Waits until this screen is there and ready.
    pub async fn on_screen(&mut self, screen: &str) -> Result<()> {
        let look = format!(
            "return document.body?.dataset.screen === '{screen}' && document.body.dataset.ready === 'true'"
        );
        self.until(&format!("the screen {screen}"), &look).await
    }

    /// Waits until a script returns something true.
    pub async fn until(&mut self, what: &str, script: &str) -> Result<()> {
        self.until_within(what, script, PATIENCE).await
    }

    /// The same with a limit of its own, for what takes its time by nature.
    pub async fn until_within(&mut self, what: &str, script: &str, limit: Duration) -> Result<()> {
        let deadline = Instant::now() + limit;
        loop {
            let answer = self.client.execute(script, vec![]).await;
            if matches!(&answer, Ok(value) if value.as_bool() == Some(true)) {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let text = self.text().await.unwrap_or_default();
                bail!("waited in vain for {what}; the window says:\n{text}");
            }
            pause().await;
        }
    }

    /// Waits until these words are on the screen.
    pub async fn says(&mut self, words: &str) -> Result<()> {
        let script = format!("return document.body.innerText.includes({})", json!(words));
        self.until(&format!("the words “{words}”"), &script).await
    }

    /// All words on the screen.
    pub async fn text(&self) -> Result<String> {
        let value = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// The whole page as the webview holds it, hidden parts too.
    pub async fn source(&self) -> Result<String> {
        Ok(self.client.source().await?)
    }

    /// Clicks the button, link or option with this name (its text or `aria-label`, from its beginning).
    pub async fn click(&mut self, name: &str) -> Result<()> {
        let script = format!(
            "const name = {};
             const told = (e) => (e.getAttribute('aria-label') ?? e.innerText ?? '').trim();
             const all = [...document.querySelectorAll('button, a, [role=button], summary, label, option, input[type=submit]')];
             const shown = all.filter((e) => e.checkVisibility() && !e.disabled && told(e).startsWith(name));
             shown.sort((a, b) => told(a).length - told(b).length)[0]?.click();
             return shown.length > 0",
            json!(name)
        );
        self.until(&format!("something named “{name}”"), &script).await
    }

    /// Presses a key: a character, or a name such as `Space`, `Escape`, `Enter`, `Tab`, `ArrowLeft`.
    pub async fn press(&mut self, key: &str) -> Result<()> {
        let value = match key {
            "Space" => ' ',
            "Escape" => char::from(Key::Escape),
            "Enter" => char::from(Key::Enter),
            "Tab" => char::from(Key::Tab),
            "ArrowLeft" => char::from(Key::Left),
            "ArrowRight" => char::from(Key::Right),
            "ArrowDown" => char::from(Key::Down),
            "ArrowUp" => char::from(Key::Up),
            other => other.chars().next().context("a key needs a name")?,
        };
        let keys =
            KeyActions::new("keyboard".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await?;
        Ok(())
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&mut self, text: &str) -> Result<()> {
        self.client.active_element().await?.send_keys(text).await?;
        Ok(())
    }

    /// Types into the field found by this CSS selector.
    pub async fn fill(&mut self, css: &str, text: &str) -> Result<()> {
        let field = self.client.wait().for_element(Locator::Css(css)).await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// What a script returns.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Runs axe on the screen and returns what it objects to, a line each. `axe` is the library's source.
    pub async fn axe(&self, axe: &str) -> Result<Vec<String>> {
        self.client.execute(&format!("{axe}; window.axe = axe; return true"), vec![]).await?;
        let run = "const done = arguments[arguments.length - 1];
            window.axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.map(
                (v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join('; '))),
                (error) => done(['axe failed: ' + error]))";
        let found = self.client.execute_async(run, vec![]).await?;
        let lines = found.as_array().context("axe gave no list")?;
        Ok(lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect())
    }

    /// Takes a picture.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        std::fs::write(file, self.client.screenshot().await?)?;
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The group: the session bus, the driver, the app and its webview.
        if let Some(group) = i32::try_from(self.driver.id()).ok().and_then(Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        let _ = self.driver.wait();
    }
}

async fn connect(port: u16, binary: &Path) -> Result<Client> {
    let capabilities = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": [] } });
    let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    let deadline = Instant::now() + PATIENCE;
    loop {
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        match builder.capabilities(capabilities.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return Ok(client),
            Err(error) if Instant::now() >= deadline => {
                return Err(error).context("no session with the window");
            }
            Err(_) => pause().await,
        }
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}
