/**
 * From values to places in a picture: what all pictures share. Ticks, round numbers and shapes are D3's; its scales are
 * not used, because they bring d3-color, which cannot load where `Object.prototype` is frozen.
 */
import { nice, ticks as roundNumbers } from 'd3-array';
import {
  line,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
  type SymbolType,
} from 'd3-shape';
import { utcTicks } from 'd3-time';
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
export const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

const DAY_MS = 86_400_000;

/** Days along the bottom; a single day stands in the middle. */
export function days(all: string[], box: Box) {
  const times = all.map(noon);
  const first = Math.min(...times);
  const last = Math.max(...times);
  const alone = first === last ? DAY_MS : 0;
  const [from, to] = [first - alone, last + alone];
  const at = between(from, to, box.left, box.width - box.right);
  // A label needs about 90 pixels; within a few weeks days are told, else months.
  const wanted = Math.max(2, Math.floor((box.width - box.left - box.right) / 90));
  const long = last - first > 90 * DAY_MS;
  const said = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    ...(long ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' }),
  });
  const ticks: Tick[] = [];
  for (const tick of utcTicks(new Date(from), new Date(to), wanted)) {
    const label = said.format(tick);
    if (ticks.at(-1)?.label !== label) ticks.push({ at: at(tick.getTime()), label });
  }
  return { at: (day: string) => at(noon(day)), ticks };
}

/** Numbers up the side, with a little air. */
export function numbers(from: number, to: number, box: Box, unit = '') {
  const alone = from === to ? Math.max(Math.abs(from) * 0.1, 1) : 0;
  const [low, high] = nice(from - alone, to + alone, 4);
  const at = between(low, high, box.height - box.bottom, box.top);
  const ticks = roundNumbers(low, high, 4).map((tick) => ({
    at: at(tick),
    label: `${tick}${unit}`,
  }));
  return { at, ticks };
}

/** Where the lowest and the highest level stand, with a little air. */
export const LEVEL_ENDS: [number, number] = [-0.25, 3.25];

/** Levels up the side, Junior 0 to Staff 3; what is outside is drawn at the end. */
export function levels(box: Box) {
  const at = between(...LEVEL_ENDS, box.height - box.bottom, box.top);
  return (level: number) => at(Math.min(LEVEL_ENDS[1], Math.max(LEVEL_ENDS[0], level)));
}

/** Straight from one stretch onto another. */
const between = (from: number, to: number, start: number, end: number) => (value: number) =>
  start + ((value - from) / (to - from)) * (end - start);

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
