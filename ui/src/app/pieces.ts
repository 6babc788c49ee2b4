/** Where the sound and the picture of a take are cut. */

/** The most `take_sound` gives at once. */
export const PIECE_S = 600;
export const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
export const ZOOMS = [1, 2, 4, 8, 16];

/** What hangs from a moment, and what it says. */
export interface Hanging {
  at_s: number;
  label: string;
}

/** Width of a letter and of the gap around a label, in CSS pixels; a little generous. */
const LETTER_PX = 7;
const GAP_PX = 12;

/**
 * The labels that fit under the picture without touching, each with its left edge. Late ones stand left of
 * their mark. */
export function labelled<T extends Hanging>(
  marks: T[],
  from: number,
  to: number,
  width: number,
): { mark: T; x: number }[] {
  // The first and the last moment have their own captions at the ends.
  let free = 40;
  const end = width - 48;
  const shown: { mark: T; x: number }[] = [];
  for (const mark of marks.filter((one) => one.at_s >= from && one.at_s <= to)) {
    const x = ((mark.at_s - from) / (to - from)) * width;
    const wide = mark.label.length * LETTER_PX + GAP_PX;
    const start = Math.min(x, end - wide);
    if (start < free) continue;
    shown.push({ mark, x: start });
    free = start + wide;
  }
  return shown;
}

/** Index of the piece a moment lies in. */
export function pieceAt(seconds: number): number {
  return Math.max(0, Math.floor(seconds / PIECE_S));
}

/** What the waveform shows: the whole take, or a stretch around a moment that stays inside it. */
export function stretch(
  seconds: number,
  zoom: number,
  around: number,
): { from: number; to: number } {
  const width = seconds / zoom;
  const from = Math.min(seconds - width, Math.max(0, around - width / 2));
  return { from, to: from + width };
}
