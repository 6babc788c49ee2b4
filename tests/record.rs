//! `aloud record` against a real sound server: what is spoken is what is kept, whatever happens meanwhile.

use anyhow::{Context, Result, ensure};
use rig::disk::SmallDisk;
use rig::microphone::VirtualMicrophone;
use rig::sound::{Noise, SAMPLE_RATE, find, read};
use rig::{or_skip, wait_for};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const RATE: u64 = SAMPLE_RATE as u64;
/// More than anything here should ever take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running `aloud record`. Killed when dropped.
struct Recording {
    child: Child,
    said: Receiver<String>,
    path: PathBuf,
}

fn aloud(rig: &VirtualMicrophone, seconds: u64, path: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aloud"));
    command.envs(rig.env()).env_remove("DBUS_SESSION_BUS_ADDRESS");
    command.args(["record", "--json", "--seconds", &seconds.to_string(), "--out"]).arg(path);
    command
}

impl Recording {
    fn start(command: &mut Command, path: &Path) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let errors = child.stderr.take().context("it was asked for")?;
        let (say, said) = mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(errors).lines().map_while(Result::ok).try_for_each(|line| say.send(line))
        });
        Ok(Self { child, said, path: path.to_path_buf() })
    }

    /// One that records already.
    fn running(rig: &VirtualMicrophone, seconds: u64, path: &Path) -> Result<Self> {
        Self::running_with(&mut aloud(rig, seconds, path), path)
    }

    fn running_with(command: &mut Command, path: &Path) -> Result<Self> {
        let recording = Self::start(command, path)?;
        recording.wait_to_hear("Recording.")?;
        Ok(recording)
    }

    fn wait_to_hear(&self, beginning: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.said.recv_timeout(left).with_context(|| format!("never said: {beginning}"))?;
            if line.starts_with(beginning) {
                return Ok(());
            }
        }
    }

    /// Until that many seconds of sound are in the file.
    fn wait_for_seconds(&self, seconds: f64) -> Result<()> {
        let bytes = 44 + (seconds * RATE as f64 * 2.0) as u64;
        wait_for("sound in the file", PATIENCE, || {
            std::fs::metadata(&self.path).is_ok_and(|file| file.len() >= bytes).then_some(())
        })
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        Ok(kill_process(Pid::from_child(&self.child), signal)?)
    }

    /// Its exit status and what it answered.
    fn finish(&mut self) -> Result<(Option<i32>, Value)> {
        let child = &mut self.child;
        let status = wait_for("aloud to end", PATIENCE, || child.try_wait().ok().flatten())?;
        let mut answer = String::new();
        self.child.stdout.take().context("it was asked for")?.read_to_string(&mut answer)?;
        Ok((status.code(), serde_json::from_str(&answer).with_context(|| format!("answered {answer:?}"))?))
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Scene {
    rig: VirtualMicrophone,
    dir: TempDir,
}

impl Scene {
    fn set() -> Option<Self> {
        let rig = or_skip(VirtualMicrophone::start())?;
        Some(Self { rig, dir: tempfile::tempdir().ok()? })
    }

    fn take(&self) -> PathBuf {
        self.dir.path().join("take.wav")
    }

    fn noise(&self, seed: u64, seconds: f64) -> Result<(Noise, PathBuf)> {
        let noise = Noise::seconds(seed, seconds);
        let path = self.dir.path().join(format!("noise-{seed}.wav"));
        noise.write(&path)?;
        Ok((noise, path))
    }
}

/// The file holds all of the noise, sample for sample.
fn assert_holds(path: &Path, noise: &Noise) -> Result<()> {
    let recorded = read(path)?;
    let at = noise.find_in(&recorded).context("the beginning of the noise is not in the file")?;
    let heard = &recorded[at..];
    let same = heard.iter().zip(noise.samples()).take_while(|(heard, played)| heard == played).count();
    ensure!(
        same == noise.samples().len(),
        "the same for {same} frames of {}, {} after frame {at}",
        noise.samples().len(),
        heard.len()
    );
    Ok(())
}

/// The file opens, and holds as many frames as the answer says.
fn assert_whole(path: &Path, answer: &Value) -> Result<Vec<i16>> {
    let recorded = read(path)?;
    ensure!(answer["frames"] == recorded.len(), "{answer}: but {} frames in the file", recorded.len());
    let header = std::fs::metadata(path)?.len() - recorded.len() as u64 * 2;
    ensure!(header == 44, "{header} bytes beside the sound");
    Ok(recorded)
}

fn bit_for_bit(choose: impl Fn(&VirtualMicrophone, &mut Command), busy: usize) -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(1, 4.0)?;
    let path = scene.take();
    let mut command = aloud(&scene.rig, 6, &path);
    choose(&scene.rig, &mut command);
    let working = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for _ in 0..busy {
            scope.spawn(|| {
                while working.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let recorded = (|| {
            let mut recording = Recording::running_with(&mut command, &path)?;
            scene.rig.play(&spoken)?;
            recording.finish()
        })();
        working.store(false, Ordering::Relaxed);
        let (status, answer) = recorded?;
        ensure!(status == Some(0), "{status:?}: {answer}");
        ensure!(answer["frames"] == 6 * RATE && answer["sample_rate"] == RATE, "{answer}");
        ensure!(answer["lost_frames"] == 0 && answer["gaps"] == serde_json::json!([]), "{answer}");
        ensure!(answer["ended"] == "limit" && answer["path"] == path.to_str().unwrap_or(""), "{answer}");
        assert_whole(&path, &answer)?;
        assert_holds(&path, &noise)
    })
}

#[test]
fn four_seconds_of_noise_are_kept_bit_for_bit() -> Result<()> {
    bit_for_bit(|_, _| {}, 0)
}

#[test]
fn with_every_core_busy_still_bit_for_bit() -> Result<()> {
    let cores = std::thread::available_parallelism()?.get();
    bit_for_bit(|_, _| {}, cores)
}

#[test]
fn a_chosen_microphone_is_kept_bit_for_bit() -> Result<()> {
    bit_for_bit(
        |rig, command| {
            command.args(["--microphone", &rig.id()]);
        },
        0,
    )
}

fn unplugged(choose: impl Fn(&VirtualMicrophone, &mut Command)) -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(2, 8.0)?;
    let mut command = aloud(&scene.rig, 5, &scene.take());
    choose(&scene.rig, &mut command);
    let mut recording = Recording::running_with(&mut command, &scene.take())?;
    let _playing = scene.rig.play_background(&spoken)?;
    recording.wait_for_seconds(2.0)?;
    scene.rig.unplug()?;
    let (status, answer) = recording.finish()?;
    ensure!(status == Some(0) && answer["frames"] == 5 * RATE, "{status:?}: {answer}");
    let recorded = assert_whole(&scene.take(), &answer)?;
    let at = noise.find_in(&recorded).context("the noise was heard")?;
    let same = recorded[at..].iter().zip(noise.samples()).take_while(|(a, b)| a == b).count() as u64;
    ensure!(same >= RATE, "only {same} frames from {at} on are what was said");
    Ok(())
}

