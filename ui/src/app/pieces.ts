/** Where the sound and the picture of a take are cut. */

/** The most `take_sound` gives at once. */
export const PIECE_S = 600;
export const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
export const ZOOMS = [1, 2, 4, 8, 16];

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
