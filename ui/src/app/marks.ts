/** What one can jump to in a take: marks of the interview and notes of one's own, in order of their moments. */
import type { MarkKind, MarkView, NoteView } from '../ipc';
import { moment } from './words';

export interface Landmark {
  id: string;
  at_s: number;
  kind: MarkKind | 'note';
  label: string;
}

/** A note that is being written. */
export interface NewNote {
  /** The moment it is pinned to; null is about the whole take. */
  at: number | null;
  /** It is about a marked stretch that starts there. */
  stretch: boolean;
}

/** Two moments closer than this are the same to an ear. */
const SAME_S = 0.05;
/** While playing, "previous" soon after a mark means the one before it. */
const JUST_HEARD_S = 1;

export function landmarksOf(marks: readonly MarkView[], notes: readonly NoteView[]): Landmark[] {
  const heard = marks.map((mark, i) => ({ ...mark, id: `mark${i}` }));
  const pinned = notes.flatMap(({ id, at_s, text }) =>
    at_s === null ? [] : [{ id, at_s, kind: 'note' as const, label: text }],
  );
  return [...heard, ...pinned].sort((a, b) => a.at_s - b.at_s);
}

export function nextMark(landmarks: readonly Landmark[], time: number): number | null {
  return landmarks.find((mark) => mark.at_s > time + SAME_S)?.at_s ?? null;
}

export function previousMark(
  landmarks: readonly Landmark[],
  time: number,
  playing: boolean,
): number | null {
  const grace = playing ? JUST_HEARD_S : SAME_S;
  return landmarks.findLast((mark) => mark.at_s < time - grace)?.at_s ?? null;
}

/** What is at a moment, for ears: `probe 1; note: too fast, at 3:05`. */
export function saidAt(landmarks: readonly Landmark[], time: number): string {
  const here = landmarks.filter((mark) => Math.abs(mark.at_s - time) <= SAME_S);
  const names = here.map((mark) => (mark.kind === 'note' ? `note: ${mark.label}` : mark.label));
  return `${names.join('; ')}, at ${moment(time)}`;
}

/** Width of a letter and of the gap around a label, in CSS pixels; a little generous. */
const LETTER_PX = 7;
const GAP_PX = 12;
/** The first and the last moment have their own captions at the ends. */
const START_PX = 48;
const END_PX = 56;

/**
 * The marks under the picture, each with the left edge of its label. Labels do not touch each other: where there is
 * no room, `x` is null and the mark stands for itself. Late ones stand left of their mark.
 */
export function labelled<T extends { at_s: number; label: string }>(
  marks: readonly T[],
  from: number,
  to: number,
  width: number,
): { mark: T; x: number | null }[] {
  let free = START_PX;
  return marks
    .filter((mark) => mark.at_s >= from && mark.at_s <= to)
    .map((mark) => {
      const wide = mark.label.length * LETTER_PX + GAP_PX;
      const x = Math.min(((mark.at_s - from) / (to - from)) * width, width - END_PX - wide);
      if (x < free) return { mark, x: null };
      free = x + wide;
      return { mark, x };
    });
}
