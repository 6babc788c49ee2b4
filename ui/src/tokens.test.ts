import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)/g)].map((match) => [
    match[1] ?? '',
    [match[2] ?? '', match[3] ?? ''] as const,
  ]),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: string, back: string, theme: 0 | 1): number {
  const [a, b] = [front, back].map((name) => luminance(tokens.get(name)?.[theme] ?? '#000000'));
  return (Math.max(a ?? 0, b ?? 0) + 0.05) / (Math.min(a ?? 0, b ?? 0) + 0.05);
}

const grounds = ['paper', 'raised', 'sunk', 'wash'];
const texts = ['ink', 'soft', 'accent', 'warn', 'live'];

test.each([0, 1] as const)('every text colour is AA on every ground (theme %i)', (theme) => {
  expect(tokens.size).toBeGreaterThan(10);
  for (const text of texts) {
    for (const ground of grounds) {
      expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const accent of ['accent', 'accent-strong']) {
    expect(contrast('on-accent', accent, theme), accent).toBeGreaterThanOrEqual(4.5);
  }
});

test.each([0, 1] as const)('outlines and the focus ring can be seen (theme %i)', (theme) => {
  for (const ground of ['paper', 'raised']) {
    for (const outline of ['edge', 'accent']) {
      expect(contrast(outline, ground, theme), `${outline} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  }
});
