/** The pad as it stood at a moment of the take. Positions count UTF-16 code units, as strings here do anyway. */
import type { PadChange, PadStep } from '../ipc';

/**
 * All changes of one edit at once, in order of their positions, which count in the text before the edit. As in Rust, a
 * position beyond the end means the end, and a change that overlaps an earlier one starts where that one ended.
 */
export function applyChanges(text: string, changes: readonly PadChange[]): string {
  let out = '';
  let at = 0;
  for (const change of changes) {
    const from = within(change.from, at, text.length);
    const to = within(change.to, from, text.length);
    out += text.slice(at, from) + change.insert;
    at = to;
  }
  return out + text.slice(at);
}

const within = (position: number, least: number, most: number) =>
  Math.min(most, Math.max(least, position));

/** How many of the steps, which stand in order, are over at this moment. */
export function stepsUntil(steps: readonly PadStep[], seconds: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.at_s ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function padAt(steps: readonly PadStep[], seconds: number): string {
  return steps
    .slice(0, stepsUntil(steps, seconds))
    .reduce((text, step) => applyChanges(text, step.changes), '');
}
