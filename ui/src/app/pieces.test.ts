import { expect, test } from 'vitest';
import { pieceAt, stretch } from './pieces';

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
