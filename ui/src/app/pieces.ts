/** How the sound of a take is cut for playing: never the whole of a long one at once. */
import type { Stretch } from '../ipc';

/** About this long is a piece: 12 MB, which WebKit is ready to play in a tenth of a second. */
export const PIECE_S = 120;
/** A cut may move this far to fall into a pause, where nobody hears it. */
const REACH_S = 20;

/** Where the pieces begin, the first at 0. */
export function cutsOf(seconds: number, pauses: readonly Stretch[]): number[] {
  const cuts = [0];
  for (let at = PIECE_S; at < seconds - PIECE_S / 4; at = (cuts.at(-1) ?? at) + PIECE_S)
    cuts.push(quietest(at, pauses));
  return cuts;
}

/** The middle of the longest pause near a moment, or the moment itself. */
function quietest(at: number, pauses: readonly Stretch[]): number {
  const middle = (pause: Stretch) => (pause.from_s + pause.to_s) / 2;
  const near = pauses.filter((pause) => Math.abs(middle(pause) - at) <= REACH_S);
  const [longest] = near.sort((a, b) => b.to_s - b.from_s - (a.to_s - a.from_s));
  return longest ? middle(longest) : at;
}

/** Index of the piece a moment lies in; a cut belongs to the later piece. */
export function pieceAt(cuts: readonly number[], time: number): number {
  return Math.max(
    0,
    cuts.findLastIndex((cut) => cut <= time),
  );
}
