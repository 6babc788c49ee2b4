use aloud_packs::import::{File, read};
fn main() {
    let mut files = Vec::new();
    let verbose = std::env::var("V").is_ok();
    let args: Vec<String> = std::env::args().skip(1).collect();
    fn walk(p: &std::path::Path, files: &mut Vec<File>) {
        if p.is_dir() {
            let mut v: Vec<_> = std::fs::read_dir(p).unwrap().flatten().map(|e| e.path()).collect();
            v.sort();
            for q in v { walk(&q, files); }
        } else if p.extension().is_some_and(|e| e == "md") {
            files.push(File { name: p.display().to_string(), bytes: std::fs::read(p).unwrap() });
        }
    }
    for a in args {
        files.clear();
        walk(std::path::Path::new(&a), &mut files);
        let t = std::time::Instant::now();
        let i = read(&files);
        println!("{a}: {} questions, {} answers, {} sections, {} skips, {} links, {} kp, {} probes {:?}", i.questions.len(), i.with_answers(), i.sections(), i.skipped.len(), i.links, i.questions.iter().filter(|q| !q.key_points.is_empty()).count(), i.questions.iter().map(|q| q.probes.len()).sum::<usize>(), t.elapsed());
        if verbose {
            for q in &i.questions { println!("  Q {}:{} [{}] {} | more {} | {:?}", q.file, q.line, q.path.join(" > "), q.text, q.more.len(), q.answer.chars().take(60).collect::<String>()); }
            for s in &i.skipped { println!("  - {}:{} {}", s.file, s.line, s.why); }
        }
    }
}