#[test]
fn unplugging_in_the_middle_keeps_what_was_said_and_the_length_asked_for() -> Result<()> {
    unplugged(|_, _| {})
}

#[test]
fn unplugging_a_chosen_microphone_keeps_what_was_said_and_the_length_asked_for() -> Result<()> {
    unplugged(|rig, command| {
        command.args(["--microphone", &rig.id()]);
    })
}

#[test]
fn a_sound_server_that_dies_ends_the_take_in_bounded_time() -> Result<()> {
    let Some(mut scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(3, 8.0)?;
    let mut recording = Recording::running(&scene.rig, 60, &scene.take())?;
    let _playing = scene.rig.play_background(&spoken)?;
    recording.wait_for_seconds(2.0)?;
    scene.rig.kill_server()?;
    let killed = Instant::now();
    let (status, answer) = recording.finish()?;
    ensure!(killed.elapsed() < Duration::from_secs(14), "took {:?}", killed.elapsed());
    ensure!(status == Some(1) && answer["ended"] == "device_lost", "{status:?}: {answer}");
    let recorded = assert_whole(&scene.take(), &answer)?;
    let at = noise.find_in(&recorded).context("the noise was heard")?;
    ensure!(recorded[at..] == noise.samples()[..recorded.len() - at], "not what was said");
    ensure!(recorded.len() as u64 >= 2 * RATE, "only {} frames", recorded.len());
    Ok(())
}

#[test]
fn a_sound_server_that_comes_back_leaves_a_gap_and_a_true_clock() -> Result<()> {
    let Some(mut scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(4, 3.0)?;
    let started = Instant::now();
    let mut recording = Recording::running(&scene.rig, 10, &scene.take())?;
    recording.wait_for_seconds(1.0)?;
    scene.rig.kill_server()?;
    scene.rig.start_server()?;
    recording.wait_to_hear("Sound comes again")?;
    scene.rig.play(&spoken)?;
    let (status, answer) = recording.finish()?;
    let took = started.elapsed().as_secs_f64();
    ensure!(status == Some(0) && answer["frames"] == 10 * RATE, "{status:?}: {answer}");
    ensure!(answer["lost_frames"].as_u64() >= Some(RATE / 2), "{answer}");
    ensure!((9.9..12.0).contains(&took), "10 s of file took {took:.1} s of clock");
    assert_whole(&scene.take(), &answer)?;
    assert_holds(&scene.take(), &noise)
}

#[test]
fn a_process_stopped_for_three_seconds_loses_nothing() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(5, 6.0)?;
    let mut recording = Recording::running(&scene.rig, 8, &scene.take())?;
    let playing = scene.rig.play_background(&spoken)?;
    recording.wait_for_seconds(1.0)?;
    recording.signal(Signal::STOP)?;
    // Not a wait for anything: being stopped this long is what is tested.
    std::thread::sleep(Duration::from_secs(3));
    recording.signal(Signal::CONT)?;
    playing.wait()?;
    let (status, answer) = recording.finish()?;
    ensure!(status == Some(0) && answer["lost_frames"] == 0, "{status:?}: {answer}");
    assert_whole(&scene.take(), &answer)?;
    assert_holds(&scene.take(), &noise)
}

fn output(command: &mut Command) -> Result<(Output, Duration)> {
    let start = Instant::now();
    Ok((command.stdin(Stdio::null()).output()?, start.elapsed()))
}

#[test]
fn without_a_sound_server_one_clear_sentence_and_no_file() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("take.wav");
    let (output, took) = output(
        Command::new(env!("CARGO_BIN_EXE_aloud"))
            .env("XDG_RUNTIME_DIR", dir.path())
            .env("PULSE_RUNTIME_PATH", dir.path())
            .env("PULSE_SERVER", format!("unix:{}/nobody", dir.path().display()))
            .args(["record", "--seconds", "1", "--out"])
            .arg(&path),
    )?;
    let refused = || {
        ensure!(!output.status.success(), "this machine has a microphone of its own");
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let Some(said) = or_skip(refused()) else { return Ok(()) };
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("aloud: No microphone was found."), "{said}");
    assert!(took < Duration::from_secs(10) && !path.exists());
    Ok(())
}

