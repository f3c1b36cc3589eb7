import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './notice.dto.ts';
import { toNoticeResponse, toSettingsResponse } from './notice.dto.ts';
import { NoticeDeliveryService } from './notice-delivery.service.ts';
import { NoticeSettingsService } from './notice-settings.service.ts';
import { defaultKinds } from './notice.ts';

@Controller('api/v1')
export class NoticeController {
  readonly #delivery: NoticeDeliveryService;
  readonly #settings: NoticeSettingsService;
  constructor(
    @Inject(NoticeDeliveryService) delivery: NoticeDeliveryService,
    @Inject(NoticeSettingsService) settings: NoticeSettingsService,
  ) {
    this.#delivery = delivery;
    this.#settings = settings;
  }

  @Handles(operations.listNotices)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listNotices>): Promise<OperationOutput<typeof operations.listNotices>> {
    const page = await this.#delivery.list(tenantId, query);
    return { ...page, data: page.data.map(toNoticeResponse) };
  }

  @Handles(operations.listNoticeSettings)
  async listSettings({
    tenantId,
  }: OperationInput<typeof operations.listNoticeSettings>): Promise<
    OperationOutput<typeof operations.listNoticeSettings>
  > {
    const data = (await this.#settings.list(tenantId)).map(toSettingsResponse);
    return { data, defaultKinds: [...defaultKinds], enabled: this.#delivery.delivers };
  }

  @Handles(operations.setNoticeSettings)
  async setSettings({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.setNoticeSettings>): Promise<
    OperationOutput<typeof operations.setNoticeSettings>
  > {
    const legalEntityId = params.legalEntityId === 'default' ? null : params.legalEntityId;
    return toSettingsResponse(await this.#settings.set(tenantId, legalEntityId, body.kinds, ifMatch));
  }
}
