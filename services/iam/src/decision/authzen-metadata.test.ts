import { expect, test } from 'vitest';
import { authzenMetadata } from './authzen-metadata.ts';
import { evaluateAccess, evaluateAccesses, searchActions, searchResources, searchSubjects } from './authzen.dto.ts';

test('names every endpoint where its operation is, whether the public URL ends in a slash or not', () => {
  for (const url of ['https://pdp.example.com', 'https://pdp.example.com/']) {
    const at = ({ path }: { path: string }) => `https://pdp.example.com/api/v1${path}`;
    expect(authzenMetadata(url)).toEqual({
      policy_decision_point: 'https://pdp.example.com',
      access_evaluation_endpoint: at(evaluateAccess),
      access_evaluations_endpoint: at(evaluateAccesses),
      search_subject_endpoint: at(searchSubjects),
      search_resource_endpoint: at(searchResources),
      search_action_endpoint: at(searchActions),
    });
  }
});
