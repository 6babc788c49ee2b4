/** Peaks as bars: which to ask for, and how they are drawn. */
import type { Span } from './silence';

/** Width of a bar with the gap after it, in CSS pixels; while zoomed it is up to twice as wide. */
export const BAR_PX = 4;
/** A take of near silence is not blown up into a loud one. */
const LEAST_SCALE = 3000;
/** Part of the picture that is fetched ahead on each side, so that it can move without waiting. */
const AHEAD = 0.5;
/** Once less than this part is left ahead, more is fetched. */
const LOW = 0.15;

/** Lowest and highest sample of each bin in turn. */
export interface Peaks {
  /** The moment of the first bin. */
  from: number;
  /** Seconds in a bin. */
  bin: number;
  pairs: Int16Array;
}

/** What is asked for: bins on a grid that begins with the take, so that bars never shift by a part of one. */
export interface Wanted extends Span {
  bin: number;
  bins: number;
}

export const wholeTake = (seconds: number, width: number): Wanted => {
  const bins = Math.max(1, Math.floor(width / BAR_PX));
  return { from: 0, to: seconds, bin: seconds / bins, bins };
};

/** Seconds in a bin of a zoomed picture: those of the whole take, halved until they are fine enough. */
export function binFor(view: Span, seconds: number, width: number): number {
  const whole = wholeTake(seconds, width).bin;
  const finest = ((view.to - view.from) / width) * BAR_PX;
  return whole / 2 ** Math.max(0, Math.floor(Math.log2(whole / finest) + 1e-6));
}

/** What a view needs that `have` does not show well enough; null when there is nothing to ask. */
export function wantedFor(
  view: Span,
  seconds: number,
  width: number,
  have: Peaks | null,
): Wanted | null {
  const bin = binFor(view, seconds, width);
  if (bin >= wholeTake(seconds, width).bin) return null;
  const shown = view.to - view.from;
  const reach = (part: number) => ({
    from: Math.max(0, view.from - shown * part),
    to: Math.min(seconds, view.to + shown * part),
  });
  const needed = reach(LOW);
  if (have && have.bin === bin && have.from <= needed.from && end(have) >= needed.to - bin)
    return null;
  const { from, to } = reach(AHEAD);
  const first = Math.floor(from / bin);
  const bins = Math.ceil(to / bin) - first;
  return { from: first * bin, to: (first + bins) * bin, bin, bins };
}

const end = (peaks: Peaks) => peaks.from + (peaks.pairs.length >> 1) * peaks.bin;

/** Lowest and highest sample between two moments, from the finest peaks that know them. */
export function extremes(sources: readonly (Peaks | null)[], from: number, to: number) {
  for (const source of sources) {
    if (!source || from < source.from - 1e-6 || from >= end(source)) continue;
    const first = Math.floor((from - source.from) / source.bin + 1e-6);
    const last = Math.max(first + 1, Math.ceil((to - source.from) / source.bin - 1e-6));
    let [low, high] = [0, 0];
    for (let i = first; i < last; i++) {
      low = Math.min(low, source.pairs[i * 2] ?? 0);
      high = Math.max(high, source.pairs[i * 2 + 1] ?? 0);
    }
    return { low, high };
  }
  return { low: 0, high: 0 };
}

/** What fills the height: the loudest of the whole take, so that no bar changes its height by zooming. */
export function scaleOf(whole: Peaks): number {
  return whole.pairs.reduce((most, sample) => Math.max(most, Math.abs(sample)), LEAST_SCALE);
}

/** Draws a view in the canvas's own `color`, sharp at any density. Silence keeps a dot. */
export function draw(
  canvas: HTMLCanvasElement,
  view: Span,
  bin: number,
  whole: Peaks,
  near: Peaks | null,
) {
  const density = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  const [wide, high] = [Math.round(width * density), Math.round(height * density)];
  // Setting a size, even the same, makes the canvas anew.
  if (canvas.width !== wide || canvas.height !== high)
    Object.assign(canvas, { width: wide, height: high });
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, wide, high);
  context.fillStyle = getComputedStyle(canvas).color;
  const scale = scaleOf(whole);
  const perSecond = wide / (view.to - view.from);
  const thick = Math.max(1, Math.round((bin * perSecond) / 2));
  const middle = high / 2;
  for (let k = Math.floor(view.from / bin + 1e-6); k * bin < view.to - 1e-6; k++) {
    const peak = extremes([near, whole], k * bin, (k + 1) * bin);
    const up = Math.max(density, (peak.high / scale) * middle);
    const down = Math.max(density, (-peak.low / scale) * middle);
    const x = Math.round((k * bin - view.from) * perSecond);
    context.fillRect(x, Math.round(middle - up), thick, Math.round(up + down));
  }
}
