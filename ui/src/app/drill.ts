/** The choices for a drill, kept from one time to the next. */
import type { Depth, DrillWish, PackView, Pick } from '../ipc';
import { keptFrom } from './kept';

export const PICKS: { pick: Pick; name: string; about: string }[] = [
  { pick: 'due', name: 'Due', about: 'Those that should come back, longest waiting first.' },
  { pick: 'never_tried', name: 'Never tried', about: 'In the pack’s order.' },
  { pick: 'weakest', name: 'Weakest', about: 'Those you graded lowest, lowest first.' },
  { pick: 'in_order', name: 'In order', about: 'From the first question on, tried or not.' },
];
export const DEPTHS: Depth[] = ['core', 'senior', 'staff'];
/** Rust takes no more. */
export const MOST = 20;
const USUAL = 5;
const KEPT = 'drill';

/** What was chosen last, as far as the pack still has it. */
export function wishFrom(kept: string | null, pack: PackView): DrillWish {
  const found = keptFrom(kept);
  const count = Math.round(Number(found.count));
  return {
    pack: pack.id,
    section: pack.sections.find((section) => section.id === found.section)?.id ?? null,
    depth: DEPTHS.find((depth) => depth === found.depth) ?? null,
    signal: pack.rubric.find((signal) => signal.id === found.signal)?.id ?? null,
    pick: PICKS.find((one) => one.pick === found.pick)?.pick ?? 'due',
    count: count >= 1 && count <= MOST ? count : USUAL,
  };
}

export const lastWish = (pack: PackView): DrillWish => wishFrom(localStorage.getItem(KEPT), pack);

export const keepWish = (wish: DrillWish) => localStorage.setItem(KEPT, JSON.stringify(wish));

/** The pack used last, unless the address names one. */
export function packFor(packs: PackView[], named: string | null): PackView | null {
  const last = keptFrom(localStorage.getItem(KEPT)).pack;
  const find = (id: unknown) => packs.find((pack) => pack.id === id);
  return find(named) ?? find(last) ?? packs[0] ?? null;
}
