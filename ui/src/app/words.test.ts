import { expect, test } from 'vitest';
import { countdown, length, moment, promise, size, spoken, weekday } from './words';

test('a clock counts the last second until it is over', () => {
  expect([180_000, 179_999, 60_001, 1, 0, -5].map(countdown)).toEqual([
    '3:00',
    '3:00',
    '1:01',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('a moment is floored, so that a note never stands after what it is about', () => {
  const said = [0, 59.9, 60, 3661].map((seconds) => moment(seconds));
  expect(said).toEqual(['0:00', '0:59', '1:00', '61:01']);
});

test('tenths are rounded, and carry into the minute', () => {
  const said = [0, 58.44, 59.96, 3600.5].map((seconds) => moment(seconds, true));
  expect(said).toEqual(['0:00.0', '0:58.4', '1:00.0', '60:00.5']);
});

test('lengths and sizes read like speech', () => {
  expect([40, 59.6, 480, 3600, 4320].map(length)).toEqual([
    '40 s',
    '1 min',
    '8 min',
    '1 h',
    '1 h 12 min',
  ]);
  expect([180_000, 61_000, 90_000, 45_000, 0].map(spoken)).toEqual([
    '3 minutes',
    '1 minute 1 second',
    '1 minute 30 seconds',
    '45 seconds',
    '0 seconds',
  ]);
  expect([0, 999, 1_400_000_000, 52_000_000].map(size)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.4 GB',
    '52 MB',
  ]);
  expect(weekday('2026-11-26')).toBe('Thursday');
});

test('a commitment reads as the sentence it was written into, and is not said twice', () => {
  expect(promise('name the dual write')).toBe('Next time I will name the dual write');
  expect(promise('next time say who closes')).toBe('next time say who closes');
});
