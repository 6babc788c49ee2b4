//! The window as a screen reader meets it: the accessibility tree, read over its own bus.

use anyhow::{Context as _, Result};
use std::collections::HashSet;
use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::OwnedObjectPath;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// Deeper than any page: a tree that is, goes in circles.
const DEEPEST: usize = 60;

/// A bus on which every program tells what it shows.
#[derive(Debug)]
pub struct Accessibility {
    bus: Connection,
}

/// Something a screen reader can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is: "button", "heading", "radio button"; empty for what only groups others.
    pub role: &'static str,
    /// What it is called; empty when it has no name.
    pub name: String,
    /// It has the focus.
    pub focused: bool,
    /// It is chosen or pressed.
    pub checked: bool,
}

/// A place in the tree: which program, and where in it.
type Place = (String, OwnedObjectPath);

impl Accessibility {
    /// Finds the bus through the session's.
    ///
    /// # Errors
    /// When there is none; at-spi2-core brings it.
    pub fn connect(session: &str) -> Result<Self> {
        let session = connection::Builder::address(session)?.build()?;
        let finder = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?;
        let address: String = finder.call("GetAddress", &()).context("there is no accessibility bus")?;
        Ok(Self { bus: connection::Builder::address(address.as_str())?.build()? })
    }

    /// Everything the pages of WebKit show, in the order a screen reader comes by it. WebKit keeps them in a tree of its
    /// own on the bus, which a screen reader reaches from the window.
    pub fn things(&self) -> Result<Vec<Thing>> {
        let names: Vec<String> =
            Proxy::new(&self.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")?
                .call("ListNames", &())?;
        let mut found = Vec::new();
        for program in names.into_iter().filter(|name| name.starts_with("org.webkit.")) {
            const TREES: &str = "/org/a11y/webkit/accessible";
            let told: String =
                Proxy::new(&self.bus, program.clone(), TREES, "org.freedesktop.DBus.Introspectable")?
                    .call("Introspect", &())?;
            // Each tree is a node named in the answer, which is a few lines of XML.
            for tree in told.split("node name=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let root = (program.clone(), format!("{TREES}/{tree}").try_into()?);
                self.walk(&root, 0, &mut HashSet::new(), &mut found);
            }
        }
        Ok(found)
    }

    /// A page that changes while it is read leaves gaps; whoever waits for something reads again.
    fn walk(&self, place: &Place, depth: usize, seen: &mut HashSet<Place>, found: &mut Vec<Thing>) {
        if depth > DEEPEST || !seen.insert(place.clone()) {
            return;
        }
        if let Ok(thing) = self.thing(place) {
            found.push(thing);
        }
        for child in self.children(place).unwrap_or_default() {
            self.walk(&child, depth + 1, seen, found);
        }
    }

    fn children(&self, place: &Place) -> Result<Vec<Place>> {
        Ok(self.proxy(place)?.call("GetChildren", &())?)
    }

    fn thing(&self, place: &Place) -> Result<Thing> {
        let proxy = self.proxy(place)?;
        let states: Vec<u32> = proxy.call("GetState", &())?;
        // Numbers of AtspiStateType: 4 is checked, 12 focused, 23 selected.
        let is = |state: u32| states.first().is_some_and(|bits| bits & (1 << state) != 0);
        Ok(Thing {
            role: role(proxy.call("GetRole", &())?),
            name: proxy.get_property("Name")?,
            focused: is(12),
            checked: is(4) || is(23),
        })
    }

    fn proxy(&self, (program, path): &Place) -> Result<Proxy<'static>> {
        Ok(Proxy::new(&self.bus, program.clone(), path.clone(), ACCESSIBLE)?)
    }
}

/// The roles that are looked for, by their numbers in `AtspiRole`.
fn role(number: u32) -> &'static str {
    match number {
        7 => "check box",
        11 => "combo box",
        16 => "dialog",
        43 => "button",
        44 => "radio button",
        51 => "slider",
        55 => "table",
        61 | 79 => "text field",
        62 => "toggle button",
        83 => "heading",
        88 => "link",
        39 | 99 => "group",
        110 => "region",
        _ => "",
    }
}
