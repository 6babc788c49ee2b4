/** Which pauses are passed over while listening, and how far a step goes then. */
import type { Stretch } from '../ipc';

/** From one moment of a take to a later one, in seconds. */
export interface Span {
  from: number;
  to: number;
}

/** Shorter pauses belong to speaking. */
export const SHORTEST_PAUSE_S = 0.7;
/** What stays of a pause at each edge, so that no word loses its breath. */
export const EDGE_S = 0.25;

/** Seeking is not exact: this close to its end, a pause is over. */
const SLACK_S = 0.05;

/** The stretches that are passed over. Only inside known pauses: what was not measured is always heard. */
export function skipsOf(pauses: readonly Stretch[]): Span[] {
  return pauses
    .filter((pause) => pause.to_s - pause.from_s > SHORTEST_PAUSE_S)
    .map((pause) => ({ from: pause.from_s + EDGE_S, to: pause.to_s - EDGE_S }));
}

/** How many seconds that saves. */
export function saved(skips: readonly Span[]): number {
  return skips.reduce((sum, skip) => sum + skip.to - skip.from, 0);
}

/** The stretch that playing has come to and passes over. */
export function skipAt(skips: readonly Span[], time: number): Span | null {
  return skips.find((skip) => time >= skip.from && time < skip.to - SLACK_S) ?? null;
}

/** The skipped pause around a moment: whoever goes there wants to hear it. */
export function pauseAround(skips: readonly Span[], time: number): Span | null {
  return skips.find((skip) => time >= skip.from - EDGE_S && time < skip.to - SLACK_S) ?? null;
}

/** A step of so many heard seconds, back or on: what is passed over does not count, and no step ends in it. */
export function stepped(time: number, by: number, skips: readonly Span[]): number {
  let at = time;
  let left = Math.abs(by);
  for (const skip of by < 0 ? skips.toReversed() : skips) {
    const [near, far] = by < 0 ? [skip.to, skip.from] : [skip.from, skip.to];
    const heard = by < 0 ? at - near : near - at;
    if (heard < -SLACK_S) continue;
    if (heard > left) break;
    left -= Math.max(0, heard);
    at = far;
  }
  return at + Math.sign(by) * left;
}
