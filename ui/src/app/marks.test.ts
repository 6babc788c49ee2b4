import { expect, test } from 'vitest';
import { labelled, landmarksOf, nextMark, previousMark, saidAt } from './marks';

const landmarks = landmarksOf(
  [
    { at_s: 30, kind: 'probe', label: 'probe 1' },
    { at_s: 90, kind: 'time_up', label: 'time up' },
  ],
  [
    { id: 'a', at_s: null, text: 'calm' },
    { id: 'b', at_s: 12.5, text: 'too fast' },
    { id: 'c', at_s: 30.02, text: 'good' },
  ],
);

test('marks and notes are one row of moments; a note on the whole take is none', () => {
  expect(landmarks.map((mark) => mark.at_s)).toEqual([12.5, 30, 30.02, 90]);
});

test('on and back go through all of them and stop at the ends', () => {
  const from = (time: number, on: boolean): number[] => {
    const to = on ? nextMark(landmarks, time) : previousMark(landmarks, time, false);
    return to === null ? [] : [to, ...from(to, on)];
  };
  // Two within the same breath are one stop.
  expect(from(0, true)).toEqual([12.5, 30, 90]);
  expect(from(100, false)).toEqual([90, 30.02, 12.5]);
});

test('soon after a mark, back goes to the one before it only while playing', () => {
  expect(previousMark(landmarks, 90.6, true)).toBe(30.02);
  expect(previousMark(landmarks, 90.6, false)).toBe(90);
});

test('what one arrives at is said with everything that is there', () => {
  expect(saidAt(landmarks, 30)).toBe('probe 1; note: good, at 0:30');
});

test('labels never touch each other or the ends; what has no room stands for itself', () => {
  const marks = [
    { at_s: 10, label: 'probe 1' },
    { at_s: 60, label: 'probe 2' },
    { at_s: 75, label: 'one minute left' },
    { at_s: 100, label: 'time up' },
  ];
  const shown = (width: number) =>
    labelled(marks, 0, 100, width).map(({ mark, x }) => (x === null ? '·' : mark.label));
  expect(shown(1000)).toEqual(['probe 1', 'probe 2', 'one minute left', 'time up']);
  expect(shown(320)).toEqual(['·', 'probe 2', '·', '·']);
  expect(shown(0)).toEqual(['·', '·', '·', '·']);
  // What hangs at the very end stands before the caption of the end.
  expect(labelled(marks.slice(3), 0, 100, 300)[0]?.x).toBeLessThan(300 - 56 - 40);
});
