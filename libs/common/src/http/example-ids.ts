/** Ids that stand in the examples of operations, the same thing under the same id in every service. */
export const exampleIds = Object.freeze({
  tenant: exampleId(1),
  account: exampleId(10),
  secondAccount: exampleId(11),
  product: exampleId(20),
  feature: exampleId(21),
  planFamily: exampleId(22),
  plan: exampleId(23),
  addOn: exampleId(24),
  coupon: exampleId(25),
  feePrice: exampleId(26),
  usagePrice: exampleId(27),
  meter: exampleId(30),
  quota: exampleId(31),
  rejectedEvent: exampleId(32),
  subscription: exampleId(40),
  subscribedAddOn: exampleId(41),
  phase: exampleId(42),
  importedSubscription: exampleId(43),
  invoice: exampleId(50),
  draft: exampleId(51),
  taxRate: exampleId(52),
  creditNote: exampleId(53),
  charge: exampleId(54),
  payment: exampleId(60),
  refund: exampleId(61),
  bankTransfer: exampleId(62),
});

function exampleId(number: number): string {
  return `01939f7a-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
