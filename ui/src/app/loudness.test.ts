import { expect, test } from 'vitest';
import { softer } from './loudness';

/** A WAV file with a chunk of an odd length before its samples. */
function wav(samples: number[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(12 + 8 + 3 + 1 + 8 + samples.length * 2));
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVE');
  text(12, 'LIST');
  view.setUint32(16, 3, true);
  text(24, 'data');
  view.setUint32(28, samples.length * 2, true);
  samples.forEach((sample, i) => view.setInt16(32 + i * 2, sample, true));
  return view.buffer as ArrayBuffer;
}

const samplesOf = (bytes: ArrayBuffer) =>
  Array.from({ length: (bytes.byteLength - 32) / 2 }, (_, i) =>
    new DataView(bytes).getInt16(32 + i * 2, true),
  );

test('six decibels are half, at both ends of the scale, and nothing else changes', () => {
  const before = wav([0, 1000, -1000, 32767, -32768]);
  const head = before.slice(0, 32);
  const after = softer(before, -6.0206);
  expect(samplesOf(after)).toEqual([0, 500, -500, 16383, -16384]);
  expect(new Uint8Array(after.slice(0, 32))).toEqual(new Uint8Array(head));
});

test('sound is never made louder, and broken files are left alone', () => {
  expect(samplesOf(softer(wav([123, -123]), 0))).toEqual([123, -123]);
  expect(samplesOf(softer(wav([123, -123]), 6))).toEqual([123, -123]);
  expect(softer(new ArrayBuffer(5), -6).byteLength).toBe(5);
});
