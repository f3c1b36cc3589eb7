import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { receiveGatewayEventExamples } from './gateway-event-examples.ts';

export const receiveGatewayEvent = defineOperation({
  id: 'receiveGatewayEvent',
  method: 'POST',
  path: '/payments/webhooks/:gatewayAccountId',
  summary: 'Take what a payment gateway tells',
  description: 'For the gateway alone: its signature is checked. An event that was taken before is answered the same.',
  permission: 'public',
  tenant: false,
  rawBody: true,
  params: z.strictObject({ gatewayAccountId: idSchema }),
  body: z.unknown(),
  response: z.object({ received: z.literal(true), duplicate: z.boolean() }),
  errors: ['payment_webhook.signature_invalid', 'payment_webhook.too_early', 'payment_gateway.secret_missing'],
  examples: receiveGatewayEventExamples,
});