#[test]
fn a_silent_microphone_is_recorded_and_told() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let mut recording = Recording::running(&scene.rig, 4, &scene.take())?;
    recording.wait_to_hear("The microphone delivers silence.")?;
    let (status, answer) = recording.finish()?;
    ensure!(status == Some(0) && answer["frames"] == 4 * RATE, "{status:?}: {answer}");
    ensure!(answer["peak_dbfs"] == -120.0, "{answer}");
    Ok(())
}

#[test]
fn a_dead_microphone_or_a_frozen_server_is_an_error_in_bounded_time() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let dead = scene.rig.plug_in_dead()?;
    let (answer, took) = output(aloud(&scene.rig, 1, &scene.take()).args(["--microphone", &dead]))?;
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    ensure!(answer.status.code() == Some(1) && said.contains("delivers no sound"), "{said}");
    ensure!(took < Duration::from_secs(8), "took {took:?}");
    scene.rig.freeze_server()?;
    let (answer, took) = output(&mut aloud(&scene.rig, 1, &scene.take()))?;
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    ensure!(answer.status.code() == Some(1) && said.contains("sound system does not answer"), "{said}");
    ensure!(took < Duration::from_secs(8) && !scene.take().exists(), "took {took:?}");
    Ok(())
}

#[test]
fn killed_twenty_times_every_take_is_there_up_to_the_last_second() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let (noise, spoken) = scene.noise(6, 30.0)?;
    let mut worst = Duration::ZERO;
    for round in 0..4_u64 {
        let _playing = scene.rig.play_background(&spoken)?;
        let mut running = Vec::new();
        for number in 0..5_u64 {
            let path = scene.dir.path().join(format!("take-{round}-{number}.wav"));
            running.push((Recording::running(&scene.rig, 60, &path)?, Instant::now()));
        }
        for (number, (recording, began)) in running.iter_mut().enumerate() {
            // By the clock, so at any distance from the last write and the last checkpoint.
            let moment = Duration::from_millis(1_000 + 231 * number as u64 + 317 * round);
            wait_for("its moment", PATIENCE, || (began.elapsed() >= moment).then_some(()))?;
            let spoken_for = began.elapsed();
            recording.child.kill()?;
            recording.child.wait()?;
            let repaired = aloud_audio::repair(&recording.path)?;
            let recorded = read(&recording.path)?;
            ensure!(repaired.frames == recorded.len() as u64, "{repaired:?}, {} read", recorded.len());
            let kept = Duration::from_secs_f64(recorded.len() as f64 / RATE as f64);
            worst = worst.max(spoken_for.saturating_sub(kept));
            ensure!(
                spoken_for.saturating_sub(kept) < Duration::from_millis(1_500),
                "{spoken_for:?}, kept {kept:?}"
            );
            let heard = recorded.iter().position(|&sample| sample != 0).context("the noise was heard")?;
            let at = find(noise.samples(), &recorded[heard..heard + 32]).context("it is the noise")?;
            ensure!(
                recorded[heard..] == noise.samples()[at..at + recorded.len() - heard],
                "not what was said"
            );
        }
    }
    eprintln!("lost at most {worst:?} of what had been said");
    Ok(())
}

