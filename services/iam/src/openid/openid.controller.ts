import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { ConsentService } from './consent.service.ts';
import { DeviceService } from './device.service.ts';
import { InteractionService, type Participant } from './interaction.service.ts';
import * as operations from './openid.dto.ts';

@Controller('api/v1')
export class OpenidController {
  readonly #interactions: InteractionService;
  readonly #devices: DeviceService;
  readonly #consents: ConsentService;

  constructor(
    @Inject(InteractionService) interactions: InteractionService,
    @Inject(DeviceService) devices: DeviceService,
    @Inject(ConsentService) consents: ConsentService,
  ) {
    this.#interactions = interactions;
    this.#devices = devices;
    this.#consents = consents;
  }

  @Handles(operations.getConsentRequest)
  async getConsentRequest({
    params,
    browser,
  }: OperationInput<typeof operations.getConsentRequest>): Promise<
    OperationOutput<typeof operations.getConsentRequest>
  > {
    const request = await this.#interactions.getConsent(params.interactionId, browser.cookies);
    return { ...request, scopes: [...request.scopes] };
  }

  @Handles(operations.answerConsentRequest)
  async answerConsentRequest(
    input: OperationInput<typeof operations.answerConsentRequest>,
  ): Promise<OperationOutput<typeof operations.answerConsentRequest>> {
    const { interactionId } = input.params;
    const participant = participantOf(input);
    const location = input.body.agreed
      ? await this.#interactions.accept(interactionId, participant)
      : await this.#interactions.refuse(interactionId, participant);
    return { location };
  }

  @Handles(operations.findDevice)
  async findDevice(
    input: OperationInput<typeof operations.findDevice>,
  ): Promise<OperationOutput<typeof operations.findDevice>> {
    const device = await this.#devices.find(input.body.userCode, participantOf(input));
    return { ...device, scopes: [...device.scopes] };
  }

  @Handles(operations.answerDevice)
  async answerDevice(
    input: OperationInput<typeof operations.answerDevice>,
  ): Promise<OperationOutput<typeof operations.answerDevice>> {
    const { userCode, approved } = input.body;
    if (approved) await this.#devices.approve(userCode, participantOf(input));
    else await this.#devices.refuse(userCode, participantOf(input));
    return { approved };
  }

  @Handles(operations.listConsents)
  async listConsents({
    principal,
    query,
  }: OperationInput<typeof operations.listConsents>): Promise<OperationOutput<typeof operations.listConsents>> {
    const page = await this.#consents.listOwn(principal, query);
    return {
      ...page,
      data: page.data.map((consent) => ({
        client: { id: consent.clientId, name: consent.clientName },
        scopes: [...consent.scopes],
        grantedAt: consent.grantedAt.toISOString(),
      })),
    };
  }

  @Handles(operations.withdrawConsent)
  async withdrawConsent({ principal, params }: OperationInput<typeof operations.withdrawConsent>): Promise<undefined> {
    await this.#consents.withdrawOwn(principal, params.clientId);
  }
}

function participantOf(input: {
  readonly headers: Participant['headers'];
  readonly browser: { readonly cookies: string | undefined };
}): Participant {
  return { headers: input.headers, cookies: input.browser.cookies };
}
