import { expect, test } from 'vitest';
import { labelled, pieceAt, stretch } from './pieces';

test('the zoomed stretch stays inside the take and holds its moment', () => {
  for (const zoom of [1, 2, 4, 8, 16]) {
    for (const around of [0, 1, 30, 119, 120]) {
      const { from, to } = stretch(120, zoom, around);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(120 + 1e-9);
      expect(to - from).toBeCloseTo(120 / zoom);
      expect(around >= from - 1e-9 && around <= to + 1e-9).toBe(true);
    }
  }
});

test('a moment on a cut belongs to the later piece', () => {
  expect([0, 599.99, 600, 1799].map(pieceAt)).toEqual([0, 0, 1, 2]);
});

test('labels never touch each other or the ends', () => {
  const marks = [
    { at_s: 10, label: 'probe 1' },
    { at_s: 60, label: 'probe 2' },
    { at_s: 75, label: 'one minute left' },
    { at_s: 100, label: 'time up' },
  ];
  const shown = (width: number) => labelled(marks, 0, 100, width).map(({ mark }) => mark.label);
  expect(shown(1000)).toEqual(['probe 1', 'probe 2', 'one minute left', 'time up']);
  expect(shown(300)).toEqual(['probe 2']);
  // What hangs at the very end stands before the caption of the end.
  expect(labelled(marks.slice(3), 0, 100, 300)[0]?.x).toBeLessThan(300 - 48 - 40);
  expect(shown(0)).toEqual([]);
});
