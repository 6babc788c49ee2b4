//! The promises of an open microphone, kept against a sound system that misbehaves.

use crate::fake::{Dropping, FakeSource, GREETING, Plan};
use crate::inlet::Inlet;
use crate::take::Take;
use crate::{AudioError, Choice, Ended, Microphone, Notice, Peaks, Recording, Settings};
#[cfg(target_os = "linux")]
use rig::{disk::SmallDisk, or_skip};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

const RATE: u32 = 8_000;
const SOON: Duration = Duration::from_secs(5);

struct Opened {
    microphone: Microphone,
    notices: Receiver<Notice>,
    streams: Receiver<Inlet>,
    dir: tempfile::TempDir,
}

fn try_open(plans: impl IntoIterator<Item = Plan>) -> Result<Opened, AudioError> {
    let (source, streams) = FakeSource::new(plans);
    let (tell, notices) = mpsc::channel();
    let microphone = Microphone::open_from(source, &Choice::Default, move |notice| {
        let _ = tell.send(notice);
    })?;
    Ok(Opened { microphone, notices, streams, dir: tempfile::tempdir().expect("a temporary folder") })
}

fn open(plans: impl IntoIterator<Item = Plan>) -> Opened {
    try_open(plans).expect("the fake microphone opens")
}

impl Opened {
    fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("take.wav")
    }

    fn record(&self, limit: Option<u64>) {
        self.microphone.record(&self.path(), limit).expect("recording begins");
    }

    fn stream(&self) -> Inlet {
        self.streams.recv_timeout(SOON).expect("a stream is opened")
    }

    /// The first notice that `pick` takes, within `limit`.
    fn notice<T>(&self, limit: Duration, mut pick: impl FnMut(Notice) -> Option<T>) -> T {
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let notice = self.notices.recv_timeout(left).expect("the notice comes in time");
            if let Some(picked) = pick(notice) {
                return picked;
            }
        }
    }

    fn wait_for_frames(&self, frames: u64) {
        let deadline = Instant::now() + SOON;
        while self.microphone.frames() < frames {
            assert!(Instant::now() < deadline, "only {} of {frames} frames came", self.microphone.frames());
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Samples that tell where they are.
fn ramp(from: i16, frames: usize) -> Vec<i16> {
    let next = |sample: &i16| Some(sample.wrapping_add(1));
    std::iter::successors(Some(from), next).take(frames).collect()
}

fn read(path: &Path) -> Vec<i16> {
    hound::WavReader::open(path)
        .expect("the file is a WAV")
        .into_samples()
        .collect::<Result<_, _>>()
        .expect("and reads to its end")
}

/// Delivers a little sound at the pace of the clock until `done`, but none of what falls between `swallowed` seconds.
fn keep_delivering(inlet: &mut Inlet, swallowed: std::ops::Range<f64>, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    let mut delivered = 0;
    while !done() {
        let now = start.elapsed().as_secs_f64();
        assert!(now < 20.0, "what was waited for never happened");
        let due = (now * f64::from(RATE)) as usize;
        if !swallowed.contains(&now) {
            inlet.accept(&vec![GREETING; due - delivered]);
        }
        delivered = due;
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn sound_missing_from_a_stream_that_goes_on_is_found_and_filled() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    let mut gap = None;
    keep_delivering(&mut inlet, 2.5..3.1, || {
        gap = open.notices.try_iter().find_map(|notice| match notice {
            Notice::Gap(gap) => Some(gap),
            _ => None,
        });
        gap.is_some()
    });
    let recording = open.microphone.stop().expect("it stops");
    let missing = gap.map_or(0, |gap| gap.missing_frames) as f64 / f64::from(RATE);
    assert!((missing - 0.6).abs() < 0.1, "{missing} s of 0.6 were noticed");
    assert_eq!(recording.gaps, gap.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_recording_ends_exactly_at_its_limit() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(Some(1_000));
    inlet.accept(&ramp(1, 700));
    inlet.accept(&ramp(701, 700));
    let recording = open.notice(SOON, |notice| match notice {
        Notice::LimitReached(recording) => Some(recording),
        _ => None,
    });
    assert_eq!(recording.frames, 1_000);
    assert_eq!(recording.ended, Ended::Limit);
    assert_eq!(read(&open.path()), ramp(1, 1_000));
    assert_eq!(open.microphone.stop().expect("a late stop gives the same").frames, 1_000);
    assert!(matches!(open.microphone.stop(), Err(AudioError::NotRecording)));
}

#[test]
fn only_what_comes_after_record_is_recorded_and_all_of_it_until_stop() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    inlet.accept(&[9_i16; 500]);
    open.record(None);
    inlet.accept(&ramp(1, 300));
    open.notice(SOON, |notice| matches!(notice, Notice::FirstSample { at_frame: 0 }).then_some(()));
    inlet.accept(&ramp(301, 300));
    let recording = open.microphone.stop().expect("it stops");
    assert_eq!(read(&open.path()), ramp(1, 600));
    assert_eq!((recording.frames, recording.ended, recording.lost_frames), (600, Ended::Stopped, 0));
    assert_eq!(recording.peaks.frames(), 600);
    assert!((recording.peak_dbfs - 20.0 * (600.0_f32 / 32_768.0).log10()).abs() < 0.01);
    let dat = std::fs::read(open.path().with_extension("peaks")).expect("peaks lie beside it");
    assert_eq!(Peaks::from_dat(&dat).expect("and read").to_dat(), recording.peaks.to_dat());
}

#[test]
fn while_hushed_silence_is_written_and_the_clock_goes_on() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    inlet.accept(&ramp(1, 400));
    open.wait_for_frames(400);
    open.microphone.hush(true);
    inlet.accept(&ramp(401, 400));
    open.wait_for_frames(800);
    open.microphone.hush(false);
    inlet.accept(&ramp(801, 400));
    let recording = open.microphone.stop().expect("it stops");
    assert_eq!((recording.frames, recording.lost_frames), (1_200, 0));
    assert_eq!(read(&open.path()), [ramp(1, 400), vec![0; 400], ramp(801, 400)].concat());
}

#[test]
fn the_block_that_is_on_its_way_when_stop_is_asked_for_is_kept() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    inlet.accept(&ramp(1, 100));
    open.wait_for_frames(100);
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        inlet.accept(&ramp(101, 100));
    });
    assert_eq!(open.microphone.stop().expect("it stops").frames, 200);
    late.join().expect("the late block was delivered");
}

