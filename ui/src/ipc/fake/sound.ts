/** Sound of nobody in particular: syllables of filtered tone with pauses, the same for the same take. */
import type { Stretch } from '../generated';

const RATE = 8000;

/** Loudness between 0 and 1 at a moment, with phrases and pauses. */
export function loudness(take: string, at: number): number {
  const seed = [...take].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const phrase = Math.sin(at * 0.41 + seed) + Math.sin(at * 0.13 + seed * 2) * 0.8;
  if (at < 1.1 || phrase < -0.75) return 0.004;
  const syllable = Math.abs(Math.sin(at * 13 + Math.sin(at * 2.1) * 3));
  const swell = 0.45 + 0.35 * Math.sin(at * 0.7 + seed) + 0.2 * Math.sin(at * 3.7);
  return Math.max(0.02, syllable * swell * 0.8);
}

export function wav(take: string, from: number, to: number): ArrayBuffer {
  const frames = Math.floor((to - from) * RATE);
  const bytes = new DataView(new ArrayBuffer(44 + frames * 2));
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => bytes.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + frames * 2, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, frames * 2, true);
  for (let i = 0; i < frames; i++) {
    const at = from + i / RATE;
    const tone = Math.sin(at * 880) * 0.6 + Math.sin(at * 1770) * 0.3;
    bytes.setInt16(44 + i * 2, tone * loudness(take, at) * 12_000, true);
  }
  return bytes.buffer as ArrayBuffer;
}

export function peaks(take: string, from: number, to: number, bins: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(bins * 4));
  for (let i = 0; i < bins; i++) {
    const start = from + ((to - from) * i) / bins;
    const most = Math.max(
      ...Array.from({ length: 24 }, (_, k) =>
        loudness(take, start + (k * (to - from)) / bins / 24),
      ),
    );
    view.setInt16(i * 4, -most * 22_000, true);
    view.setInt16(i * 4 + 2, most * 24_000, true);
  }
  return view.buffer as ArrayBuffer;
}

/** Pauses as they would be measured: silence of at least so many seconds after the first word. */
export function pausesIn(take: string, seconds: number, shortest: number): Stretch[] {
  const pauses: Stretch[] = [];
  let since: number | null = null;
  for (let at = 1.1; at < seconds; at += 0.02) {
    if (loudness(take, at) < 0.01) since ??= at;
    else {
      if (since !== null && at - since >= shortest) pauses.push({ from_s: since, to_s: at });
      since = null;
    }
  }
  return pauses;
}
