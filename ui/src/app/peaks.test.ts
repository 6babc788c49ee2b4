import { expect, test } from 'vitest';
import { BAR_PX, binFor, extremes, wantedFor, wholeTake, type Peaks } from './peaks';
import { zoomed } from './zoom';

const HOUR = 3600;
const WIDTH = 920;

const peaks = (from: number, bin: number, ...pairs: number[]): Peaks => ({
  from,
  bin,
  pairs: Int16Array.from(pairs),
});

test('bars stay between one and two widths at every zoom, on one grid', () => {
  const whole = wholeTake(HOUR, WIDTH).bin;
  for (let factor = 1; factor < 1800; factor *= 1.13) {
    const view = zoomed({ from: 0, to: HOUR }, factor, 1000, HOUR);
    const bin = binFor(view, HOUR, WIDTH);
    const px = (bin / (view.to - view.from)) * WIDTH;
    expect(px).toBeGreaterThan(BAR_PX * 0.999);
    expect(px).toBeLessThan(BAR_PX * 2.001);
    expect(Math.log2(whole / bin) % 1).toBeCloseTo(0);
  }
});

test('only what is seen and a little around it is asked for, and not again while it lasts', () => {
  const view = { from: 1000, to: 1060 };
  const wanted = wantedFor(view, HOUR, WIDTH, null);
  if (!wanted) throw new Error('a zoomed view wants finer peaks');
  expect(wanted.from).toBeLessThan(view.from);
  expect(wanted.to).toBeGreaterThan(view.to);
  expect(wanted.to - wanted.from).toBeLessThan(60 * 2 + 2 * wanted.bin);
  expect(wanted.bins).toBeLessThan(8192);
  expect(wanted.from / wanted.bin).toBeCloseTo(Math.round(wanted.from / wanted.bin));
  const have = peaks(wanted.from, wanted.bin, ...new Array<number>(wanted.bins * 2).fill(1));
  expect(wantedFor(view, HOUR, WIDTH, have)).toBeNull();
  expect(wantedFor({ from: 1010, to: 1070 }, HOUR, WIDTH, have)).toBeNull();
  expect(wantedFor({ from: 1028, to: 1088 }, HOUR, WIDTH, have)).not.toBeNull();
  expect(wantedFor({ from: 1000, to: 1025 }, HOUR, WIDTH, have)).not.toBeNull();
});

test('the whole take and the ends of it ask for nothing that is not there', () => {
  expect(wantedFor({ from: 0, to: HOUR }, HOUR, WIDTH, null)).toBeNull();
  for (const from of [0, HOUR - 60]) {
    const view = { from, to: from + 60 };
    const wanted = wantedFor(view, HOUR, WIDTH, null);
    if (!wanted) throw new Error('a zoomed view wants finer peaks');
    expect(wanted.from).toBeGreaterThanOrEqual(0);
    expect(wanted.to).toBeLessThan(HOUR + wanted.bin);
    const have = peaks(wanted.from, wanted.bin, ...new Array<number>(wanted.bins * 2).fill(1));
    expect(wantedFor(view, HOUR, WIDTH, have)).toBeNull();
  }
});

test('until finer peaks are there, the coarse ones show the same moment', () => {
  const whole = peaks(0, 10, -1, 1, -20, 30, -3, 4);
  const near = peaks(10, 1, -5, 6, -7, 8);
  expect(extremes([near, whole], 10, 11)).toEqual({ low: -5, high: 6 });
  expect(extremes([near, whole], 10, 12)).toEqual({ low: -7, high: 8 });
  expect(extremes([near, whole], 15, 16)).toEqual({ low: -20, high: 30 });
  expect(extremes([null, whole], 0, 30)).toEqual({ low: -20, high: 30 });
  expect(extremes([near, whole], 99, 100)).toEqual({ low: 0, high: 0 });
});
