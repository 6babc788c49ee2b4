//! Markdown packs: read, checked, rendered.
