/** How progress is said and sorted. */
import type { Change, GapView, GradeKind, PointView, SubjectRow } from '../ipc';
import { LEVELS, levelName } from './words';

const KINDS: GradeKind[] = ['first', 'second', 'later', 'peer'];

/** The kinds of grades there are among these points. */
export function shownKinds(points: PointView[]): GradeKind[] {
  return KINDS.filter((kind) => points.some((point) => point[kind] !== null));
}

/** A mean level in words: `Mid`, `Mid +0.4`. */
export function steps(mean: number | null): string {
  if (mean === null) return '–';
  const tenths = Math.round(mean * 10);
  const level = LEVELS[Math.min(3, Math.floor(tenths / 10))] ?? 'junior';
  const more = tenths - 10 * LEVELS.indexOf(level);
  return more === 0 ? levelName[level] : `${levelName[level]} +0.${more}`;
}

export const changeName: Record<Change, string> = {
  unknown: 'too early to tell',
  within_noise: 'within your noise',
  improved: 'improved',
  slipped: 'slipped',
};

/** A sign beside the word, so that colour is not all there is. */
export const changeSign: Record<Change, string> = {
  unknown: '',
  within_noise: '·',
  improved: '▴',
  slipped: '▾',
};

/** Signals first, then the stages of each mock. */
export function grouped(subjects: SubjectRow[]): { name: string; subjects: SubjectRow[] }[] {
  const groups: { name: string; subjects: SubjectRow[] }[] = [];
  for (const subject of subjects) {
    const name = subject.mock ?? 'Signals';
    const group = groups.find((known) => known.name === name);
    if (group) group.subjects.push(subject);
    else groups.push({ name, subjects: [subject] });
  }
  return groups;
}

/** `+0.4`, `−0.2`, `0.0`: with a real minus. */
export function signed(value: number): string {
  const said = Math.abs(value).toFixed(1);
  if (said === '0.0') return said;
  return `${value > 0 ? '+' : '−'}${said}`;
}

/** Rows of the calibration table: all signals, then one by one. */
export function gapRows(
  gaps: GapView[],
): { name: string; of: Partial<Record<GradeKind, GapView>> }[] {
  const rows: { name: string; of: Partial<Record<GradeKind, GapView>> }[] = [];
  for (const gap of gaps) {
    const name = gap.signal ?? 'All signals';
    let row = rows.find((known) => known.name === name);
    if (!row) rows.push((row = { name, of: {} }));
    row.of[gap.against] = gap;
  }
  return rows;
}

/** `2026-10-24`, thirty days before another; nothing before nothing. */
export function daysBefore(day: string, days: number): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at - days * 86_400_000).toISOString().slice(0, 10);
}
