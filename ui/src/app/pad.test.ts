import { expect, test } from 'vitest';
import type { PadStep } from '../ipc';
import { applyChanges, lineOf, PadTape, stepsUntil } from './pad';

const change = (from: number, to: number, insert: string) => ({ from, to, insert });

test('changes count in the text before the edit, as in Rust', () => {
  expect(applyChanges('', [change(0, 0, 'func main() {}')])).toBe('func main() {}');
  expect(applyChanges('abcdef', [change(1, 2, 'X'), change(4, 4, '--')])).toBe('aXcd--ef');
  expect(applyChanges('a🙂b', [change(3, 4, 'c')])).toBe('a🙂c');
});

test('no edit can fail, however broken', () => {
  expect(applyChanges('abc', [change(9, 2, 'X')])).toBe('abcX');
  expect(applyChanges('abc', [change(0, 2, 'X'), change(1, 1, 'Y')])).toBe('XYc');
  expect(applyChanges('abc', [change(0, 4_294_967_295, 'new')])).toBe('new');
});

const steps: PadStep[] = [
  { at_s: 0, changes: [change(0, 0, 'ab')] },
  { at_s: 2.5, changes: [change(1, 1, 'X')] },
  { at_s: 2.5, changes: [change(3, 3, '!')] },
  { at_s: 9, changes: [change(0, 4, '')] },
];

test('the pad grows with the take, and goes back when one seeks back', () => {
  const tape = new PadTape(steps);
  const at = (seconds: number) => tape.after(stepsUntil(steps, seconds));
  expect([-1, 0, 2.4, 2.5, 8.9, 9, 1000].map(at)).toEqual(['', 'ab', 'ab', 'aXb!', 'aXb!', '', '']);
  expect([1000, 8.9, 2.5, 0, 3, -1].map(at)).toEqual(['', 'aXb!', 'aXb!', 'ab', 'aXb!', '']);
  expect([0, 2.5, 100].map((seconds) => stepsUntil(steps, seconds))).toEqual([1, 3, 4]);
  expect(new PadTape([]).after(0)).toBe('');
});

test('the pen is where the last change of a step ends', () => {
  const step = { at_s: 0, changes: [change(0, 0, 'a\nb\n'), change(6, 6, '\n!')] };
  const text = applyChanges('one\ntwo\nthree', step.changes);
  expect(text).toBe('a\nb\none\ntw\n!o\nthree');
  expect(lineOf(step, text)).toBe(4);
  expect(lineOf(undefined, text)).toBe(0);
});