#[test]
fn what_does_not_fit_the_ring_becomes_equal_silence_in_its_place() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    let ring = RATE as usize * 10;
    // One delivery larger than the whole ring: the end of it cannot fit, however fast the writer is.
    inlet.accept(&vec![5_i16; ring + 500]);
    open.wait_for_frames(ring as u64);
    inlet.accept(&ramp(1, 100));
    open.wait_for_frames(ring as u64 + 600);
    let recording = open.microphone.stop().expect("it stops");
    assert_eq!(recording.lost_frames, 500);
    assert_eq!(recording.gaps.len(), 1);
    assert_eq!((recording.gaps[0].at_frame, recording.gaps[0].missing_frames), (ring as u64, 500));
    let file = read(&open.path());
    assert!(file[ring..ring + 500].iter().all(|&sample| sample == 0));
    assert_eq!(file[ring + 500..], ramp(1, 100));
}

#[test]
fn a_stream_that_hangs_when_dropped_delays_nobody() {
    let open = open([Plan::Open { sample_rate: RATE, channels: 1, greeting: 16, drop: Dropping::Hangs }]);
    let mut inlet = open.stream();
    open.record(None);
    inlet.accept(&ramp(1, 100));
    let start = Instant::now();
    let recording = open.microphone.stop().expect("it stops");
    drop(open.microphone);
    assert!(start.elapsed() < Duration::from_secs(1), "took {:?}", start.elapsed());
    assert_eq!(recording.frames, 100);
}

