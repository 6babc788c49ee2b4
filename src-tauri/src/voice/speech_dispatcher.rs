//! Speech on Linux: Speech Dispatcher, the one the screen reader uses too, by its own protocol (SSIP).

use ssip_client_async::fifo::synchronous::{Builder, UnixStream};
use ssip_client_async::{
    Client, ClientError, ClientName, ClientScope, MessageScope, NotificationType, Response,
};
use std::io::ErrorKind;
use std::time::{Duration, Instant};

/// How long an answer is waited for.
const ANSWER: Duration = Duration::from_millis(1_500);

/// How long one look for news takes.
const LOOK: Duration = Duration::from_millis(20);

const ABSENT: &str = "This computer has no speech that Aloud can use. Install Speech Dispatcher with a voice (the packages speech-dispatcher and espeak-ng), then try again.";

/// A connection to Speech Dispatcher, with at most one message under way.
pub(super) struct Speech {
    client: Client<UnixStream>,
    speaking: bool,
}

impl Speech {
    /// Connects, starting Speech Dispatcher if it does not run.
    pub(super) fn open() -> Result<Self, String> {
        let mut builder = Builder::new();
        builder.timeout(LOOK);
        // It may run already, or be started by its socket; the connection tells.
        let _ = builder.with_spawn();
        let client = builder.build().map_err(|_| ABSENT.to_owned())?;
        let mut speech = Self { client, speaking: false };
        speech.introduce().map_err(|error| refused(&error))?;
        Ok(speech)
    }

    fn introduce(&mut self) -> Result<(), ClientError> {
        self.client.set_client_name(ClientName::new("aloud", "interviewer"))?;
        self.answer()?;
        self.client.set_language(ClientScope::Current, "en")?;
        self.answer()?;
        for event in [NotificationType::End, NotificationType::Cancel] {
            self.client.set_notification(event, true)?;
            self.answer()?;
        }
        Ok(())
    }

    /// Begins to say something.
    pub(super) fn say(&mut self, text: &str) -> Result<(), String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut send = || -> Result<(), ClientError> {
            self.client.speak()?;
            self.answer()?;
            self.client.send_lines(&lines)?;
            self.answer()
        };
        send().map_err(|error| refused(&error))?;
        self.speaking = true;
        Ok(())
    }

    /// Falls silent.
    pub(super) fn stop(&mut self) {
        if !self.speaking {
            return;
        }
        let cancelled = self.client.cancel(MessageScope::Last).map(drop);
        if let Err(error) = cancelled.and_then(|()| self.answer()) {
            tracing::warn!("Speech Dispatcher could not be silenced: {error}");
        }
        // The news of it, so that it cannot pass for news of the next message.
        let deadline = Instant::now() + ANSWER;
        while self.is_speaking() && Instant::now() < deadline {}
        self.speaking = false;
    }

    /// Whether it is still speaking. Waits a moment for news.
    pub(super) fn is_speaking(&mut self) -> bool {
        if self.speaking {
            match self.client.receive() {
                Ok(response) => self.hear(&response),
                Err(error) if is_no_news(&error) => {}
                Err(error) => {
                    tracing::warn!("Speech Dispatcher went away: {error}");
                    self.speaking = false;
                }
            }
        }
        self.speaking
    }

    /// Waits for the answer to what was asked; news that come before it are heard.
    fn answer(&mut self) -> Result<(), ClientError> {
        let deadline = Instant::now() + ANSWER;
        loop {
            match self.client.receive() {
                Ok(response) if is_news(&response) => self.hear(&response),
                Ok(_) => return Ok(()),
                Err(error) if is_no_news(&error) && Instant::now() < deadline => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn hear(&mut self, response: &Response) {
        if matches!(response, Response::EventEnd(_) | Response::EventCanceled(_)) {
            self.speaking = false;
        }
    }
}

fn is_news(response: &Response) -> bool {
    use Response::{EventBegin, EventCanceled, EventEnd, EventIndexMark, EventPaused, EventResumed};
    matches!(
        response,
        EventBegin(_)
            | EventCanceled(_)
            | EventEnd(_)
            | EventIndexMark(..)
            | EventPaused(_)
            | EventResumed(_)
    )
}

fn is_no_news(error: &ClientError) -> bool {
    match error {
        ClientError::NotReady => true,
        ClientError::Io(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        _ => false,
    }
}

fn refused(error: &ClientError) -> String {
    format!("Speech Dispatcher does not speak ({error}). Check its settings, then try again.")
}
