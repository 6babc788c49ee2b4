/** The stretch that is marked in a take: how it is set, and how playing goes round in it. */
import { skipAt, type Span } from './silence';

/** A stretch whose end may not be set yet. */
export interface Marked {
  from: number;
  to: number | null;
}

/** Shorter stretches can be neither heard nor taken hold of. */
export const SHORTEST_S = 0.5;
/** A moment this little before the start counts as inside: seeking is not exact. */
const SLACK_S = 0.3;

export const whole = (marked: Marked | null): Span | null =>
  marked && marked.to !== null ? { from: marked.from, to: marked.to } : null;

/** The stretch starts here. An end that lies before the new start is dropped. */
export function startedAt(marked: Marked | null, at: number, seconds: number): Marked {
  const from = Math.max(0, Math.min(at, seconds - SHORTEST_S));
  const to = marked?.to ?? null;
  return { from, to: to !== null && to - from >= SHORTEST_S ? to : null };
}

/** The stretch ends here. Before its start, the two change places; without a start it begins with the take. */
export function endedAt(marked: Marked | null, at: number, seconds: number): Marked {
  return between(marked?.from ?? 0, at, seconds);
}

/** From one moment to the other, whichever comes first; at least as long as a stretch must be. */
export function between(one: number, other: number, seconds: number): Marked {
  const within = (at: number) => Math.max(0, Math.min(at, seconds));
  const from = Math.min(within(one), within(other));
  const to = Math.min(seconds, Math.max(within(one), within(other), from + SHORTEST_S));
  return { from: Math.max(0, Math.min(from, to - SHORTEST_S)), to };
}

/** One edge goes somewhere else; the other stays, and they never pass each other. */
export function moved(stretch: Span, edge: keyof Span, at: number, seconds: number): Marked {
  return edge === 'from'
    ? { ...stretch, from: Math.max(0, Math.min(at, stretch.to - SHORTEST_S)) }
    : { ...stretch, to: Math.min(seconds, Math.max(at, stretch.from + SHORTEST_S)) };
}

export const inside = (stretch: Span, time: number): boolean =>
  time >= stretch.from - SLACK_S && time < stretch.to;

/**
 * Where playing goes instead of `now`, having been at `before`; null where it simply goes on. At the end of the marked
 * stretch it returns to its start; a pause is passed over unless it is the one that was `asked` for. In a stretch only
 * pauses that lie wholly inside are passed over, so that one can mark a pause and hear it.
 */
export function goesTo(
  before: number,
  now: number,
  stretch: Span | null,
  skips: readonly Span[],
  asked: Span | null,
): number | null {
  const round = stretch && inside(stretch, before) ? stretch : null;
  if (round && now >= round.to) return round.from;
  const skip = skipAt(skips, now);
  if (!skip || (asked && skip.from === asked.from)) return null;
  if (round && !(skip.from > round.from && skip.to < round.to)) return null;
  return skip.to;
}

/** Where a note is pinned: to the start of the stretch one is listening to, or to this moment. */
export const noteMoment = (time: number, stretch: Span | null): number =>
  stretch && inside(stretch, time) ? stretch.from : time;
