/** Where one arrives when switching from one take to the other. */

/**
 * At the chosen key point, if its moment is pinned in the take one goes to; else at the same part of it: a third into
 * the one is a third into the other. Moments and lengths in seconds.
 */
export function switchMoment(
  time: number,
  seconds: number,
  other: { seconds: number; point: number | null },
): number {
  if (other.point !== null) return Math.min(other.point, other.seconds);
  const part = seconds > 0 ? Math.min(1, Math.max(0, time / seconds)) : 0;
  return part * other.seconds;
}

/**
 * The key point after the chosen one that is pinned in at least one take; null after the last. Moments by key point,
 * in each take.
 */
export function nextPoint(chosen: number | null, moments: (number | null)[][]): number | null {
  const count = Math.max(0, ...moments.map((of) => of.length));
  for (let point = chosen === null ? 0 : chosen + 1; point < count; point++)
    if (moments.some((of) => (of[point] ?? null) !== null)) return point;
  return null;
}
