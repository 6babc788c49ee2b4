import { expect, test } from 'vitest';
import { scaleStep } from './scale';

test('the size of everything goes step by step, also from a size between the steps', () => {
  expect([scaleStep(100, 1), scaleStep(100, -1), scaleStep(133, 1), scaleStep(133, -1)]).toEqual([
    110, 90, 150, 125,
  ]);
  expect([scaleStep(200, 1), scaleStep(75, -1)]).toEqual([200, 75]);
});
