import { browserCases } from './gateway-browser-cases.ts';
import { callerCases } from './gateway-caller-cases.ts';
import type { SuiteCase } from './gateway-case.ts';
import { headerCases } from './gateway-header-cases.ts';
import { limitCases } from './gateway-limit-cases.ts';
import { troubleCases } from './gateway-trouble-cases.ts';

/** What every gateway does alike, in an order in which no case disturbs the next. */
export const gatewaySuite: readonly SuiteCase[] = [
  ...callerCases,
  ...browserCases,
  ...headerCases,
  ...limitCases,
  ...troubleCases,
];
