import { expect, test } from 'vitest';
import { between, endedAt, goesTo, moved, noteMoment, SHORTEST_S, startedAt, whole } from './loop';

const END = 100;
const stretch = { from: 10, to: 20 };

test('start and end make a stretch in whatever order they are set', () => {
  expect(endedAt(startedAt(null, 10, END), 20, END)).toEqual(stretch);
  expect(endedAt(startedAt(null, 20, END), 10, END)).toEqual(stretch);
  expect(endedAt(null, 20, END)).toEqual({ from: 0, to: 20 });
  expect(whole(startedAt(null, 10, END))).toBeNull();
});

test('a new start keeps the end only if that still comes after it', () => {
  expect(startedAt(stretch, 12, END)).toEqual({ from: 12, to: 20 });
  expect(startedAt(stretch, 19.9, END)).toEqual({ from: 19.9, to: null });
  expect(startedAt(stretch, 40, END)).toEqual({ from: 40, to: null });
});

test('whatever one does, a stretch stays in the take and long enough to take hold of', () => {
  const moments = [-5, 0, 0.1, 10, 19.8, 20, 99.9, 100, 140];
  for (const one of moments)
    for (const other of moments)
      for (const made of [
        between(one, other, END),
        endedAt(startedAt(null, one, END), other, END),
        moved(stretch, 'from', one, END),
        moved(stretch, 'to', other, END),
      ]) {
        expect(made.from).toBeGreaterThanOrEqual(0);
        expect(made.to).toBeLessThanOrEqual(END);
        expect((made.to ?? 0) - made.from).toBeGreaterThanOrEqual(SHORTEST_S - 1e-9);
      }
});

test('playing goes round in the stretch, and only from within it', () => {
  expect(goesTo(19.99, 20.01, stretch, [], null)).toBe(10);
  // A hidden window looks four times a second only.
  expect(goesTo(19.6, 20.1, stretch, [], null)).toBe(10);
  expect(goesTo(15, 15.02, stretch, [], null)).toBeNull();
  expect(goesTo(30, 30.02, stretch, [], null)).toBeNull();
  expect(goesTo(5, 5.02, stretch, [], null)).toBeNull();
});

test('silence is passed over, but not the pause that was asked for', () => {
  const skip = { from: 30, to: 34 };
  expect(goesTo(29.99, 30.01, null, [skip], null)).toBe(34);
  expect(goesTo(29.99, 30.01, null, [skip], skip)).toBeNull();
  // Where it lands is not exact, and must not send it there again.
  expect(goesTo(30, 33.98, null, [skip], null)).toBeNull();
});

test('a stretch never skips itself away: pauses across its edges are heard', () => {
  const inside = { from: 13, to: 15 };
  const across = [
    { from: 8, to: 12 },
    { from: 18, to: 22 },
  ];
  expect(goesTo(12.99, 13, stretch, [inside], null)).toBe(15);
  for (const skip of [...across, stretch, { from: 5, to: 25 }])
    expect(goesTo(18.5, 18.52, stretch, [skip], null), JSON.stringify(skip)).toBeNull();
});

test('a note belongs to the stretch one is listening to, else to its own moment', () => {
  expect(noteMoment(14, stretch)).toBe(10);
  expect(noteMoment(40, stretch)).toBe(40);
  expect(noteMoment(14, null)).toBe(14);
});
