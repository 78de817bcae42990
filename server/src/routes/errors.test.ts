import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { openLog } from '../log.ts';
import { BoundaryError } from '../store/boundary-error.ts';
import { answerErrors } from './errors.ts';

function answerTo(error: Error): Promise<Response> | Response {
  const app = new Hono();
  app.onError(answerErrors(openLog('fatal')));
  app.get('/api/thing', () => {
    throw error;
  });
  return app.request('/api/thing');
}

describe('what the store refuses', () => {
  it('is said as what it is, also when a library has wrapped it', async () => {
    const cause = new BoundaryError('store/disk-full');
    for (const error of [cause, new Error('FAILED_TO_UPDATE_SESSION', { cause })]) {
      const answer = await answerTo(error);
      expect(answer.status).toBe(507);
      expect(await answer.json()).toMatchObject({ code: 'disk-full', detail: cause.message });
    }
  });

  it('is told from what is a fault of the server, whose words stay in the log', async () => {
    const circle = new Error('secret of the house');
    circle.cause = circle;
    const answer = await answerTo(circle);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
  });
});
