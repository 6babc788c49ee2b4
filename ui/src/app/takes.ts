/** Takes of the same question, and which of them one compares with. */
import type { TakeRow } from '../ipc';

/**
 * The take before this one; of the first take the next one, and without any other the latest of the sibling question.
 * Ids begin with their time, so that they sort as the takes were recorded. `others` are the oldest first.
 */
export function takeBefore(
  id: string,
  others: readonly TakeRow[],
  siblings: readonly TakeRow[],
): TakeRow | null {
  return others.findLast((take) => take.id < id) ?? others[0] ?? siblings.at(-1) ?? null;
}
