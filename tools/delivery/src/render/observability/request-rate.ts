import type { WatchedPlatform } from './watched-platform.ts';

type Requests = Pick<WatchedPlatform, 'services' | 'gateway'>;

/**
 * Requests a second to the platform's services as callers see them, as a vector to aggregate: services count what they
 * answered, and the gateway what it refused when the edge asked it, which no service ever saw. `more` narrows both:
 * `,status_code=~"5.."`.
 */
export function requestRate({ services, gateway }: Requests, window: string, more = ''): string {
  const own = matchServices(services);
  const answered = `rate(http_requests_total{${own}${more}}[${window}])`;
  if (gateway === undefined) return answered;
  const refused = `job="${gateway}",route="/edge/verify",service=~"${services.join('|')}",status_code!="204"`;
  return `${answered} or rate(http_requests_total{${refused}${more}}[${window}])`;
}

/** Matches what services count of their own routes; health, metrics and calls among themselves are the platform's. */
export function matchServices(services: readonly string[]): string {
  const names = services.join('|');
  return `job=~"${names}",service=~"${names}"`;
}
