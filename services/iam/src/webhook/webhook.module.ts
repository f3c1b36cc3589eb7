import type { IamCore, IamModule } from '../core.ts';
import { DeliveryService } from './delivery.service.ts';
import { QueueWebhooks } from './queue-webhooks.consumer.ts';
import { useCaseOf, webhookEventTypes } from './webhook.ts';
import { WebhookController } from './webhook.controller.ts';
import { WebhookService } from './webhook.service.ts';

export function createWebhookModule({ database, clock, log, config }: IamCore): IamModule {
  const allowLoopback = config.webhookLoopback;
  const deliveries = new DeliveryService({ database, clock, log, secret: config.secret, allowLoopback });
  const webhooks = new WebhookService({ database, clock, deliveries, allowLoopback });
  const queue = new QueueWebhooks(clock, deliveries);
  return {
    controllers: [WebhookController],
    providers: [{ provide: WebhookService, useValue: webhooks }],
    useCases: Object.fromEntries(webhookEventTypes.map((type) => [useCaseOf(type), queue])),
    jobs: [
      { name: 'iam.send-webhooks', schedule: '* * * * *', run: () => deliveries.flush() },
      { name: 'iam.clean-up-webhooks', schedule: '17 3 * * *', run: () => deliveries.removeOld() },
    ],
    stop: () => deliveries.stop(),
  };
}
