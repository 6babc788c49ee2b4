/** Paints a canvas, and again when what it read, the theme or the pixel density changes. */
export function repaint(paint: () => void) {
  $effect(paint);
  $effect(() => {
    const queries = [
      matchMedia('(prefers-color-scheme: dark)'),
      matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`),
    ];
    const themes = new MutationObserver(paint);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    for (const query of queries) query.addEventListener('change', paint);
    return () => {
      themes.disconnect();
      for (const query of queries) query.removeEventListener('change', paint);
    };
  });
}
