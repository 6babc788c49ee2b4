import { expect, test } from 'vitest';
import type { TakeRow } from '../ipc';
import { takeBefore } from './takes';

const take = (id: string) => ({ id }) as TakeRow;

test('a take is compared with the one before it, the first with the one after it', () => {
  const others = ['019a', '019c', '019f'].map(take);
  expect(takeBefore('019d', others, [])?.id).toBe('019c');
  expect(takeBefore('0190', others, [])?.id).toBe('019a');
});

test('without another take of the question its sibling is there, or nothing', () => {
  expect(takeBefore('019d', [], ['019a', '019b'].map(take))?.id).toBe('019b');
  expect(takeBefore('019d', [], [])).toBeNull();
});
