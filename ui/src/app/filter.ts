/** Narrowing the list of a pack's questions. */
import type { Depth, PackView, QuestionRow } from '../ipc';

export interface Filter {
  text: string;
  section: string;
  depth: Depth | '';
  neverTried: boolean;
}

export const everything: Filter = { text: '', section: '', depth: '', neverTried: false };

export type SectionList = PackView['sections'];

/** Every word must stand somewhere: in the title, the id, or the headings above. */
export function narrow(sections: SectionList, filter: Filter): SectionList {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return sections
    .filter((section) => !filter.section || section.id === filter.section)
    .map((section) => ({
      ...section,
      groups: section.groups
        .map((group) => ({
          ...group,
          questions: group.questions.filter((row) => {
            const place = `${section.title} ${group.title} ${row.title} ${row.id}`.toLowerCase();
            return wanted(row, filter) && words.every((word) => place.includes(word));
          }),
        }))
        .filter((group) => group.questions.length > 0),
    }))
    .filter((section) => section.groups.length > 0);
}

function wanted(row: QuestionRow, filter: Filter): boolean {
  return (!filter.depth || row.depth === filter.depth) && (!filter.neverTried || row.takes === 0);
}

export function questionsOf(sections: SectionList): QuestionRow[] {
  return sections.flatMap((section) => section.groups.flatMap((group) => group.questions));
}
