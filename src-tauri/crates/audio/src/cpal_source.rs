//! The sound system through cpal: the only file that knows it.
//!
//! On Linux the system's default microphone is heard through ALSA's `default`, which loses nothing when this process
//! is held up for seconds. Choosing one microphone of several goes through the sound server, which knows their names;
//! without a sound server ALSA's own list is offered.

use crate::convert::Pcm;
use crate::device::{Choice, Found, MicrophoneInfo, Running, Source};
use crate::error::AudioError;
use crate::inlet::Inlet;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{Device, ErrorKind, Host, SampleFormat, StreamConfig, SupportedStreamConfigRange};
use std::str::FromStr;

/// Rate asked for where a device leaves the choice; then the next one.
const PREFERRED_RATES: [u32; 2] = [48_000, 44_100];

/// The real sound system.
#[derive(Debug)]
pub(crate) struct CpalSource;

/// The microphones that are connected.
pub(crate) fn list() -> Result<Vec<MicrophoneInfo>, AudioError> {
    quiet();
    let host = naming_host()?;
    let default = host.default_input_device().and_then(|device| device.id().ok());
    let found = host.input_devices()?.filter(is_microphone).filter_map(|device| {
        let id = device.id().ok()?;
        let name = device.description().ok()?.name().to_owned();
        Some(MicrophoneInfo { is_default: Some(&id) == default.as_ref(), id: id.to_string(), name })
    });
    Ok(found.collect())
}

impl Source for CpalSource {
    fn find(&self, choice: &Choice, sample_rate: Option<u32>) -> Result<Box<dyn Found>, AudioError> {
        quiet();
        let (device, name) = match choice {
            Choice::Default => {
                let device = hearing_host()?.default_input_device().ok_or(AudioError::NoMicrophone)?;
                let name = default_name(&device);
                (device, name)
            }
            Choice::Id(id) => {
                let device = by_id(id)?;
                let name = device.description()?.name().to_owned();
                (device, name)
            }
        };
        let (config, format) = best_config(&device, sample_rate)?;
        Ok(Box::new(CpalFound { device, name, config, format }))
    }
}

/// A device, and how it is going to be opened.
struct CpalFound {
    device: Device,
    name: String,
    config: StreamConfig,
    format: SampleFormat,
}

impl Found for CpalFound {
    fn name(&self) -> &str {
        &self.name
    }

    fn sample_rate(&self) -> u32 {
        self.config.sample_rate
    }

    fn channels(&self) -> usize {
        usize::from(self.config.channels)
    }

    fn start(self: Box<Self>, inlet: Inlet) -> Result<Running, AudioError> {
        match self.format {
            SampleFormat::I8 => self.start_as::<i8>(inlet),
            SampleFormat::I16 => self.start_as::<i16>(inlet),
            SampleFormat::I24 => self.start_as::<cpal::I24>(inlet),
            SampleFormat::I32 => self.start_as::<i32>(inlet),
            SampleFormat::U8 => self.start_as::<u8>(inlet),
            SampleFormat::U16 => self.start_as::<u16>(inlet),
            SampleFormat::F32 => self.start_as::<f32>(inlet),
            SampleFormat::F64 => self.start_as::<f64>(inlet),
            _ => Err(AudioError::Unsupported),
        }
    }
}

impl CpalFound {
    fn start_as<T: Pcm + cpal::SizedSample>(&self, mut inlet: Inlet) -> Result<Running, AudioError> {
        let tally = inlet.tally();
        let stream = self.device.build_input_stream::<T, _, _>(
            self.config,
            move |samples, _| inlet.accept(samples),
            move |error| {
                // Anything else either mends itself or shows in the callbacks that no longer come.
                if matches!(
                    error.kind(),
                    ErrorKind::DeviceNotAvailable
                        | ErrorKind::HostUnavailable
                        | ErrorKind::StreamInvalidated
                        | ErrorKind::PermissionDenied
                ) {
                    tally.break_off();
                }
            },
            None,
        )?;
        stream.play()?;
        Ok(Box::new(stream))
    }
}

impl Pcm for cpal::I24 {
    fn to_f32(self) -> f32 {
        self.inner() as f32 / 8_388_608.0
    }
}

/// The host whose default microphone is listened to.
fn hearing_host() -> Result<Host, AudioError> {
    #[cfg(target_os = "linux")]
    return Ok(cpal::host_from_id(cpal::HostId::Alsa)?);
    #[cfg(not(target_os = "linux"))]
    Ok(cpal::default_host())
}

