import { expect, test } from 'vitest';
import type { ImportedView, ImportView } from '../ipc';
import { imported, lines, recognised } from './import';

const found = (questions: number, with_answers: number) =>
  ({ questions, with_answers }) as ImportView;
const done = (part: Partial<ImportedView>): ImportedView => ({
  pack: 'mine',
  title: 'Mine',
  added: 0,
  updated: 0,
  unchanged: 0,
  kept: [],
  gone: [],
  ...part,
});

test('what was recognised is told with its answers', () => {
  expect(recognised(found(1, 1))).toBe('1 question, all with an answer.');
  expect(recognised(found(9, 0))).toBe('9 questions, none with an answer.');
  expect(recognised(found(9, 4))).toBe('9 questions, 4 with an answer.');
});

test('an import says what it did and nothing that it did not', () => {
  expect(imported(done({ added: 3 }))).toBe('3 questions came in.');
  expect(imported(done({ unchanged: 3, kept: ['a'] }))).toBe(
    '3 as they were, 1 kept as you edited them.',
  );
  expect(imported(done({}))).toBe('Nothing was new.');
});

test('empty lines are no items', () => {
  expect(lines(' a \n\n b')).toEqual(['a', 'b']);
});