#[test]
fn a_disk_that_fills_up_ends_the_take_with_what_fitted() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let Some(_disk) = or_skip(SmallDisk::mount(folder.path(), "size=102m")) else { return Ok(()) };
    let path = folder.path().join("take.wav");
    let (noise, spoken) = scene.noise(7, 20.0)?;
    let mut recording = Recording::running(&scene.rig, 60, &path)?;
    let _playing = scene.rig.play_background(&spoken)?;
    recording.wait_for_seconds(1.0)?;
    // All but a megabyte: ten seconds of sound.
    let filler = std::fs::File::create(folder.path().join("filler"))?;
    rustix::fs::fallocate(&filler, rustix::fs::FallocateFlags::empty(), 0, 105_500_000)?;
    let (status, answer) = recording.finish()?;
    ensure!(status == Some(1) && answer["ended"] == "disk_full", "{status:?}: {answer}");
    let recorded = assert_whole(&path, &answer)?;
    let at = noise.find_in(&recorded).context("the noise was heard")?;
    ensure!(recorded[at..] == noise.samples()[..recorded.len() - at], "not what was said");
    Ok(())
}

#[test]
fn a_disk_nearly_full_is_refused_before_the_start() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let Some(_disk) = or_skip(SmallDisk::mount(folder.path(), "size=1m")) else { return Ok(()) };
    let path = folder.path().join("take.wav");
    let (answer, _) = output(&mut aloud(&scene.rig, 1, &path))?;
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    ensure!(answer.status.code() == Some(1) && said.starts_with("aloud: Only 1 MB are free"), "{said}");
    ensure!(!path.exists(), "an empty file was left behind");
    Ok(())
}

#[test]
fn interrupting_ends_the_recording_not_the_file() -> Result<()> {
    let Some(scene) = Scene::set() else { return Ok(()) };
    let mut recording = Recording::running(&scene.rig, 60, &scene.take())?;
    recording.wait_for_seconds(0.5)?;
    recording.signal(Signal::INT)?;
    let (status, answer) = recording.finish()?;
    ensure!(status == Some(0) && answer["ended"] == "stopped", "{status:?}: {answer}");
    let kept = assert_whole(&scene.take(), &answer)?.len();
    let (again, _) = output(&mut aloud(&scene.rig, 1, &scene.take()))?;
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    ensure!(again.status.code() == Some(2) && said.contains("is not overwritten"), "{said}");
    ensure!(read(&scene.take())?.len() == kept, "the file was changed");
    Ok(())
}