/// The host that knows the microphones by name.
fn naming_host() -> Result<Host, AudioError> {
    #[cfg(target_os = "linux")]
    if let Some(host) = sound_server() {
        return Ok(host);
    }
    hearing_host()
}

#[cfg(target_os = "linux")]
fn sound_server() -> Option<Host> {
    cpal::host_from_id(cpal::HostId::PulseAudio).ok()
}

/// What the default microphone is called: ALSA only knows it as "default", the sound server knows its name.
fn default_name(device: &Device) -> String {
    #[cfg(target_os = "linux")]
    if let Some(device) = sound_server().and_then(|server| server.default_input_device())
        && let Ok(description) = device.description()
    {
        return description.name().to_owned();
    }
    device.description().map_or_else(|_| "Default microphone".to_owned(), |known| known.name().to_owned())
}

fn by_id(id: &str) -> Result<Device, AudioError> {
    let not_connected = || AudioError::NotConnected(id.to_owned());
    let parsed = cpal::DeviceId::from_str(id).map_err(|_| not_connected())?;
    let host = cpal::host_from_id(parsed.host()).map_err(|_| not_connected())?;
    host.device_by_id(&parsed).filter(DeviceTrait::supports_input).ok_or_else(not_connected)
}

/// Leaves out what a sound system lists as an input but nobody speaks into.
#[cfg(target_os = "linux")]
fn is_microphone(device: &Device) -> bool {
    device.id().is_ok_and(|id| match id.host() {
        cpal::HostId::PulseAudio => !id.id().ends_with(".monitor"),
        // Of ALSA's many names for one card, the one that converts formats and keeps its name across restarts.
        cpal::HostId::Alsa => {
            let card = id.id().strip_prefix("plughw:CARD=");
            card.is_some_and(|card| !card.starts_with(|first: char| first.is_ascii_digit()))
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn is_microphone(_device: &Device) -> bool {
    true
}

/// One channel before many, 16 bits before what has to be converted, the wanted rate before all.
fn best_config(device: &Device, wanted: Option<u32>) -> Result<(StreamConfig, SampleFormat), AudioError> {
    let ranges = device.supported_input_configs()?;
    let (config, format) = ranges
        .filter_map(|range| {
            let format = format_rank(range.sample_format())?;
            let (rate_rank, rate) = best_rate(&range, wanted);
            Some(((rate_rank, range.channels(), format), range, rate))
        })
        .min_by_key(|(rank, ..)| *rank)
        .map(|(_, range, rate)| (range.with_sample_rate(rate).config(), range.sample_format()))
        .ok_or(AudioError::Unsupported)?;
    Ok((config, format))
}

fn format_rank(format: SampleFormat) -> Option<u8> {
    const PREFERRED: [SampleFormat; 8] = [
        SampleFormat::I16,
        SampleFormat::F32,
        SampleFormat::I32,
        SampleFormat::I24,
        SampleFormat::F64,
        SampleFormat::U16,
        SampleFormat::I8,
        SampleFormat::U8,
    ];
    PREFERRED.iter().position(|known| *known == format).map(|rank| rank as u8)
}

fn best_rate(range: &SupportedStreamConfigRange, wanted: Option<u32>) -> (u8, u32) {
    let (lowest, highest) = (range.min_sample_rate(), range.max_sample_rate());
    wanted
        .into_iter()
        .chain(PREFERRED_RATES)
        .zip(0..)
        .find(|(rate, _)| (lowest..=highest).contains(rate))
        .map_or_else(
            || (u8::MAX, PREFERRED_RATES.map(|rate| rate.clamp(lowest, highest))[0]),
            |(rate, rank)| (rank, rate),
        )
}

impl From<cpal::Error> for AudioError {
    fn from(error: cpal::Error) -> Self {
        match error.kind() {
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => Self::NoMicrophone,
            ErrorKind::PermissionDenied => Self::PermissionDenied,
            ErrorKind::DeviceBusy => Self::Busy,
            ErrorKind::UnsupportedConfig | ErrorKind::UnsupportedOperation => Self::Unsupported,
            _ => Self::Device(error.to_string().trim_end_matches('.').to_owned()),
        }
    }
}

/// Keeps ALSA from writing to the terminal on this thread; what goes wrong is reported as an error anyway.
fn quiet() {
    #[cfg(target_os = "linux")]
    if let Err(error) = alsa::Output::local_error_handler() {
        tracing::debug!(%error, "ALSA keeps talking");
    }
}
