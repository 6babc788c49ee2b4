import { expect, test } from 'vitest';
import type { Hit, HitPlace } from '../ipc';
import { addressOf, grouped } from './hits';

const hit = (place: HitPlace, title: string): Hit => ({
  place,
  title,
  under: '',
  text: [],
  when: '',
});

test('what was found is grouped, the best kind first, in the order it was found', () => {
  const hits = [
    hit({ kind: 'note', take: 't', at_ms: 1 }, 'a'),
    hit({ kind: 'question', pack: 'p', question: 'q' }, 'b'),
    hit({ kind: 'note', take: 'u', at_ms: null }, 'c'),
  ];
  expect(grouped(hits).map((group) => [group.name, group.hits.map(({ title }) => title)])).toEqual([
    ['Notes', ['a', 'c']],
    ['Questions', ['b']],
  ]);
});

test('each place leads somewhere; a note leads to its moment', () => {
  expect(addressOf({ kind: 'note', take: 't', at_ms: 12_340 })).toBe('#/review/t?at=12.34');
  expect(addressOf({ kind: 'note', take: 't', at_ms: null })).toBe('#/review/t');
  expect(addressOf({ kind: 'take', take: 't' })).toBe('#/review/t');
  expect(addressOf({ kind: 'reflection', session: 's' })).toBe('#/scorecard/s');
  expect(addressOf({ kind: 'carry', pack: 'p', question: 'q' })).toBe('#/packs/p/questions/q');
});
