/** What an import is told in. */
import type { ImportedView, ImportView } from '../ipc';
import { plural } from './words';

/** The sentence over the list of what was recognised. */
export function recognised(view: ImportView): string {
  const answers =
    view.with_answers === view.questions
      ? 'all with an answer'
      : view.with_answers === 0
        ? 'none with an answer'
        : `${view.with_answers} with an answer`;
  return `${plural(view.questions, 'question')}, ${answers}.`;
}

/** What an import did, in one sentence. */
export function imported(view: ImportedView): string {
  const parts = [
    view.added > 0 ? `${plural(view.added, 'question')} came in` : '',
    view.updated > 0 ? `${view.updated} brought up to date` : '',
    view.unchanged > 0 ? `${view.unchanged} as they were` : '',
    view.kept.length > 0 ? `${view.kept.length} kept as you edited them` : '',
    view.gone.length > 0 ? `${view.gone.length} no longer in the source, and kept` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')}.` : 'Nothing was new.';
}

/** Lines of a text field as a list, without empty ones. */
export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
