import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, exampleIds } from '@plinth/common';
import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller, type ApiAnswer } from './api-caller.ts';
import {
  ExampleIds,
  listBare,
  listDifferences,
  listExamples,
  sendExample,
  type DocumentedExample,
  type ExampleDocument,
} from './openapi-examples.ts';

/** The examples in the order in which a newcomer might call them: each finds what those before it made. */
const scenario = [
  'replaceLegalEntity#default',
  'createLegalEntity#austria',
  'createTaxRate#germany',
  'replaceTaxRate#german',
  'createMeter#sum',
  'createMeter#amounts',
  'createMeter#count',
  'createMeter#uniqueCount',
  'createMeter#percentile',
  'updateMeter#unit',
  'createProduct#assistant',
  'updateProduct#describe',
  'createFeature#boolean',
  'createFeature#limit',
  'createFeature#metered',
  'updateFeature#rename',
  'createPlanFamily#assistants',
  'updatePlanFamily#downgradeNow',
  'createPlan#graduated',
  'createPlan#perUnit',
  'createPlan#volume',
  'createPlan#package',
  'createPlan#percentage',
  'createPlan#graduatedPercentage',
  'createPlan#matrix',
  'createPlan#bulkCommitment',
  'createPlan#addOn',
  'previewPlanVersion#newTier',
  'publishPlanVersion#newTier',
  'comparePlanVersions#newTier',
  'updatePlan#rename',
  'createCoupon#percent',
  'createCoupon#amount',
  'updateCoupon#rename',
  'importCatalogue#dryRun',
  'createAccount#company',
  'createAccounts#import',
  'updateAccount#german',
  'createQuota#month',
  'updateQuota#raise',
  'ingestUsage#batch',
  'ingestUsage#repeated',
  'ingestUsage#single',
  'ingestUsage#rejected',
  'listRejectedUsage#newest',
  'resendRejectedUsage#corrected',
  'ingestUsage#unmatched',
  'correctUnmatchedUsage#subject',
  'replaceUsageEvent#tokens',
  'retractUsageEvent#retract',
  'getUsage#month',
  'getUsage#byModel',
  'listUsageEvents#oldest',
  'listQuotaStates#now',
  'previewSubscription#backDated',
  'createSubscription#backDated',
  'redeemSubscriptionCoupon#welcome',
  'runInvoices#january',
  'listInvoices#unpaid',
  'getInvoice#january',
  'getInvoicePdf#pdf',
  'getInvoiceUbl#en16931',
  'issueCreditNote#line',
  'payInvoice#received',
  'createRefund#part',
  'importBankStatement#csv',
  'listBankTransfers#unmatched',
  'applyBankTransfer#invoice',
  'writeOffInvoice#rest',
  'setDunningPolicy#two',
  'previewSubscriptionChange#newVersion',
  'changeSubscription#newVersion',
  'addAddOn#support',
  'changeAddOn#quantity',
  'removeAddOn#remove',
  'pauseSubscription#pause',
  'resumeSubscription#resume',
  'changeCommitment#year',
  'createSubscriptions#import',
  'previewVersionMigration#newest',
  'migrateVersions#newest',
  'redeemAccountCoupon#launch',
  'createCharge#training',
  'runInvoices#drafts',
  'listInvoices#drafts',
  'addDraftLine#setUp',
  'changeDraftLine#amount',
  'voidInvoice#draft',
  'cancelSubscription#onDate',
];

/** Where an answer has an id that later examples name, where the example shows no answer of its own. */
const idsOf: Readonly<Record<string, (body: ApiAnswer['body']) => [example: string, real: string]>> = {
  'createPlan#addOn': ({ id }) => [exampleIds.addOn, id],
  'addAddOn#support': ({ addOns }) => [exampleIds.subscribedAddOn, addOns[0].id],
  'listInvoices#unpaid': ({ data }) => [exampleIds.invoice, data[0].id],
  'listInvoices#drafts': ({ data }) => [exampleIds.draft, data[0].id],
  'listRejectedUsage#newest': ({ data }) => [exampleIds.rejectedEvent, data[0].id],
  'listBankTransfers#unmatched': ({ data }) => [exampleIds.bankTransfer, data[0].id],
  'payInvoice#received': ({ payment }) => [exampleIds.payment, payment.id],
};

const gateway = 'needs an account at a payment gateway';
const prometheus = 'needs a Prometheus, and is for the operator';
const disputes = 'docs/guides/disputes.md runs it';
const killBill = 'needs a Kill Bill: docs/guides/kill-bill.md';
const credits = 'docs/guides/prepaid-credits.md runs it';

/** Operations with a body and without an example, and why. */
const withoutExample: Readonly<Record<string, string>> = {
  actOnDispute: disputes,
  addDisputeNote: disputes,
  advanceTestClock: 'takes an instant after today: docs/guides/charge-by-usage.md runs it',
  applyCredit: credits,
  applyPayment: 'needs a payment that settles nothing',
  approveRequest: disputes,
  attachPaymentMethod: gateway,
  closeDispute: disputes,
  configureCreditWallet: credits,
  connectKillBill: killBill,
  createBackfillSource: prometheus,
  createGatewayAccount: gateway,
  fillBackfillDay: prometheus,
  grantCredit: credits,
  openDispute: disputes,
  openMeterIngestEvents: 'its form is that of the clients of OpenMeter, which openmeter.conformance.test.ts runs',
  receiveGatewayEvent: gateway,
  rejectRequest: disputes,
  runKillBillMirror: killBill,
  setApprovalRule: disputes,
  setBillingThreshold: 'needs a subscription that runs',
  startPaymentMethodSetup: gateway,
  updateDispute: disputes,
  updateGatewayAccount: gateway,
  voidCreditGrant: credits,
};

let directory: string;
let platform: Platform;
let owner: ApiCaller;
let document: ExampleDocument;
let examples: Map<string, DocumentedExample>;
const ids = new ExampleIds();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: { PLINTH_JOBS: 'false' },
    log: createLogger({ level: 'silent' }),
  });
  document = (await (await fetch(`${platform.url}/openapi.json`)).json()) as ExampleDocument;
  examples = listExamples(document);
  owner = await ApiCaller.signUp(platform.url, 'ada@example.com');
  const { tenantId } = await owner.expect('POST', '/organizations', { name: 'Acme' });
  ids.set(exampleIds.tenant, tenantId);
  await eventually(async () => ((await owner.send('GET', '/products')).status === 200 ? true : undefined));
}, 120_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

test('every example of the OpenAPI document runs as written, and is answered as it says', async () => {
  const faults: string[] = [];
  for (const name of scenario) {
    const example = examples.get(name);
    if (example === undefined) throw new Error(`the document has no example ${name}`);
    const answer = await sendExample(example, owner, ids);
    if (answer.status !== example.status)
      throw new Error(
        `${name} is answered with ${answer.status}: ${JSON.stringify(answer.body)}\n${faults.join('\n')}`,
      );
    if (example.response !== undefined)
      faults.push(...listDifferences(example.response, answer.body, ids).map((difference) => `${name} ${difference}`));
    const bound = idsOf[name]?.(answer.body);
    if (bound !== undefined) ids.set(...bound);
  }
  expect(faults).toEqual([]);
}, 240_000);

test('no example is left out of the scenario', () => {
  expect([...examples.keys()].filter((name) => !scenario.includes(name))).toEqual([]);
});

test('every operation of billing that takes a body has an example of it', () => {
  expect(listBare(document, ['metering', 'product', 'subscription'])).toEqual(Object.keys(withoutExample).toSorted());
});
