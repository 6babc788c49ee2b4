/** The size of everything in the window. */
import { commands, failure } from '../ipc';
import { messages } from './messages.svelte';

/** In percent. */
export const SCALES = [75, 90, 100, 110, 125, 150, 175, 200];
export const USUAL = 100;

/** The next size up or down; the ends hold. */
export function scaleStep(scale: number, by: -1 | 1): number {
  const next = by > 0 ? SCALES.find((one) => one > scale) : SCALES.findLast((one) => one < scale);
  return next ?? Math.min(200, Math.max(75, scale));
}

/** Makes everything larger (1), smaller (-1) or as usual (0), and remembers it with the other choices. */
export async function rescale(by: -1 | 0 | 1) {
  try {
    const { settings } = await commands.settings();
    const zoom = by === 0 ? USUAL : scaleStep(settings.zoom ?? USUAL, by);
    await commands.saveSettings({ ...settings, zoom });
    messages.show({ text: `Everything is shown at ${zoom} %.` });
  } catch (thrown) {
    messages.show({ text: failure(thrown).message });
  }
}
