import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { FarIncidents, farIncidents } from './far-incidents.svelte.ts';

const ids = (count: number): readonly RecordId[] =>
  Array.from({ length: count }, (_, at) => recordId(`R${at}`));

function server(hidden: readonly string[] = []) {
  const asked: string[][] = [];
  const state = { fails: false };
  const request = (path: string) => {
    const wanted = new URL(path, 'http://desk.test').searchParams.get('ids')?.split(',') ?? [];
    asked.push(wanted);
    if (state.fails) return Promise.reject(new Error('no network'));
    const told = wanted.filter((id) => !hidden.includes(id));
    return Promise.resolve({
      records: told.map((id) => ({ id, number: `INC-${id}`, title: `About ${id}`, state: 'closed' })),
    });
  };
  return { asked, state, request };
}

describe('incidents that are not on this device', () => {
  it('are asked for together, once each, and none that may not be read is named', async () => {
    const desk = server(['R1']);
    const far = new FarIncidents(desk);
    await far.ask(ids(3));
    await far.ask(ids(3));
    expect(desk.asked).toEqual([['R0', 'R1', 'R2']]);
    expect(far.get(recordId('R0'))).toEqual({
      ...{ id: 'R0', number: 'INC-R0', title: 'About R0', state: 'closed' },
    });
    expect([far.get(recordId('R1')), far.isAsking(recordId('R1')), far.problem]).toEqual([
      ...[undefined, false, null],
    ]);
  });

  it('are asked for in parts that an address has room for', async () => {
    const desk = server();
    await new FarIncidents(desk).ask(ids(320));
    expect(desk.asked.map(({ length }) => length)).toEqual([150, 150, 20]);
  });

  it('are asked for again where the server was not reached', async () => {
    const desk = server();
    const far = new FarIncidents(desk);
    desk.state.fails = true;
    await far.ask(ids(1));
    expect(far.problem).not.toBeNull();
    desk.state.fails = false;
    await far.ask(ids(1));
    expect([far.get(recordId('R0'))?.number, far.problem]).toEqual(['INC-R0', null]);
  });

  it('are kept for one visit alone', () => {
    const [visit, next] = [{}, {}];
    expect(farIncidents(visit, server())).toBe(farIncidents(visit, server()));
    expect(farIncidents(next, server())).not.toBe(farIncidents(visit, server()));
  });
});
