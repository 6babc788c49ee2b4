/** How one likes to listen, kept from one take to the next. */
import { keptFrom } from './kept';

export const SPEEDS = [0.75, 0.9, 1, 1.25, 1.5, 1.75, 2];

export interface Listening {
  speed: number;
  /** Long pauses are passed over. */
  skipping: boolean;
}

const KEPT = 'listening';

/** What was chosen last; whatever cannot be read is as at the beginning. */
export function listeningFrom(kept: string | null): Listening {
  const found = keptFrom(kept);
  return {
    speed: SPEEDS.find((speed) => speed === found.speed) ?? 1,
    skipping: found.skipping === true,
  };
}

export const lastListening = (): Listening => listeningFrom(localStorage.getItem(KEPT));

export const keepListening = (listening: Listening) =>
  localStorage.setItem(KEPT, JSON.stringify(listening));

/** The next speed, so many steps up or down; the ends hold. */
export function faster(speed: number, steps: number): number {
  const at = SPEEDS.indexOf(speed) + steps;
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at))] ?? 1;
}
