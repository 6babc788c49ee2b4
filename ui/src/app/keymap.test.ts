import { expect, test } from 'vitest';
import { actionFor, KEYMAP, type Key, type KeyPlace } from './keymap';

const all = (...places: KeyPlace[]) => places.map((place) => ({ place, can: () => true }));
const action = (places: KeyPlace[], press: string, before?: string) => {
  const found = actionFor(all(...places), press, before ?? null);
  return found && `${found.listener.place}.${found.action}`;
};

test('a pair comes before its second key alone, whoever is innermost', () => {
  const listening: KeyPlace[] = ['everywhere', 'review', 'player'];
  expect(action(listening, 's', 'g')).toBe('everywhere.settings');
  expect(action(listening, 's')).toBe('player.skip');
  expect(action(listening, 's', 'n')).toBe('player.skip');
  expect(action(['everywhere', 'scorecard'], 't', 'g')).toBe('everywhere.today');
});

test('the innermost listener comes first, and one without an effect is passed over', () => {
  expect(action(['everywhere', 'review', 'player'], '=')).toBe('player.closer');
  const idle = [
    { place: 'today' as const, can: () => true },
    { place: 'drill' as const, can: () => false },
  ];
  expect(actionFor(idle, 'Enter')?.action).toBe('first');
});

test('no key means two things where both listen', () => {
  const together: KeyPlace[][] = [
    ['everywhere', 'review', 'player'],
    ['everywhere', 'compare', 'player'],
    ...(Object.keys(KEYMAP) as KeyPlace[])
      .filter((place) => place !== 'everywhere' && place !== 'interviewer')
      .map((place): KeyPlace[] => ['everywhere', place]),
  ];
  for (const places of together) {
    const keys = places.flatMap((place) => Object.values<Key>(KEYMAP[place]));
    const presses = keys.flatMap((key) => (key.also ? [key.press, key.also] : [key.press]));
    expect(new Set(presses).size, places.join(', ')).toBe(presses.length);
  }
});
