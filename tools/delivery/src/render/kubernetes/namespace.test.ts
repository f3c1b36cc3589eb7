import { expect, it } from 'vitest';
import { buildPlatform, buildWorkload } from './kubernetes.builders.ts';
import { podSecurityLevel } from './namespace.ts';

function levelWith(hardening: Partial<ReturnType<typeof buildWorkload>['hardening']>): string {
  const workload = buildWorkload();
  return podSecurityLevel(
    buildPlatform({ workloads: [{ ...workload, hardening: { ...workload.hardening, ...hardening } }] }),
  );
}

it('enforces the strictest level that all pods meet', () => {
  expect(levelWith({})).toBe('restricted');
  expect(levelWith({ capabilities: ['NET_BIND_SERVICE'] })).toBe('restricted');
  expect(levelWith({ user: undefined })).toBe('baseline');
  expect(levelWith({ capabilities: ['CHOWN'] })).toBe('baseline');
  expect(levelWith({ capabilities: ['NET_ADMIN'] })).toBe('privileged');
});
