import { expect, test } from 'vitest';
import { cutsOf, PIECE_S, pieceAt } from './pieces';

test('a take of a few minutes is one piece, and an hour has none that is too long', () => {
  expect(cutsOf(5, [])).toEqual([0]);
  expect(cutsOf(PIECE_S * 1.2, [])).toEqual([0]);
  const cuts = cutsOf(3600, []);
  const lengths = cuts.map((cut, i) => (cuts[i + 1] ?? 3600) - cut);
  expect(Math.max(...lengths)).toBeLessThan(200);
  expect(Math.min(...lengths)).toBeGreaterThan(30);
});

test('a cut falls into the longest pause near it, where nobody hears it', () => {
  const pauses = [
    { from_s: 110, to_s: 111 },
    { from_s: 130, to_s: 133 },
    { from_s: 180, to_s: 210 },
  ];
  expect(cutsOf(300, pauses)).toEqual([0, 131.5, 251.5]);
});

test('a moment on a cut belongs to the later piece', () => {
  const cuts = [0, 240, 480];
  expect([-1, 0, 239.99, 240, 479, 480, 9999].map((time) => pieceAt(cuts, time))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
});
