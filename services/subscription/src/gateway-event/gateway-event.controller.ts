import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { receiveGatewayEvent } from './gateway-event.dto.ts';
import { GatewayEventService } from './gateway-event.service.ts';

@Controller('api/v1')
export class GatewayEventController {
  readonly #events: GatewayEventService;
  constructor(@Inject(GatewayEventService) events: GatewayEventService) {
    this.#events = events;
  }

  @Handles(receiveGatewayEvent)
  async receive({
    params,
    headers,
    rawBody,
  }: OperationInput<typeof receiveGatewayEvent>): Promise<OperationOutput<typeof receiveGatewayEvent>> {
    const taken = await this.#events.receive(params.gatewayAccountId, { body: rawBody, headers });
    return { received: true, duplicate: taken === 'known' };
  }
}
