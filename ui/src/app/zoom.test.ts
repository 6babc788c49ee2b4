import { expect, test } from 'vitest';
import { all, centred, followed, isAll, NARROWEST_S, panned, shows, zoomed } from './zoom';

const HOUR = 3600;

test('zooming holds the moment under the pointer and stays inside the take', () => {
  let view = all(HOUR);
  for (let i = 0; i < 30; i++) {
    const before = (2000 - view.from) / (view.to - view.from);
    view = zoomed(view, 1.5, 2000, HOUR);
    expect((2000 - view.from) / (view.to - view.from)).toBeCloseTo(before);
  }
  expect(view.to - view.from).toBeCloseTo(NARROWEST_S);
  for (let i = 0; i < 40; i++) {
    view = zoomed(view, 1 / 1.5, view.from, HOUR);
    expect(view.from).toBeGreaterThanOrEqual(0);
    expect(view.to).toBeLessThanOrEqual(HOUR + 1e-6);
  }
  expect(isAll(view, HOUR)).toBe(true);
});

test('a take shorter than the closest zoom is always shown whole', () => {
  expect(zoomed(all(1.2), 8, 0.6, 1.2)).toEqual(all(1.2));
});

test('moving along ends at the ends', () => {
  const view = { from: 100, to: 160 };
  expect(panned(view, -1e6, HOUR)).toEqual({ from: 0, to: 60 });
  expect(panned(view, 1e6, HOUR)).toEqual({ from: 3540, to: 3600 });
  expect(centred(view, 1000, HOUR)).toEqual({ from: 970, to: 1030 });
});

test('while playing the picture glides: the head never jumps in it', () => {
  let view = { from: 0, to: 10 };
  let place = 0;
  for (let now = 0; now < 60; now += 0.03) {
    view = followed(view, now, now + 0.03, HOUR, false);
    const next = (now + 0.03 - view.from) / 10;
    expect(Math.abs(next - place)).toBeLessThan(0.0031);
    expect(next).toBeLessThan(0.61);
    place = next;
  }
});

test('a head at the right edge comes back to its place while it plays', () => {
  let view = { from: 0, to: 10 };
  for (let now = 9.5; now < 14; now += 0.03) view = followed(view, now, now + 0.03, HOUR, false);
  expect((14 - view.from) / 10).toBeCloseTo(0.6, 1);
});

test('with reduced motion it turns a page when the head leaves it', () => {
  const view = { from: 0, to: 10 };
  expect(followed(view, 9.9, 9.92, HOUR, true)).toBe(view);
  const page = followed(view, 9.99, 10.01, HOUR, true);
  expect(page.from).toBeCloseTo(8.01);
  expect(page.to - page.from).toBeCloseTo(10);
});

test('a jump brings the picture along only when the head would be out of it', () => {
  const view = { from: 100, to: 160 };
  expect(followed(view, 150, 110, HOUR, false)).toBe(view);
  for (const to of [5, 99, 161, 3000, 3599]) {
    const after = followed(view, 150, to, HOUR, false);
    expect(shows(after, to), String(to)).toBe(true);
    expect(after.to - after.from).toBeCloseTo(60);
  }
});

test('who has moved the picture away is left alone', () => {
  const away = { from: 1000, to: 1060 };
  expect(followed(away, 10, 10.02, HOUR, false)).toBe(away);
});
