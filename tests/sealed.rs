//! What is sealed never reaches the page before it may: everything that crosses is listened to.

mod evening;

use anyhow::Result;
use evening::{ASKED, Evening, RECORDING, SEALED, into_interview};
use rig::window::Window;

/// Keeps every answer to a command and every event, as text, in `window.heard`.
const LISTEN: &str = "
    window.heard = [];
    const fetched = window.fetch;
    window.fetch = async (...call) => {
        const answer = await fetched(...call);
        answer.clone().text().then((text) => window.heard.push(text));
        return answer;
    };
    const tauri = window.__TAURI_INTERNALS__;
    for (const event of ['interview-changed', 'pulse', 'microphone-trouble']) {
        const handler = tauri.transformCallback((told) => event === 'pulse' || window.heard.push(JSON.stringify(told)));
        tauri.invoke('plugin:event|listen', { event, target: { kind: 'Any' }, handler });
    }
    return true";

async fn heard(window: &Window) -> Result<String> {
    let text = window.script("return window.heard.join('\\n')").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Breaks when a model answer, key point, red flag or unasked probe is sent to the page before the attempt, or before
/// the first grade is locked.
#[tokio::test]
async fn nothing_sealed_crosses_before_its_time() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    window.script(LISTEN).await?;
    for screen in ["packs", "today", "takes", "settings"] {
        window.script(&format!("location.hash = '#/{screen}'")).await?;
        window.on_screen(screen).await?;
    }
    let speaking = evening.speak(30)?;
    into_interview(&mut window, "second-question").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let before = heard(&window).await?;
    assert!(before.contains("Explain the second thing to me."), "the test heard nothing at all:\n{before}");
    assert!(before.contains("answering"), "the test heard no events");
    assert!(!before.contains(SEALED), "sealed words were sent before an attempt:\n{before}");

    // One probe is asked: that question alone may cross now.
    window.press("p").await?;
    window.says("Could you give the quokkaword follow-up?").await?;
    let asked = heard(&window).await?;
    assert!(!asked.contains("quokkaword reply") && !asked.contains("quokkaword point"), "{asked}");
    window.press("Space").await?;
    window.says("Listen and grade").await?;
    drop(speaking);
    window.press("l").await?;
    window.on_screen("review").await?;
    let reviewing = heard(&window).await?;
    assert!(
        !reviewing.contains("quokkaword point"),
        "key points were sent before the first grade:\n{reviewing}"
    );
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    let locked = heard(&window).await?;
    assert!(!locked.contains("quokkaword point"), "key points were sent before the reveal:\n{locked}");
    window.press("v").await?;
    window.says("quokkaword point one").await?;
    assert!(heard(&window).await?.contains("quokkaword point"), "the test would not have noticed");
    window.close().await
}

/// Breaks when the candidate's window may call what only the interviewer may see, or any command without a permission.
#[tokio::test]
async fn the_candidates_window_may_not_ask_for_the_interviewers_view() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let window = evening.open().await?;
    for forbidden in [
        "interviewer",
        "peer_grade",
        "plugin:shell|open",
        "plugin:fs|read_text_file",
        "plugin:webview|create_webview",
    ] {
        let call = format!(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__.invoke('{forbidden}', {{}}).then(() => done('allowed'), (error) => done(String(error)))"
        );
        let answer = window.client.execute_async(&call, vec![]).await?;
        let answer = answer.as_str().unwrap_or_default().to_owned();
        assert!(answer.contains("not allowed") || answer.contains("not found"), "{forbidden}: {answer}");
    }
    // Nothing remote, inline or evaluated; no way out of the app's own pages.
    let eval = window
        .client
        .execute("try { eval('1'); return 'ran' } catch (error) { return 'refused' }", vec![])
        .await?;
    assert_eq!(eval.as_str(), Some("refused"), "eval runs in the page");
    let inline = "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s); return window.ran === true";
    assert_eq!(window.script(inline).await?.as_bool(), Some(false), "an inline script ran");
    window.script("window.open('https://example.org'); location.href = 'https://example.org'").await?;
    let here = window.client.current_url().await?;
    assert_eq!(here.scheme(), "tauri", "the window left for {here}");
    window.close().await
}