#[test]
fn a_stream_that_falls_silent_is_opened_again_and_the_time_between_is_a_gap() {
    let open = open([
        Plan::Open { sample_rate: RATE, channels: 1, greeting: 16, drop: Dropping::Hangs },
        Plan::Missing,
        Plan::open(RATE),
    ]);
    let mut first = open.stream();
    open.record(None);
    first.accept(&ramp(1, 100));
    open.wait_for_frames(100);
    let silent_since = Instant::now();
    open.notice(SOON, |notice| matches!(notice, Notice::Lost { at_frame: 100 }).then_some(()));
    let mut second = open.stream();
    let gap = open.notice(SOON, |notice| match notice {
        Notice::Gap(gap) => Some(gap),
        _ => None,
    });
    let passed = silent_since.elapsed().as_secs_f64() * f64::from(RATE);
    open.notice(SOON, |notice| matches!(notice, Notice::Reopened { .. }).then_some(()));
    second.accept(&ramp(1, 50));
    let recording = open.microphone.stop().expect("it stops");
    assert_eq!(gap.at_frame, 100);
    assert!((gap.missing_frames as f64 - passed).abs() < f64::from(RATE) * 0.15, "{gap:?}, {passed} passed");
    assert_eq!(recording.frames, 100 + gap.missing_frames + 16 + 50);
    assert_eq!(recording.gaps, vec![gap]);
    assert_eq!(read(&open.path())[(100 + gap.missing_frames) as usize + 16..], ramp(1, 50));
}

#[test]
fn a_stream_reported_broken_is_opened_again_at_once() {
    let open = open([Plan::open(RATE), Plan::open(RATE)]);
    let first = open.stream();
    let start = Instant::now();
    first.tally().break_off();
    open.notice(SOON, |notice| matches!(notice, Notice::Reopened { .. }).then_some(()));
    assert!(start.elapsed() < Duration::from_millis(900), "took {:?}", start.elapsed());
}

#[test]
fn a_microphone_that_comes_back_at_another_rate_goes_on_in_the_same_time() {
    let open = open([
        Plan::open(RATE),
        Plan::Open { sample_rate: 2 * RATE, channels: 2, greeting: 0, drop: Dropping::Returns },
    ]);
    let first = open.stream();
    open.record(None);
    first.tally().break_off();
    let mut second = open.stream();
    second.accept(&vec![1_000_i16; 2 * 2 * RATE as usize]);
    open.notice(SOON, |notice| matches!(notice, Notice::Reopened { .. }).then_some(()));
    let recording = open.microphone.stop().expect("it stops");
    assert_eq!(recording.sample_rate, RATE);
    let heard = read(&open.path()).iter().filter(|&&sample| sample == 1_000).count();
    assert!(heard.abs_diff(RATE as usize) <= 2, "a second became {heard} frames");
}

#[test]
fn a_microphone_that_never_comes_back_ends_the_take_with_all_that_was_heard() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    inlet.accept(&ramp(1, 100));
    let start = Instant::now();
    let (message, recording) = open.notice(Duration::from_secs(15), |notice| match notice {
        Notice::Failed { message, recording } => Some((message, recording.expect("the take is handed over"))),
        _ => None,
    });
    assert!(start.elapsed() > Duration::from_secs(10), "gave up after {:?}", start.elapsed());
    assert_eq!(message, AudioError::Lost.to_string());
    assert_eq!((recording.ended, recording.frames), (Ended::DeviceLost, 100));
    assert_eq!(read(&open.path()), ramp(1, 100));
    assert_eq!(open.microphone.stop().expect("a late stop gives the same").ended, Ended::DeviceLost);
    let other = open.dir.path().join("other.wav");
    assert!(matches!(open.microphone.record(&other, None), Err(AudioError::Lost)));
    assert!(!other.exists());
}

#[test]
fn a_sound_system_that_hangs_or_stays_mute_is_an_error_in_bounded_time() {
    let start = Instant::now();
    assert!(matches!(try_open([Plan::Hang]), Err(AudioError::NoAnswer)));
    let mute = Plan::Open { sample_rate: RATE, channels: 1, greeting: 0, drop: Dropping::Hangs };
    assert!(matches!(try_open([mute]), Err(AudioError::NoSound)));
    assert!(matches!(try_open([Plan::Missing]), Err(AudioError::NoMicrophone)));
    assert!(start.elapsed() < Duration::from_secs(8), "took {:?}", start.elapsed());
}

