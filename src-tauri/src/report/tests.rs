use super::*;

fn report() -> Report {
    let grade = GradeReport {
        kind: GradeKind::First,
        by: None,
        when: "22 Nov 2026, 19:00".into(),
        levels: vec![("Clarity | depth".into(), Level::Mid)],
        heard: vec!["says `close(c)` <script>".into()],
        missed: vec![],
        flags: vec![],
    };
    let take = TakeReport {
        id: "t".into(),
        title: "Closing <b>a</b> channel".into(),
        place: "Go › Channels".into(),
        prompt: "What happens?\n\n![x](https://example.org/p.png) <img src=x>\n\n```go\nclose(c)\n```".into(),
        probes: vec!["And *then*?".into()],
        when: "22 Nov 2026, 18:50".into(),
        seconds: 95.0,
        budget_s: 180.0,
        ended: "finished".into(),
        grades: vec![grade],
        notes: vec![NoteReport { at_s: Some(61.5), text: "# slower\n</style> & [x](y)".into() }],
        delivery: vec![FactReport {
            name: "Longest pause".into(),
            this: "2.1 s".into(),
            typical: Some("1.8 s".into()),
        }],
        sound: None,
    };
    let stage = StageLine {
        title: "Deep | dive".into(),
        spoken_s: 95.0,
        budget_s: 900,
        heard: Some((2, 5)),
        levels: vec![("Clarity | depth".into(), Level::Mid)],
        weakest: true,
    };
    let session = SessionReport {
        id: "s".into(),
        title: "A mock".into(),
        when: "22 November 2026".into(),
        stages: vec![stage],
        takes: vec![take],
        reflection: "Begin with the <answer>.".into(),
        commitments: vec!["draw first".into()],
    };
    Report {
        title: "A mock".into(),
        about: "Mock interview".into(),
        written: "22 Nov 2026".into(),
        target: Level::Senior,
        summary: vec!["1 question answered.".into()],
        next: vec!["Deep dive: tomorrow.".into()],
        sessions: vec![session],
    }
}

#[test]
fn a_page_tells_everything_and_nothing_in_it_acts() {
    let page = html::page(&report());
    for says in [
        "Closing &lt;b&gt;a&lt;/b&gt; channel",
        "1:01",
        "What to do next",
        "the weakest",
        "2 of 5",
        "Longest pause",
        "close(c)",
        "# slower",
        "Begin with the &lt;answer&gt;.",
    ] {
        assert!(page.contains(says), "the page does not say {says}");
    }
    for acts in ["<b>", "<img", "<script", "https://example.org", "</style> &"] {
        assert!(!page.contains(acts), "the page has {acts}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn markdown_keeps_its_tables_and_its_lists() {
    let text = markdown::markdown(&report());
    let table: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(table.len() == 3 && table.iter().all(|line| cells(line) == cells(table[0])), "{table:?}");
    assert!(text.contains("- 1:01: \\# slower &lt;/style&gt; &amp; \\[x\\](y)"), "{text}");
    assert!(text.contains("> ```\n> close(c)\n> ```") && !text.contains("!["), "{text}");
    assert!(text.starts_with("# A mock\n"));
}
