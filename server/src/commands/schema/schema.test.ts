import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TICKET_ARGS, parseAct } from './index.ts';

describe('command arguments', () => {
  it('become an act with its verb', () => {
    expect(parseAct('assign', { team: null, owner: 'p' })).toEqual({
      ok: true,
      value: { verb: 'assign', team: null, owner: 'p' },
    });
  });

  it('name the place of what is missing, wrong or not known', () => {
    const cases = [
      [parseAct('assign', { team: null }), 'owner'],
      [parseAct('edit', { fields: { impact: 4 } }), 'fields.impact'],
      [parseAct('edit', { fields: { state: 'closed' } }), 'fields'],
      [parseAct('create', { tags: ['a', 1] }), 'kind'],
      [parseAct('merge', { into: 'not-a-ulid' }), 'into'],
      [parseAct('claim', { __proto__: null, verb: 'merge' }), ''],
      [parseAct('snooze', 'tomorrow'), ''],
      [parseAct('snooze', { until: 9e15 }), 'until'],
    ] as const;
    for (const [result, path] of cases) {
      expect(result).toMatchObject({
        ok: false,
        refusal: { path, problem: expect.stringMatching(/./) as string },
      });
    }
  });

  it('hold text that every copy can hold: no half of a surrogate pair', () => {
    const halves = parseAct('comment', { text: 'a\ud83d b', draft: '\udc00' });
    expect(halves).toEqual({ ok: true, value: { verb: 'comment', text: 'a\ufffd b', draft: '\ufffd' } });
    expect(parseAct('comment', { text: '\u{1f600}' })).toMatchObject({ value: { text: '\u{1f600}' } });
  });

  it('can all be described as JSON Schema', () => {
    for (const schema of Object.values(TICKET_ARGS)) {
      expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });
});
