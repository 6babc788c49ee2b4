//! One drill as a screen reader meets it: what is there is read from the accessibility tree alone, and everything is done
//! by keys.

mod evening;

use anyhow::{Result, bail};
use evening::Evening;
use rig::accessibility::{Accessibility, Thing};
use rig::window::Window;
use std::time::Duration;

/// Somebody who hears the window and types.
struct Listener {
    window: Window,
    tree: Accessibility,
}

impl Listener {
    async fn press(&mut self, keys: &str) -> Result<()> {
        for key in keys.split_whitespace() {
            self.window.press(key).await?;
        }
        Ok(())
    }

    /// Waits until something with this role and a name that begins like this is there.
    fn hears(&self, role: &str, name: &str) -> Result<Thing> {
        let found = rig::wait_for(name, Duration::from_secs(15), || {
            let things = self.tree.things().ok()?;
            things.into_iter().find(|thing| thing.role == role && thing.name.starts_with(name))
        });
        found.or_else(|error| {
            let all = self.tree.things()?;
            let named = all.iter().filter(|thing| !thing.name.is_empty());
            let told: Vec<String> = named.map(|thing| format!("{}: {}", thing.role, thing.name)).collect();
            bail!("{error} as {role}; what is there:\n{}", told.join("\n"))
        })
    }

    /// Goes on with Tab until the focus is on it.
    async fn tab_to(&mut self, role: &str, name: &str) -> Result<()> {
        self.hears(role, name)?;
        for _ in 0..60 {
            self.window.press("Tab").await?;
            let on_it = |thing: &Thing| thing.focused && thing.role == role && thing.name.starts_with(name);
            if self.tree.things()?.iter().any(on_it) {
                return Ok(());
            }
        }
        bail!("Tab never came to the {role} “{name}”")
    }
}

/// Breaks when a step of a drill cannot be heard, found or done without sight and without a mouse.
#[tokio::test]
async fn a_whole_drill_by_ear_and_by_keys() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    window.on_screen("today").await?;
    let tree = window.accessibility()?;
    let mut me = Listener { window, tree };

    me.hears("heading", "Practise interviews out loud")?;
    me.press("Escape").await?;
    me.hears("heading", "Start something")?;
    me.press("g p").await?;
    me.hears("heading", "Minimal")?;
    me.tab_to("link", "The first question").await?;
    me.press("Enter").await?;
    me.hears("heading", "The first question")?;
    me.press("Enter").await?;
    me.hears("heading", "Ready?")?;
    me.tab_to("button", "Start without the test").await?;
    me.press("Enter").await?;

    me.hears("button", "begin")?;
    let speaking = evening.speak(30)?;
    me.press("Space").await?;
    me.hears("button", "end")?;
    me.press("p Space").await?;
    me.hears("link", "Listen and grade")?;
    drop(speaking);
    me.press("l").await?;

    me.hears("slider", "Moment")?;
    me.hears("heading", "First grade")?;
    me.hears("group", "Depth")?;
    me.hears("radio button", "Senior")?;
    me.press("2 3 Enter").await?;
    me.hears("button", "Reveal")?;
    me.press("v").await?;
    me.hears("heading", "Model answer")?;
    me.tab_to("check box", "quokkaword point one").await?;
    me.press("Space 3 3 Enter").await?;
    me.hears("region", "Grades, side by side")?;
    me.window.close().await
}
