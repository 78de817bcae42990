import type { ApprovalPolicy } from '@muster/domain/change';
import { personId, serviceId, teamId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { draftFault, draftOf, emptyDraft, policyOf } from './policy-draft.ts';

const POLICY: ApprovalPolicy = {
  id: 'board',
  version: 3,
  name: 'Board',
  stage: 'board',
  when: { models: ['normal'], risk: 'medium', services: [serviceId('mail')] },
  rule: { kind: 'weighted', weight: 5 },
  approvers: [
    { kind: 'lead', weight: 2 },
    { kind: 'person', person: personId('ana'), weight: 3 },
    { kind: 'team', team: teamId('net'), weight: 1 },
  ],
  delegates: [personId('bo')],
  withinMs: 24 * 3_600_000,
  ownMayVote: false,
};

describe('the form of a policy', () => {
  it('gives back what it was opened with, also what it does not show', () => {
    const { id: _id, version: _version, ...content } = POLICY;
    expect(policyOf(draftOf(POLICY), POLICY)).toEqual(content);
  });

  it('takes a condition away that is chosen no more, and gives somebody new a weight of one', () => {
    const draft = { ...draftOf(POLICY), models: [], people: ['ana', 'kim'], hours: '' };
    const policy = policyOf(draft, POLICY);
    expect(policy.when).toEqual({ risk: 'medium', services: ['mail'] });
    expect(policy.approvers).toContainEqual({ kind: 'person', person: 'kim', weight: 1 });
    expect(policy.withinMs).toBeNull();
  });

  it('says what is missing', () => {
    const named = { ...emptyDraft('new'), name: 'New' };
    expect(draftFault(emptyDraft('new'))).toContain('name');
    expect(draftFault(named)).toContain('who is asked');
    expect(draftFault({ ...named, lead: true, rule: 'quorum', needed: 'x' })).toContain('number');
    expect(draftFault({ ...named, lead: true, hours: '1.5' })).toContain('hours');
    expect(draftFault({ ...named, lead: true })).toBeNull();
  });
});
