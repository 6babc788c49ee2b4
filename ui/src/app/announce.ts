/** What is said to somebody who does not see the calm screen. */
import type { Interview } from '../ipc';
import { endedSentence, spoken } from './words';

/** The last minute is said; the same minute that Rust marks on the take. */
export const LAST_MS = 60_000;

export interface Heard {
  view: Interview;
  lastMinute: boolean;
}

/** The sentence for a change, or null when nothing worth saying has changed. */
export function announcement(before: Heard | null, now: Heard): string | null {
  const { view } = now;
  const was = before?.view;
  if (view.phase === 'answering' && was?.phase !== 'answering') {
    return `Recording. ${spoken(view.clock?.left_ms ?? 0)}.`;
  }
  if (view.phase === 'answering' && was && view.probes.length > was.probes.length) {
    return `Probe: ${plainText(view.probes.at(-1) ?? '')}`;
  }
  if (now.lastMinute && before && !before.lastMinute) return 'One minute left.';
  if (was && view.phase !== was.phase) {
    if (view.phase === 'between' || view.phase === 'over') {
      const kept = view.ended ? endedSentence[view.ended] : '';
      return view.phase === 'over' ? `${kept} The session is over.`.trim() : kept;
    }
    if (view.phase === 'thinking') return 'Thinking time.';
    if (view.phase === 'paused') return 'Paused.';
    if (view.phase === 'asked') return plainText(view.asked?.prompt_html ?? '');
  }
  return null;
}

/** Safe HTML without its tags. */
export function plainText(html: string): string {
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    nbsp: ' ',
  };
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
