import { expect, test } from 'vitest';
import type { QuestionRow } from '../ipc';
import { everything, narrow, questionsOf, type SectionList } from './filter';

const row = (id: string, more: Partial<QuestionRow> = {}): QuestionRow => ({
  id,
  title: id.replaceAll('-', ' '),
  depth: 'core',
  kind: 'concept',
  minutes: 3,
  signals: [],
  takes: 0,
  last_level: null,
  ...more,
});

const sections: SectionList = [
  {
    id: 'go',
    title: 'Go runtime',
    about_html: '',
    groups: [
      {
        id: 'sched',
        title: 'Scheduler',
        questions: [row('gmp-model', { takes: 2 }), row('preemption')],
      },
      { id: 'chan', title: 'Channels', questions: [row('nil-channels', { depth: 'senior' })] },
    ],
  },
  {
    id: 'pg',
    title: 'PostgreSQL',
    about_html: '',
    groups: [{ id: 'plans', title: 'Plans', questions: [row('reading-explain')] }],
  },
];

const ids = (filter: Partial<typeof everything>) =>
  questionsOf(narrow(sections, { ...everything, ...filter })).map((question) => question.id);

test('words look in titles and in the headings above them', () => {
  expect(ids({ text: 'scheduler' })).toEqual(['gmp-model', 'preemption']);
  expect(ids({ text: 'GO nil' })).toEqual(['nil-channels']);
  expect(ids({ text: 'nothing' })).toEqual([]);
});

test('filters add up, and headings with nothing below them go', () => {
  expect(ids({ section: 'go', neverTried: true })).toEqual(['preemption', 'nil-channels']);
  expect(ids({ depth: 'senior' })).toEqual(['nil-channels']);
  expect(narrow(sections, { ...everything, depth: 'senior' }).map((section) => section.id)).toEqual(
    ['go'],
  );
  expect(ids({})).toHaveLength(4);
});
