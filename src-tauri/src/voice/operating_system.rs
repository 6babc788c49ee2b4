//! Speech on macOS (AVSpeechSynthesizer) and Windows (its speech synthesiser).

use tts::Tts;

/// The system's synthesiser.
pub(super) struct Speech(Tts);

impl Speech {
    /// Opens it.
    pub(super) fn open() -> Result<Self, String> {
        Tts::default().map(Self).map_err(|error| refused(&error))
    }

    /// Begins to say something.
    pub(super) fn say(&mut self, text: &str) -> Result<(), String> {
        self.0.speak(text, true).map(drop).map_err(|error| refused(&error))
    }

    /// Falls silent.
    pub(super) fn stop(&mut self) {
        if let Err(error) = self.0.stop() {
            tracing::warn!("the voice could not be silenced: {error}");
        }
    }

    /// Whether it is still speaking.
    pub(super) fn is_speaking(&mut self) -> bool {
        self.0.is_speaking().unwrap_or(false)
    }
}

fn refused(error: &tts::Error) -> String {
    format!("This computer’s speech cannot be used ({error}). Check its settings, then try again.")
}
