import { expect, test } from 'vitest';
import type { StageCard } from '../ipc';
import { keyPointsOf, signalsOf, spokenOf } from './scorecard';

const stage = (...signals: string[]) =>
  ({ levels: signals.map((signal) => ({ signal, level: 'mid', below: true })) }) as StageCard;

test('signals of all stages stand once, in the rubric’s order', () => {
  expect(signalsOf([])).toEqual([]);
  expect(signalsOf([stage('b', 'd'), stage('a', 'b', 'c', 'd'), stage('d', 'e')])).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
  ]);
});

test('facts of a stage are said as they are', () => {
  const facts = { budget_s: 300, spoken_s: 250.4, heard: 3, key_points: 5 } as StageCard;
  expect(spokenOf(facts)).toBe('4:10 of 5:00');
  expect(keyPointsOf(facts)).toBe('3 of 5');
  expect(keyPointsOf({ ...facts, heard: null, key_points: null })).toBeNull();
});
