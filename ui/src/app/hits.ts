/** What a search found, as it is shown: in groups, with an address each. */
import type { Hit, HitPlace } from '../ipc';
import { to } from './routes';

const NAMES: Record<HitPlace['kind'], string> = {
  question: 'Questions',
  note: 'Notes',
  reflection: 'What you wrote afterwards',
  carry: 'Carried forward',
  take: 'Questions of earlier packs',
};

export interface HitGroup {
  name: string;
  hits: Hit[];
}

/** In the order in which the best of each kind was found. */
export function grouped(hits: readonly Hit[]): HitGroup[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const name = NAMES[hit.place.kind];
    groups.set(name, [...(groups.get(name) ?? []), hit]);
  }
  return [...groups].map(([name, found]) => ({ name, hits: found }));
}

export function addressOf(place: HitPlace): string {
  switch (place.kind) {
    case 'question':
    case 'carry':
      return to.question(place.pack, place.question);
    case 'take':
      return to.review(place.take);
    case 'note':
      return to.review(place.take, false, place.at_ms === null ? null : place.at_ms / 1000);
    case 'reflection':
      return to.scorecard(place.session);
  }
}
