import { expect, test } from 'vitest';
import { parse, to, type Route } from './routes';

test('what an address says is what is read from it', () => {
  const pairs: [string, Route][] = [
    [to.today(), { screen: 'today' }],
    [to.welcome(), { screen: 'welcome' }],
    [to.packs('go', 'rubric'), { screen: 'packs', pack: 'go', page: 'rubric' }],
    [to.question('go', 'a/b ü'), { screen: 'question', pack: 'go', question: 'a/b ü' }],
    [to.import(), { screen: 'import', into: null }],
    [to.import('mine'), { screen: 'import', into: 'mine' }],
    [to.editor('mine'), { screen: 'editor', pack: 'mine' }],
    [to.mock('go', 'phone'), { screen: 'mock', pack: 'go', mock: 'phone' }],
    [to.review('01', true), { screen: 'review', take: '01', blind: true, at: null }],
    [to.review('01'), { screen: 'review', take: '01', blind: false, at: null }],
    [to.review('01', false, 12.5), { screen: 'review', take: '01', blind: false, at: 12.5 }],
    [to.review('01', false, 0), { screen: 'review', take: '01', blind: false, at: 0 }],
    ['#/review/01?at=soon', { screen: 'review', take: '01', blind: false, at: null }],
    [to.compare('01', '02'), { screen: 'compare', one: '01', other: '02' }],
    ['#/compare/01', { screen: 'takes' }],
    [to.ready(), { screen: 'ready', start: null }],
    [
      to.ready({ kind: 'drill', pack: 'go', questions: ['a', 'b'] }),
      { screen: 'ready', start: { kind: 'drill', pack: 'go', questions: ['a', 'b'] } },
    ],
    [
      to.ready({ kind: 'mock', pack: 'go', mock: 'phone', variant: 'b' }),
      { screen: 'ready', start: { kind: 'mock', pack: 'go', mock: 'phone', variant: 'b' } },
    ],
    [to.library(), { screen: 'library' }],
    [to.drill(), { screen: 'drill', pack: null }],
    [to.drill('go'), { screen: 'drill', pack: 'go' }],
    [to.progress(), { screen: 'progress', pack: null, subject: null }],
    [
      to.progress('go', 'stage:phone/deep-dive'),
      { screen: 'progress', pack: 'go', subject: 'stage:phone/deep-dive' },
    ],
    [to.readiness('go'), { screen: 'readiness', pack: 'go' }],
    [to.scorecard('01'), { screen: 'scorecard', session: '01' }],
    [
      to.ready({ kind: 'rerun', pack: 'go', of: 'phone/deep-dive' }),
      { screen: 'ready', start: { kind: 'rerun', pack: 'go', of: 'phone/deep-dive' } },
    ],
    [
      to.ready({ kind: 'resume', session: 's' }),
      { screen: 'ready', start: { kind: 'resume', session: 's' } },
    ],
  ];
  for (const [address, route] of pairs) expect(parse(address), address).toEqual(route);
});

test('an address that makes no sense leads to Today', () => {
  for (const address of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A']) {
    expect(parse(address), address).toEqual({ screen: 'today' });
  }
});
