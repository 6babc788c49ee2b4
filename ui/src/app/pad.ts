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

/** The text after any number of steps. Going on costs only the steps in between. */
export class PadTape {
  #steps: readonly PadStep[];
  #over = 0;
  #text = '';

  constructor(steps: readonly PadStep[]) {
    this.#steps = steps;
  }

  after(over: number): string {
    if (over < this.#over) [this.#over, this.#text] = [0, ''];
    const steps = this.#steps.slice(this.#over, over);
    this.#text = steps.reduce((text, step) => applyChanges(text, step.changes), this.#text);
    this.#over = over;
    return this.#text;
  }
}

/** The line, from 0, on which a step leaves the pen in the text after it. */
export function lineOf(step: PadStep | undefined, text: string): number {
  const change = step?.changes.at(-1);
  if (!change) return 0;
  const shift = (step?.changes ?? [])
    .slice(0, -1)
    .reduce((sum, one) => sum + one.insert.length - (one.to - one.from), 0);
  return text.slice(0, change.from + shift + change.insert.length).split('\n').length - 1;
}
