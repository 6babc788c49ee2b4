/** Peaks as bars: how high each is, from what Rust measured. */

/** Width of a bar with the gap after it, in CSS pixels. */
export const BAR_PX = 4;

export interface Bar {
  top: number;
  bottom: number;
}

/** Bars between -1 and 1, scaled so that the loudest fills the height; silence keeps a dot. */
export function bars(peaks: Int16Array): Bar[] {
  const loudest = peaks.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  // A take of near silence is not blown up into a loud one.
  const scale = Math.max(loudest, 3000);
  return Array.from({ length: peaks.length >> 1 }, (_, i) => ({
    bottom: (peaks[i * 2] ?? 0) / scale,
    top: (peaks[i * 2 + 1] ?? 0) / scale,
  }));
}

/** Draws the bars in the canvas's own `color`, sharp at any density. */
export function draw(canvas: HTMLCanvasElement, shown: Bar[]) {
  const density = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d');
  if (!context || shown.length === 0) return;
  const step = canvas.width / shown.length;
  const thick = Math.max(1, Math.round(step / 2));
  const middle = canvas.height / 2;
  context.fillStyle = getComputedStyle(canvas).color;
  shown.forEach((bar, i) => {
    const up = Math.max(density, bar.top * middle);
    const down = Math.max(density, -bar.bottom * middle);
    context.fillRect(Math.round(i * step), Math.round(middle - up), thick, Math.round(up + down));
  });
}
