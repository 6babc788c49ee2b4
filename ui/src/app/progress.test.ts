import { describe, expect, it } from 'vitest';
import type { PointView, SubjectRow } from '../ipc';
import { daysBefore, gapRows, grouped, shownKinds, signed, steps } from './progress';

describe('steps', () => {
  it('says a mean level as Rust does', () => {
    expect([0, 0.96, 1.04, 1.4, 2.96, 3].map(steps)).toEqual([
      'Junior',
      'Mid',
      'Mid',
      'Mid +0.4',
      'Staff',
      'Staff',
    ]);
    expect(steps(null)).toBe('–');
  });
});

it('a difference has a real sign, and nothing has none', () => {
  expect([0.44, -0.25, 0.04, -0.04].map(signed)).toEqual(['+0.4', '−0.3', '0.0', '0.0']);
});

it('kinds of grades nobody gave are not in the legend', () => {
  const point = { first: 1, second: null, later: null, peer: 2 } as PointView;
  expect(shownKinds([point])).toEqual(['first', 'peer']);
});

it('signals stand before the stages of each mock', () => {
  const row = (id: string, mock: string | null) => ({ id, mock }) as SubjectRow;
  const groups = grouped([
    row('a', null),
    row('b', 'Phone'),
    row('c', 'Phone'),
    row('d', 'Design'),
  ]);
  expect(groups.map((group) => [group.name, group.subjects.length])).toEqual([
    ['Signals', 1],
    ['Phone', 2],
    ['Design', 1],
  ]);
});

it('calibration is a row per signal with a cell per kind', () => {
  const gap = { takes: 1, pairs: 1, mean: 0, higher: 0, lower: 0, sentence: '' };
  const rows = gapRows([
    { ...gap, signal: null, against: 'second' },
    { ...gap, signal: null, against: 'peer' },
    { ...gap, signal: 'Go depth', against: 'peer' },
  ]);
  expect(rows.map((row) => [row.name, Object.keys(row.of)])).toEqual([
    ['All signals', ['second', 'peer']],
    ['Go depth', ['peer']],
  ]);
});

it('a period is counted back over the ends of months and years', () => {
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(daysBefore('2026-01-15', 29)).toBe('2025-12-17');
  expect(daysBefore('', 29)).toBe('');
});
