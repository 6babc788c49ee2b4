import { expect, test } from 'vitest';
import type { WorkView } from '../ipc';
import { percent } from './work.svelte';

const at = (share: number): WorkView => ({
  kind: 'backup',
  title: 'Backing up',
  state: 'running',
  share,
  sentence: '',
});

test('work that goes on is never said to be done', () => {
  expect([0, 0.014, 0.5, 0.999, 1].map((share) => percent(at(share)))).toEqual([
    '0 %',
    '1 %',
    '50 %',
    '99 %',
    '99 %',
  ]);
});