#[test]
fn three_seconds_of_zeros_are_told_once_and_so_is_their_end() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    inlet.accept(&vec![0_i16; 4 * RATE as usize]);
    open.notice(SOON, |notice| matches!(notice, Notice::Silent).then_some(()));
    inlet.accept(&[500_i16; 100]);
    open.notice(SOON, |notice| matches!(notice, Notice::Sounding).then_some(()));
}

#[test]
fn the_level_is_there_without_recording() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    keep_delivering(&mut inlet, 0.0..0.0, || (open.microphone.level().rms_dbfs + 52.6).abs() < 0.1);
}

#[test]
fn nothing_is_overwritten_and_nobody_else_may_read() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    assert!(matches!(
        open.microphone.record(&open.dir.path().join("second.wav"), None),
        Err(AudioError::AlreadyRecording)
    ));
    inlet.accept(&ramp(1, 10));
    open.microphone.stop().expect("it stops");
    assert!(matches!(open.microphone.record(&open.path(), None), Err(AudioError::Exists(_))));
    assert_eq!(read(&open.path()), ramp(1, 10));
    #[cfg(unix)]
    for file in [open.path(), open.path().with_extension("peaks")] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).expect("it exists").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn closing_the_microphone_finishes_what_it_records() {
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    open.record(None);
    inlet.accept(&ramp(1, 100));
    drop(open.microphone);
    assert_eq!(read(&open.dir.path().join("take.wav")), ramp(1, 100));
}

#[test]
fn a_listener_that_panics_does_not_stop_the_recording() {
    let (source, streams) = FakeSource::new([Plan::open(RATE)]);
    let microphone = Microphone::open_from(source, &Choice::Default, |_| {
        std::panic::resume_unwind(Box::new("a bug in the listener"));
    })
    .expect("the fake microphone opens");
    let mut inlet = streams.recv_timeout(SOON).expect("a stream is opened");
    let dir = tempfile::tempdir().expect("a temporary folder");
    microphone.record(&dir.path().join("take.wav"), None).expect("recording begins");
    inlet.accept(&ramp(1, 100));
    assert_eq!(microphone.stop().expect("it stops").frames, 100);
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_up_ends_the_take_with_what_fitted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_disk) = or_skip(SmallDisk::mount(folder.path(), "size=1m")) else { return };
    let open = open([Plan::open(RATE)]);
    let mut inlet = open.stream();
    let path = folder.path().join("take.wav");
    let take = Take::create(&path, RATE, None, Settings::default()).expect("the file is created");
    open.microphone.begin(take).expect("recording begins");
    // More than the disk holds, and never more at once than the ring does.
    let start = Instant::now();
    let mut second = 0;
    let recording: Recording = loop {
        if open.microphone.frames() + u64::from(RATE) > second as u64 * u64::from(RATE) {
            inlet.accept(&ramp(second, RATE as usize));
            second += 1;
        }
        if let Ok(Notice::DiskFull(recording)) = open.notices.recv_timeout(Duration::from_millis(5)) {
            break recording;
        }
        assert!(start.elapsed() < SOON, "{second} seconds fitted");
    };
    let file = read(&path);
    assert_eq!(recording.ended, Ended::DiskFull);
    assert_eq!(recording.frames, file.len() as u64);
    assert_eq!(recording.peaks.frames(), recording.frames);
    assert!(file.len() > 500_000, "only {} frames fitted a megabyte", file.len());
    let said: Vec<i16> = (0..70).flat_map(|second| ramp(second, RATE as usize)).collect();
    assert!(file == said[..file.len()], "what is in the file is not what was said");
}

#[test]
#[cfg(target_os = "linux")]
fn a_nearly_full_disk_is_refused_before_the_start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some(_disk) = or_skip(SmallDisk::mount(folder.path(), "size=1m")) else { return };
    let open = open([Plan::open(RATE)]);
    let path = folder.path().join("take.wav");
    assert!(matches!(open.microphone.record(&path, None), Err(AudioError::NoRoom { free_mb: 1, .. })));
    assert!(!path.exists());
    open.record(None);
}
