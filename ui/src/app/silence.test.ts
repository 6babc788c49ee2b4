import { expect, test } from 'vitest';
import { EDGE_S, pauseAround, saved, skipsOf, stepped } from './silence';

const pause = (from_s: number, to_s: number) => ({ from_s, to_s });

test('a long pause is passed over but for its edges, a short one is heard', () => {
  const skips = skipsOf([pause(2, 2.69), pause(5, 8), pause(10, 10.71)]);
  expect(skips).toEqual([
    { from: 5 + EDGE_S, to: 8 - EDGE_S },
    { from: 10 + EDGE_S, to: 10.71 - EDGE_S },
  ]);
  expect(saved(skips)).toBeCloseTo(2.5 + 0.21);
  expect(saved(skipsOf([]))).toBe(0);
});

test('whoever goes to a pause hears it; whoever comes out of it does not go back in', () => {
  const [skip] = skipsOf([pause(5, 8)]);
  if (!skip) throw new Error('a pause of three seconds is long');
  expect(pauseAround([skip], 5)).toBe(skip);
  expect(pauseAround([skip], 7)).toBe(skip);
  expect(pauseAround([skip], 4.9)).toBeNull();
  expect(pauseAround([skip], skip.to)).toBeNull();
});

test('a step counts only what is heard, and back undoes on', () => {
  const skips = skipsOf([pause(5, 9), pause(10, 20)]);
  expect(stepped(4, 3, [])).toBe(7);
  expect(stepped(4, 3, skips)).toBeCloseTo(4 + 3 + 3.5 + 9.5);
  expect(stepped(30, -3, skips)).toBe(27);
  // From the end of the long pause: half a second, the pause, one and a half, the other pause, one more.
  expect(stepped(20.25, -3, skips)).toBeCloseTo(5.25 - 1);
  for (const time of [0, 3, 5.1, 9.2, 25])
    expect(stepped(stepped(time, 3, skips), -3, skips)).toBeCloseTo(time);
});

test('no step ends inside what is passed over, unless it begins there', () => {
  const skips = skipsOf([pause(5, 9), pause(9.4, 11), pause(13, 13.9)]);
  const inside = (at: number, slack: number) =>
    skips.some((skip) => at > skip.from + slack && at < skip.to - slack);
  for (let time = 0.01; time < 20; time += 0.05)
    for (const by of [-3, 3])
      if (!inside(time, 0))
        expect(inside(stepped(time, by, skips), 0.06), `${time} ${by}`).toBe(false);
});
