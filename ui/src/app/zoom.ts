/** Which part of a take the picture shows. */
import type { Span } from './silence';

/** Closer than this the peaks have nothing more to show. */
export const NARROWEST_S = 2;
/** One press of + or −. */
export const ZOOM_STEP = 1.5;
/** While playing, the head stays left of this part of the picture, and the picture moves under it. */
const HEAD_AT = 0.6;
/** Where the head stands after a jump, or on a new page. */
const HEAD_AFTER_JUMP = 0.2;
/** What playing covers between two looks at the clock is less than this. */
const JUMP_S = 1;

export const all = (seconds: number): Span => ({ from: 0, to: seconds });

export const isAll = (view: Span, seconds: number): boolean => view.to - view.from > seconds - 1e-6;

/** The same width from somewhere else, kept inside the take. */
function placed(from: number, width: number, seconds: number): Span {
  const start = Math.max(0, Math.min(from, seconds - width));
  return { from: start, to: start + width };
}

/** Closer by a factor, or wider below 1; the moment `at` stays where it is in the picture. */
export function zoomed(view: Span, factor: number, at: number, seconds: number): Span {
  const before = view.to - view.from;
  const width = Math.min(seconds, Math.max(Math.min(NARROWEST_S, seconds), before / factor));
  const held = Math.max(view.from, Math.min(at, view.to));
  return placed(held - ((held - view.from) / before) * width, width, seconds);
}

export const panned = (view: Span, by: number, seconds: number): Span =>
  placed(view.from + by, view.to - view.from, seconds);

export const centred = (view: Span, at: number, seconds: number): Span =>
  panned(view, at - (view.from + view.to) / 2, seconds);

export const shows = (view: Span, time: number): boolean => time >= view.from && time <= view.to;

/**
 * The picture after the head went from `before` to `now`. It glides along once the head is past the middle; with
 * `pages` (reduced motion) it turns a page instead. Who has moved the picture away from the head is left alone until
 * the head jumps.
 */
export function followed(
  view: Span,
  before: number,
  now: number,
  seconds: number,
  pages: boolean,
): Span {
  const width = view.to - view.from;
  const jumped = now < before || now - before > JUMP_S;
  const page = () => placed(now - width * HEAD_AFTER_JUMP, width, seconds);
  if (jumped) return shows(view, now) ? view : page();
  if (!shows(view, before)) return view;
  if (pages) return shows(view, now) ? view : page();
  // From further right, as after zooming there, the picture is twice as fast until the head is in its place.
  const ahead = now - (view.from + width * HEAD_AT);
  return ahead > 0 ? panned(view, Math.min(ahead, 2 * (now - before)), seconds) : view;
}
