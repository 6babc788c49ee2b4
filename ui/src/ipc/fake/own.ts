/** A pack of one's own, kept in memory. */
import type {
  EditorRow,
  EditorView,
  ImportedView,
  ImportView,
  PackView,
  WordingView,
} from '../generated';
import { packs } from './packs';
import { rubric } from './rubric';

export const ID = 'bees';

const row = (id: string, title: string, answered = true): EditorRow => ({
  id,
  title,
  hidden: false,
  answered,
  origin: answered ? 'from bees.md, line 12, imported 2026-11-21' : null,
});

let questions: EditorRow[] = [
  row('what-is-a-hive', 'What is a hive?'),
  row('explain-the-comb', 'Explain the comb'),
  row('how-do-bees-dance', 'How do bees dance?'),
  row('why-smoke', 'Why smoke?', false),
];
const before: { what: string; questions: EditorRow[] }[] = [];

function change(what: string, next: EditorRow[]): EditorView {
  before.push({ what, questions });
  questions = next;
  return editor(ID);
}

export function editor(pack: string): EditorView {
  const published = packs().find((one) => one.id === pack);
  if (published)
    return {
      pack,
      title: published.title,
      personal: false,
      sections: published.sections.map((section) => ({
        title: section.title,
        groups: section.groups.map((group) => ({
          title: group.title,
          questions: group.questions.map((one) => ({ ...row(one.id, one.title), origin: null })),
        })),
      })),
      undo: null,
    };
  return {
    pack: ID,
    title: 'Bees',
    personal: true,
    sections: [{ title: 'Hives', groups: [{ title: 'Hives', questions }] }],
    undo: before.at(-1)?.what ?? null,
  };
}

export const wording = (question: string): WordingView => ({
  title: questions.find((one) => one.id === question)?.title ?? '',
  prompt: questions.find((one) => one.id === question)?.title ?? '',
  answer: 'A home for bees.',
  key_points: ['wax', 'warmth'],
  probes: ['And in winter?'],
  seconds: 180,
});

export function save(question: string | null, words: WordingView): EditorView {
  const title = words.title || words.prompt;
  if (question)
    return change(
      'the edit',
      questions.map((one) => (one.id === question ? { ...one, title } : one)),
    );
  return change('the new question', [...questions, row(`own-${questions.length}`, title, false)]);
}

export function move(question: string, steps: number): EditorView {
  const at = questions.findIndex((one) => one.id === question);
  const to = Math.max(0, Math.min(questions.length - 1, at + steps));
  const rest = questions.filter((one) => one.id !== question);
  return change('the move', [
    ...rest.slice(0, to),
    ...questions.slice(at, at + 1),
    ...rest.slice(to),
  ]);
}

export const hide = (question: string, hidden: boolean): EditorView =>
  change(
    'the hiding',
    questions.map((one) => (one.id === question ? { ...one, hidden } : one)),
  );

export function undo(): EditorView {
  questions = before.pop()?.questions ?? questions;
  return editor(ID);
}

export const look = (path: string): ImportView => ({
  path,
  title: 'Bees',
  questions: path.includes('links') ? 0 : 3,
  with_answers: 2,
  sections: [
    {
      title: 'Hives',
      questions: [
        { line: 5, text: 'What is a hive?', answered: true, probes: 0 },
        { line: 9, text: 'Explain the comb', answered: true, probes: 1 },
        { line: 14, text: 'Why smoke?', answered: false, probes: 0 },
      ],
    },
  ],
  unlisted: 0,
  skipped: [{ place: 'line 1', why: 'table of contents: 3 entries that point elsewhere' }],
  refusal: path.includes('links')
    ? 'There are no questions in it: it is a list of 12 links to other pages.'
    : null,
  packs: [{ id: ID, title: 'Bees' }],
  known: null,
});

export const take = (title: string): ImportedView => ({
  pack: ID,
  title: title || 'Bees',
  added: 1,
  updated: 1,
  unchanged: 1,
  kept: [],
  gone: ['How do wasps dance?'],
});

export const pack = (): PackView => ({
  id: ID,
  title: 'Bees',
  about_html: '<p>Questions of my own.</p>',
  target: 'senior',
  licence: '',
  personal: true,
  hidden: questions.filter((one) => one.hidden).length,
  sections: [
    {
      id: 'hives',
      title: 'Hives',
      about_html: '',
      groups: [
        {
          id: 'hives-1',
          title: 'Hives',
          questions: questions
            .filter((one) => !one.hidden)
            .map(({ id, title }) => ({
              id,
              title,
              depth: 'core',
              kind: 'concept',
              minutes: 3,
              signals: [],
              takes: 0,
              last_level: null,
            })),
        },
      ],
    },
  ],
  mocks: [],
  rubric,
  rubric_about_html: '',
  checklist: [],
});
