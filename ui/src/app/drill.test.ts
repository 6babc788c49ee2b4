import { expect, test } from 'vitest';
import type { PackView } from '../ipc';
import { wishFrom } from './drill';

const pack = {
  id: 'go',
  sections: [{ id: 'runtime' }],
  rubric: [{ id: 'depth' }],
} as PackView;

test('what was chosen last comes back', () => {
  const wish = {
    pack: 'go',
    section: 'runtime',
    depth: 'staff',
    signal: 'depth',
    pick: 'weakest',
    count: 8,
  };
  expect(wishFrom(JSON.stringify(wish), pack)).toEqual(wish);
});

test('what is broken or gone from the pack is left out', () => {
  const plain = { pack: 'go', section: null, depth: null, signal: null, pick: 'due', count: 5 };
  const strange = {
    pack: 'other',
    section: 'x',
    depth: 'deep',
    signal: 1,
    pick: {},
    count: 'many',
  };
  for (const kept of [null, '', '{', '3', 'null', '[]', JSON.stringify(strange)]) {
    expect(wishFrom(kept, pack), String(kept)).toEqual(plain);
  }
  for (const count of [0, -1, 21, 1e9, null])
    expect(wishFrom(JSON.stringify({ count }), pack).count, String(count)).toBe(5);
});
