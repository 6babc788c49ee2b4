import { expect, test } from 'vitest';
import type { Interview } from '../ipc';
import { announcement, plainText, type Heard } from './announce';

const clock = {
  left_ms: 180_000,
  budget_ms: 180_000,
  stage_left_ms: 180_000,
  stage_budget_ms: 180_000,
};
const heard = (more: Partial<Interview>, lastMinute = false): Heard => ({
  view: { phase: 'asked', probes: [], clock, ended: null, asked: null, ...more } as Interview,
  lastMinute,
});

test('recording is said only when samples arrive', () => {
  const asked = heard({});
  const opening = heard({ phase: 'opening' });
  const answering = heard({ phase: 'answering' });
  expect(announcement(asked, opening)).toBeNull();
  expect(announcement(opening, answering)).toBe('Recording. 3 minutes.');
  expect(announcement(answering, answering)).toBeNull();
});

test('probes, the last minute and the end are said once', () => {
  const answering = heard({ phase: 'answering' });
  const probed = heard({ phase: 'answering', probes: ['Why <em>that</em> &amp; not this?'] });
  expect(announcement(answering, probed)).toBe('Probe: Why that & not this?');
  expect(announcement(probed, probed)).toBeNull();
  const last = heard({ phase: 'answering' }, true);
  expect(announcement(answering, last)).toBe('One minute left.');
  expect(announcement(last, last)).toBeNull();
  const up = heard({ phase: 'between', ended: 'time_up' });
  expect(announcement(last, up)).toBe('The time was up. The answer is kept as far as you got.');
});

test('tags go, text stays', () => {
  expect(plainText('<p>a &lt;b&gt;</p><p>c</p>')).toBe('a <b> c');
});
