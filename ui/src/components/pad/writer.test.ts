import { ChangeSet, Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import { applyChanges } from '../../app/pad';
import { listed } from './writer';

/** Small and seeded: the same edits every time. */
function dice(seed: number) {
  return (sides: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % sides;
  };
}

test('edits composed over a moment replay to the same text as the editor’s', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const start = 'func main() {\n\tfmt.Println("🙂")\n}\n';
    let now = Text.of(start.split('\n'));
    let all = ChangeSet.empty(now.length);
    for (let i = 0; i < 6; i++) {
      const specs = Array.from({ length: 1 + roll(3) }, () => {
        const from = roll(now.length + 1);
        const to = Math.min(now.length, from + roll(5));
        return { from, to, insert: ['', 'x', 'a\nb', '\t', '🙂'][roll(5)] ?? '' };
      });
      const changes = ChangeSet.of(specs, now.length);
      now = changes.apply(now);
      all = all.compose(changes);
    }
    expect(applyChanges(start, listed(all)), `seed ${seed}`).toBe(now.toString());
  }
});
