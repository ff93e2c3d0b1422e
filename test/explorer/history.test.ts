import { describe, expect, it } from 'vitest';
import { begin, type History, step } from '../../packages/explorer/src/history.ts';

const change = (history: History, text: string, at: number, key?: string): History =>
  step(history, { kind: 'change', text, at, ...(key !== undefined && { key }) });

describe('undo', () => {
  it('goes back and forth through changes', () => {
    const history = change(change(begin('a'), 'b', 0), 'c', 1);
    const back = step(step(history, { kind: 'undo' }), { kind: 'undo' });
    expect(back.text).toBe('a');
    expect(step(back, { kind: 'undo' })).toBe(back);
    expect(step(step(back, { kind: 'redo' }), { kind: 'redo' }).text).toBe('c');
  });

  it('takes moves of one slider in one go together, and those of two apart', () => {
    let history = begin('a');
    for (let i = 0; i < 50; i++) history = change(history, `x${i}`, 20 * i, 'inputs.input.cost');
    expect(step(history, { kind: 'undo' }).text).toBe('a');
    history = change(history, 'y', 1010, 'inputs.output.cost');
    expect(step(history, { kind: 'undo' }).text).toBe('x49');
    // A while later the same slider is another change.
    history = change(history, 'z', 9000, 'inputs.output.cost');
    expect(step(history, { kind: 'undo' }).text).toBe('y');
  });

  it('forgets what was undone once something else is changed', () => {
    const history = change(step(change(begin('a'), 'b', 0), { kind: 'undo' }), 'c', 1);
    expect(history.future).toEqual([]);
    expect(step(history, { kind: 'redo' })).toBe(history);
  });
});
