//! A microphone made of software: a sound server of its own, a microphone to speak into and loudspeakers to listen to.

use crate::wait_for;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsString;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The sink that is the mouth in front of the microphone.
const MOUTH: &str = "vmic_sink";
/// The microphone.
const MICROPHONE: &str = "vmic";
/// The loudspeakers; what they play can be heard on their monitor.
const SPEAKERS: &str = "speakers";

const START: Duration = Duration::from_secs(10);

/// A running sound server with a microphone. Both end when this is dropped.
#[derive(Debug)]
pub struct VirtualMicrophone {
    dir: TempDir,
    server: Option<Child>,
}

/// Something being played into the microphone; ends when dropped.
#[derive(Debug)]
pub struct Playing(Child);

/// Listens to the loudspeakers until it is asked what it heard.
#[derive(Debug)]
pub struct Listening {
    heard: File,
    ear: Child,
}

impl VirtualMicrophone {
    /// Starts a sound server and plugs the microphone in. What is played into it is recorded bit for bit.
    ///
    /// # Errors
    /// When `PulseAudio` is not installed or does not start: pass it to [`crate::or_skip`].
    pub fn start() -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("aloud-microphone-").tempdir()?;
        let mut rig = Self { dir, server: None };
        rig.start_server()?;
        Ok(rig)
    }

    /// Starts the sound server, again after [`VirtualMicrophone::kill_server`].
    pub fn start_server(&mut self) -> Result<()> {
        std::fs::create_dir_all(self.path("pulse"))?;
        // A killed server leaves its socket behind.
        let _ = std::fs::remove_file(self.socket());
        let log = File::create(self.path("server.log"))?;
        let server = self
            .command("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error"])
            .args([
                "-L",
                &format!("module-native-protocol-unix socket={} auth-anonymous=1", self.socket().display()),
            ])
            // Without norewinds the sink works in blocks of two seconds and swallows the beginning.
            .args([
                "-L",
                &format!("module-null-sink sink_name={MOUTH} rate=48000 channels=1 format=s16le norewinds=1"),
            ])
            .args([
                "-L",
                &format!(
                    "module-null-sink sink_name={SPEAKERS} rate=48000 channels=2 format=s16le norewinds=1"
                ),
            ])
            .args(["-L", &format!("module-remap-source master={MOUTH}.monitor source_name={MICROPHONE}")])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("PulseAudio cannot be started; install the packages pulseaudio and pulseaudio-utils")?;
        self.server = Some(server);
        wait_for("the sound server", START, || self.pactl(&["info"]).is_ok().then_some(()))?;
        self.pactl(&["set-default-sink", SPEAKERS])?;
        self.pactl(&["set-default-source", MICROPHONE])
    }

    /// Environment for everything that is to hear this microphone.
    pub fn env(&self) -> Vec<(&'static str, OsString)> {
        let here = self.dir.path().as_os_str().to_owned();
        let mut server = OsString::from("unix:");
        server.push(self.socket());
        vec![
            ("XDG_RUNTIME_DIR", here.clone()),
            ("PULSE_RUNTIME_PATH", self.path("pulse").into()),
            ("PULSE_STATE_PATH", here.clone()),
            ("PULSE_SERVER", server),
            ("PULSE_COOKIE", self.path("cookie").into()),
        ]
    }

    /// The microphone's id in Aloud.
    pub fn id(&self) -> String {
        format!("pulseaudio:{MICROPHONE}")
    }

    /// Speaks a WAV file into the microphone, to its end.
    pub fn play(&self, wav: &Path) -> Result<()> {
        let status = self.mouth(wav).status().context("paplay cannot be started")?;
        if !status.success() {
            bail!("paplay ended with {status}");
        }
        Ok(())
    }

    /// Speaks a WAV file into the microphone meanwhile.
    pub fn play_background(&self, wav: &Path) -> Result<Playing> {
        Ok(Playing(self.mouth(wav).spawn().context("paplay cannot be started")?))
    }

    /// Listens to the loudspeakers from now on.
    ///
    /// # Errors
    /// When `parec` is not installed.
    pub fn listen(&self) -> Result<Listening> {
        let heard = tempfile::tempfile()?;
        let ear = self
            .command("parec")
            .args(["-d", &format!("{SPEAKERS}.monitor"), "--format=s16le", "--rate=48000", "--channels=1"])
            .arg("--latency-msec=20")
            .stdout(heard.try_clone()?)
            .stderr(Stdio::null())
            .spawn()
            .context("parec cannot be started; install the package pulseaudio-utils")?;
        Ok(Listening { heard, ear })
    }

    /// Pulls the microphone out.
    pub fn unplug(&self) -> Result<()> {
        self.pactl(&["unload-module", "module-remap-source"])
    }

    /// Puts the microphone back in and makes it the default again.
    pub fn replug(&self) -> Result<()> {
        self.pactl(&[
            "load-module",
            "module-remap-source",
            &format!("master={MOUTH}.monitor"),
            &format!("source_name={MICROPHONE}"),
        ])?;
        self.pactl(&["set-default-source", MICROPHONE])
    }

    /// Plugs in a microphone that is listed but never delivers anything, and gives its id.
    pub fn plug_in_dead(&self) -> Result<String> {
        let fifo = self.path("dead.fifo");
        self.pactl(&[
            "load-module",
            "module-pipe-source",
            "source_name=dead",
            &format!("file={}", fifo.display()),
            "format=s16le",
            "rate=48000",
            "channels=1",
        ])?;
        Ok("pulseaudio:dead".into())
    }

    /// Whether anybody is recording from this sound server now.
    pub fn is_heard(&self) -> bool {
        self.command("pactl")
            .args(["list", "short", "source-outputs"])
            .output()
            .is_ok_and(|answer| answer.status.success() && !answer.stdout.is_empty())
    }

    /// Kills the sound server, as a crash would.
    pub fn kill_server(&mut self) -> Result<()> {
        if let Some(mut server) = self.server.take() {
            server.kill()?;
            server.wait()?;
        }
        Ok(())
    }

    /// Stops the sound server in its tracks, without ending it.
    pub fn freeze_server(&self) -> Result<()> {
        self.signal(Signal::STOP)
    }

    /// Lets a frozen sound server go on.
    pub fn thaw_server(&self) -> Result<()> {
        self.signal(Signal::CONT)
    }

    /// Runs `pactl` against this sound server.
    pub fn pactl(&self, arguments: &[&str]) -> Result<()> {
        let answer = self.command("pactl").args(arguments).output().context("pactl cannot be started")?;
        if !answer.status.success() {
            bail!("pactl {arguments:?}: {}", String::from_utf8_lossy(&answer.stderr).trim());
        }
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let server = self.server.as_ref().context("the sound server does not run")?;
        Ok(kill_process(Pid::from_child(server), signal)?)
    }

    fn mouth(&self, wav: &Path) -> Command {
        let mut command = self.command("paplay");
        command.args(["-d", MOUTH]).arg(wav).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.envs(self.env()).env_remove("DBUS_SESSION_BUS_ADDRESS").stdin(Stdio::null());
        command
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn socket(&self) -> PathBuf {
        self.path("pulse").join("native")
    }
}

