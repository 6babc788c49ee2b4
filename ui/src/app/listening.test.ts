import { expect, test } from 'vitest';
import { faster, listeningFrom, SPEEDS } from './listening';

test('the last way of listening comes back, whatever else was kept', () => {
  expect(listeningFrom('{"speed":1.5,"skipping":true}')).toEqual({ speed: 1.5, skipping: true });
  for (const kept of [null, '', '{', '3', 'null', '{"speed":7,"skipping":"yes"}'])
    expect(listeningFrom(kept), String(kept)).toEqual({ speed: 1, skipping: false });
});

test('faster and slower go step by step and stop at the ends', () => {
  expect(SPEEDS.map((speed) => faster(speed, 1))).toEqual([...SPEEDS.slice(1), 2]);
  expect(SPEEDS.map((speed) => faster(speed, -1))).toEqual([0.75, ...SPEEDS.slice(0, -1)]);
});
