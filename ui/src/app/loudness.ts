/** Makes a take softer before it is played: exact, and independent of any volume control. */

/** What `decibels` do to a sample; sound is never made louder, since that could clip. */
export const gainOf = (decibels: number): number => Math.min(1, 10 ** (decibels / 20));

/** A WAV file of 16-bit samples, softer by so many decibels (at most 0). Changes the bytes it is given. */
export function softer(wav: ArrayBuffer, decibels: number): ArrayBuffer {
  const gain = gainOf(decibels);
  if (gain === 1) return wav;
  const view = new DataView(wav);
  const data = dataOf(view);
  for (let at = data.from; at + 1 < data.to; at += 2)
    view.setInt16(at, Math.round(view.getInt16(at, true) * gain), true);
  return wav;
}

/** Where the samples lie: the chunk called `data`, wherever it stands. */
function dataOf(view: DataView): { from: number; to: number } {
  for (let at = 12; at + 8 <= view.byteLength;) {
    const size = view.getUint32(at + 4, true);
    if (view.getUint32(at, false) === 0x64617461)
      return { from: at + 8, to: Math.min(view.byteLength, at + 8 + size) };
    at += 8 + size + (size % 2);
  }
  return { from: 0, to: 0 };
}
