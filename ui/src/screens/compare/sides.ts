/** The two takes that are compared. */
export type SideName = 'earlier' | 'later';

export const SIDES: SideName[] = ['earlier', 'later'];

export const otherThan = (side: SideName): SideName => (side === 'later' ? 'earlier' : 'later');
