/** A search through what the fake holds, word by word. */
import type { Hit, HitPiece } from '../generated';
import { find, notesOf, rows } from './library';
import { asked, packs } from './packs';

/** The text with what was looked for set apart; null when a word is missing. */
function pieces(text: string, words: string[]): HitPiece[] | null {
  const lower = text.toLowerCase();
  if (!words.every((word) => lower.includes(word))) return null;
  const found = new RegExp(`(${words.map((word) => word.replace(/\W/g, '\\$&')).join('|')})`, 'i');
  return text
    .split(found)
    .filter(Boolean)
    .map((piece) => ({ text: piece, found: words.includes(piece.toLowerCase()) }));
}

export function search(said: string): Hit[] {
  const words = said.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const row of rows())
    for (const note of notesOf(find(row.id) ?? { notes: [] })) {
      const text = pieces(note.text, words);
      const at_ms = note.at_s === null ? null : Math.round(note.at_s * 1000);
      if (text)
        hits.push({
          place: { kind: 'note', take: row.id, at_ms },
          title: row.title,
          under: `take of ${row.when}`,
          text,
          when: row.when,
        });
    }
  for (const pack of packs())
    for (const section of pack.sections)
      for (const { questions, title: group } of section.groups)
        for (const question of questions) {
          const prompt = asked(question.id).prompt_html.replace(/<[^>]*>/g, '');
          const text = pieces(`${question.title}. ${prompt}`, words);
          if (text)
            hits.push({
              place: { kind: 'question', pack: pack.id, question: question.id },
              title: question.title,
              under: `${section.title} · ${group}`,
              text,
              when: '',
            });
        }
  const text = pieces('Next time I name the dual write before I say how to mend it.', words);
  if (text)
    hits.push({
      place: { kind: 'reflection', session: 's' },
      title: 'System design',
      under: 'what you wrote afterwards',
      text,
      when: 'yesterday 20:40',
    });
  return hits;
}
