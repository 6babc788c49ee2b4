//! What a whole-app test begins with: a virtual microphone, an empty library, the minimal pack, and a voice.

#![allow(dead_code, reason = "every test uses a part of it")]

use anyhow::Result;
use rig::microphone::{Playing, VirtualMicrophone};
use rig::window::{Setup, Window};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A word that stands in every sealed part of the minimal pack and nowhere else.
pub const SEALED: &str = "quokkaword";

/// One person's evening.
pub struct Evening {
    pub microphone: VirtualMicrophone,
    folder: TempDir,
    setup: Setup,
}

impl Evening {
    /// Plugs the microphone in; `None`, with the reason printed, where this machine cannot.
    pub fn begin() -> Option<Self> {
        let microphone = rig::or_skip(VirtualMicrophone::start())?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut env: Vec<(OsString, OsString)> =
            microphone.env().into_iter().map(|(name, value)| (name.into(), value)).collect();
        env.push(("ALOUD_PACKS".into(), root.join("tests/packs/minimal").into()));
        let setup = Setup {
            binary: env!("CARGO_BIN_EXE_aloud").into(),
            library: folder.path().join("library"),
            usual: false,
            env,
            size: (1280, 800),
        };
        Some(Self { microphone, folder, setup })
    }

    /// Nobody names a library for windows opened from now on. Returns what takes the place of the data folder.
    pub fn in_the_usual_library(&mut self) -> PathBuf {
        self.setup.usual = true;
        self.setup.data()
    }

    /// Sets an environment variable for windows opened from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.setup.env.retain(|(known, _)| known != name);
        self.setup.env.push((name.into(), value.into()));
    }

    /// The size of the display for windows opened from now on.
    pub fn size(&mut self, width: u32, height: u32) {
        self.setup.size = (width, height);
    }

    pub fn library(&self) -> &Path {
        &self.setup.library
    }

    pub async fn open(&self) -> Result<Window> {
        Window::open(&self.setup).await
    }

    /// Speaks into the microphone for this long, in the background.
    pub fn speak(&self, seconds: u32) -> Result<Playing> {
        let file = self.folder.path().join(format!("speech-{seconds}.wav"));
        if !file.exists() {
            rig::sound::Noise::seconds(7, f64::from(seconds)).write(&file)?;
        }
        self.microphone.play_background(&file)
    }

    /// Says these samples into the microphone, in the background.
    pub fn speak_samples(&self, name: &str, samples: &[i16]) -> Result<Playing> {
        let file = self.folder.path().join(format!("{name}.wav"));
        rig::sound::write(&file, samples)?;
        self.microphone.play_background(&file)
    }

    /// The sound files of all takes, oldest first.
    pub fn takes(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.library().join("takes")).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "wav"))
            .collect();
        files.sort();
        files
    }
}

/// Goes to a question of the minimal pack and into the interview, past the echo test if it is offered.
pub async fn into_interview(window: &mut Window, question: &str) -> Result<()> {
    window.script(&format!("location.hash = '#/packs/minimal/questions/{question}'")).await?;
    window.on_screen("question").await?;
    window.press("Enter").await?;
    past_ready(window).await
}

/// Stores the settings with these changes.
pub async fn settle(window: &Window, changes: &str) -> Result<()> {
    let save = format!(
        "const done = arguments[arguments.length - 1];
         const {{ invoke }} = window.__TAURI_INTERNALS__;
         invoke('settings')
            .then((view) => invoke('save_settings', {{ settings: {{ ...view.settings, ...{changes} }} }}))
            .then(() => done('saved'), (error) => done(JSON.stringify(error)))"
    );
    let answer = window.client.execute_async(&save, vec![]).await?;
    anyhow::ensure!(answer.as_str() == Some("saved"), "the settings were not saved: {answer}");
    Ok(())
}

/// Passes "Ready?" without the echo test.
pub async fn past_ready(window: &mut Window) -> Result<()> {
    let there = "return ['ready', 'interview'].includes(document.body.dataset.screen) && document.body.dataset.ready === 'true'";
    window.until("Ready? or the interview", there).await?;
    let ready = window.script("return document.body.dataset.screen === 'ready'").await?;
    if ready.as_bool() == Some(true) {
        window.click("Start without the test").await?;
    }
    window.on_screen("interview").await
}

/// Begins the answer to the prompt on screen and waits until its file, the only take so far, holds this much sound.
pub async fn speak_into_the_only_take(
    window: &mut Window,
    evening: &Evening,
    seconds: u64,
) -> Result<PathBuf> {
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let file =
        rig::wait_for("the take's file", Duration::from_secs(5), || evening.takes().into_iter().next())?;
    let enough = || (std::fs::metadata(&file).ok()?.len() > 44 + seconds * 96_000).then_some(());
    rig::wait_for("some seconds of sound", Duration::from_secs(10), enough)?;
    Ok(file)
}

/// True while a prompt waits for Space.
pub const ASKED: &str =
    "return /the clock starts when you begin|clock is running · begin/.test(document.body.innerText)";

/// True only once a sample was written.
pub const RECORDING: &str =
    "return document.querySelector('.state')?.innerText.trim().startsWith('recording') === true";

/// axe's source, from the UI's packages.
pub fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file).expect("axe-core is among the UI's packages: run `npm ci` in ui/")
}

/// Where a run keeps its pictures, when `ALOUD_PICTURES` names a folder.
pub async fn picture(window: &Window, name: &str) -> Result<()> {
    match std::env::var_os("ALOUD_PICTURES") {
        Some(folder) => {
            std::fs::create_dir_all(&folder)?;
            window.picture(&Path::new(&folder).join(format!("{name}.png"))).await
        }
        None => Ok(()),
    }
}
