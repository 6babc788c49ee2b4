/** The commands that return bytes; the generator does not know them. */
import { invoke } from '@tauri-apps/api/core';
import { counted } from './flight';

/** Records three seconds and returns them as a WAV file. Nothing is kept. */
export const echoTest = counted(() => invoke<ArrayBuffer>('echo_test'));

/** A stretch of a take as a WAV file; at most ten minutes at once. */
export const takeSound = counted((take: string, fromS: number, toS: number | null) =>
  invoke<ArrayBuffer>('take_sound', { take, fromS, toS }),
);

/** `bins` pairs of lowest and highest sample. */
export const takePeaks = counted(
  async (take: string, fromS: number, toS: number, bins: number): Promise<Int16Array> =>
    littleEndian(await invoke<ArrayBuffer>('take_peaks', { take, fromS, toS, bins })),
);

/** Read by the byte, since the platform's own order is not ours to assume. */
export function littleEndian(bytes: ArrayBuffer): Int16Array {
  const view = new DataView(bytes);
  return Int16Array.from({ length: bytes.byteLength >> 1 }, (_, i) => view.getInt16(i * 2, true));
}
