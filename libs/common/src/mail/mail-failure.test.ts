import { expect, test } from 'vitest';
import { ServiceUnavailableError } from '../errors/common.errors.ts';
import { classifyMailFailure } from './mail-failure.ts';

test.each([
  ['a server that is away', { code: 'ESOCKET', syscall: 'connect', command: 'CONN' }, 'passing'],
  ['a name without an address', { code: 'EDNS' }, 'passing'],
  ['a password that is wrong', { code: 'EAUTH', responseCode: 535 }, 'passing'],
  ['a server that is busy', { code: 'EENVELOPE', responseCode: 451 }, 'passing'],
  ['a process without a mail server', new ServiceUnavailableError('the mail server'), 'passing'],
  ['a mailbox that does not exist', { code: 'EENVELOPE', responseCode: 550 }, 'refused'],
  ['an address that is none', { code: 'EENVELOPE' }, 'refused'],
  ['a mail that the server does not take', { code: 'EMESSAGE', responseCode: 554 }, 'refused'],
  ['a connection that ended', { code: 'ECONNECTION', command: 'CONN' }, 'unknown'],
  ['an answer that did not come in time', { code: 'ETIMEDOUT', command: 'CONN' }, 'unknown'],
  ['anything else', new Error('?'), 'unknown'],
  ['nothing', undefined, 'unknown'],
])('knows what %s says about the mail', (_name, error, failure) => {
  expect(classifyMailFailure(error)).toBe(failure);
});
