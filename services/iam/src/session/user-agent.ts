const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Browser and operating system, as far as a User-Agent header tells them. */
export function parseUserAgent(userAgent: string | null): {
  readonly browser: string | undefined;
  readonly system: string | undefined;
} {
  const find = (table: typeof browsers) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return { browser: find(browsers), system: find(systems) };
}

/** A name for a browser that somebody recognizes their device by, such as "Firefox on Linux". */
export function describeUserAgent(userAgent: string | null): string {
  const { browser, system } = parseUserAgent(userAgent);
  if (browser === undefined && system === undefined) return 'Unknown device';
  if (browser === undefined || system === undefined) return browser ?? system!;
  return `${browser} on ${system}`;
}
