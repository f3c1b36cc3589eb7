import type { KillBillPhase, KillBillPlan, KillBillUsage } from './kill-bill-plan.ts';

/** The catalogue that holds the plans, as XML. The same plans and date give the same bytes. */
export function renderCatalogue(plans: readonly KillBillPlan[], effectiveDate: Date): string {
  const sorted = plans.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();
  const units = distinct(
    sorted.flatMap(({ phases }) => phases.flatMap(({ usages }) => usages.map(({ unit }) => unit))),
  );
  const products = distinct(sorted.map(({ product }) => product));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<catalog xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="CatalogSchema.xsd">',
    element('effectiveDate', effectiveDate.toISOString()),
    element('catalogName', 'plinth'),
    element('recurringBillingMode', 'IN_ADVANCE'),
    ...inside(
      'currencies',
      distinct(sorted.map(({ currency }) => currency)).map((code) => element('currency', code)),
    ),
    ...(units.length === 0
      ? []
      : inside(
          'units',
          units.map((unit) => `<unit name="${escape(unit)}"/>`),
        )),
    ...inside(
      'products',
      products.flatMap((name) => named('product', name, [element('category', 'BASE')])),
    ),
    ...rules,
    ...inside('plans', sorted.flatMap(renderPlan)),
    '<priceLists>',
    ...named(
      'defaultPriceList',
      'DEFAULT',
      inside(
        'plans',
        sorted.map(({ name }) => element('plan', name)),
      ),
    ),
    '</priceLists>',
    '</catalog>',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Changes and cancellations take effect on the date that they are asked for; a plan's phases are counted from the
 * start of the subscription, and its periods from the billing cycle day of the account.
 */
const rules = [
  ...inside('rules', [
    ...oneCase('changePolicy', [element('policy', 'IMMEDIATE')]),
    ...oneCase('changeAlignment', [element('alignment', 'START_OF_SUBSCRIPTION')]),
    ...oneCase('cancelPolicy', [element('policy', 'IMMEDIATE')]),
    ...oneCase('createAlignment', [element('alignment', 'START_OF_SUBSCRIPTION')]),
    ...oneCase('billingAlignment', [element('alignment', 'ACCOUNT')]),
    ...oneCase('priceList', [element('toPriceList', 'DEFAULT')]),
  ]),
];

function renderPlan(plan: KillBillPlan): string[] {
  const phases = plan.phases.map((phase) => renderPhase(plan, phase));
  const initial = plan.phases
    .slice(0, -1)
    .flatMap(({ type }, index) => [`<phase type="${type}">`, ...phases[index]!, '</phase>']);
  return named('plan', plan.name, [
    element('product', plan.product),
    element('recurringBillingMode', plan.billingMode),
    ...(initial.length === 0 ? [] : inside('initialPhases', initial)),
    `<finalPhase type="${plan.phases.at(-1)!.type}">`,
    ...phases.at(-1)!,
    '</finalPhase>',
  ]);
}

function renderPhase({ currency, billingPeriod }: KillBillPlan, phase: KillBillPhase): string[] {
  const { duration, recurring, usages } = phase;
  const length =
    duration === null
      ? [element('unit', 'UNLIMITED')]
      : [element('unit', duration.unit), element('number', String(duration.number))];
  return [
    ...inside('duration', length),
    // A phase without any price is refused.
    ...(recurring === null ? inside('fixed', inside('fixedPrice', [])) : []),
    ...(recurring === null
      ? []
      : inside('recurring', [
          element('billingPeriod', billingPeriod),
          ...inside('recurringPrice', price(currency, recurring)),
        ])),
    ...(usages.length === 0
      ? []
      : inside(
          'usages',
          usages.flatMap((usage) => renderUsage(usage, currency, billingPeriod)),
        )),
  ];
}

function renderUsage({ name, unit, policy, tiers }: KillBillUsage, currency: string, billingPeriod: string): string[] {
  return [
    `<usage name="${escape(name)}" billingMode="IN_ARREAR" usageType="CONSUMABLE" tierBlockPolicy="${policy}">`,
    element('billingPeriod', billingPeriod),
    ...inside(
      'tiers',
      tiers.flatMap(({ size, amount, max }) =>
        inside(
          'tier',
          inside(
            'blocks',
            inside('tieredBlock', [
              element('unit', unit),
              element('size', size),
              ...inside('prices', price(currency, amount)),
              element('max', max),
            ]),
          ),
        ),
      ),
    ),
    '</usage>',
  ];
}

function price(currency: string, value: string): string[] {
  return inside('price', [element('currency', currency), element('value', value)]);
}

function oneCase(rule: string, content: readonly string[]): string[] {
  return inside(rule, inside(`${rule}Case`, content));
}

function inside(name: string, content: readonly string[]): string[] {
  return [`<${name}>`, ...content, `</${name}>`];
}

function named(tag: string, name: string, content: readonly string[]): string[] {
  return [`<${tag} name="${escape(name)}">`, ...content, `</${tag}>`];
}

function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
