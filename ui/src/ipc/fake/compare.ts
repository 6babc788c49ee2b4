/** Two takes side by side, anchors, and what is carried forward. */
import type { AnchorView, CarryView, Comparison, Level, Side, Stretch } from '../generated';
import * as library from './library';
import { rubric } from './rubric';

export let anchors: AnchorView[] = [
  {
    id: 'a1',
    take: 't2',
    title: 'What a buffer changes',
    when: '18 Nov 18:36',
    signal: 'trade-offs',
    level: 'senior',
    stretch: { from_s: 41.5, to_s: 54 },
    seconds: 165,
    has_sound: true,
  },
  {
    id: 'a2',
    take: 't7',
    title: 'What P is for, between G and M',
    when: 'today 19:21',
    signal: 'communication',
    level: 'senior',
    stretch: null,
    seconds: 158,
    has_sound: true,
  },
];
const gone = new Map<string, AnchorView>();
let carried: CarryView[] = [{ id: 'c1', text: 'Name the dual write before the fix' }];
const dropped = new Map<string, CarryView>();
let counter = 0;

function side(one: library.Kept, gain_db: number): Side {
  return {
    row: one.row,
    prompt_html: library.view(one.row.id, false)?.asked.prompt_html ?? '',
    has_sound: true,
    gain_db,
    marks: library.marksOf(one.row),
    notes: library.notesOf(one),
    pauses: library.delivery(one.row)?.pauses ?? null,
  };
}

export function compare(a: string, b: string): Comparison | null {
  const [one, other] = [library.find(a), library.find(b)];
  if (!one || !other) return null;
  const [earlier, later] = a < b ? [one, other] : [other, one];
  const same = earlier.question === later.question;
  const revealed = earlier.revealed && later.revealed;
  const latest = (take: library.Kept) => take.grades.at(-1);
  const heard = (take: library.Kept, i: number) => {
    const text = library.revealed.key_points[i] ?? '';
    const grade = latest(take);
    return {
      heard: grade?.heard.includes(text) ? true : grade?.missed.includes(text) ? false : null,
      at_s: take.moments[i] ?? null,
    };
  };
  const facts = [earlier, later].map((take) => library.delivery(take.row)?.rows ?? []);
  return {
    earlier: side(earlier, 0),
    later: side(later, -3.2),
    same_question: same,
    key_points:
      same && revealed
        ? library.revealed.key_points.map((html, index) => ({
            index,
            html,
            earlier: heard(earlier, index),
            later: heard(later, index),
          }))
        : [],
    no_key_points: !same
      ? 'These are sibling questions, and each has key points of its own.'
      : revealed
        ? null
        : 'Key points are shown once the model answer of both takes was revealed.',
    delivery: (facts[1] ?? []).map((row, i) => ({
      name: row.name,
      about: row.about,
      earlier: facts[0]?.[i]?.this ?? null,
      later: row.this,
    })),
    levels: rubric.flatMap(({ id, name }) => {
      const [before, after] = [latest(earlier), latest(later)];
      const [low, high] = [before?.levels[id], after?.levels[id]];
      return before && after && low && high
        ? [
            {
              signal: name,
              earlier: low,
              earlier_kind: before.kind,
              later: high,
              later_kind: after.kind,
            },
          ]
        : [];
    }),
    carried,
    most_carried: 2,
  };
}

export function carryForward(text: string): CarryView[] {
  carried = [...carried, { id: `c${++counter}x`, text }];
  return carried;
}

export function editCarry(id: string, text: string): CarryView[] {
  carried = carried.map((point) => (point.id === id ? { id, text } : point));
  return carried;
}

export function setCarryGone(id: string, away: boolean): CarryView[] {
  const point = carried.find((one) => one.id === id) ?? dropped.get(id);
  if (point) dropped.set(id, point);
  carried = carried.filter((one) => one.id !== id);
  if (!away && point) carried = [...carried, point];
  return carried;
}

export function pinKeyPoint(take: string, index: number, at: number | null): null {
  const one = library.find(take);
  if (one) one.moments = one.moments.map((was, i) => (i === index ? at : was));
  return null;
}

export function pinAnchor(
  take: string,
  signal: string,
  level: Level,
  stretch: Stretch | null,
): AnchorView | null {
  const row = library.find(take)?.row;
  if (!row) return null;
  const { title, when, seconds } = row;
  const id = `a${++counter}x`;
  const anchor = { id, take, title, when, signal, level, stretch, seconds, has_sound: true };
  anchors = [anchor, ...anchors];
  return anchor;
}

export function setAnchorGone(id: string, away: boolean): AnchorView | null {
  const anchor = anchors.find((one) => one.id === id) ?? gone.get(id);
  if (anchor) gone.set(id, anchor);
  anchors = anchors.filter((one) => one.id !== id);
  if (!away && anchor) anchors = [anchor, ...anchors];
  return anchor ?? null;
}
