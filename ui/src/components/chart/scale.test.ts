import { describe, expect, it } from 'vitest';
import { days, mark, numbers, path } from './scale';

const box = { width: 600, height: 200, left: 60, right: 10, top: 10, bottom: 30 };

describe('days', () => {
  it('places the first at the left and the last at the right', () => {
    const scale = days(['2026-01-01', '2026-06-15', '2026-12-31'], box);
    expect(scale.at('2026-01-01')).toBeCloseTo(60);
    expect(scale.at('2026-12-31')).toBeCloseTo(590);
  });

  it('puts a single day in the middle', () => {
    expect(days(['2026-01-01'], box).at('2026-01-01')).toBeCloseTo(325);
  });

  it('says no label twice', () => {
    for (const last of ['2026-01-02', '2026-01-20', '2026-05-01', '2027-01-01']) {
      const labels = days(['2026-01-01', last], box).ticks.map((tick) => tick.label);
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.length).toBeGreaterThan(0);
    }
  });
});

describe('numbers', () => {
  it('grows upwards and names its unit', () => {
    const scale = numbers(0, 10, box, ' s');
    expect(scale.at(10)).toBeLessThan(scale.at(0));
    expect(scale.ticks.map((tick) => tick.label)).toContain('10 s');
  });

  it('has room around a value that never changes', () => {
    const y = numbers(4, 4, box).at(4);
    expect(y).toBeGreaterThan(box.top);
    expect(y).toBeLessThan(box.height - box.bottom);
  });
});

describe('path', () => {
  it('is broken where a value is missing', () => {
    const drawn = path([
      { x: 0, y: 1 },
      { x: 1, y: 2 },
      { x: 2, y: null },
      { x: 3, y: 4 },
    ]);
    expect(drawn.match(/M/g)).toHaveLength(2);
    expect(path([])).toBe('');
  });
});

it('every kind of grade has a shape of its own', () => {
  const shapes = (['first', 'second', 'later', 'peer'] as const).map(mark);
  expect(new Set(shapes).size).toBe(4);
});
