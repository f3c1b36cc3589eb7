import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { listNoticesExamples, setNoticeSettingsExamples } from './notice-examples.ts';
import { noticeKinds, type Notice, type NoticeSettings } from './notice.ts';

const kindSchema = z.enum(noticeKinds);

const settingsSchema = z.object({
  id: idSchema,
  legalEntityId: idSchema.nullable(),
  kinds: z.array(kindSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const noticeSchema = z.object({
  id: idSchema,
  kind: kindSchema,
  accountId: idSchema,
  invoiceId: idSchema.nullable(),
  status: z
    .enum(['pending', 'sending', 'sent', 'skipped', 'refused', 'unknown'])
    .describe('unknown: nobody knows whether it went out, and it is not sent again'),
  reason: z.string().nullable().describe('why it was not sent'),
  recipient: z.string().nullable(),
  language: z.string().nullable(),
  subject: z.string().nullable(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable().describe('when the mail server took it'),
});

export const listNotices = defineOperation({
  id: 'listNotices',
  method: 'GET',
  path: '/payments/notices',
  summary: 'List mails to customers about invoices and payments, newest first',
  permission: 'payment:read',
  query: pageQuerySchema.extend({ accountId: idSchema.optional(), invoiceId: idSchema.optional() }),
  response: pageSchema(noticeSchema),
  examples: listNoticesExamples,
});

export const listNoticeSettings = defineOperation({
  id: 'listNoticeSettings',
  method: 'GET',
  path: '/payments/notice-settings',
  summary: 'List what customers are mailed about',
  permission: 'payment:read',
  response: z.object({
    data: z.array(settingsSchema),
    defaultKinds: z.array(kindSchema).describe('what holds where nothing is set'),
    enabled: z.boolean().describe('whether this platform has a mail server; without one nobody is mailed'),
  }),
});

export const setNoticeSettings = defineOperation({
  id: 'setNoticeSettings',
  method: 'PUT',
  path: '/payments/notice-settings/:legalEntityId',
  summary: 'Set what customers of a legal entity, or of all others, are mailed about',
  permission: 'payment:write',
  params: z.strictObject({
    legalEntityId: z
      .union([idSchema, z.literal('default')])
      .describe('default: of every one without settings of its own'),
  }),
  body: z.strictObject({
    kinds: z
      .array(kindSchema)
      .max(noticeKinds.length)
      .refine((kinds) => new Set(kinds).size === kinds.length, 'names a kind twice')
      .describe('the kinds of mail that are sent; none: no mail'),
  }),
  response: settingsSchema,
  etag: 'required',
  sensitive: true,
  errors: ['request.version_mismatch'],
  examples: setNoticeSettingsExamples,
});

export function toNoticeResponse(notice: Notice): z.output<typeof noticeSchema> {
  const { eventId: _event, facts: _facts, attempts: _attempts, nextAttemptAt: _next, ...shown } = notice;
  return { ...shown, createdAt: notice.createdAt.toISOString(), sentAt: notice.sentAt?.toISOString() ?? null };
}

export function toSettingsResponse(settings: NoticeSettings): z.output<typeof settingsSchema> {
  return {
    ...settings,
    kinds: [...settings.kinds],
    createdAt: settings.createdAt.toISOString(),
    updatedAt: settings.updatedAt.toISOString(),
  };
}
