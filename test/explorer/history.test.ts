import { describe, expect, it } from 'vitest';
import { begin, type History, step } from '../../packages/explorer/src/history.ts';

const beginning = (study: string): History => begin({ study, other: undefined, tiers: 0 });
const change = (history: History, study: string, at: number, key?: string): History =>
  step(history, { kind: 'change', to: { study }, at, ...(key !== undefined && { key }) });

describe('undo', () => {
  it('goes back and forth through changes', () => {
    const history = change(change(beginning('a'), 'b', 0), 'c', 1);
    const back = step(step(history, { kind: 'undo' }), { kind: 'undo' });
    expect(back.now.study).toBe('a');
    expect(step(back, { kind: 'undo' })).toBe(back);
    expect(step(step(back, { kind: 'redo' }), { kind: 'redo' }).now.study).toBe('c');
  });

  it('takes moves of one slider in one go together, and those of two apart', () => {
    let history = beginning('a');
    for (let i = 0; i < 50; i++) history = change(history, `x${i}`, 20 * i, 'inputs.input.cost');
    expect(step(history, { kind: 'undo' }).now.study).toBe('a');
    history = change(history, 'y', 1010, 'inputs.output.cost');
    expect(step(history, { kind: 'undo' }).now.study).toBe('x49');
    // A while later the same slider is another change.
    history = change(history, 'z', 9000, 'inputs.output.cost');
    expect(step(history, { kind: 'undo' }).now.study).toBe('y');
  });

  it('takes back what is compared, and tiers, as well as studies', () => {
    const compared = step(beginning('a'), { kind: 'change', to: { other: 'b' }, at: 0 });
    const opened = step(compared, { kind: 'change', to: { study: 'c', tiers: 3 }, at: 1 });
    expect(opened.now).toEqual({ study: 'c', other: 'b', tiers: 3 });
    const back = step(opened, { kind: 'undo' });
    expect(back.now).toEqual({ study: 'a', other: 'b', tiers: 0 });
    expect(step(back, { kind: 'undo' }).now.other).toBeUndefined();
    // What changes nothing is no step.
    expect(step(opened, { kind: 'change', to: { tiers: 3 }, at: 2 })).toBe(opened);
  });

  it('forgets what was undone once something else is changed', () => {
    const history = change(step(change(beginning('a'), 'b', 0), { kind: 'undo' }), 'c', 1);
    expect(history.future).toEqual([]);
    expect(step(history, { kind: 'redo' })).toBe(history);
  });
});
