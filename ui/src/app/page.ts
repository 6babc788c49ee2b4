/** Lists that are shown a page at a time. */

/** How many rows come at once. */
export const PAGE = 100;

/** How many rows to ask for after "Show more", and how many more there are. */
export function next(shown: number, found: number): { most: number; more: number } {
  return { most: shown + PAGE, more: Math.max(0, found - shown) };
}
