import { expect, it } from 'vitest';
import { drawWebhookSecret, isSignedWebhook, signWebhook } from './webhook-signature.ts';

// The example of the specification.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
const now = new Date(1_614_265_330_000);

it('signs the example of the specification as it does', () => {
  expect(signWebhook(message, [secret], now)).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('takes a message for five minutes, by either secret of an overlap, and nothing that was changed', () => {
  const other = drawWebhookSecret();
  const headers = signWebhook(message, [secret, other], now);
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const isSigned = (changes: object, by = secret, at = now, body = message.body) =>
    isSignedWebhook(body, { ...headers, ...changes }, by, at);
  expect([isSigned({}), isSigned({}, other), isSigned({}, secret, later(299))]).toEqual([true, true, true]);
  expect([
    isSigned({}, drawWebhookSecret()),
    isSigned({}, secret, later(301)),
    isSigned({}, secret, later(-301)),
    isSigned({}, secret, now, '{"test": 1}'),
    isSigned({ 'webhook-id': 'msg_other' }),
    isSigned({ 'webhook-id': undefined }),
    isSigned({ 'webhook-timestamp': '1614265331' }),
    isSigned({ 'webhook-timestamp': '1614265330.0' }),
    isSigned({ 'webhook-signature': undefined }),
    isSigned({ 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }),
    isSigned({ 'webhook-signature': 'v1,' }),
  ]).toEqual(Array.from({ length: 11 }, () => false));
});
