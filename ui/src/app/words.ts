/** How numbers and states are said. */
import type { Depth, Ended, GradeKind, Kind, Level } from '../ipc';

export const LEVELS: Level[] = ['junior', 'mid', 'senior', 'staff'];

export const levelName: Record<Level, string> = {
  junior: 'Junior',
  mid: 'Mid',
  senior: 'Senior',
  staff: 'Staff',
};

export const depthName: Record<Depth, string> = { core: 'core', senior: 'senior', staff: 'staff' };

export const kindName: Record<Kind, string> = {
  concept: 'concept',
  scenario: 'scenario',
  implementation: 'implementation',
  design: 'design',
  behavioural: 'behavioural',
  conversation: 'conversation',
};

export const gradeName: Record<GradeKind, string> = {
  first: 'First grade',
  second: 'Second grade',
  later: 'Later grade',
  peer: 'Peer grade',
};

/** How a take ended, where a list says it; a finished take needs no word. */
export const endedName: Record<Ended, string> = {
  finished: '',
  time_up: 'time up',
  interrupted: 'interrupted',
  skipped: 'skipped',
  not_reached: 'not reached',
};

/** How an answer ended, said to the person. */
export const endedSentence: Record<Ended, string> = {
  finished: 'The answer is kept.',
  time_up: 'The time was up. The answer is kept as far as you got.',
  interrupted: 'The answer was interrupted. What you said until then is kept.',
  skipped: 'You passed over this question.',
  not_reached: 'The time of this stage was over before this question came up.',
};

/** `1:52`; the last second counts until it is over. */
export function countdown(ms: number): string {
  return minutesSeconds(Math.ceil(Math.max(0, ms) / 1000));
}

/** `3:05`, a moment or a length; with tenths `3:05.2`. */
export function moment(seconds: number, tenths = false): string {
  const whole = tenths ? Math.round(Math.max(0, seconds) * 10) / 10 : Math.max(0, seconds);
  const said = minutesSeconds(Math.floor(whole));
  return tenths ? `${said}.${Math.round(whole * 10) % 10}` : said;
}

/** Below this many seconds a scale is said with tenths. */
const FINE_S = 30;

/** A moment on a scale from one moment to another, as finely as that scale needs. */
export function momentOf(seconds: number, scale: { from: number; to: number }): string {
  return moment(seconds, scale.to - scale.from < FINE_S);
}

function minutesSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `1 h 12 min`, `8 min`, `40 s`. */
export function length(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `three minutes`, for ears. */
export function spoken(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const parts = [
    ...(minutes > 0 ? [plural(minutes, 'minute')] : []),
    ...(seconds % 60 > 0 || minutes === 0 ? [plural(seconds % 60, 'second')] : []),
  ];
  return parts.join(' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A commitment as the sentence it was written into. */
export function promise(commitment: string): string {
  return /^next time/i.test(commitment) ? commitment : `Next time I will ${commitment}`;
}

/** `1.4 GB`, in the units file managers use. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** `Thursday`, from `2026-11-26`; noon keeps every time zone on the same day. */
export function weekday(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long' }).format(new Date(`${day}T12:00:00`));
}
