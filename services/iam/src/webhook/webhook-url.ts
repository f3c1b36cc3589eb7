import { BlockList, isIP } from 'node:net';
import { assertFetchable, OutboundUrlRefusedError } from '@plinth/common';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether the URL leads to this machine itself, by name or by address. The URL parser has brought 0x7f.1, 2130706433
 * and the like into the usual form.
 */
export function isLoopbackUrl(url: string): boolean {
  const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const family = isIP(host);
  if (family === 0) return host === 'localhost';
  return !/^::ffff:/i.test(host) && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** What is wrong with the address of a webhook, before its name is looked up; undefined: nothing. */
export function findUrlFault(url: string, allowLoopback: boolean): string | undefined {
  try {
    const { hash } = assertFetchable(url, allowLoopback && isLoopbackUrl(url));
    return hash === '' ? undefined : 'must not hold a fragment';
  } catch (error) {
    if (error instanceof OutboundUrlRefusedError) return `is refused: ${String(error.details?.['reason'])}`;
    throw error;
  }
}
