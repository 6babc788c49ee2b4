/** From values to places in a picture: what all pictures share. */
import { scaleLinear, scaleUtc } from 'd3-scale';
import {
  line,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
  type SymbolType,
} from 'd3-shape';
import type { GradeKind } from '../../ipc';

export interface Box {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Tick {
  at: number;
  label: string;
}

/** A practice day has no time of day: noon in UTC stands for it. */
export const noon = (day: string) => new Date(`${day}T12:00:00Z`);

const DAY_MS = 86_400_000;

/** Days along the bottom; a single day stands in the middle. */
export function days(all: string[], box: Box) {
  const times = all.map((day) => noon(day).getTime());
  const first = Math.min(...times);
  const last = Math.max(...times);
  const alone = first === last ? DAY_MS : 0;
  const scale = scaleUtc(
    [new Date(first - alone), new Date(last + alone)],
    [box.left, box.width - box.right],
  );
  // A label needs about 90 pixels; within a few weeks days are told, else months.
  const wanted = Math.max(2, Math.floor((box.width - box.left - box.right) / 90));
  const long = last - first > 90 * DAY_MS;
  const said = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    ...(long ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' }),
  });
  const ticks: Tick[] = [];
  for (const tick of scale.ticks(wanted)) {
    const label = said.format(tick);
    if (ticks.at(-1)?.label !== label) ticks.push({ at: scale(tick), label });
  }
  return { at: (day: string) => scale(noon(day)), ticks };
}

/** Numbers up the side, with a little air. */
export function numbers(from: number, to: number, box: Box, unit = '') {
  const alone = from === to ? Math.max(Math.abs(from) * 0.1, 1) : 0;
  const scale = scaleLinear([from - alone, to + alone], [box.height - box.bottom, box.top]).nice(4);
  const ticks = scale.ticks(4).map((tick) => ({ at: scale(tick), label: `${tick}${unit}` }));
  return { at: (value: number) => scale(value), ticks };
}

/** A line through what is there, broken where something is missing. */
export function path(points: { x: number; y: number | null }[]): string {
  const drawn = line<{ x: number; y: number | null }>()
    .defined((point) => point.y !== null)
    .x((point) => point.x)
    .y((point) => point.y ?? 0);
  return drawn(points) ?? '';
}

const SHAPES: Record<GradeKind, SymbolType> = {
  first: symbolCircle,
  second: symbolSquare,
  later: symbolTriangle,
  peer: symbolDiamond,
};

/** The mark of a kind of grade: kinds differ in shape, not by colour alone. */
export function mark(kind: GradeKind): string {
  return symbol(SHAPES[kind], 46)() ?? '';
}