impl Drop for VirtualMicrophone {
    fn drop(&mut self) {
        // SIGKILL also ends a frozen server; a directory that stays behind is no reason to fail a test.
        let _ = self.kill_server();
    }
}

impl Playing {
    /// Waits until all of it was spoken.
    pub fn wait(mut self) -> Result<()> {
        let status = self.0.wait()?;
        if !status.success() {
            bail!("paplay ended with {status}");
        }
        Ok(())
    }
}

impl Listening {
    /// How many frames so far were not silent.
    pub fn loud_frames(&self) -> u64 {
        self.so_far()
            .map_or(0, |samples| samples.iter().filter(|sample| sample.unsigned_abs() > 300).count() as u64)
    }

    /// Stops listening; what was heard, as mono samples at 48 kHz.
    pub fn heard(mut self) -> Result<Vec<i16>> {
        self.ear.kill()?;
        self.ear.wait()?;
        self.so_far()
    }

    fn so_far(&self) -> Result<Vec<i16>> {
        let mut bytes = vec![0; usize::try_from(self.heard.metadata()?.len())?];
        self.heard.read_exact_at(&mut bytes, 0)?;
        Ok(bytes.as_chunks::<2>().0.iter().map(|sample| i16::from_le_bytes(*sample)).collect())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may have been asked already.
        let _ = self.ear.kill();
        let _ = self.ear.wait();
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
