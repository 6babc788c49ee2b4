import { expect, test } from 'vitest';
import { nextPoint, switchMoment } from './switch';

test('without a key point one arrives at the same part of the other take', () => {
  const other = { seconds: 600, point: null };
  expect(switchMoment(50, 150, other)).toBe(200);
  expect(switchMoment(0, 150, other)).toBe(0);
  expect(switchMoment(151, 150, other)).toBe(600);
  expect(switchMoment(0, 0, other)).toBe(0);
  // There and back again is where one was.
  expect(switchMoment(switchMoment(50, 150, other), 600, { seconds: 150, point: null })).toBe(50);
});

test('a chosen key point wins, however far in one was', () => {
  expect(switchMoment(140, 150, { seconds: 600, point: 12.5 })).toBe(12.5);
  expect(switchMoment(140, 150, { seconds: 600, point: 0 })).toBe(0);
  expect(switchMoment(0, 150, { seconds: 10, point: 12.5 })).toBe(10);
});

test('one goes through the pinned key points and then back to none', () => {
  const moments = [
    [null, 3, null, null],
    [null, 5, null, 9],
  ];
  expect(nextPoint(null, moments)).toBe(1);
  expect(nextPoint(1, moments)).toBe(3);
  expect(nextPoint(3, moments)).toBeNull();
  expect(nextPoint(null, [[null], []])).toBeNull();
});
