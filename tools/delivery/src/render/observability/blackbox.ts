import { renderYaml } from '../yaml.ts';

/** Modules of the prober: a page answers with a good status, a guarded address at least answers as itself. */
export function renderBlackboxConfig(): string {
  const http = {
    method: 'GET',
    preferred_ip_protocol: 'ip4',
    ip_protocol_fallback: true,
    follow_redirects: true,
  };
  return renderYaml({
    modules: {
      http_page: { prober: 'http', timeout: '10s', http },
      http_answers: {
        prober: 'http',
        timeout: '10s',
        http: {
          ...http,
          follow_redirects: false,
          valid_status_codes: [200, 201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405],
        },
      },
    },
  });
}
